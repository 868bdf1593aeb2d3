#include "tools/genlc/diff.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

TEST(UnifiedDiffTest, GoodSameTextsHaveNone) {
  EXPECT_EQ(UnifiedDiff("x", true, "a\nb\n", "a\nb\n"), "");
  EXPECT_EQ(UnifiedDiff("x", true, "", ""), "");
}

TEST(UnifiedDiffTest, GoodNewFileComesFromNothing) {
  EXPECT_EQ(UnifiedDiff("x", false, "", "a\nb\n"),
            "--- /dev/null\n+++ x\n@@ -0,0 +1,2 @@\n+a\n+b\n");
}

TEST(UnifiedDiffTest, GoodChangeHasThreeLinesAround) {
  EXPECT_EQ(
      UnifiedDiff("x", true, "1\n2\n3\n4\nold\n5\n6\n7\n8\n", "1\n2\n3\n4\nnew\n5\n6\n7\n8\n"),
      "--- x\n+++ x\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-old\n+new\n 5\n 6\n 7\n");
}

TEST(UnifiedDiffTest, GoodDistantChangesAreTwoHunks) {
  EXPECT_EQ(UnifiedDiff("x", true, "a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\nc\n"),
            "--- x\n+++ x\n"
            "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n"
            "@@ -6,4 +6,5 @@\n 5\n 6\n 7\n-b\n+B\n+c\n");
}

TEST(UnifiedDiffTest, GoodNearChangesAreOneHunk) {
  EXPECT_EQ(UnifiedDiff("x", true, "a\n1\n2\n3\n4\n5\n6\nb\n", "1\n2\n3\n4\n5\n6\nB\n"),
            "--- x\n+++ x\n@@ -1,8 +1,7 @@\n-a\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
}

TEST(UnifiedDiffTest, GoodMissingLineFeedIsSaid) {
  EXPECT_EQ(UnifiedDiff("x", true, "a", "a\n"),
            "--- x\n+++ x\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n");
}

TEST(UnifiedDiffTest, GoodHugeChangeIsReplacedWhole) {
  std::string before;
  std::string after;
  for (int i = 0; i < 5000; ++i) {
    absl::StrAppend(&before, "old ", i, "\n");
    absl::StrAppend(&after, "new ", i, "\n");
  }
  const std::string diff = UnifiedDiff("x", true, before, after);
  EXPECT_NE(diff.find("@@ -1,5000 +1,5000 @@\n-old 0\n-old 1\n"), diff.npos);
  EXPECT_NE(diff.find("-old 4999\n+new 0\n"), diff.npos);
}

}  // namespace
}  // namespace genlc
