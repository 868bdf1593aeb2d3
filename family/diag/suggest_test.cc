#include "family/diag/suggest.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

TEST(EditDistanceTest, CountsEachKindOfEdit) {
  EXPECT_EQ(EditDistance("checks", "checks", 3), 0u);
  EXPECT_EQ(EditDistance("checks", "check", 3), 1u);
  EXPECT_EQ(EditDistance("checks", "xchecks", 3), 1u);
  EXPECT_EQ(EditDistance("checks", "cheeks", 3), 1u);
  EXPECT_EQ(EditDistance("checks", "chekcs", 3), 1u);  // a swap is one edit, not two
  EXPECT_EQ(EditDistance("", "abc", 3), 3u);
}

TEST(EditDistanceTest, EditsNoPartTwice) {
  // Swapped and then parted: two edits in the unrestricted distance, three here.
  EXPECT_EQ(EditDistance("ca", "abc", 3), 3u);
}

TEST(EditDistanceTest, StopsBeyondTheLimit) {
  EXPECT_EQ(EditDistance("kitten", "sitting", 2), 3u);
  EXPECT_EQ(EditDistance("a", std::string(1000, 'b'), 2), 3u);
}

TEST(SuggestTest, GoodOneNearCandidate) {
  EXPECT_EQ(Suggest("chekcs", {"checks", "type", "enum"}), "checks");
  EXPECT_EQ(Suggest("atribute-sets", {"attribute-sets", "operations"}), "attribute-sets");
}

TEST(SuggestTest, GoodNearestOfSeveral) {
  EXPECT_EQ(Suggest("max-lenn", {"min-len", "max-len"}), "max-len");
}

TEST(SuggestTest, BadTwoEquallyNear) {
  EXPECT_EQ(Suggest("mxx-len", {"min-len", "max-len"}), "max-len");
  EXPECT_EQ(Suggest("mux-len", {"max-len", "mix-len"}), "");
}

TEST(SuggestTest, GoodOneCandidateNamedTwice) {
  EXPECT_EQ(Suggest("rely", {"reply", "reply"}), "reply");
}

TEST(SuggestTest, BadTooFar) {
  EXPECT_EQ(Suggest("abc", {"xyz"}), "");
  EXPECT_EQ(Suggest("id", {"name"}), "");
  EXPECT_EQ(Suggest("id", {}), "");
}

TEST(SuggestTest, AllowsAThirdOfTheLength) {
  EXPECT_EQ(Suggest("abcdef", {"abcdxx"}), "abcdxx");
  EXPECT_EQ(Suggest("abcde", {"abcxx"}), "");
}

TEST(DidYouMeanTest, IsEmptyOrAQuestion) {
  EXPECT_EQ(DidYouMean("chekcs", {"checks"}), "did you mean `checks`?");
  EXPECT_EQ(DidYouMean("nothing", {"checks"}), "");
}

TEST(DidYouMeanTest, ListsAShortChoice) {
  EXPECT_EQ(DidYouMeanOneOf("other", {"split", "global"}), "one of `split`, `global`");
  EXPECT_EQ(DidYouMeanOneOf("other", {"split"}), "`split`");
  EXPECT_EQ(DidYouMeanOneOf("splt", {"split", "global"}), "did you mean `split`?");
  EXPECT_EQ(DidYouMeanOneOf("other", std::vector<absl::string_view>(40, "x")), "");
}

}  // namespace
}  // namespace genlc
