#include "genl/layout.h"

#include <cstring>
#include <string>

#include "gtest/gtest.h"

namespace genl {
namespace {

enum class Small : uint8_t { kOne = 1 };

// The codec writes into a std::optional without knowing its type; see OptionalHasKnownLayout().
template <typename T>
class OptionalLayout : public testing::Test {};

using Scalars =
    testing::Types<uint8_t, uint16_t, uint32_t, uint64_t, int8_t, int16_t, int32_t, int64_t, Small>;
TYPED_TEST_SUITE(OptionalLayout, Scalars);

TYPED_TEST(OptionalLayout, GoodValueStandsFirstAndTheMarkBehindIt) {
  const TypeParam value = static_cast<TypeParam>(0x5a);
  std::optional<TypeParam> optional;
  const bool engaged = true;
  char* bytes = reinterpret_cast<char*>(&optional);
  std::memcpy(bytes, &value, sizeof(value));
  std::memcpy(bytes + sizeof(value), &engaged, sizeof(engaged));
  ASSERT_TRUE(optional.has_value());
  EXPECT_EQ(*optional, value);

  const bool absent = false;
  std::memcpy(bytes + sizeof(value), &absent, sizeof(absent));
  EXPECT_FALSE(optional.has_value());
}

TYPED_TEST(OptionalLayout, GoodMarkOfAnOptionalThatTheLibraryMade) {
  const std::optional<TypeParam> full(static_cast<TypeParam>(7));
  const std::optional<TypeParam> empty;
  const auto mark = [](const std::optional<TypeParam>& o) {
    return static_cast<int>(reinterpret_cast<const char*>(&o)[sizeof(TypeParam)]);
  };
  EXPECT_EQ(mark(full), 1);
  EXPECT_EQ(mark(empty), 0);
}

struct Row {
  uint32_t number = 0;
};

Field RowField(const MemberType* type, Presence presence, const Attribute& attribute) {
  return {.attribute = &attribute, .presence = presence, .type = type};
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
