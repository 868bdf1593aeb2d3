#include "family/load/load.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kSpdx[] = "# SPDX-License-Identifier: BSD-3-Clause\n";

// A loaded spec (or profile), and what was said as "line:column ID: hint".
template <typename T>
struct Loaded {
  Loaded(std::optional<T> (*load)(const SourceFile&, Reporter&), std::string text) {
    raw = load(*sources.Add("test.yaml", std::move(text)), reporter);
    for (const Diagnostic& diagnostic : reporter.Sorted()) {
      const LineColumn place = diagnostic.span.start();
      said.push_back(absl::StrCat(place.line, ":", place.column, " ", diagnostic.info->id,
                                  diagnostic.hint.empty() ? "" : ": ", diagnostic.hint));
    }
  }

  SourceManager sources;
  Reporter reporter;
  std::optional<T> raw;
  std::vector<std::string> said;
};

Loaded<RawFamily> Spec(absl::string_view text) {
  return Loaded<RawFamily>(LoadSpec, absl::StrCat(kSpdx, text));
}

// A spec that is complete but for `lines`, which begin in line 6.
Loaded<RawFamily> With(absl::string_view lines) {
  return Spec(absl::StrCat("name: x\ndoc: d\nattribute-sets: []\noperations: {list: []}\n", lines));
}

TEST(LoadSpec, GoodSmallestSpec) {
  const auto spec = With("");
  EXPECT_THAT(spec.said, IsEmpty());
  ASSERT_TRUE(spec.raw.has_value());
  EXPECT_EQ(spec.raw->name.value, "x");
  EXPECT_EQ(spec.raw->license, "BSD-3-Clause");
  EXPECT_EQ(spec.raw->level, Level::kGenetlink);
}

TEST(LoadSpec, GoodEntriesAreNamesOrMappings) {
  const auto spec = With(
      "definitions:\n"
      "  - {name: e, type: enum, entries: [one, {name: two, value: 7, doc: d}]}\n");
  EXPECT_THAT(spec.said, IsEmpty());
  const RawDefinition& definition = spec.raw->definitions->front();
  EXPECT_EQ(definition.entries->at(0).name.value, "one");
  EXPECT_EQ(definition.entries->at(1).value->value, 7);
}

TEST(LoadSpec, GoodIntegersOfEveryWidth) {
  const auto spec = With(
      "definitions:\n"
      "  - {name: a, type: const, value: 18446744073709551615}\n"
      "  - {name: b, type: const, value: -9223372036854775808}\n"
      "  - {name: c, type: const, value: 0xff}\n"
      "  - {name: d, type: const, value: \"12\"}\n");
  EXPECT_THAT(spec.said, IsEmpty());
  const auto value = [&](int i) { return spec.raw->definitions->at(i).value->value.value; };
  EXPECT_EQ(std::get<Integer>(value(0)), Integer(UINT64_MAX));
  EXPECT_EQ(std::get<Integer>(value(1)), Integer(INT64_MIN));
  EXPECT_EQ(std::get<Integer>(value(2)), 255);
  EXPECT_EQ(std::get<std::string>(value(3)), "12");
}

TEST(LoadSpec, BadSpecWithoutLicenceIsAWarning) {
  Loaded<RawFamily> spec(LoadSpec, "name: x\ndoc: d\nattribute-sets: []\noperations: {list: []}\n");
  EXPECT_THAT(spec.said, ElementsAre(HasSubstr("1:1 GL0112")));
  EXPECT_TRUE(spec.raw.has_value());
  EXPECT_FALSE(spec.reporter.has_errors());
}

TEST(LoadSpec, BadEverythingIsReportedInOneRun) {
  const auto spec = Spec(
      "name: Thermo_X\n"
      "dco: text\n"
      "protocol: genetlink\n"
      "version: 2\n"
      "attribute-sets:\n"
      "  - name: a\n"
      "    attributes:\n"
      "      - {name: b, type: u23, multi-attr: 1}\n"
      "      - {type: u32, value: -1}\n"
      "operations:\n"
      "  list: {}\n");
  EXPECT_THAT(spec.said,
              ElementsAre("2:1 GL0201", "2:7 GL0207: thermo-x", "3:1 GL0203: did you mean `doc`?",
                          "5:1 GL0204: it belongs to `genetlink-legacy`",
                          "9:25 GL0205: did you mean `u32`?", "9:42 GL0202", "10:9 GL0201",
                          "10:28 GL0408",
                          "12:9 GL0202"));
}

TEST(LoadSpec, BadNamesOfOlderSpecsAreWarnings) {
  const auto spec = With("definitions: [{name: old_name, type: const, value: 1}]\n");
  EXPECT_THAT(spec.said, ElementsAre("6:22 GL0214: old-name"));
  EXPECT_FALSE(spec.reporter.has_errors());
  EXPECT_EQ(spec.raw->definitions->front().name.value, "old_name");
}

TEST(LoadSpec, BadKeyOrWordOfAnotherLevel) {
  EXPECT_THAT(With("protonum: 3\n").said, ElementsAre(HasSubstr("6:1 GL0204")));
  EXPECT_THAT(With("definitions: [{name: s, type: struct}]\n").said,
              ElementsAre(HasSubstr("6:31 GL0206")));
  EXPECT_THAT(With("protocol: genetlink-legacy\n"
                   "definitions: [{name: s, type: struct, members: []}]\n").said,
              IsEmpty());
}

TEST(LoadSpec, BadLevelIsReportedOnce) {
  EXPECT_THAT(With("protocol: genetlnk\n").said,
              ElementsAre("6:11 GL0205: did you mean `genetlink`?"));
}

TEST(LoadSpec, BadScalarsThatReadersDisagreeAbout) {
  EXPECT_THAT(With("definitions: [{name: e, type: enum, entries: [on]}]\n").said,
              ElementsAre("6:47 GL0208: \"on\""));
  EXPECT_THAT(With("definitions: [{name: e, type: const, value: 010}]\n").said,
              ElementsAre("6:45 GL0209"));
  EXPECT_THAT(With("definitions: [{name: e, type: const, value: 1_000}]\n").said,
              ElementsAre("6:45 GL0209"));
  EXPECT_THAT(With("definitions: [{name: e, type: const, value: 18446744073709551616}]\n").said,
              ElementsAre("6:45 GL0401"));
}

TEST(LoadSpec, BadRootIsNoMapping) {
  const auto spec = Spec("- a\n- b\n");
  EXPECT_THAT(spec.said, ElementsAre("2:1 GL0202"));
  EXPECT_FALSE(spec.raw.has_value());
}

TEST(LoadProfile, GoodEmptyProfile) {
  Loaded<RawProfile> profile(LoadProfile, "\n");
  EXPECT_THAT(profile.said, IsEmpty());
  EXPECT_TRUE(profile.raw.has_value());
}

TEST(LoadProfile, BadKeyOfTheProfile) {
  Loaded<RawProfile> profile(LoadProfile, "operations:\n  - name: get\n    do: {request: {require: []}}\n");
  EXPECT_THAT(profile.said, ElementsAre("3:20 GL0203: did you mean `required`?"));
}

}  // namespace
}  // namespace genlc
