#include "family/diag/reporter.h"

#include "absl/numeric/int128.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;

constexpr DiagnosticDef<absl::string_view> kBad{"GL9001", Severity::kError, "bad `$0`", "why"};
constexpr DiagnosticDef<absl::string_view> kOdd{"GL9000", Severity::kWarning, "odd `$0`", "why"};
constexpr DiagnosticDef<absl::int128, absl::int128> kTooLarge{
    "GL9002", Severity::kError, "$0 is above $1", "why"};

class ReporterTest : public ::testing::Test {
 protected:
  SourceSpan At(uint32_t begin) const { return {first_, begin, begin + 1}; }
  std::vector<std::string> Messages() const {
    std::vector<std::string> messages;
    for (const Diagnostic& d : reporter_.Sorted()) messages.push_back(d.message);
    return messages;
  }

  SourceManager sources_;
  const SourceFile* first_ = sources_.Add("first.yaml", "0123456789");
  const SourceFile* second_ = sources_.Add("second.yaml", "0123456789");
  Reporter reporter_;
};

TEST_F(ReporterTest, SortsByPlaceWithErrorsFirst) {
  reporter_.Report(kBad, At(5), "late");
  reporter_.Report(kOdd, At(2), "same place");
  reporter_.Report(kBad, At(2), "same place");
  EXPECT_THAT(Messages(), ElementsAre("bad `same place`", "odd `same place`", "bad `late`"));
}

TEST_F(ReporterTest, KeepsFilesInOrderOfTheirFirstDiagnostic) {
  reporter_.Report(kBad, {second_, 9, 9}, "a");
  reporter_.Report(kBad, At(0), "b");
  reporter_.Report(kBad, {second_, 1, 1}, "c");
  EXPECT_THAT(Messages(), ElementsAre("bad `c`", "bad `a`", "bad `b`"));
}

TEST_F(ReporterTest, DropsWhatIsSaidTwice) {
  reporter_.Report(kBad, At(1), "x");
  reporter_.Report(kBad, At(1), "y");
  reporter_.Report(kBad, At(1), "x");
  EXPECT_THAT(Messages(), ElementsAre("bad `x`", "bad `y`"));
}

TEST_F(ReporterTest, CountsErrorsAndNotWarnings) {
  EXPECT_FALSE(reporter_.has_errors());
  reporter_.Report(kOdd, At(1), "x");
  EXPECT_FALSE(reporter_.has_errors());
  EXPECT_FALSE(reporter_.Report(kBad, At(1), "x"));
  EXPECT_EQ(reporter_.error_count(), 1);
}

TEST_F(ReporterTest, AddsLabelsAndHint) {
  reporter_.Report(kBad, At(1), "x").Label(At(4), "first declared here").Hint("use `y`");
  EXPECT_THAT(reporter_.Sorted(),
              ElementsAre(testing::AllOf(
                  Field(&Diagnostic::hint, "use `y`"),
                  Field(&Diagnostic::labels,
                        ElementsAre(Field(&Label::text, "first declared here"))))));
}

TEST_F(ReporterTest, WritesEveryNumberOfASpec) {
  reporter_.Report(kTooLarge, At(1), absl::int128(UINT64_MAX),
                   INT64_MIN);
  reporter_.Report(kTooLarge, At(2), -1, absl::Int128Min());
  EXPECT_THAT(Messages(),
              ElementsAre("18446744073709551615 is above -9223372036854775808",
                          "-1 is above -170141183460469231731687303715884105728"));
}

TEST_F(ReporterTest, KeepsAMessageOnOneShortLine) {
  reporter_.Report(kBad, At(1), "a\nb\tc");
  reporter_.Report(kBad, At(2), std::string(100000, 'x'));
  reporter_.Report(kBad, At(3), "$0 $1");
  const std::vector<std::string> messages = Messages();
  EXPECT_EQ(messages[0], "bad `a\\x0ab\\x09c`");
  EXPECT_LT(messages[1].size(), 140u);
  EXPECT_EQ(messages[2], "bad `$0 $1`");
}

TEST_F(ReporterTest, StopsAtALimitAndSaysSo) {
  for (size_t i = 0; i < 2 * Reporter::kMostDiagnostics; ++i) {
    reporter_.Report(kTooLarge, At(1), static_cast<int64_t>(i), 0).Hint("unseen");
  }
  const std::vector<std::string> messages = Messages();
  EXPECT_EQ(messages.size(), Reporter::kMostDiagnostics + 1);
  EXPECT_THAT(messages, testing::Contains(testing::HasSubstr("the rest is left out")).Times(1));
  EXPECT_EQ(reporter_.error_count(), static_cast<int>(2 * Reporter::kMostDiagnostics + 1));
}

TEST_F(ReporterTest, CutsBetweenCharacters) {
  std::string text = "x";
  for (int i = 0; i < 100; ++i) text += "\u00e9";
  reporter_.Report(kBad, At(1), text);
  const std::string message = Messages()[0];
  EXPECT_THAT(message, testing::EndsWith("\u00e9...`"));
}

}  // namespace
}  // namespace genlc
