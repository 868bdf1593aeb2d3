#include "tests/sanitised/damage.h"

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <cstring>
#include <set>

#include "genl/writer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

constexpr size_t kHeaders = NLMSG_HDRLEN + GENL_HDRLEN;

std::vector<uint8_t> Message() {
  genl::Writer writer;
  const genl::Writer::Mark message = writer.BeginMessage(20, NLM_F_REQUEST, 0);
  writer.Extend(GENL_HDRLEN);
  for (uint16_t type = 1; type <= 3; ++type) {
    const genl::Writer::Mark nest = writer.Begin(type | NLA_F_NESTED);
    EXPECT_TRUE(writer.Put(1, std::vector<uint8_t>(type)));
    EXPECT_TRUE(writer.Put(2, std::vector<uint8_t>(4)));
    EXPECT_TRUE(writer.End(nest));
  }
  writer.FinishMessage(message);
  return {writer.bytes().begin(), writer.bytes().end()};
}

std::vector<uint8_t> Damaged(uint64_t seed) {
  std::vector<uint8_t> message = Message();
  Damage(seed).Apply(message, kHeaders);
  return message;
}

TEST(Damage, GoodSameSeedDoesTheSame) {
  for (uint64_t seed = 0; seed < 1000; ++seed) EXPECT_EQ(Damaged(seed), Damaged(seed));
}

TEST(Damage, GoodMostSeedsDiffer) {
  std::set<std::vector<uint8_t>> all;
  for (uint64_t seed = 0; seed < 1000; ++seed) all.insert(Damaged(seed));
  EXPECT_GT(all.size(), 900u);
  EXPECT_LT(all.count(Message()), 2u);
}

// The kernel would look at nothing inside otherwise.
TEST(Damage, GoodMostMessagesSayHowLongTheyAre) {
  int right = 0;
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    const std::vector<uint8_t> message = Damaged(seed);
    ASSERT_GE(message.size(), kHeaders);
    uint32_t length;
    std::memcpy(&length, message.data(), sizeof(length));
    right += length == message.size() ? 1 : 0;
  }
  EXPECT_GT(right, 900);
  EXPECT_LT(right, 1000);
}

TEST(Damage, GoodMessageWithoutAttributesGetsSome) {
  bool longer = false;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    std::vector<uint8_t> message = Message();
    message.resize(kHeaders);
    Damage(seed).Apply(message, kHeaders);
    longer = longer || message.size() > kHeaders;
  }
  EXPECT_TRUE(longer);
}

}  // namespace
}  // namespace genlc
