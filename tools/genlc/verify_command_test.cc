// `genlc verify` on a fake kernel; what it finds is in tests/verify.
#include <cerrno>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "genl/fake_controller.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/genlc.h"
#include "tools/genlc/memory.h"

namespace genlc {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kFan[] =
    "# SPDX-License-Identifier: BSD-3-Clause\n"
    "name: fan\n"
    "doc: The fans of a machine.\n"
    "attribute-sets:\n"
    "  - name: fan\n"
    "    attributes: [{name: id, type: u32, checks: {max: 7}}, {name: rpm, type: uint}]\n"
    "operations:\n"
    "  list:\n"
    "    - name: get\n"
    "      doc: How fast a fan turns.\n"
    "      attribute-set: fan\n"
    "      do: {request: {attributes: [id]}, reply: {attributes: [rpm]}}\n";

genl::FamilyPolicy Policy() {
  genl::FamilyPolicy policy = {.name = "fan", .id = genl::test::kFakeFamilyId, .version = 1};
  policy.operations = {{.command = 1, .flags = 0xa, .do_set = 0}};
  policy.sets = {
      {{.number = 1, .type = genl::PolicyType::kU32, .limits = genl::Range<uint64_t>(0, 7)}}};
  return policy;
}

class VerifyCommandTest : public ::testing::Test {
 protected:
  ExitStatus Run(const std::string& line) {
    MemoryEnvironment env(files_);
    env.set_kernel(&kernel_);
    const ExitStatus status = genlc::Run(absl::StrSplit(line, ' ', absl::SkipEmpty()), env);
    out_ = env.out();
    err_ = env.err();
    return status;
  }

  MemoryFiles files_{{"fan.yaml", kFan}};
  genl::FamilyPolicy policy_ = Policy();
  genl::test::FakeKernel kernel_{[this](const genl::test::FakeRequest& request) {
    if (policy_.name.empty()) {
      return std::vector<genl::test::ByteString>{genl::test::Ack(request, ENOENT)};
    }
    return genl::test::TellPolicy(request, policy_);
  }};
  std::string out_;
  std::string err_;
};

TEST_F(VerifyCommandTest, GoodWhereBothAgreeNothingIsSaid) {
  EXPECT_EQ(Run("verify fan.yaml"), ExitStatus::kDone);
  EXPECT_EQ(out_ + err_, "");
}

TEST_F(VerifyCommandTest, BadDifferencesEndWithOne) {
  policy_.sets[0][0].limits = genl::Range<uint64_t>(0, 5);
  EXPECT_EQ(Run("verify fan.yaml"), ExitStatus::kWrongInput);
  EXPECT_EQ(out_, "");
  EXPECT_THAT(err_, StartsWith("fan.yaml:6:54: error: the greatest value of `fan.id` is 7, in the "
                               "running kernel 5 [GL1802]\n"));
}

TEST_F(VerifyCommandTest, GoodNotesAreNoDifference) {
  policy_.sets.clear();
  EXPECT_EQ(Run("verify fan.yaml"), ExitStatus::kDone);
  EXPECT_THAT(err_, HasSubstr(": note: the running kernel does not say what `get.do.request` takes "
                              "[GL1901]\n"));
  EXPECT_EQ(Run("verify fan.yaml --except=notes"), ExitStatus::kDone);
  EXPECT_EQ(err_, "");
}

TEST_F(VerifyCommandTest, GoodGroupsOfRulesAreChosen) {
  policy_.groups = {"changes"};
  EXPECT_EQ(Run("verify fan.yaml --only=missing,differs"), ExitStatus::kDone);
  EXPECT_EQ(Run("verify fan.yaml --only=unsaid"), ExitStatus::kWrongInput);
  EXPECT_EQ(Run("verify fan.yaml --except=unsaid"), ExitStatus::kDone);
  EXPECT_EQ(Run("verify fan.yaml --only=mising"), ExitStatus::kWrongUsage);
  EXPECT_THAT(err_, HasSubstr("did you mean `missing`?"));
}

TEST_F(VerifyCommandTest, GoodFormatsOfMachinesAreTheResult) {
  policy_.version = 2;
  EXPECT_EQ(Run("verify fan.yaml --format=json"), ExitStatus::kWrongInput);
  EXPECT_THAT(out_, AllOf(StartsWith("{\"file\":\"fan.yaml\""), HasSubstr("\"id\":\"GL1701\"")));
  EXPECT_THAT(err_, IsEmpty());
  policy_ = Policy();
  policy_.sets.clear();
  EXPECT_EQ(Run("verify fan.yaml --format=github"), ExitStatus::kDone);
  EXPECT_THAT(out_, StartsWith("::notice file=fan.yaml,"));
}

TEST_F(VerifyCommandTest, BadFamilyThatIsNotThere) {
  policy_.name.clear();
  EXPECT_EQ(Run("verify fan.yaml"), ExitStatus::kWrongInput);
  EXPECT_EQ(out_, "");
  EXPECT_EQ(err_,
            "genlc verify: fan.yaml: the kernel has no family `fan`; is its module loaded?\n");
}

TEST_F(VerifyCommandTest, BadSpecIsNotHeldAgainstAnything) {
  files_.Put("fan.yaml", absl::StrReplaceAll(kFan, {{"[id]", "[ib]"}}));
  EXPECT_EQ(Run("verify fan.yaml"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, AllOf(HasSubstr("ib"), Not(HasSubstr("running kernel"))));
}

TEST_F(VerifyCommandTest, GoodClassicNetlinkIsANote) {
  files_.Put("fan.yaml", absl::StrReplaceAll(kFan, {{"name: fan\ndoc",
                                                     "name: fan\nprotocol: netlink-raw\n"
                                                     "protonum: 20\ndoc"}}));
  EXPECT_EQ(Run("verify fan.yaml"), ExitStatus::kDone);
  EXPECT_THAT(err_, HasSubstr("[GL1907]"));
}

}  // namespace
}  // namespace genlc
