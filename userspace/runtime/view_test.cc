#include "genl/view.h"

#include "genl/test_envelope.h"
#include "genl/test_message.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

View<Everything> Look(const ByteString& bytes) {
  View<Everything> view;
  const absl::Status status = view.Read(kEverythingLayout, bytes);
  EXPECT_TRUE(status.ok()) << status;
  return view;
}

absl::Status StatusOf(const ByteString& bytes) {
  return View<Everything>().Read(kEverythingLayout, bytes);
}

TEST(View, GoodMembersAreThoseOfTheStruct) {
  const ByteString bytes =
      Join({Attr(1, {7}), Attr(2, {0x12, 0x34}), Attr(4, {9, 0, 0, 0}), Attr(6, {2}), Attr(7, {}),
            Attr(8, {'a', 'b', 0}), Attr(9, {1, 2, 3})});
  const View<Everything> view = Look(bytes);
  EXPECT_EQ(view.Get<&Everything::u8>(), 7);
  EXPECT_EQ(view.Get<&Everything::be16>(), 0x1234);
  EXPECT_EQ(view.Get<&Everything::uint>(), 9u);
  EXPECT_EQ(view.Get<&Everything::color>(), static_cast<Color>(2));
  EXPECT_TRUE(view.Get<&Everything::flag>());
  EXPECT_EQ(view.Get<&Everything::string>(), "ab");
  EXPECT_THAT(*view.Get<&Everything::binary>(), ElementsAre(1, 2, 3));
}

TEST(View, GoodWhatIsAbsentIsNothing) {
  const ByteString bytes = Attr(1, {7});
  const View<Everything> view = Look(bytes);
  EXPECT_FALSE(view.Get<&Everything::s32>().has_value());
  EXPECT_FALSE(view.Get<&Everything::string>().has_value());
  EXPECT_FALSE(view.Get<&Everything::flag>());
  EXPECT_TRUE(absl::IsNotFound(view.Nest<&Everything::part>().status()));
  size_t parts = 0;
  EXPECT_TRUE(view.ForEach<&Everything::parts>([&](const View<Part>&) { ++parts; }).ok());
  EXPECT_EQ(parts, 0u);
}

TEST(View, GoodTheLastOfTwoCounts) {
  EXPECT_EQ(Look(Join({Attr(1, {7}), Attr(1, {8})})).Get<&Everything::u8>(), 8);
}

TEST(View, GoodAViewIsUsedAgain) {
  View<Everything> view;
  const ByteString first = Attr(1, {7});
  const ByteString second = Attr(8, {'x'});
  ASSERT_TRUE(view.Read(kEverythingLayout, first).ok());
  ASSERT_TRUE(view.Read(kEverythingLayout, second).ok());
  EXPECT_FALSE(view.Get<&Everything::u8>().has_value());
  EXPECT_EQ(view.Get<&Everything::string>(), "x");
}

TEST(View, GoodNestsAndLists) {
  const ByteString bytes =
      Join({Attr(11, Attr(1, {5, 0})), Attr(12, Attr(1, {6, 0})), Attr(12, Attr(1, {7, 0})),
            Attr(15, Join({Attr(1, Attr(1, {8, 0}))}))});
  const View<Everything> view = Look(bytes);
  EXPECT_EQ(view.Nest<&Everything::part>()->Get<&Part::number>(), 5);
  std::vector<int> numbers;
  const auto add = [&](const View<Part>& part) { numbers.push_back(part.Get<&Part::number>()); };
  EXPECT_TRUE(view.ForEach<&Everything::parts>(add).ok());
  EXPECT_TRUE(view.ForEach<&Everything::indexed>(add).ok());
  EXPECT_THAT(numbers, ElementsAre(6, 7, 8));
}

TEST(View, GoodOneMemberIsDecodedAlone) {
  const ByteString bytes =
      Join({Attr(13, {1, 0}), Attr(1, {7}), Attr(13, {2, 0}), Attr(11, Attr(1, {5, 0}))});
  const View<Everything> view = Look(bytes);
  decltype(Everything::numbers) numbers = {9, 9, 9};
  EXPECT_TRUE(view.Decode<&Everything::numbers>(&numbers).ok());
  EXPECT_THAT(numbers, ElementsAre(1, 2));
  decltype(Everything::part) part;
  EXPECT_TRUE(view.Decode<&Everything::part>(&part).ok());
  EXPECT_EQ(part->number, 5);
  decltype(Everything::s32) absent = 3;
  EXPECT_TRUE(view.Decode<&Everything::s32>(&absent).ok());
  EXPECT_FALSE(absent.has_value());
}

TEST(View, GoodAFixedHeader) {
  const ByteString bytes = {1, 0, 2, 0};
  View<Envelope> view;
  ASSERT_TRUE(view.Read(kEnvelopeLayout, bytes).ok());
  EXPECT_EQ(view.Get<&Envelope::header>(), (Head{1, 2}));
}

TEST(View, BadTooShortForItsHeader) {
  const ByteString bytes = {1};
  EXPECT_THAT(View<Envelope>().Read(kEnvelopeLayout, bytes).message(), HasSubstr("header `head`"));
}

TEST(View, BadIntegersOfAnotherWidth) {
  EXPECT_EQ(StatusOf(Attr(3, {1, 2})).message(), "attribute `s32`: 2 bytes where an integer has 4");
  EXPECT_EQ(StatusOf(Attr(2, {1})).message(), "attribute `be16`: 1 bytes where an integer has 2");
  EXPECT_TRUE(absl::IsDataLoss(StatusOf(Attr(3, {}))));
}

TEST(View, BadAnAttributeLongerThanItsMessage) {
  ByteString bytes = Attr(3, {1, 2, 3, 4});
  bytes[0] = 9;
  EXPECT_TRUE(absl::IsDataLoss(StatusOf(bytes)));
}

TEST(View, BadARequiredAttributeIsMissing) {
  const ByteString bytes = Attr(11, Attr(2, {'x', 0}));
  EXPECT_EQ(Look(bytes).Nest<&Everything::part>().status().message(),
            "attribute `number`: required, but missing");
}

TEST(View, BadListsThatDoNotAddUp) {
  const ByteString bytes = Attr(15, {1, 2, 3});
  EXPECT_TRUE(absl::IsDataLoss(Look(bytes).ForEach<&Everything::indexed>([](const auto&) {})));
}

}  // namespace
}  // namespace genl::test
