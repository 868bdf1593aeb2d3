// genlc check: what it says of specs, and in which formats.
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/genlc_fixture.h"

namespace genlc {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST_F(GenlcTest, GoodCheckIsSilent) {
  EXPECT_EQ(Run("check thermo.yaml fan.yaml"), ExitStatus::kDone);
  EXPECT_EQ(out_ + err_, "");
}

TEST_F(GenlcTest, BadSpecIsReportedInEachFormat) {
  EXPECT_EQ(Run("check bad.yaml"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, StartsWith("bad.yaml:12:35: error: "));
  EXPECT_EQ(out_, "");

  EXPECT_EQ(Run("check bad.yaml --format=json"), ExitStatus::kWrongInput);
  EXPECT_THAT(out_, AllOf(StartsWith("{"), HasSubstr("\"bad.yaml\""), HasSubstr("`ib`")));
  EXPECT_EQ(err_, "");

  EXPECT_EQ(Run("check bad.yaml --format=github"), ExitStatus::kWrongInput);
  EXPECT_THAT(out_, StartsWith("::error file=bad.yaml,line=12,"));
  EXPECT_EQ(err_, "");
}

TEST_F(GenlcTest, BadEverySpecIsReportedInOneRun) {
  files_.Put("worse.yaml", "");
  EXPECT_EQ(Run("check bad.yaml worse.yaml"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_,
              AllOf(HasSubstr("bad.yaml:12:35: error: "), HasSubstr("worse.yaml:1:1: error: ")));
}

TEST_F(GenlcTest, GoodWarningsFailOnlyWhenAsked) {
  // Without its first line the spec has no licence, which is a warning.
  files_.Put("warn.yaml", std::string(kFan).substr(std::string(kFan).find('\n') + 1));
  EXPECT_EQ(Run("check warn.yaml"), ExitStatus::kDone);
  EXPECT_THAT(err_, HasSubstr(": warning: "));
  EXPECT_EQ(Run("check warn.yaml --werror"), ExitStatus::kWrongInput);
  EXPECT_EQ(Run("check fan.yaml --werror"), ExitStatus::kDone);
}

TEST_F(GenlcTest, GoodAdviceIsGivenOrNot) {
  files_.Put("small.yaml", absl::StrReplaceAll(kFan, {{"type: u32", "type: u8"}}));
  EXPECT_EQ(Run("check small.yaml"), ExitStatus::kDone);
  EXPECT_THAT(err_, HasSubstr("[GL0901]"));
  EXPECT_EQ(Run("check small.yaml --werror --disable=gl0901"), ExitStatus::kDone) << err_;
  EXPECT_EQ(Run("check fan.yaml"), ExitStatus::kDone);
  EXPECT_EQ(err_, "") << "nobody has asked for documentation";
  EXPECT_EQ(Run("check fan.yaml --pedantic"), ExitStatus::kDone);
  EXPECT_THAT(err_, HasSubstr("[GL0907]"));
  EXPECT_EQ(Run("check fan.yaml --pedantic --werror --disable=GL0907,GL0909"), ExitStatus::kDone)
      << err_;
  files_.Put("small.genlc.yaml",
             "# SPDX-License-Identifier: MIT\nallow-lint:\n"
             "  - {rule: GL0901, at: fan.id, reason: a machine has few}\n"
             "  - {rule: GL0901, at: fan.rpm, reason: they are slow}\n");
  EXPECT_EQ(Run("check small.yaml --werror"), ExitStatus::kDone) << err_;
}

}  // namespace
}  // namespace genlc
