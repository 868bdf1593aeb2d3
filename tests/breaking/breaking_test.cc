// Every rule of `genlc breaking` has a change that it finds, and a change that looks like it and is
// harmless. `bazel run //tests:update` writes what genlc says into the cases.
#include "family/check/breaking/breaking.h"

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "family/check/check.h"
#include "family/diag/catalogue.h"
#include "family/diag/render.h"
#include "family/load/load.h"
#include "family/model/build.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/breaking/cases.h"

namespace genlc {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::set<std::string> IdsOf(const std::vector<BreakingCase>& cases) {
  std::set<std::string> ids;
  for (const BreakingCase& c : cases) ids.insert(c.id());
  return ids;
}

std::vector<BreakingCase> Breaks() { return ReadBreakingCases("tests/breaking/breaks"); }
std::vector<BreakingCase> Harmless() { return ReadBreakingCases("tests/breaking/harmless"); }

TEST(BreakingTest, BadChangesGetWhatTheyExpect) {
  for (const BreakingCase& c : Breaks()) EXPECT_EQ(c.text, WithExpectations(c)) << c.name;
}

TEST(BreakingTest, BadChangesAreFoundByTheirRule) {
  for (const BreakingCase& c : Breaks()) {
    std::vector<std::string> ids;
    for (const Diagnostic& diagnostic : Compare(c).diagnostics) ids.push_back(diagnostic.info->id);
    EXPECT_THAT(ids, Contains(c.id())) << c.name;
  }
}

TEST(BreakingTest, GoodChangesAreSilent) {
  const std::vector<BreakingCase> harmless = Harmless();
  EXPECT_GE(harmless.size(), 40u);
  for (const BreakingCase& c : harmless) {
    EXPECT_EQ(Render(Compare(c).diagnostics), "") << c.name;
    EXPECT_EQ(c.text, WithoutExpectations(c)) << c.name << ": a harmless change expects nothing";
  }
}

TEST(BreakingTest, EveryRuleHasABreakAndAHarmlessTwin) {
  const std::set<std::string> bad = IdsOf(Breaks());
  const std::set<std::string> good = IdsOf(Harmless());
  int rules = 0;
  for (const DiagnosticInfo* info : Catalogue()) {
    if (!IsBreak(*info)) continue;
    ++rules;
    EXPECT_TRUE(bad.contains(info->id)) << "tests/breaking/breaks has no case of " << info->id;
    EXPECT_TRUE(good.contains(info->id)) << "tests/breaking/harmless has no case of " << info->id;
  }
  EXPECT_GE(rules, 40);
}

// What a profile allows by is what the user reads first.
TEST(BreakingTest, EachRuleNamesThePlaceFirst) {
  for (const DiagnosticInfo* info : Catalogue()) {
    if (!IsBreak(*info)) continue;
    const absl::string_view format = info->format;
    EXPECT_EQ(format.substr(format.find('`'), 4), "`$0`") << info->id;
  }
}

TEST(BreakingTest, ASpecBreaksNothingOfItself) {
  for (const BreakingCase& c : Breaks()) {
    if (c.id() == "GL1402") continue;  // which is about the new profile alone
    BreakingCase same = c;
    same.text.clear();
    for (const std::string& line : std::vector<std::string>(absl::StrSplit(c.text, '\n'))) {
      if (absl::StartsWith(line, "+")) continue;
      absl::StrAppend(&same.text, absl::StartsWith(line, "-") ? " " + line.substr(1) : line, "\n");
    }
    EXPECT_EQ(Render(Compare(same).diagnostics), "") << c.name;
  }
}

// IDs of what is found with these groups when an attribute goes, the last entry of an enumeration
// changes its name, and a limit falls.
std::vector<std::string> Found(const BreakGroups& groups) {
  const std::string text =
      "# SPDX-License-Identifier: MIT\nname: fan\ndoc: d\n"
      "definitions: [{name: mode, type: enum, entries: [slow, fast]}]\n"
      "attribute-sets:\n  - name: fan\n    attributes:\n"
      "      - {name: mode, type: u32, enum: mode}\n"
      "      - {name: rpm, type: u32, checks: {max: 9000}}\n"
      "      - {name: label, type: string}\n"
      "operations:\n  list:\n"
      "    - {name: set, doc: d, attribute-set: fan, do: {request: {attributes: [mode, rpm]}}}\n";
  const std::string changed = absl::StrReplaceAll(
      text, {{"      - {name: label, type: string}\n", ""}, {"fast", "swift"}, {"9000", "8000"}});
  SourceManager sources;
  Reporter reporter;
  std::vector<std::unique_ptr<const Family>> families;
  for (const std::string& spec : {text, changed}) {
    const std::optional<RawFamily> raw = LoadSpec(*sources.Add("fan.yaml", spec), reporter);
    if (!raw.has_value()) return {"the spec is wrong"};
    families.push_back(BuildFamily(*raw, nullptr, reporter));
    EXPECT_TRUE(Check(*families.back(), reporter));
  }
  Reporter breaks;
  FindBreaks(*families[0], *families[1], groups, breaks);
  std::vector<std::string> ids;
  for (const Diagnostic& diagnostic : breaks.Sorted()) ids.push_back(diagnostic.info->id);
  return ids;
}

TEST(BreakingTest, WhatIsGoneIsToldOnceByTheFirstGroup) {
  EXPECT_THAT(Found({}), ElementsAre("GL1202", "GL1306", "GL1011", "GL1105"));
  EXPECT_THAT(Found({.wire = true, .policy = false, .uapi = false, .api = false}),
              ElementsAre("GL1011"));
  EXPECT_THAT(Found({.wire = false, .policy = true, .uapi = false, .api = false}),
              ElementsAre("GL1105"));
  EXPECT_THAT(Found({.wire = false, .policy = false, .uapi = true, .api = false}),
              ElementsAre("GL1202", "GL1203"));
  EXPECT_THAT(Found({.wire = false, .policy = false, .uapi = false, .api = true}),
              ElementsAre("GL1306"));
  EXPECT_THAT(Found({.wire = false, .policy = false, .uapi = false, .api = false}), IsEmpty());
}

}  // namespace
}  // namespace genlc
