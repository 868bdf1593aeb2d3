// What tests/specs cannot show: how the rules work together. Each rule has its specs there.
#include "family/check/check.h"

#include "absl/strings/str_cat.h"
#include "family/load/load.h"
#include "family/model/build.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A checked spec, and what was said about it as "line ID".
struct Checked {
  explicit Checked(absl::string_view spec) {
    const SourceFile* file =
        sources.Add("test.yaml", absl::StrCat("# SPDX-License-Identifier: MIT\n", spec));
    const std::optional<RawFamily> raw = LoadSpec(*file, reporter);
    if (!raw) return;
    good = Check(*BuildFamily(*raw, nullptr, reporter), reporter);
    for (const Diagnostic& diagnostic : reporter.Sorted()) {
      said.push_back(absl::StrCat(diagnostic.span.start().line, " ", diagnostic.info->id));
    }
  }

  SourceManager sources;
  Reporter reporter;
  bool good = false;
  std::vector<std::string> said;
};

std::string Spec(absl::string_view attributes, absl::string_view level = "genetlink") {
  return absl::StrCat("name: demo\ndoc: d\nprotocol: ", level,
                      "\nattribute-sets:\n  - name: item\n    attributes:\n", attributes,
                      "operations:\n  list:\n"
                      "    - {name: get, doc: d, attribute-set: item, "
                      "do: {request: {attributes: [id]}}}\n");
}

TEST(CheckTest, GoodFamily) {
  const Checked checked(Spec("      - {name: id, type: u32}\n"));
  EXPECT_TRUE(checked.good);
  EXPECT_THAT(checked.said, IsEmpty());
}

TEST(CheckTest, BadRulesOfAllGroupsAreReportedInOneRun) {
  const Checked checked(
      Spec("      - {name: id, type: u32, value: 20000}\n"              // numbers
           "      - {name: id, type: string}\n"                         // names
           "      - {name: part, type: nest}\n"                         // attributes
           "      - {name: text, type: string, checks: {max: 4}}\n"     // policies
           "      - {name: max, type: u32, value: 1}\n"));              // uAPI
  EXPECT_FALSE(checked.good);
  EXPECT_THAT(checked.said, ElementsAre("8 GL0402", "9 GL0314", "10 GL0509", "11 GL0501",
                                        "12 GL0601"));
}

TEST(CheckTest, WarningsAreNoErrors) {
  const Checked checked(Spec("      - {name: id, type: u8}\n"));
  EXPECT_TRUE(checked.good);
  EXPECT_THAT(checked.said, ElementsAre("8 GL0901"));
}

TEST(CheckTest, WarningsWaitUntilThereAreNoErrors) {
  const Checked checked(Spec("      - {name: id, type: u8, checks: {max: 256}}\n"));
  EXPECT_FALSE(checked.good);
  EXPECT_THAT(checked.said, ElementsAre("8 GL0504"));
}

TEST(CheckTest, ErrorsOfBuildingAreNotErrorsOfChecking) {
  const Checked checked(Spec("      - {name: id, type: u32, enum: nothing}\n"));
  EXPECT_TRUE(checked.good);
  EXPECT_THAT(checked.said, ElementsAre("8 GL0303"));
}

TEST(CheckTest, OnlyTheFirstOfARunOfDuplicatesIsReported) {
  const Checked checked(
      Spec("      - {name: id, type: u32}\n"
           "      - {name: b, type: u32}\n"
           "      - {name: c, type: u32}\n"
           "      - {name: d, type: u32, value: 1}\n"
           "      - {name: e, type: u32}\n"
           "      - {name: f, type: u32}\n"));
  EXPECT_THAT(checked.said, ElementsAre("11 GL0404"));
}

TEST(CheckTest, OldFamiliesKeepTheirOddities) {
  const std::string odd =
      "      - {name: id, type: u8, value: 0}\n"
      "      - {name: address, type: binary, byte-order: big-endian}\n";
  EXPECT_THAT(Checked(Spec(odd)).said, ElementsAre("8 GL0402", "9 GL0502"));
  EXPECT_THAT(Checked(Spec(odd, "genetlink-c")).said, ElementsAre("8 GL0402", "9 GL0502"));
  EXPECT_THAT(Checked(Spec(odd, "genetlink-legacy")).said, IsEmpty());
}

TEST(CheckTest, OldFamiliesAreStillChecked) {
  EXPECT_THAT(Checked(Spec("      - {name: id, type: u32, checks: {min: 5, max: 4}}\n"
                           "      - {name: id, type: string, byte-order: big-endian}\n",
                           "genetlink-legacy"))
                  .said,
              ElementsAre("8 GL0503", "9 GL0314", "9 GL0502"));
}

}  // namespace
}  // namespace genlc
