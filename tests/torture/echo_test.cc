// Values through the module and back; what is beyond a limit is the business of tests/policy.
#include <climits>
#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/torture/client.h"

namespace torture {
namespace {

Numbers LowestNumbers() {
  return {.u8 = 3,
          .u16 = 40000,
          .u32 = 1,
          .u64 = 5000000000,
          .s8 = -9,
          .s16 = INT16_MIN,
          .s32 = -40000,
          .s64 = -5000000000,
          .uint = 0,
          .sint = -9,
          .plain_u8 = 0,
          .plain_u64 = 0,
          .plain_s64 = INT64_MIN,
          .plain_uint = UINT32_MAX,
          .plain_sint = INT32_MIN,
          .be16 = 1,
          .be32 = 0,
          .be64 = 12,
          .sbe32 = -3,
          .le16 = 256,
          .le32 = 0,
          .sle64 = -5000000000,
          .color = Color::kRed,
          .warm = Color::kRed,
          .holes = Holes::kTwo,
          .traits = Trait(),
          .be_traits = Trait(),
          .colors = ColorFlags(),
          .masked = 0};
}

Numbers HighestNumbers() {
  return {.u8 = 200,
          .u16 = 65535,
          .u32 = INT32_MAX,
          .u64 = 6000000000,
          .s8 = -1,
          .s16 = -1,
          .s32 = INT32_MAX,
          .s64 = 5000000000,
          .uint = 6000000000,
          .sint = 6000000000,
          .plain_u8 = UINT8_MAX,
          .plain_u64 = UINT64_MAX,
          .plain_s64 = INT64_MAX,
          .plain_uint = UINT64_MAX,
          .plain_sint = INT64_MIN,
          .be16 = 0x7fff,
          .be32 = 0xc0000201,
          .be64 = 5000000000,
          .sbe32 = INT32_MAX,
          .le16 = 65535,
          .le32 = 99,
          .sle64 = -1,
          .color = Color::kBlue,
          .warm = Color::kGreen,
          .holes = Holes::kNine,
          .traits = Trait::kSoft | Trait::kRound | Trait::kLoud,
          .be_traits = Trait::kLoud,
          .colors = ColorFlags::kRed | ColorFlags::kBlue,
          .masked = 7};
}

Bytes LongestBytes() {
  return {.text = std::string(1000, 't'),
          .label = "twenty characters  .",
          .code = "abc",
          .blob = std::vector<uint8_t>(300, 0xaa),
          .at_least = std::vector<uint8_t>{1, 2, 3, 4},
          .at_most = std::vector<uint8_t>(20, 9),
          .between = std::vector<uint8_t>(20, 8),
          .exactly = std::vector<uint8_t>(16, 7),
          .address = std::vector<uint8_t>(16, 0xfe),
          .words = {1, 2, 0xffffffff},
          .shorts = {-1, 0x0102, INT16_MIN, INT16_MAX},
          .longs = {1, UINT64_MAX}};
}

Lists FullLists() {
  return {.numbers = {2, 3, 65535},
          .big_numbers = {1, UINT64_MAX},
          .colors = {Color::kBlue, Color::kRed},
          .names = {"ab", "cde"},
          .blobs = {{1}, {2, 3}, std::vector<uint8_t>(8, 4)},
          .array_u32 = {7, 8, 9},
          .array_binary = {{1, 2, 3}, {4}}};
}

LeafSet FullLeaf() { return {.default_ = 1, .text = "abc", .current = Color::kGreen, .n4th = -5}; }

// Four levels, with lists and single nests at each.
Tree FullTree() {
  const Twig full = {.leaf = {FullLeaf(), {.default_ = 2}}, .only = FullLeaf(), .bend = INT32_MIN};
  const Twig bare = {.bend = 0};
  return {.branch = {{.twigs = {full, bare, full}, .name = "first", .length = 10},
                     {.name = "xx", .length = UINT64_MAX},
                     {.twigs = {bare}, .name = "ninechars", .length = 11}},
          .height = 4};
}

EchoRequest Largest() {
  return {.id = 1,
          .urgent = true,
          .label = "",
          .port = 65535,
          .depth = INT64_MAX,
          .numbers = HighestNumbers(),
          .bytes = LongestBytes(),
          .lists = FullLists(),
          .tree = {FullTree(), FullTree()},
          .leaf = FullLeaf(),
          .leaves = {FullLeaf(), {.default_ = UINT32_MAX}, FullLeaf()},
          .knot = Knot{.value = 1,
                       .child = Knot{.value = 2, .child = Knot{.value = 3}},
                       .children = {{.value = 4, .children = {{.value = 5}, {.value = 6}}}}},
          .table = {{.row = 1, .column = 0x3fff, .value = FullLeaf()},
                    {.row = 300, .column = 2, .value = {.default_ = 3}}}};
}

void ExpectSame(const EchoRequest& sent, const EchoReply& got) {
  EXPECT_EQ(got.id, sent.id);
  EXPECT_EQ(got.urgent, sent.urgent);
  EXPECT_EQ(got.label, sent.label);
  EXPECT_EQ(got.port, sent.port);
  EXPECT_EQ(got.depth, sent.depth);
  EXPECT_EQ(got.numbers, sent.numbers);
  EXPECT_EQ(got.bytes, sent.bytes);
  EXPECT_EQ(got.lists, sent.lists);
  EXPECT_EQ(got.tree, sent.tree);
  EXPECT_EQ(got.leaf, sent.leaf);
  EXPECT_EQ(got.leaves, sent.leaves);
  EXPECT_EQ(got.knot, sent.knot);
  EXPECT_EQ(got.table, sent.table);
}

EchoReply Echo(const EchoRequest& request) {
  absl::StatusOr<EchoReply> reply = Connect().Echo(request);
  EXPECT_TRUE(reply.ok()) << reply.status();
  return *std::move(reply);
}

TEST(Echo, GoodSmallestMessageComesBackWithDefaults) {
  const EchoRequest defaults = {.id = 7, .port = 8080, .depth = -6000000000};
  ExpectSame(defaults, Echo({.id = 7}));
}

TEST(Echo, GoodDefaultsAreFilledInAtEachDepth) {
  EchoRequest request = {.id = 7, .tree = {{.branch = {{.twigs = {{}}, .name = "ab"}}}}};
  const EchoReply reply = Echo(request);
  EXPECT_EQ(reply.tree[0].branch[0].length, 5000000000);
  EXPECT_EQ(reply.tree[0].branch[0].twigs[0].bend, -7);
  EXPECT_EQ(reply.tree[0].height, std::nullopt) << "has no default";
}

TEST(Echo, GoodLargestMessageComesBack) { ExpectSame(Largest(), Echo(Largest())); }

TEST(Echo, GoodLowestNumbersComeBack) {
  EchoRequest request = Largest();
  request.numbers = LowestNumbers();
  ExpectSame(request, Echo(request));
}

TEST(Echo, GoodEmptyNestsComeBack) {
  EchoRequest request = Largest();
  request.numbers.emplace();
  request.bytes.emplace();
  request.lists.emplace();
  ExpectSame(request, Echo(request));
}

TEST(Echo, GoodLargestAttributeComesBack) {
  EchoRequest request = Largest();
  request.bytes = {.huge = std::vector<uint8_t>(65000, 0x55)};
  ExpectSame(request, Echo(request));
}

// 8191 numbers of 8 bytes each and the header of the nest: 65532 of the 65535 that a length can
// say.
TEST(Echo, GoodFullestNestComesBack) {
  const EchoRequest request = {
      .id = 1, .port = 8080, .depth = 0, .lists = Lists{.numbers = std::vector<uint16_t>(8191, 2)}};
  ExpectSame(request, Echo(request));
}

TEST(Echo, GoodNotificationsCarryTheSame) {
  Events events = Listen({Group::kEverybody});
  Echo(Largest());
  ExpectSame(Largest(), Expect<EchoNtf>(events));
  EXPECT_EQ(Expect<KnotNtf>(events).knot, Largest().knot);
}

}  // namespace
}  // namespace torture
