#include "family/source/source.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

TEST(SourceFile, GoodLinesAndColumnsCountFromOne) {
  const SourceFile file("a.yaml", "one\ntwo\n");
  EXPECT_EQ(file.Locate(0), (LineColumn{1, 1}));
  EXPECT_EQ(file.Locate(3), (LineColumn{1, 4}));
  EXPECT_EQ(file.Locate(4), (LineColumn{2, 1}));
  EXPECT_EQ(file.Locate(8), (LineColumn{3, 1}));
  EXPECT_EQ(file.Locate(1000), (LineColumn{3, 1}));
}

TEST(SourceFile, GoodColumnsAreCodePointsNotBytes) {
  const SourceFile file("a.yaml", "x: \"\xc3\xa4\xe2\x82\xac\" y\n");
  EXPECT_EQ(file.Locate(9), (LineColumn{1, 7}));
  EXPECT_EQ(file.Offset({1, 7}), 9u);
}

TEST(SourceFile, GoodOffsetInvertsLocate) {
  const SourceFile file("a.yaml", "one\n\nthree \xc3\xa4 four");
  for (uint32_t offset : {0u, 2u, 3u, 4u, 5u, 11u, 13u, 18u}) {
    EXPECT_EQ(file.Offset(file.Locate(offset)), offset);
  }
}

TEST(SourceFile, GoodOffsetIsClampedToItsLine) {
  const SourceFile file("a.yaml", "one\ntwo");
  EXPECT_EQ(file.Offset({1, 99}), 3u);
  EXPECT_EQ(file.Offset({99, 99}), 7u);
}

TEST(SourceFile, GoodLineHasNoLineEnd) {
  const SourceFile file("a.yaml", "one\r\ntwo");
  EXPECT_EQ(file.Line(1), "one");
  EXPECT_EQ(file.Line(2), "two");
  EXPECT_EQ(SourceFile("empty", "").Line(1), "");
}

TEST(SourceManager, GoodFilesKeepTheirAddress) {
  SourceManager manager;
  const SourceFile* first = manager.Add("a", "text");
  for (int i = 0; i < 100; ++i) manager.Add("b", "");
  EXPECT_EQ(first->text(), "text");
  EXPECT_EQ((SourceSpan{first, 1, 3}).text(), "ex");
}

TEST(SourceFile, GoodCharactersOfALongText) {
  // Characters of one to four bytes, so that blocks begin inside of some.
  std::string text;
  std::vector<uint32_t> offsets;
  for (int i = 0; i < 3000; ++i) {
    for (const char* character : {"a", "\u00e9", "\u20ac", "\U0001f600"}) {
      offsets.push_back(text.size());
      text += character;
    }
  }
  offsets.push_back(text.size());
  const SourceFile file("x", text);
  for (size_t i = 0; i < offsets.size(); ++i) {
    ASSERT_EQ(file.CharacterOffset(i), offsets[i]) << i;
    ASSERT_EQ(file.Locate(offsets[i]).column, static_cast<int>(i) + 1) << i;
  }
  EXPECT_EQ(file.CharacterOffset(offsets.size() + 5), text.size());
}

TEST(SourceFile, GoodCharactersOfAnEmptyText) {
  const SourceFile file("x", "");
  EXPECT_EQ(file.CharacterOffset(0), 0u);
  EXPECT_EQ(file.Locate(0), (LineColumn{.line = 1, .column = 1}));
}

TEST(SourceFile, GoodTextOfExactlyOneBlock) {
  const SourceFile file("x", std::string(1024, 'a'));
  EXPECT_EQ(file.Locate(1024).column, 1025);
  EXPECT_EQ(file.CharacterOffset(1023), 1023u);
  EXPECT_EQ(file.CharacterOffset(1024), 1024u);
}

}  // namespace
}  // namespace genlc
