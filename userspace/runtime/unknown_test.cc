#include "genl/unknown.h"

#include "genl/test_envelope.h"
#include "genl/test_message.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::ElementsAre;

std::vector<std::string> Paths(const ByteString& bytes, const Layout& layout = kEverythingLayout) {
  std::vector<std::string> paths;
  FindUnknown(layout, bytes, [&](const UnknownAttribute& unknown) {
    EXPECT_EQ(unknown.payload, Bytes(ByteString{1, 2, 3}));
    paths.push_back(unknown.path);
  });
  return paths;
}

const ByteString kNew = Attr(57, {1, 2, 3});
const ByteString kNumber = Attr(1, {5, 0});

TEST(FindUnknown, GoodNothingInAMessageThatIsKnown) {
  EXPECT_THAT(Paths({}), ElementsAre());
  EXPECT_THAT(Paths(Join({Attr(1, {5}), Attr(20, ByteString(4)), Attr(11, {kNumber})})),
              ElementsAre());
}

TEST(FindUnknown, GoodPlacesInNestsOfAllKinds) {
  EXPECT_THAT(Paths(Join({kNew, Attr(1, {5}), kNew})), ElementsAre("(57)", "(57)"));
  EXPECT_THAT(Paths(Attr(11, {kNumber, kNew})), ElementsAre("part.(57)"));
  EXPECT_THAT(Paths(Join({Attr(12, {kNumber}), Attr(12, {kNumber, kNew})})),
              ElementsAre("parts[1].(57)"));
  EXPECT_THAT(Paths(Attr(15, {Attr(7, {kNumber}), Attr(9, {kNew})})),
              ElementsAre("indexed[1].(57)"));
  EXPECT_THAT(Paths(Attr(17, {Attr(3, {Attr(4, {kNew})})})), ElementsAre("entries[3][4].(57)"));
  EXPECT_THAT(Paths(Attr(19, {Attr(2, {kNew})})), ElementsAre("tree.next.(57)"));
}

TEST(FindUnknown, GoodPlacesBehindHeadersAndInSubMessages) {
  const ByteString kind = Attr(1, {'n', 'e', 't', 'e', 'm', 0});
  const ByteString options = Attr(6, Join({ByteString(4), Attr(1, {9, 0, 0, 0}), kNew}));
  EXPECT_THAT(Paths(Join({ByteString(4), options, kind}), kEnvelopeLayout),
              ElementsAre("options.(57)"));
  EXPECT_THAT(Paths(Join({ByteString(4), options}), kEnvelopeLayout), ElementsAre())
      << "of a format that nobody knows all is bytes";
}

// The reply of an operation need not list all attributes of its set.
TEST(FindUnknown, GoodAttributeThatTheMessageDoesNotListHasItsName) {
  static constexpr Layout kEmpty = {.set = &kPartSet, .fields = {}, .index = {}};
  EXPECT_THAT(Paths(Attr(2, {1, 2, 3}), kEmpty), ElementsAre("note"));
}

TEST(FindUnknown, GoodMalformedBytesArePassedOver) {
  EXPECT_THAT(Paths(Join({kNew, {200, 0, 1, 0}})), ElementsAre("(57)"));
  ByteString deep = Attr(1, {1});
  for (int i = 0; i < 1000; ++i) deep = Attr(2, deep);
  EXPECT_THAT(Paths(Attr(19, deep)), ElementsAre());
}

}  // namespace
}  // namespace genl::test
