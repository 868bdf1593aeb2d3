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

}  // namespace
}  // namespace genlc
