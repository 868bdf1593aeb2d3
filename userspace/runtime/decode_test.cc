#include "genl/decode.h"

#include <array>
#include <optional>
#include <random>
#include <vector>

#include "genl/encode.h"
#include "genl/test_message.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::HasSubstr;

Everything MustDecode(const ByteString& bytes) {
  Everything value;
  const absl::Status status = Decode(kEverythingLayout, bytes, &value);
  EXPECT_TRUE(status.ok()) << status;
  return value;
}

template <typename T = Everything>
std::string Refusal(const ByteString& bytes, const Layout& layout = kEverythingLayout) {
  T value;
  const absl::Status status = Decode(layout, bytes, &value);
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  return std::string(status.message());
}

// One value with everything in it.
Everything Full() {
  return {.u8 = 1,
          .be16 = 0x1234,
          .s32 = -3,
          .uint = uint64_t{1} << 40,
          .sint = -5,
          .color = Color::kBlue,
          .flag = true,
          .string = "text",
          .binary = ByteString{1, 2, 3},
          .array = {1, 2, 3},
          .part = Part{1, "one"},
          .parts = {{2}, {3, "three"}},
          .numbers = {-1, 2},
          .flags = {{}, {}},
          .indexed = {{4}, {5, "five"}},
          .indexed_numbers = {6, 7},
          .entries = {{1, 2, {3}}, {1, 3, {4, "x"}}},
          .be_s16 = -2,
          .tree = Tree{.leaf = 1, .next = Tree{.leaf = 2}, .branches = {Tree{.leaf = 3}, Tree{}}}};
}

ByteString Bytes(const Everything& value) {
  Writer writer;
  EXPECT_TRUE(Encode(kEverythingLayout, &value, writer).ok());
  return ByteString(writer.bytes().begin(), writer.bytes().end());
}

TEST(Decode, GoodRoundTripOfEveryKind) { EXPECT_EQ(MustDecode(Bytes(Full())), Full()); }

TEST(Decode, GoodValueThatHeldSomethingElseBefore) {
  Everything value = Full();
  value.parts.resize(9);
  ASSERT_TRUE(Decode(kEverythingLayout, Bytes(Full()), &value).ok());
  EXPECT_EQ(value, Full());
  ASSERT_TRUE(Decode(kEverythingLayout, {}, &value).ok());
  EXPECT_EQ(value, Everything{});
}

TEST(Decode, GoodMemoryIsUsedAgain) {
  Everything value = Full();
  value.string = std::string(100, 'x');
  const char* text = value.string->data();
  const Part* parts = value.parts.data();
  ASSERT_TRUE(Decode(kEverythingLayout, Bytes(Full()), &value).ok());
  EXPECT_EQ(value.string->data(), text);
  EXPECT_EQ(value.parts.data(), parts);
}

// A message of `kMembers` integers with a list as the last, all of which are optional.
template <size_t kMembers>
struct Wide {
  Wide() {
    for (size_t i = 0; i <= kMembers; ++i) {
      const bool is_list = i == kMembers;
      attributes[i] = {
          .number = static_cast<uint16_t>(i + 1), .kind = Kind::kU32, .multi = is_list};
      fields[i] =
          FieldAt(i * sizeof(Value::numbers[0]),
                  is_list ? kMember<decltype(Value::list)> : kMember<std::optional<uint32_t>>,
                  attributes[i], kOptional, nullptr);
      index[i + 1] = static_cast<uint16_t>(i + 1);
    }
    set = {"wide", attributes, {}};
    layout = {.set = &set, .fields = fields, .index = index};
  }

  struct Value {
    std::array<std::optional<uint32_t>, kMembers> numbers;
    std::vector<uint32_t> list;
    bool operator==(const Value&) const = default;
  };
  std::array<Attribute, kMembers + 1> attributes;
  std::array<Field, kMembers + 1> fields;
  std::array<uint16_t, kMembers + 2> index = {};
  AttributeSet set;
  Layout layout;
};

template <size_t kMembers>
void ReadsAllOf() {
  const Wide<kMembers> wide;
  typename Wide<kMembers>::Value sent, full, read;
  sent.numbers[0] = 1;
  sent.numbers[kMembers / 2] = 2;
  sent.numbers[kMembers - 1] = 3;
  sent.list = {4, 5};
  full.numbers.fill(6);
  full.list = {7, 8, 9};
  Writer writer;
  ASSERT_TRUE(Encode(wide.layout, &full, writer).ok());
  ASSERT_TRUE(Decode(wide.layout, writer.bytes(), &read).ok());
  EXPECT_EQ(read, full);
  writer.Clear();
  ASSERT_TRUE(Encode(wide.layout, &sent, writer).ok());
  ASSERT_TRUE(Decode(wide.layout, writer.bytes(), &read).ok());
  EXPECT_EQ(read, sent);
}

TEST(Decode, GoodMessagesOfAnyNumberOfMembers) {
  ReadsAllOf<62>();
  ReadsAllOf<64>();
  ReadsAllOf<126>();
  ReadsAllOf<128>();
  ReadsAllOf<510>();
  ReadsAllOf<512>();
  ReadsAllOf<2000>();
}

TEST(Decode, GoodUintOfEitherWidth) {
  EXPECT_EQ(MustDecode(Attr(4, {1, 2, 0, 0})).uint, 0x201u);
  EXPECT_EQ(MustDecode(Attr(4, {1, 0, 0, 0, 1, 0, 0, 0})).uint, (uint64_t{1} << 32) + 1);
  EXPECT_EQ(MustDecode(Attr(5, {0xff, 0xff, 0xff, 0xff})).sint, -1);
}

