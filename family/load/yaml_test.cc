#include "family/load/yaml.h"

#include <ctime>
#include <ostream>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A parsed text, and what was said about it as "line:column ID".
struct Parsed {
  explicit Parsed(std::string text) {
    const SourceFile* file = sources.Add("test.yaml", std::move(text));
    tree = YamlTree::Parse(*file, reporter);
    for (const Diagnostic& diagnostic : reporter.Sorted()) {
      const LineColumn place = diagnostic.span.start();
      said.push_back(absl::StrCat(place.line, ":", place.column, " ", diagnostic.info->id));
    }
  }

  SourceManager sources;
  Reporter reporter;
  std::unique_ptr<YamlTree> tree;
  std::vector<std::string> said;
};

TEST(Yaml, GoodScalarsKnowTheirPlace) {
  const Parsed p("a: one\nb:\n  - 'two'\n  - \"three\"\n");
  ASSERT_NE(p.tree, nullptr);
  const auto& entries = p.tree->root().entries;
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].second->span.text(), "one");
  EXPECT_TRUE(entries[0].second->plain);
  const auto& items = entries[1].second->items;
  EXPECT_EQ(items[0]->span.text(), "'two'");
  EXPECT_FALSE(items[0]->plain);
  EXPECT_EQ(items[1]->value, "three");
  EXPECT_EQ(entries[1].second->span.text(), "- 'two'\n  - \"three\"");
}

TEST(Yaml, GoodSpansLeaveOutAnchorsAndBlockText) {
  const Parsed p("a: &x value\nb: |\n  long\n  text\nc: *x\n");
  ASSERT_NE(p.tree, nullptr);
  const auto& entries = p.tree->root().entries;
  EXPECT_EQ(entries[0].second->span.text(), "value");
  EXPECT_EQ(entries[1].second->span.text(), "|");
  EXPECT_EQ(entries[1].second->value, "long\ntext\n");
  EXPECT_EQ(entries[2].second, entries[0].second);
}

TEST(Yaml, GoodPlacesAreRightBehindAByteOrderMarkAndWideCharacters) {
  const Parsed p("\xef\xbb\xbf" "a: \"\xc3\xa4\" \nb: [x, \"\xe2\x82\xac\", last]\n");
  ASSERT_NE(p.tree, nullptr);
  EXPECT_EQ(p.tree->root().entries[0].second->span.text(), "\"\xc3\xa4\"");
  EXPECT_EQ(p.tree->root().entries[1].second->items[2]->span.text(), "last");
}

TEST(Yaml, GoodCarriageReturns) {
  const Parsed p("a: one\r\nb: two\r\n");
  ASSERT_NE(p.tree, nullptr);
  EXPECT_EQ(p.tree->root().entries[0].second->span.text(), "one");
  EXPECT_EQ(p.tree->root().entries[1].second->span.start(), (LineColumn{2, 4}));
}

TEST(Yaml, BadDuplicateKeyIsReportedAndTheTreeStillUsable) {
  const Parsed p("a: 1\nb: 2\na: 3\n");
  EXPECT_NE(p.tree, nullptr);
  EXPECT_THAT(p.said, ElementsAre("3:1 GL0107"));
}

TEST(Yaml, BadTexts) {
  EXPECT_THAT(Parsed("").said, ElementsAre("1:1 GL0101"));
  EXPECT_THAT(Parsed("# only a comment\n").said, ElementsAre("1:1 GL0101"));
  EXPECT_THAT(Parsed("a: \xff\n").said, ElementsAre("1:4 GL0102"));
  EXPECT_THAT(Parsed("a: \xc0\xaf\n").said, ElementsAre("1:4 GL0102"));          // overlong
  EXPECT_THAT(Parsed("a: \xed\xa0\x80\n").said, ElementsAre("1:4 GL0102"));      // surrogate
  EXPECT_THAT(Parsed("a: \xf4\x90\x80\x80\n").said, ElementsAre("1:4 GL0102"));  // > U+10FFFF
  EXPECT_THAT(Parsed("a: \xe2\x82").said, ElementsAre("1:4 GL0102"));            // cut off
  EXPECT_THAT(Parsed("a: [1, 2\n").said, ElementsAre("2:1 GL0103"));
  EXPECT_THAT(Parsed("a: 1\n---\nb: 2\n").said, ElementsAre("2:1 GL0104"));
  EXPECT_THAT(Parsed("a: *nobody\n").said, ElementsAre("1:4 GL0108"));
  EXPECT_THAT(Parsed("a: &x [*x]\n").said, ElementsAre("1:8 GL0109"));
  EXPECT_THAT(Parsed("a: !!binary x\n").said, ElementsAre("1:4 GL0110"));
  EXPECT_THAT(Parsed(std::string("a: b\0c\n", 7)).said, ElementsAre("1:5 GL0113"));
  EXPECT_THAT(Parsed("? [a, b]\n: c\n").said, ElementsAre("1:3 GL0114"));
}

// Nothing hostile may take long: each of these is refused within the time of a keystroke.
// Processor time, so that other work of the machine does not count; a build for debugging is
// slow, and tests/specs:hostile_test measures what users get.
constexpr double kSeconds = 5;

struct HostileText {
  std::string text;
  std::string id;

  // Not the megabytes.
  friend void PrintTo(const HostileText& hostile, std::ostream* out) { *out << hostile.id; }
};

class Hostile : public ::testing::TestWithParam<HostileText> {};

TEST_P(Hostile, BadTextIsRefusedQuickly) {
  const std::clock_t start = std::clock();
  const Parsed p(GetParam().text);
  const double elapsed = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  ASSERT_THAT(p.said, testing::Not(IsEmpty()));
  EXPECT_THAT(p.said.front(), testing::EndsWith(GetParam().id));
  EXPECT_LT(elapsed, kSeconds);
}

std::string AliasBomb() {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 20; ++i) {
    absl::StrAppend(&text, "a", i, ": &a", i, " [");
    for (int j = 0; j < 9; ++j) absl::StrAppend(&text, j ? ", " : "", "*a", i - 1);
    absl::StrAppend(&text, "]\n");
  }
  return text;
}

std::string DeepBlocks() {
  std::string text;
  for (int i = 0; i < 1000; ++i) absl::StrAppend(&text, std::string(i, ' '), "a:\n");
  return text;
}

INSTANTIATE_TEST_SUITE_P(
    , Hostile,
    ::testing::Values(HostileText{AliasBomb(), "GL0106"},
                      HostileText{std::string(100'000, '['), "GL0105"},
                      HostileText{std::string(100'000, '{'), "GL0105"},
                      HostileText{DeepBlocks(), "GL0105"},
                      HostileText{std::string(10 << 20, 'a'), "GL0111"},
                      HostileText{std::string(4 << 20, '\0'), "GL0113"}));

}  // namespace
}  // namespace genlc
