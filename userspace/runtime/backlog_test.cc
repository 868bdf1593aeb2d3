#include "genl/backlog.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl {
namespace {

using testing::ElementsAre;

constexpr uint8_t kPayload[] = {1, 2, 3, 4};

RawMessage Numbered(uint32_t sequence) {
  nlmsghdr header = {};
  header.nlmsg_seq = sequence;
  return {.header = header, .payload = Bytes(kPayload)};
}

// 0 stands for a loss.
std::vector<uint32_t> TakeAll(Backlog& backlog) {
  std::vector<uint32_t> taken;
  while (!backlog.empty()) {
    const Backlog::Entry entry = backlog.Take();
    taken.push_back(entry.lost ? 0 : entry.header.nlmsg_seq);
  }
  return taken;
}

TEST(Backlog, GoodMessagesAndWhereTheyComeFrom) {
  Backlog backlog(100);
  backlog.Add(Numbered(1), std::nullopt);
  backlog.Add(Numbered(2), 7);
  const Backlog::Entry first = backlog.Take();
  EXPECT_EQ(first.message().header.nlmsg_seq, 1u);
  EXPECT_THAT(first.payload, ElementsAre(1, 2, 3, 4));
  EXPECT_EQ(first.namespace_id, std::nullopt);
  EXPECT_EQ(backlog.Take().namespace_id, 7);
  EXPECT_TRUE(backlog.empty());
}

TEST(Backlog, GoodLossesStandWhereTheyHappened) {
  Backlog backlog(100);
  backlog.Lose();
  backlog.Add(Numbered(1), std::nullopt);
  backlog.Lose();
  backlog.Lose();
  backlog.Add(Numbered(2), std::nullopt);
  EXPECT_THAT(TakeAll(backlog), ElementsAre(0, 1, 0, 2));
}

TEST(Backlog, BadMessagesBeyondTheCapacityAreLost) {
  Backlog backlog(40);
  for (uint32_t i = 1; i <= 100; ++i) backlog.Add(Numbered(i), std::nullopt);
  EXPECT_EQ(backlog.Take().header.nlmsg_seq, 1u);
  backlog.Add(Numbered(101), std::nullopt);
  EXPECT_THAT(TakeAll(backlog), ElementsAre(2, 0, 101));
}

}  // namespace
}  // namespace genl