TEST(Decode, GoodStringWithoutNulAndWithSeveral) {
  EXPECT_EQ(MustDecode(Attr(8, {'a', 'b'})).string, "ab");
  EXPECT_EQ(MustDecode(Attr(8, {'a', 0, 'b', 0})).string, "a");
  EXPECT_EQ(MustDecode(Attr(8, ByteString{})).string, "");
}

TEST(Decode, GoodUnknownValueOfAnEnumerationIsKept) {
  EXPECT_EQ(MustDecode(Attr(6, {200})).color, static_cast<Color>(200));
}

TEST(Decode, GoodUnknownAndPaddingAttributesAreSkipped) {
  EXPECT_EQ(MustDecode(Join({Attr(99, {1}), Attr(20, {}), Attr(0, {}), Attr(1, {7})})).u8, 7);
}

TEST(Decode, GoodOfTwoScalarsTheLastCounts) {
  EXPECT_EQ(MustDecode(Join({Attr(1, {1}), Attr(1, {2})})).u8, 2);
  const Everything value = MustDecode(
      Join({Attr(11, {Attr(1, {1, 0}), Attr(2, {'x', 0})}), Attr(11, {Attr(1, {2, 0})})}));
  EXPECT_EQ(value.part, Part{2}) << "nothing of the first is left over";
}

TEST(Decode, GoodLastAttributeWithoutItsPadding) { EXPECT_EQ(MustDecode({5, 0, 1, 0, 7}).u8, 7); }

TEST(Decode, GoodFlagsOfTypeAreNoPartOfTheNumber) {
  EXPECT_EQ(MustDecode(Attr(1 | NLA_F_NET_BYTEORDER, {7})).u8, 7);
}

TEST(Decode, BadIntegerOfAnotherSize) {
  EXPECT_EQ(Refusal(Attr(1, {1, 2})), "attribute `u8`: 2 bytes where an integer has 1");
  EXPECT_EQ(Refusal(Attr(3, ByteString{})), "attribute `s32`: 0 bytes where an integer has 4");
  EXPECT_EQ(Refusal(Attr(4, {1, 2})), "attribute `uint`: 2 bytes where an integer has 4 or 8");
  EXPECT_THAT(Refusal(Join({Attr(13, {1, 0}), Attr(13, {1})})), HasSubstr("`numbers[1]`"));
  EXPECT_THAT(Refusal(Attr(10, {1, 2, 3})), HasSubstr("attribute `array`: 3 bytes"));
}

TEST(Decode, BadAttributeThatOverrunsWhatContainsIt) {
  EXPECT_THAT(Refusal({9, 0, 1, 0, 7, 0, 0, 0}), HasSubstr("last 8 bytes"));
  EXPECT_THAT(Refusal({3, 0, 1, 0}), HasSubstr("last 4 bytes")) << "shorter than its header";
  EXPECT_THAT(Refusal({5, 0}), HasSubstr("last 2 bytes"));
  EXPECT_THAT(Refusal(Attr(11, {{200, 0, 1, 0}})), HasSubstr("attribute `part`: "));
  EXPECT_THAT(Refusal(Attr(15, {{200, 0, 1, 0}})), HasSubstr("attribute `indexed`: "));
  EXPECT_THAT(Refusal(Attr(17, {{200, 0, 1, 0}})), HasSubstr("attribute `entries`: "));
}

TEST(Decode, BadMissingRequiredAttributeIsNamed) {
  const auto refusal = [](const ByteString& bytes) {
    return Refusal<Required>(bytes, kRequiredLayout);
  };
  const ByteString part = Attr(3, {Attr(1, {1, 0})});
  EXPECT_EQ(refusal(Join({Attr(2, {1, 0, 0, 0}), part})),
            "attribute `label`: required, but missing");
  EXPECT_EQ(refusal(Join({Attr(1, {'x', 0}), part})), "attribute `kind`: required, but missing");
  EXPECT_EQ(refusal(Join({Attr(1, {0}), Attr(2, {1, 0, 0, 0}), Attr(3, ByteString{})})),
            "attribute `part.number`: required, but missing");
  EXPECT_EQ(Refusal(Join({Attr(12, {Attr(1, {1, 0})}), Attr(12, ByteString{})})),
            "attribute `parts[1].number`: required, but missing");
}

TEST(Decode, BadNestingWithoutEnd) {
  ByteString tree = Attr(1, {1});
  for (int i = 0; i < 1000; ++i) tree = Attr(2, {tree});
  EXPECT_THAT(Refusal(Attr(19, {tree})), HasSubstr("too deep"));
}

// Under the address sanitizer this shows that no length is trusted. The buffers have
// exactly the size of the message, so that a read behind the end is seen.
TEST(Decode, BadBytesNeverLeadOutsideTheMessage) {
  const ByteString good = Bytes(Full());
  Everything value;
  for (size_t size = 0; size <= good.size(); ++size) {
    const ByteString cut(good.begin(), good.begin() + static_cast<ptrdiff_t>(size));
    (void)Decode(kEverythingLayout, cut, &value);
  }
  std::mt19937 random(1);
  for (int round = 0; round < 20000; ++round) {
    ByteString changed = good;
    for (int i = 0; i < 4; ++i) changed[random() % changed.size()] = static_cast<uint8_t>(random());
    if (Decode(kEverythingLayout, changed, &value).ok()) {
      Writer writer;
      EXPECT_TRUE(Encode(kEverythingLayout, &value, writer).ok());
    }
  }
}

}  // namespace
}  // namespace genl::test
