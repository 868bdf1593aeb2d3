// Every rule of `genlc verify` has an alteration of a spec that it finds, exactly and alone.
// `bazel run //tests:update` writes what genlc says into the cases.
#include "tools/policy/verify.h"

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "family/check/check.h"
#include "family/diag/catalogue.h"
#include "family/diag/render.h"
#include "family/load/load.h"
#include "family/model/build.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/breaking/cases.h"
#include "tests/verify/judge.h"
#include "tests/verify/policy_of.h"

namespace genlc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<BreakingCase> Cases() { return ReadBreakingCases("tests/verify/differs"); }

std::vector<std::string> IdsOf(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> ids;
  for (const Diagnostic& diagnostic : diagnostics) ids.push_back(diagnostic.info->id);
  return ids;
}

TEST(VerifyTest, BadSpecsGetWhatTheyExpect) {
  for (const BreakingCase& c : Cases()) {
    EXPECT_EQ(c.text, WithExpectations(c, VerifyByKernel)) << c.name;
  }
}

TEST(VerifyTest, BadSpecsAreFoundByTheirRuleAlone) {
  for (const BreakingCase& c : Cases()) {
    std::set<std::string> ids;
    for (const std::string& id : IdsOf(Compare(c, VerifyByKernel).diagnostics)) ids.insert(id);
    EXPECT_THAT(ids, ElementsAre(c.id())) << c.name;
  }
}

TEST(VerifyTest, EveryRuleHasACase) {
  std::set<std::string> shown;
  for (const BreakingCase& c : Cases()) shown.insert(c.id());
  for (const DiagnosticInfo* info : Catalogue()) {
    if (!IsAboutKernel(*info)) continue;
    EXPECT_TRUE(shown.contains(info->id)) << "tests/verify/differs has no case of " << info->id;
  }
}

// What is no error alone tells nobody that something is right.
TEST(VerifyTest, OnlyNotesAreNoErrors) {
  for (const DiagnosticInfo* info : Catalogue()) {
    if (!IsAboutKernel(*info)) continue;
    EXPECT_EQ(info->severity == Severity::kNote, absl::StartsWith(info->id, "GL19")) << info->id;
  }
}

// The kernel's own side of each case agrees with itself.
TEST(VerifyTest, GoodSpecsOfTheKernelAgree) {
  for (const BreakingCase& c : Cases()) {
    const Verdict verdict = Compare(c, [](const Family& kernel, const Family&, Reporter& reporter) {
      VerifyByKernel(kernel, kernel, reporter);
    });
    for (const Diagnostic& diagnostic : verdict.diagnostics) {
      EXPECT_EQ(diagnostic.info->severity, Severity::kNote) << c.name << Render(diagnostic);
    }
  }
}

std::vector<std::string> Found(const VerifyGroups& groups) {
  SourceManager sources;
  Reporter reporter;
  const SourceFile* file = sources.Add(
      "fan.yaml",
      "# SPDX-License-Identifier: MIT\nname: fan\ndoc: d\n"
      "attribute-sets:\n  - name: fan\n    attributes:\n"
      "      - {name: id, type: u32, checks: {max: 9}}\n"
      "      - {name: rpm, type: u32}\n"
      "      - {name: count, type: uint, checks: {max: 9}}\n"
      "operations:\n  list:\n"
      "    - {name: set, doc: d, attribute-set: fan, do: {request: {attributes: [id, rpm, "
      "count]}}}\n");
  const std::unique_ptr<Family> family = BuildFamily(*LoadSpec(*file, reporter), nullptr, reporter);
  EXPECT_TRUE(Check(*family, reporter));
  genl::FamilyPolicy kernel = PolicyOf(*family);
  kernel.groups = {"changes"};
  kernel.sets[0][0].limits = genl::Range<uint64_t>(0, 8);
  kernel.sets[0][1].type = genl::PolicyType::kU64;
  kernel.operations.push_back({.command = 9});
  kernel.operations[0].flags &= ~0x2u;  // GENL_CMD_CAP_DO
  Reporter found;
  Verify(*family, kernel, groups, found);
  kernel.operations[0].flags |= 0x2;
  Verify(*family, kernel, groups, found);
  return IdsOf(found.Sorted());
}

TEST(VerifyTest, GroupsAreChosen) {
  constexpr VerifyGroups kNone = {false, false, false, false, false};
  VerifyGroups groups = kNone;
  EXPECT_THAT(Found(groups), IsEmpty());
  groups.missing = true;
  EXPECT_THAT(Found(groups), ElementsAre("GL1502"));
  groups = kNone;
  groups.unsaid = true;
  EXPECT_THAT(Found(groups), ElementsAre("GL1606", "GL1601"));
  groups = kNone;
  groups.differs = true;
  EXPECT_THAT(Found(groups), ElementsAre("GL1704"));
  groups = kNone;
  groups.limits = true;
  EXPECT_THAT(Found(groups), ElementsAre("GL1802"));
  groups = kNone;
  groups.notes = true;
  EXPECT_THAT(Found(groups), ElementsAre("GL1904"));
}

}  // namespace
}  // namespace genlc
