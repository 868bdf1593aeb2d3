#include "genl/layout.h"

#include <cstring>
#include <string>

#include "gtest/gtest.h"

namespace genl {
namespace {

enum class Small : uint8_t { kOne = 1 };
struct Odd {
  uint16_t number = 0;
  uint8_t bytes[5] = {};

  bool operator==(const Odd&) const = default;
};

template <typename T>
T Example() {
  if constexpr (std::is_class_v<T>) {
    return {1, {2}};
  } else {
    return static_cast<T>(0x5a);
  }
}

// The codec writes into a std::optional without knowing its type; see OptionalHasKnownLayout().
template <typename T>
class OptionalLayout : public testing::Test {};

using Plain = testing::Types<uint8_t, uint16_t, uint32_t, uint64_t, int8_t, int16_t, int32_t,
                             int64_t, Small, Odd, Bitfield<>>;
TYPED_TEST_SUITE(OptionalLayout, Plain);

TYPED_TEST(OptionalLayout, GoodValueStandsFirstAndTheMarkBehindIt) {
  const MemberType& type = *kMember<std::optional<TypeParam>>;
  ASSERT_EQ(type.shape, MemberType::Shape::kOptionalPlain);
  const TypeParam value = Example<TypeParam>();
  std::optional<TypeParam> optional;
  std::memcpy(static_cast<void*>(&optional), &value, sizeof(value));
  Mark(type, &optional, true);
  ASSERT_TRUE(optional.has_value());
  EXPECT_TRUE(*optional == value);
  Mark(type, &optional, false);
  EXPECT_FALSE(optional.has_value());
}

TYPED_TEST(OptionalLayout, GoodMarkOfAnOptionalThatTheLibraryMade) {
  const MemberType& type = *kMember<std::optional<TypeParam>>;
  const std::optional<TypeParam> full(Example<TypeParam>());
  const std::optional<TypeParam> empty;
  EXPECT_TRUE(IsMarked(type, &full));
  EXPECT_FALSE(IsMarked(type, &empty));
}

struct Row {
  uint32_t number = 0;
};

Field RowField(const MemberType* type, Presence presence, const Attribute& attribute) {
  return FieldAt(0, type, attribute, presence, nullptr);
}

TEST(Fits, GoodMembersOfTheTypeThatTheirAttributeNeeds) {
  const Attribute number{.number = 1, .kind = Kind::kU32};
  const Attribute many{.number = 1, .kind = Kind::kU32, .multi = true};
  const Attribute flag{.number = 1, .kind = Kind::kFlag};
  EXPECT_TRUE(Fits(RowField(kMember<uint32_t>, kRequired, number)));
  EXPECT_TRUE(Fits(RowField(kMember<std::optional<uint32_t>>, kOptional, number)));
  EXPECT_TRUE(Fits(RowField(kMember<std::vector<uint32_t>>, kOptional, many)));
  EXPECT_TRUE(Fits(RowField(kMember<bool>, kOptional, flag)));
}

TEST(Fits, BadMembersOfAnotherType) {
  const Attribute number{.number = 1, .kind = Kind::kU32};
  const Attribute many{.number = 1, .kind = Kind::kU32, .multi = true};
  const Attribute nest{.number = 1, .kind = Kind::kNest};
  EXPECT_FALSE(Fits(RowField(kMember<uint32_t>, kOptional, number)));
  EXPECT_FALSE(Fits(RowField(kMember<std::optional<uint32_t>>, kRequired, number)));
  EXPECT_FALSE(Fits(RowField(kMember<std::string>, kRequired, number)));
  EXPECT_FALSE(Fits(RowField(kMember<uint32_t>, kRequired, many)));
  EXPECT_FALSE(Fits(RowField(kMember<Row>, kOptional, nest)));
}

}  // namespace
}  // namespace genl
