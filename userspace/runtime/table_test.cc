#include "genl/table.h"

#include "gtest/gtest.h"

namespace genl {
namespace {

constexpr Attribute kAttributes[] = {
    {.number = 3, .kind = Kind::kU8, .name = "three"},
    {.number = 1, .kind = Kind::kU8, .name = "one"},
    {.number = kMaxAttributeNumber, .kind = Kind::kU8, .name = "last"},
};
constexpr AttributeSet kSet = MakeSet<kAttributes>("set");

TEST(AttributeSet, GoodNumbersWithGapsInAnyOrder) {
  EXPECT_STREQ(kSet.Find(1)->name, "one");
  EXPECT_STREQ(kSet.Find(3)->name, "three");
  EXPECT_STREQ(kSet.Find(kMaxAttributeNumber)->name, "last");
  for (const uint16_t unknown : {0, 2, 4, 0x3ffe, 0x4000, 0xffff}) {
    EXPECT_EQ(kSet.Find(unknown), nullptr) << unknown;
  }
}

constexpr Attribute kOrdered[] = {
    {.number = 2, .kind = Kind::kU8, .name = "two"},
    {.number = 3, .kind = Kind::kU8, .name = "three"},
    {.number = 70, .kind = Kind::kU8, .name = "seventy"},
    {.number = kMaxAttributeNumber, .kind = Kind::kU8, .name = "last"},
};

TEST(AttributeSet, GoodNumbersInOrderNeedNoIndex) {
  constexpr AttributeSet kInOrder = MakeSet<kOrdered>("ordered");
  EXPECT_TRUE(kInOrder.index.empty());
  for (const Attribute& attribute : kOrdered) {
    EXPECT_EQ(kInOrder.Find(attribute.number), &attribute);
  }
  for (const uint16_t unknown : {0, 1, 4, 69, 71, 0x3ffe, 0x4000, 0xffff}) {
    EXPECT_EQ(kInOrder.Find(unknown), nullptr) << unknown;
  }
  EXPECT_EQ(AttributeSet{}.Find(1), nullptr);
}

TEST(EnumName, GoodKnownAndUnknownValues) {
  constexpr EnumEntry kEntries[] = {{0, "zero"}, {7, "seven"}};
  const Enum numbers = {"numbers", false, kEntries};
  EXPECT_EQ(EnumName(numbers, 7), "seven");
  EXPECT_EQ(EnumName(numbers, 1), "");
}

TEST(Limits, GoodNumbersOfSignedKindsKeepTheirBits) {
  EXPECT_EQ(static_cast<int64_t>(Range<int64_t>(-5, 5).low), -5);
  EXPECT_EQ(MinLength(3).high, Limits::kNoMaximum);
}

}  // namespace
}  // namespace genl
