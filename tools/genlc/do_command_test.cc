// `genlc do` against a kernel that answers what the test says.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tools/genlc/live_fixture.h"

namespace genlc {
namespace {

using genl::test::Ack;
using genl::test::ByteString;
using genl::test::FakeRequest;
using genl::test::Reply;
using genl::test::ReplyAs;
using ::testing::IsEmpty;

TEST_F(LiveTest, GoodDoPrintsTheReply) {
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", "id=7", "color=green", "pen.width=3"}),
            ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"id\":7,\"color\":\"green\",\"pen\":[{\"width\":3}]}\n");
  EXPECT_THAT(err_, IsEmpty());
}

TEST_F(LiveTest, GoodDoTakesJson) {
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", R"({"id": 7})", "--pretty"}), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\n  \"id\": 7\n}\n");
}

TEST_F(LiveTest, GoodSpecIsFoundByTheNameOfTheFamily) {
  EXPECT_EQ(Run({"do", "zoo-keeper", "animal-get"}), ExitStatus::kDone);
  EXPECT_EQ(out_, "{}\n");
}

TEST_F(LiveTest, GoodDoWithoutReplyPrintsNothing) {
  const auto kernel = [](const FakeRequest& r) { return std::vector<ByteString>{Ack(r)}; };
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-del", "id=1"}, kernel), ExitStatus::kDone);
  EXPECT_THAT(out_, IsEmpty());
}

TEST_F(LiveTest, GoodReplyMayHaveWhatTheSpecDoesNotList) {
  const auto kernel = [](const FakeRequest& r) {
    return std::vector<ByteString>{Reply(r, {8, 0, 4, 0, 9, 0, 0, 0, 5, 0, 60, 0, 255, 0, 0, 0}),
                                   Ack(r)};
  };
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", "id=1"}, kernel), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"secret\":9,\"#60\":\"ff\"}\n");
}

TEST_F(LiveTest, GoodHeaderAndSubMessageOfAClassicFamily) {
  files_.Put("farm.yaml", kClassicSpec);
  const auto kernel = [](const FakeRequest& r) {
    EXPECT_FALSE(r.generic);
    EXPECT_EQ(r.command, 18);
    return std::vector<ByteString>{ReplyAs(16, r, r.attributes), Ack(r)};
  };
  EXPECT_EQ(Run({"do", "farm.yaml", "get", "header.index=3", "data.eggs=2", "kind=hen"}, kernel),
            ExitStatus::kDone)
      << err_;
  EXPECT_EQ(out_,
            "{\"header\":{\"family\":0,\"index\":3},\"data\":{\"eggs\":2},\"kind\":\"hen\"}\n");
}

TEST_F(LiveTest, GoodFlagsOfARequestAndItsEcho) {
  files_.Put("farm.yaml", kClassicSpec);
  const auto kernel = [](const FakeRequest& r) {
    EXPECT_EQ(r.header.nlmsg_flags,
              NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL | NLM_F_ECHO);
    return std::vector<ByteString>{ReplyAs(16, r, r.attributes), ReplyAs(17, r, r.attributes),
                                   Ack(r)};
  };
  EXPECT_EQ(Run({"do", "farm.yaml", "eat", "kind=hen", "--flags=create,excl,echo"}, kernel),
            ExitStatus::kDone)
      << err_;
  const std::string hen = "{\"header\":{\"family\":0,\"index\":0},\"kind\":\"hen\"}\n";
  EXPECT_EQ(out_, hen + hen);
}

TEST_F(LiveTest, GoodWarningOfTheKernelIsShownBesideTheReply) {
  const ByteString extack = {8, 0, NLMSGERR_ATTR_MSG, 0, 'o', 'l', 'd', 0};
  const auto kernel = [&](const FakeRequest& r) {
    return std::vector<ByteString>{Reply(r, r.attributes), Ack(r, 0, extack)};
  };
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", "id=7"}, kernel), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"id\":7}\n");
  EXPECT_EQ(err_, "genlc do: warning: zoo-keeper.animal-get: old\n");
}

}  // namespace
}  // namespace genlc
