// Where live commands find a family: in which namespace, and without a spec.
#include <errno.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "genl/fake_controller.h"
#include "gmock/gmock.h"
#include "tools/genlc/live_fixture.h"

namespace genlc {
namespace {

using genl::test::Ack;
using genl::test::ByteString;
using genl::test::Done;
using genl::test::FakeRequest;
using genl::test::Reply;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST_F(LiveTest, GoodFamilyWithoutASpecIsAskedByNumbers) {
  const genl::FamilyPolicy policy = {
      .name = "aquarium",
      .id = genl::test::kFakeFamilyId,
      .operations = {{.command = 7, .flags = 0x0a, .do_set = 0}},
      .sets = {{{.number = 1, .type = genl::PolicyType::kU32, .limits = genl::Range(1u, 90u)}}}};
  ByteString sent;
  const auto kernel = [&](const FakeRequest& r) {
    if (genl::test::IsForController(r)) return genl::test::TellPolicy(r, policy);
    sent = r.attributes;
    return std::vector<ByteString>{Reply(r, {8, 0, 1, 0, 9, 0, 0, 0}), Ack(r)};
  };
  EXPECT_EQ(Run({"do", "aquarium", "op-7", "attr-1=3"}, kernel), ExitStatus::kDone) << err_;
  EXPECT_EQ(sent, (ByteString{8, 0, 1, 0, 3, 0, 0, 0}));
  EXPECT_EQ(out_, "{\"attr-1\":9}\n");
  // What the kernel would refuse is not sent.
  sent.clear();
  EXPECT_EQ(Run({"do", "aquarium", "op-7", "attr-1=91"}, kernel), ExitStatus::kWrongInput);
  EXPECT_THAT(sent, IsEmpty());
}

TEST_F(LiveTest, BadFamilyThatNoSpecCouldSay) {
  const genl::FamilyPolicy policy = {
      .name = "aquarium", .id = genl::test::kFakeFamilyId, .version = 300};
  const auto kernel = [&](const FakeRequest& r) { return genl::test::TellPolicy(r, policy); };
  EXPECT_EQ(Run({"do", "aquarium", "op-7"}, kernel), ExitStatus::kWrongInput);
  EXPECT_THAT(err_,
              StartsWith("genlc: there is no spec of `aquarium`, and what the kernel tells of "
                         "it cannot be used\n"));
  EXPECT_THAT(err_, HasSubstr("300"));
  EXPECT_THAT(out_, IsEmpty());
}

TEST_F(LiveTest, GoodNamespaceIsWhereSocketsAreOpened) {
  const std::string flag = absl::StrCat("--netns=", kNamespaceFile);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"do", "zoo.yaml", "animal-get"},
        {"dump", "zoo.yaml", "animal-get"},
        {"families", "nlctrl"},
        {"watch", "zoo.yaml"}}) {
    EXPECT_EQ(Run(words), ExitStatus::kDone) << err_;
    EXPECT_FALSE(elsewhere_) << words[0];
    std::vector<std::string> more = words;
    more.push_back(flag);
    EXPECT_EQ(Run(more), ExitStatus::kDone) << err_;
    EXPECT_TRUE(elsewhere_) << words[0];
  }
}

TEST_F(LiveTest, BadNamespace) {
  const std::string said =
      "cannot open the network namespace /run/netns/red: No such file or directory";
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"do", "zoo.yaml", "animal-get", "--netns=red"},
        {"dump", "zoo.yaml", "animal-get", "--netns=red"},
        {"watch", "zoo.yaml", "--netns=red"},
        {"families", "nlctrl", "--netns=red"}}) {
    EXPECT_EQ(Run(words), ExitStatus::kWrongInput);
    EXPECT_EQ(err_, "genlc " + words[0] + ": " + said + "\n");
    EXPECT_THAT(out_, IsEmpty());
    EXPECT_EQ(requests_, 0);
  }
}

TEST_F(LiveTest, GoodFamiliesAreListed) {
  const auto kernel = [](const FakeRequest& r) {
    EXPECT_TRUE(IsDump(r));
    const ByteString family = {6, 0, 1,   0,   16,  0,   0,   0,   11, 0,
                               2, 0, 'n', 'l', 'c', 't', 'r', 'l', 0,  0};
    return std::vector<ByteString>{Reply(r, family), Done(r)};
  };
  EXPECT_EQ(Run({"families"}, kernel), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"id\":16,\"name\":\"nlctrl\"}\n");
}

TEST_F(LiveTest, GoodOneFamilyIsAskedForByName) {
  EXPECT_EQ(Run({"families", "nlctrl"}), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"name\":\"nlctrl\"}\n");
}

TEST_F(LiveTest, BadFamilyThatIsNotThere) {
  const auto kernel = [](const FakeRequest& r) { return std::vector<ByteString>{Ack(r, ENOENT)}; };
  EXPECT_EQ(Run({"families", "thermo"}, kernel), ExitStatus::kWrongInput);
  EXPECT_EQ(err_, "genlc families: the kernel has no family `thermo`; is its module loaded?\n");
  EXPECT_THAT(out_, IsEmpty());
}

}  // namespace
}  // namespace genlc
