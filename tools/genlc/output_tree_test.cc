#include "tools/genlc/output_tree.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/memory.h"

namespace genlc {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

OutputFiles Files(const std::string& path, const std::string& text) {
  OutputFiles files;
  files.Add(path, text);
  return files;
}

TEST(OutputTreeTest, GoodWritesBelowTheDirectory) {
  OutputTree tree;
  tree.Add("out/", Files("linux/thermo.h", "text"), {"thermo.yaml", "thermo"});
  MemoryFiles disk{};
  ASSERT_TRUE(tree.Write(disk).ok());
  EXPECT_THAT(disk.files(), ElementsAre(Pair("out/linux/thermo.h", "text")));
}

TEST(OutputTreeTest, GoodUnchangedFileIsNotWritten) {
  OutputTree tree;
  tree.Add("out", Files("a", "same"), {"a.yaml", "a"});
  tree.Add("out", Files("b", "new"), {"b.yaml", "b"});
  MemoryFiles disk{{"out/a", "same"}, {"out/b", "old"}};
  ASSERT_TRUE(tree.Write(disk).ok());
  EXPECT_THAT(disk.written(), ElementsAre("out/b"));
}

TEST(OutputTreeTest, GoodFileOfTheUserIsLeftAlone) {
  OutputFiles files;
  files.AddOnce("handlers.c", "skeleton");
  OutputTree tree;
  tree.Add("out", files, {"a.yaml", "a"});
  MemoryFiles disk{{"out/handlers.c", "work of a week"}};
  EXPECT_EQ(*tree.Diff(disk), "");
  ASSERT_TRUE(tree.Write(disk).ok());
  EXPECT_THAT(disk.written(), IsEmpty());

  MemoryFiles empty{};
  EXPECT_THAT(*tree.Diff(empty), HasSubstr("+skeleton"));
  ASSERT_TRUE(tree.Write(empty).ok());
  EXPECT_THAT(empty.files(), ElementsAre(Pair("out/handlers.c", "skeleton")));
}

TEST(OutputTreeTest, GoodDiffWritesNothing) {
  OutputTree tree;
  tree.Add("out", Files("a", "new\n"), {"a.yaml", "a"});
  MemoryFiles disk{{"out/a", "old\n"}};
  EXPECT_EQ(*tree.Diff(disk), "--- out/a\n+++ out/a\n@@ -1,1 +1,1 @@\n-old\n+new\n");
  EXPECT_THAT(disk.written(), IsEmpty());
}

TEST(OutputTreeTest, GoodFamiliesShareTheRuntime) {
  OutputTree tree;
  tree.Add("out", Files("genl.h", "runtime"), {"a.yaml", "a"});
  tree.Add("out", Files("genl.h", "runtime"), {"b.yaml", "b"});
  EXPECT_THAT(tree.problems(), IsEmpty());
}

TEST(OutputTreeTest, BadTwoSpecsOfOneFamily) {
  OutputTree tree;
  OutputFiles files;
  files.Add("x.c", "x");
  files.Add("x.h", "x");
  tree.Add("out", files, {"old/x.yaml", "x"});
  tree.Add("./out", files, {"new/x.yaml", "x"});
  EXPECT_THAT(tree.problems(), ElementsAre("old/x.yaml and new/x.yaml both make out/x.c"));
}

TEST(OutputTreeTest, GoodFamiliesWithOneHeaderGetFoldersOfTheirOwn) {
  OutputTree tree;
  MemoryFiles disk{};
  for (const char* name : {"a", "b", "c"}) {
    tree.Add("out", Files("linux/x.h", name), {absl::StrCat(name, ".yaml"), name});
  }
  EXPECT_THAT(tree.problems(), IsEmpty());
  ASSERT_TRUE(tree.Write(disk).ok());
  for (const char* name : {"a", "b", "c"}) {
    EXPECT_EQ(*disk.Read(absl::StrCat("out/", name, "/linux/x.h")), name);
  }
  EXPECT_FALSE(disk.Read("out/linux/x.h").ok());
}

TEST(OutputTreeTest, BadPathThatLeavesTheDirectory) {
  for (const char* path : {"../x.h", "linux/../../x.h", "/etc/x.h"}) {
    OutputTree tree;
    tree.Add("out", Files(path, "x"), {"a.yaml", "a"});
    EXPECT_THAT(tree.problems(), ElementsAre(HasSubstr("a.yaml would write outside of out")));
  }
}

TEST(OutputTreeTest, BadDiskIsNamedWithTheFile) {
  OutputTree tree;
  tree.Add("out", Files("a", "new\n"), {"a.yaml", "a"});
  MemoryFiles disk{};
  disk.Forbid("out/a");
  EXPECT_EQ(tree.Write(disk).message(), "cannot read out/a: Permission denied");
  EXPECT_EQ(tree.Diff(disk).status().message(), "cannot read out/a: Permission denied");
}

}  // namespace
}  // namespace genlc
