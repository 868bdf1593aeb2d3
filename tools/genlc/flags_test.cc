#include "tools/genlc/flags.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

enum class Style { kPlain, kFancy };

class FlagsTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::vector<std::string>> Parse(std::vector<std::string> words) {
    const std::vector<Flag> flags = {
        {"kernel_out", "DIR", "where the module goes", &directory_},
        {"style", "plain|fancy", "how it looks", &style_},
        {"depth", "N", "how deep", &depth_},
        {"check", "", "write nothing", &check_},
    };
    return ParseFlags(flags, words);
  }

  std::string Error(std::vector<std::string> words) {
    const auto arguments = Parse(std::move(words));
    return arguments.ok() ? "" : std::string(arguments.status().message());
  }

  std::string directory_;
  Style style_ = Style::kPlain;
  int depth_ = 0;
  bool check_ = false;
};

TEST_F(FlagsTest, GoodFlagsStandAnywhere) {
  const auto arguments = Parse({"a.yaml", "--kernel_out=out", "b.yaml", "--check"});
  ASSERT_TRUE(arguments.ok()) << arguments.status();
  EXPECT_THAT(*arguments, ElementsAre("a.yaml", "b.yaml"));
  EXPECT_EQ(directory_, "out");
  EXPECT_TRUE(check_);
}

TEST_F(FlagsTest, GoodValueBehindABlank) {
  const auto arguments = Parse({"--kernel_out", "out", "--style", "fancy", "--depth", "-3", "x"});
  ASSERT_TRUE(arguments.ok()) << arguments.status();
  EXPECT_THAT(*arguments, ElementsAre("x"));
  EXPECT_EQ(directory_, "out");
  EXPECT_EQ(style_, Style::kFancy);
  EXPECT_EQ(depth_, -3);
}

TEST_F(FlagsTest, GoodSwitchTakesNoWordWithIt) {
  EXPECT_THAT(*Parse({"--check", "false"}), ElementsAre("false"));
  EXPECT_TRUE(check_);
  EXPECT_THAT(*Parse({"--check=false"}), IsEmpty());
  EXPECT_FALSE(check_);
}

TEST_F(FlagsTest, GoodDoubleDashEndsFlags) {
  EXPECT_THAT(*Parse({"--check", "--", "--style=odd", "--"}), ElementsAre("--style=odd", "--"));
}

TEST_F(FlagsTest, GoodLastOfTwoCounts) {
  EXPECT_TRUE(Parse({"--kernel_out=a", "--kernel_out=b"}).ok());
  EXPECT_EQ(directory_, "b");
}

TEST_F(FlagsTest, GoodValueWithAnEqualsSign) {
  EXPECT_TRUE(Parse({"--kernel_out=a=b"}).ok());
  EXPECT_EQ(directory_, "a=b");
}

TEST_F(FlagsTest, BadUnknownFlagNamesTheNearest) {
  EXPECT_EQ(Error({"--kernel-out=x"}), "unknown flag `--kernel-out`; did you mean `--kernel_out`?");
  EXPECT_EQ(Error({"-check"}), "unknown flag `-check`; did you mean `--check`?");
  EXPECT_EQ(Error({"--verbose"}), "unknown flag `--verbose`");
  EXPECT_EQ(Error({"-k"}), "unknown flag `-k`");
}

TEST_F(FlagsTest, BadWordIsShownWithWhatThereIs) {
  EXPECT_EQ(Error({"--style=fency"}),
            "`--style=plain|fancy` cannot be `fency`; did you mean `fancy`?");
  EXPECT_EQ(style_, Style::kPlain);
}

TEST_F(FlagsTest, BadValueOfItsType) {
  EXPECT_THAT(Error({"--depth=deep"}), HasSubstr("`--depth=N` cannot be `deep`"));
  EXPECT_THAT(Error({"--check=perhaps"}), HasSubstr("`--check` cannot be `perhaps`"));
}

TEST_F(FlagsTest, BadMissingValue) {
  EXPECT_EQ(Error({"--kernel_out"}), "`--kernel_out=DIR` needs a value");
  EXPECT_EQ(Error({"--kernel_out", "--check"}), "`--kernel_out=DIR` needs a value");
  EXPECT_EQ(Error({"--kernel_out="}), "`--kernel_out=DIR` has an empty value");
}

}  // namespace
}  // namespace genlc
