#include "tools/genlc/sources.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/memory.h"

namespace genlc {
namespace {

using ::testing::HasSubstr;

class SourcesTest : public ::testing::Test {
 protected:
  std::optional<std::vector<Source>> Read(const std::vector<std::string>& specs,
                                          const std::string& profile = "") {
    return ReadSources(specs, profile, env_, manager_);
  }

  MemoryFiles files_{{"a.yaml", "a"},
                     {"a.genlc.yaml", "profile of a"},
                     {"dir/b.yml", "b"},
                     {"dir/b.genlc.yaml", "profile of b"},
                     {"c.yaml", "c"}};
  MemoryEnvironment env_{files_};
  SourceManager manager_;
};

TEST_F(SourcesTest, GoodProfileStandsBesideTheSpec) {
  const auto sources = Read({"a.yaml", "dir/b.yml", "c.yaml"});
  ASSERT_TRUE(sources.has_value()) << env_.err();
  ASSERT_EQ(sources->size(), 3u);
  EXPECT_EQ((*sources)[0].spec->path(), "a.yaml");
  EXPECT_EQ((*sources)[0].spec->text(), "a");
  EXPECT_EQ((*sources)[0].profile->text(), "profile of a");
  EXPECT_EQ((*sources)[1].profile->path(), "dir/b.genlc.yaml");
  EXPECT_EQ((*sources)[2].profile, nullptr);
}

TEST_F(SourcesTest, GoodNamedProfileReplacesIt) {
  const auto sources = Read({"a.yaml"}, "dir/b.genlc.yaml");
  ASSERT_TRUE(sources.has_value());
  EXPECT_EQ(sources->front().profile->text(), "profile of b");
}

TEST_F(SourcesTest, BadEveryFileThatIsMissingIsNamed) {
  EXPECT_FALSE(Read({"x.yaml", "a.yaml", "y.yaml"}).has_value());
  EXPECT_EQ(env_.err(),
            "genlc: cannot read x.yaml: No such file or directory\n"
            "genlc: cannot read y.yaml: No such file or directory\n");
}

TEST_F(SourcesTest, BadNamedProfileMustBeThere) {
  EXPECT_FALSE(Read({"a.yaml"}, "x.yaml").has_value());
  EXPECT_EQ(env_.err(), "genlc: cannot read x.yaml: No such file or directory\n");
}

TEST_F(SourcesTest, BadProfileBesideTheSpecThatCannotBeRead) {
  files_.Forbid("a.genlc.yaml");
  EXPECT_FALSE(Read({"a.yaml"}).has_value());
  EXPECT_EQ(env_.err(), "genlc: cannot read a.genlc.yaml: Permission denied\n");
}

TEST_F(SourcesTest, BadSpecGivenTwice) {
  EXPECT_FALSE(Read({"a.yaml", "c.yaml", "a.yaml"}).has_value());
  EXPECT_EQ(env_.err(), "genlc: a.yaml is given twice\n");
}

TEST_F(SourcesTest, BadTwoNamesOfOneFile) {
  EXPECT_FALSE(Read({"a.yaml", "dir/../a.yaml"}).has_value());
  EXPECT_EQ(env_.err(), "genlc: a.yaml and dir/../a.yaml are the same file\n");
}

TEST_F(SourcesTest, BadProfileInPlaceOfASpec) {
  EXPECT_FALSE(Read({"a.yaml", "a.genlc.yaml"}).has_value());
  EXPECT_THAT(env_.err(), HasSubstr("a.genlc.yaml is a profile"));
}

}  // namespace
}  // namespace genlc
