#include "genl/liberal.h"

#include "genl/test_message.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

ByteString Tidied(const ByteString& bytes) {
  Writer writer;
  Tidy(kEverythingLayout, bytes, writer);
  return ByteString(writer.bytes().begin(), writer.bytes().end());
}

TEST(Liberal, GoodMessageStaysAsItIs) {
  const ByteString bytes = Join({Attr(1, {7}), Attr(8, {'a', 0}), Attr(11, {Attr(1, {1, 2})})});
  EXPECT_EQ(Tidied(bytes), bytes);
}

TEST(Liberal, GoodUnknownAttributesAreLeftOut) {
  EXPECT_EQ(Tidied(Join({Attr(99, {1, 2}), Attr(1, {7})})), Attr(1, {7}));
  EXPECT_EQ(Tidied(Attr(11, {Attr(9, {1}), Attr(1, {1, 2})})), Attr(11, {Attr(1, {1, 2})}));
}

TEST(Liberal, GoodOfLongIntegersTheFirstBytesCount) {
  EXPECT_EQ(Tidied(Attr(1, {7, 8, 9})), Attr(1, {7}));
  EXPECT_EQ(Tidied(Attr(11, {Attr(1, {1, 2, 3})})), Attr(11, {Attr(1, {1, 2})}));
  EXPECT_EQ(Tidied(Attr(15, {Attr(1, {Attr(1, {1, 2, 3})})})),
            Attr(15, {Attr(1, {Attr(1, {1, 2})})}));
  EXPECT_EQ(Tidied(Attr(17, {Attr(3, {Attr(4, {Attr(1, {1, 2, 3})})})})),
            Attr(17, {Attr(3, {Attr(4, {Attr(1, {1, 2})})})}));
}

TEST(Liberal, GoodBytesAtTheEndAreLeftOut) {
  ByteString bytes = Attr(1, {7});
  bytes.insert(bytes.end(), {0xff, 0xff, 0xff});
  EXPECT_EQ(Tidied(bytes), Attr(1, {7}));
}

}  // namespace
}  // namespace genl::test
