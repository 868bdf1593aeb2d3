// genlc breaking, between two files and against a revision.
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/genlc_fixture.h"

namespace genlc {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(GenlcTest, BadBreaksStandInTheNewSpec) {
  files_.Put("new/fan.yaml", absl::StrReplaceAll(kFan, {{", {name: rpm, type: u32}", ""},
                                                        {", reply: {attributes: [rpm]}", ""}}));
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml"), ExitStatus::kWrongInput);
  EXPECT_EQ(err_,
            "new/fan.yaml:5:11: error: the attribute `fan.rpm` is gone [GL1011]\n"
            "    5 |   - name: fan\n"
            "      |           ^~~\n"
            "fan.yaml:6:48: note: before\n"
            "    6 |     attributes: [{name: id, type: u32}, {name: rpm, type: u32}]\n"
            "      |                                                ^~~\n"
            "\n"
            "new/fan.yaml:12:11: error: the request `get.do` is no longer answered [GL1008]\n"
            "   12 |       do: {request: {attributes: [id]}}\n"
            "      |           ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
            "fan.yaml:12:48: note: before\n"
            "   12 |       do: {request: {attributes: [id]}, reply: {attributes: [rpm]}}\n"
            "      |                                                ^~~~~~~~~~~~~~~~~~~\n");
  EXPECT_EQ(out_, "");
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml --format=json"), ExitStatus::kWrongInput);
  EXPECT_THAT(out_, AllOf(HasSubstr("\"GL1011\""), HasSubstr("\"fan.yaml\"")));
  EXPECT_EQ(err_, "");
}

TEST_F(GenlcTest, GoodAdditionsBreakNothing) {
  files_.Put("new/fan.yaml", absl::StrReplaceAll(kFan, {{"rpm, type: u32}",
                                                         "rpm, type: u32}, "
                                                         "{name: label, type: string}"}}));
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml"), ExitStatus::kDone);
  EXPECT_EQ(out_ + err_, "");
}

TEST_F(GenlcTest, GoodBreaksOfChosenGroupsAlone) {
  files_.Put("new/fan.yaml", absl::StrReplaceAll(kFan, {{"rpm", "speed"}}));
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml --only=wire,policy"), ExitStatus::kDone) << err_;
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml --only=api"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, AllOf(HasSubstr("[GL1303]"), Not(HasSubstr("[GL1203]"))));
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml --except=api,uapi"), ExitStatus::kDone) << err_;
}

TEST_F(GenlcTest, GoodBreakOnPurposeIsAllowedByTheProfile) {
  files_.Put("new/fan.yaml", absl::StrReplaceAll(kFan, {{"rpm, type: u32", "rpm, type: u64"}}));
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, HasSubstr("the attribute `fan.rpm` is of type `u64`, before `u32` [GL1013]"));
  files_.Put("new/fan.genlc.yaml",
             "# SPDX-License-Identifier: MIT\n"
             "allow-breaking:\n  - {rule: GL1013, at: fan.rpm, reason: never released}\n");
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml"), ExitStatus::kDone) << err_;
  EXPECT_EQ(Run("breaking new/fan.yaml new/fan.yaml"), ExitStatus::kDone) << err_;
  EXPECT_THAT(err_, HasSubstr("warning: GL1013 is allowed at `fan.rpm`, where nothing breaks"));
}

TEST_F(GenlcTest, BadBreaksAgainstARevisionOfGit) {
  files_.PutRevision("v1", "fan.yaml",
                     absl::StrReplaceAll(kFan, {{"rpm, type: u32", "rpm, type: u16"}}));
  EXPECT_EQ(Run("breaking fan.yaml thermo.yaml --against=git:v1"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, AllOf(HasSubstr("genlc breaking: thermo.yaml is not in v1: nothing to break"),
                          HasSubstr("\nfan.yaml:6:59: error: the attribute `fan.rpm` is of type "),
                          HasSubstr("\nv1:fan.yaml:6:59: note: before\n")));
  EXPECT_EQ(Run("breaking fan.yaml --against=git:v2"), ExitStatus::kWrongInput);
  EXPECT_EQ(err_, "genlc breaking: cannot read fan.yaml of v2: git: Not a valid object name v2\n");
}

TEST_F(GenlcTest, BadSpecOfEitherVersionIsReported) {
  EXPECT_EQ(Run("breaking bad.yaml fan.yaml"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, StartsWith("bad.yaml:12:35: error: "));
  EXPECT_EQ(Run("breaking fan.yaml bad.yaml"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, StartsWith("bad.yaml:12:35: error: "));
  EXPECT_EQ(Run("breaking x.yaml fan.yaml"), ExitStatus::kWrongInput);
  EXPECT_EQ(err_, "genlc: cannot read x.yaml: No such file or directory\n");
}

}  // namespace
}  // namespace genlc
