#include "genl/place.h"

#include "genl/test_message.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

// Where the header of an attribute is among `bytes`; -1: nowhere.
int Place(const ByteString& bytes, absl::string_view path) {
  const uint8_t* const place = FindPlace(kEverythingSet, bytes, path);
  return place == nullptr ? -1 : static_cast<int>(place - bytes.data());
}

TEST(Place, GoodOfAnAttribute) {
  const ByteString bytes = Join({Attr(1, {7}), Attr(8, {'a', 0})});
  EXPECT_EQ(Place(bytes, "u8"), 0);
  EXPECT_EQ(Place(bytes, "string"), 8);
}

TEST(Place, GoodInsideOfNests) {
  const ByteString bytes = Join({Attr(1, {7}), Attr(11, {Attr(1, {1, 2}), Attr(2, {'a', 0})}),
                                 Attr(19, {Attr(2, {Attr(1, {3})})})});
  EXPECT_EQ(Place(bytes, "part"), 8);
  EXPECT_EQ(Place(bytes, "part.note"), 20);
  EXPECT_EQ(Place(bytes, "tree.next.leaf"), 36);
}

TEST(Place, GoodOfOneOfSeveral) {
  const ByteString bytes = Join({Attr(13, {1, 0}), Attr(1, {7}), Attr(13, {2, 0}),
                                 Attr(12, {Attr(1, {1, 0})}), Attr(12, {Attr(1, {2, 0})})});
  EXPECT_EQ(Place(bytes, "numbers[1]"), 16);
  EXPECT_EQ(Place(bytes, "numbers"), 0);
  EXPECT_EQ(Place(bytes, "parts[1].number"), 40);
}

TEST(Place, GoodOfAnElementOfAnArray) {
  const ByteString bytes = Attr(15, {Attr(1, {Attr(1, {1, 0})}), Attr(2, {Attr(1, {2, 0})})});
  EXPECT_EQ(Place(bytes, "indexed[1]"), 16);
  EXPECT_EQ(Place(bytes, "indexed[1].number"), 20);
}

TEST(Place, GoodOfNestsByTypeAndValue) {
  const ByteString bytes = Attr(17, {Attr(3, {Attr(4, {Attr(1, {1, 0})})})});
  EXPECT_EQ(Place(bytes, "entries[3][4].number"), 12);
  EXPECT_EQ(Place(bytes, "entries[3]"), 4);
}

TEST(Place, GoodOfTheLastOfTwoWhereOneCounts) {
  EXPECT_EQ(Place(Join({Attr(1, {7}), Attr(1, {8})}), "u8"), 8);
}

TEST(Place, GoodOfWhatIsAroundWhatIsNotThere) {
  const ByteString bytes = Attr(11, {Attr(1, {1, 2})});
  EXPECT_EQ(Place(bytes, "part.note"), 0);
  EXPECT_EQ(Place(bytes, "part.nothing"), 0);
  EXPECT_EQ(Place(bytes, "u8"), -1);
  EXPECT_EQ(Place(bytes, "nothing"), -1);
}

TEST(Place, GoodMissingAttributeAndItsNest) {
  const ByteString bytes = Join({Attr(1, {7}), Attr(11, {Attr(1, {1, 2})})});
  uint16_t number = 0;
  const uint8_t* nest = nullptr;
  EXPECT_TRUE(FindMissing(kEverythingSet, bytes, "s32", number, nest));
  EXPECT_EQ(number, 3);
  EXPECT_EQ(nest, nullptr);
  EXPECT_TRUE(FindMissing(kEverythingSet, bytes, "part.note", number, nest));
  EXPECT_EQ(number, 2);
  EXPECT_EQ(nest, bytes.data() + 8);
  EXPECT_FALSE(FindMissing(kEverythingSet, bytes, "part.nothing", number, nest));
  EXPECT_FALSE(FindMissing(kEverythingSet, bytes, "nothing", number, nest));
}

}  // namespace
}  // namespace genl::test
