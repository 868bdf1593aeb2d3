// `genlc dump` against a kernel that answers what the test says.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tools/genlc/live_fixture.h"

namespace genlc {
namespace {

using genl::test::ByteString;
using genl::test::Done;
using genl::test::FakeRequest;
using genl::test::Reply;
using genl::test::ReplyAs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(LiveTest, GoodDumpPrintsALineForEachObject) {
  EXPECT_EQ(Run({"dump", "zoo.yaml", "animal-get", "color=red"}), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"color\":\"red\"}\n{\"color\":\"red\"}\n");
}

TEST_F(LiveTest, GoodFormatsOfReplies) {
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", "id=7", "color=red", "--format=yaml"}),
            ExitStatus::kDone);
  EXPECT_EQ(out_, "---\nid: 7\ncolor: red\n");
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", "id=7", "color=red", "--format=table"}),
            ExitStatus::kDone);
  EXPECT_EQ(out_, "id     7\ncolor  red\n");
  EXPECT_EQ(Run({"dump", "zoo.yaml", "animal-get", "id=7", "color=red", "--format=table"}),
            ExitStatus::kDone);
  EXPECT_EQ(out_, "id  color\n7   red\n7   red\n");
  EXPECT_EQ(Run({"families", "nlctrl", "--format=yaml"}), ExitStatus::kDone);
  EXPECT_EQ(out_, "---\nname: nlctrl\n");
}

TEST_F(LiveTest, GoodDumpOfAFew) {
  EXPECT_EQ(Run({"dump", "zoo.yaml", "animal-get", "id=7", "--count=1"}), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"id\":7}\n");
  EXPECT_THAT(err_, IsEmpty());
  EXPECT_EQ(Run({"dump", "zoo.yaml", "animal-get", "id=7", "--count=9"}), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"id\":7}\n{\"id\":7}\n");
}

TEST_F(LiveTest, GoodDumpOfAClassicFamilyThatTheSpecLeavesOut) {
  files_.Put("farm.yaml", kClassicSpec);
  const auto kernel = [](const FakeRequest& r) {
    EXPECT_TRUE(IsDump(r));
    return std::vector<ByteString>{ReplyAs(16, r, r.attributes), Done(r)};
  };
  EXPECT_EQ(Run({"dump", "farm.yaml", "get", "kind=hen"}, kernel), ExitStatus::kDone) << err_;
  EXPECT_EQ(out_, "{\"header\":{\"family\":0,\"index\":0},\"kind\":\"hen\"}\n");
  ExpectRefused({"dump", "farm.yaml", "eat"},
                "genlc dump: `eat` is not for `dump`, but for `do`\n");
}

TEST_F(LiveTest, BadDumpThatWasInterruptedIsSaid) {
  const auto kernel = [](const FakeRequest& r) {
    return std::vector<ByteString>{Reply(r, {}, NLM_F_MULTI | NLM_F_DUMP_INTR), Done(r)};
  };
  EXPECT_EQ(Run({"dump", "zoo.yaml", "animal-get"}, kernel), ExitStatus::kWrongInput);
  EXPECT_EQ(out_, "{}\n");
  EXPECT_THAT(err_, HasSubstr("interrupted"));
}

}  // namespace
}  // namespace genlc
