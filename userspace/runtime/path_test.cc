#include "genl/path.h"

#include "genl/test_message.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

constexpr size_t kHeader = 20;

// The path of the attribute at `offset` bytes into the attributes.
AttributePath At(const ByteString& attributes, size_t offset) {
  ByteString message(kHeader);
  message.insert(message.end(), attributes.begin(), attributes.end());
  AttributePath path = ResolveOffset(kEverythingSet, message, kHeader, kHeader + offset);
  return path;
}

const ByteString kU8 = Attr(1, {7});                             // 8 bytes
const ByteString kPart = Join({Attr(1, {1, 0}), Attr(2, {0})});  // 8 + 8 bytes

TEST(ResolveOffset, GoodAttributeOfTheMessage) {
  EXPECT_EQ(At(kU8, 0).text, "u8");
  EXPECT_EQ(At(Join({kU8, Attr(8, {'x', 0})}), 8).text, "string");
}

TEST(ResolveOffset, GoodAttributeInANest) {
  const ByteString bytes = Join({kU8, Attr(11, {kPart})});
  EXPECT_EQ(At(bytes, 8).text, "part");
  EXPECT_EQ(At(bytes, 8).nested, &kPartSet);
  EXPECT_EQ(At(bytes, 12).text, "part.number");
  EXPECT_EQ(At(bytes, 20).text, "part.note");
  EXPECT_STREQ(At(bytes, 20).attribute->name, "note");
}

TEST(ResolveOffset, GoodElementOfARepeatedAttribute) {
  const ByteString bytes = Join({Attr(12, {kPart}), kU8, Attr(12, {kPart})});
  EXPECT_EQ(At(bytes, 0).text, "parts[0]");
  EXPECT_EQ(At(bytes, 28).text, "parts[1]");
  EXPECT_EQ(At(bytes, 32).text, "parts[1].number");
}

TEST(ResolveOffset, GoodElementOfAnIndexedArray) {
  const ByteString bytes = Attr(15, {Attr(0, {kPart}), Attr(1, {kPart})});
  EXPECT_EQ(At(bytes, 4).text, "indexed[0]");
  EXPECT_EQ(At(bytes, 24).text, "indexed[1]");
  EXPECT_EQ(At(bytes, 24).nested, &kPartSet);
  EXPECT_EQ(At(bytes, 36).text, "indexed[1].note");
}

TEST(ResolveOffset, GoodNestsByTypeAndValueShowTheValues) {
  const ByteString bytes = Attr(17, {Attr(3, {Attr(4, {kPart})})});
  EXPECT_EQ(At(bytes, 4).text, "entries[3]");
  EXPECT_EQ(At(bytes, 8).text, "entries[3][4]");
  EXPECT_EQ(At(bytes, 20).text, "entries[3][4].note");
}

TEST(ResolveOffset, GoodUnknownAttributeAppearsAsItsNumber) {
  EXPECT_EQ(At(Attr(57, {1}), 0).text, "(57)");
  EXPECT_EQ(At(Attr(11, {Attr(9, {1})}), 4).text, "part.(9)");
}

TEST(ResolveOffset, GoodPlaceInAValueNamesTheAttributeAroundIt) {
  EXPECT_EQ(At(kU8, 4).text, "u8");
}

TEST(ResolveOffset, BadPlaceOutsideTheAttributes) {
  EXPECT_EQ(At(kU8, 8).text, "");
  EXPECT_EQ(At(kU8, 100000).text, "");
  const ByteString message = Join({ByteString(kHeader), kU8});
  EXPECT_EQ(ResolveOffset(kEverythingSet, message, kHeader, 4).text, "");
  EXPECT_EQ(ResolveOffset(kEverythingSet, {}, kHeader, kHeader).text, "");
}

}  // namespace
}  // namespace genl::test
