#include "tools/genlc/genlc.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/genlc_fixture.h"

namespace genlc {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST_F(GenlcTest, GoodHelpListsEveryCommand) {
  EXPECT_EQ(Run("--help"), ExitStatus::kDone);
  for (const auto& command : Commands()) {
    EXPECT_THAT(out_, HasSubstr(absl::StrCat("  ", command->manual().name, " ")));
    EXPECT_THAT(out_, HasSubstr(command->manual().purpose));
  }
  const std::string page = out_;
  for (const char* line : {"help", "-h", "help --help"}) {
    EXPECT_EQ(Run(line), ExitStatus::kDone) << line;
    EXPECT_EQ(out_, page) << line;
  }
}

TEST_F(GenlcTest, GoodHelpOfEachCommandIsComplete) {
  for (const auto& command : Commands()) {
    const std::string name = command->manual().name;
    EXPECT_EQ(Run(name + " --help"), ExitStatus::kDone);
    const std::string page = out_;
    EXPECT_THAT(page, AllOf(HasSubstr("Usage: genlc " + name), HasSubstr("Exit status:"),
                            HasSubstr("Examples:"), HasSubstr(command->manual().purpose)));
    for (const Flag& flag : command->Flags()) EXPECT_THAT(page, HasSubstr(flag.Spelling()));
    for (const absl::string_view line : absl::StrSplit(page, '\n')) {
      EXPECT_LE(line.size(), 100u) << line;
      EXPECT_FALSE(absl::EndsWith(line, " ")) << line;
    }
    for (const std::string& line : {"help " + name, name + " -h", "--help " + name}) {
      EXPECT_EQ(Run(line), ExitStatus::kDone) << line;
      EXPECT_EQ(out_, page) << line;
    }
  }
}

TEST_F(GenlcTest, GoodExamplesOfTheHelpRun) {
  int count = 0;
  for (const auto& command : Commands()) {
    EXPECT_GE(command->manual().examples.size(), 2u);
    for (const Example& example : command->manual().examples) {
      const std::string line = example.command;
      ASSERT_TRUE(absl::StartsWith(line, "genlc ")) << line;
      EXPECT_EQ(Run(line.substr(6)), ExitStatus::kDone) << line << "\n" << err_;
      ++count;
    }
  }
  EXPECT_GE(count, 2 * static_cast<int>(Commands().size()));
}

TEST_F(GenlcTest, GoodManualPagesAreMadeOfTheHelp) {
  EXPECT_EQ(Run("man --out=man1"), ExitStatus::kDone) << err_;
  const std::string& all = files_.files().at("man1/genlc.1");
  EXPECT_THAT(all, StartsWith(".TH GENLC 1 "));
  for (const auto& command : Commands()) {
    const std::string name = command->manual().name;
    EXPECT_THAT(all, HasSubstr(absl::StrCat(".BR genlc\\-", name, " (1)")));
    EXPECT_EQ(Run("man " + name), ExitStatus::kDone);
    EXPECT_EQ(out_, files_.files().at(absl::StrCat("man1/genlc-", name, ".1")));
    for (const char* section :
         {"NAME", "SYNOPSIS", "DESCRIPTION", "FLAGS", "EXIT STATUS", "EXAMPLES", "SEE ALSO"}) {
      EXPECT_THAT(out_, HasSubstr(absl::StrCat("\n.SH ", section, "\n"))) << name;
    }
  }
  EXPECT_EQ(Run("man"), ExitStatus::kDone);
  EXPECT_EQ(out_, all);
}

TEST_F(GenlcTest, GoodVersion) {
  EXPECT_EQ(Run("--version"), ExitStatus::kDone);
  EXPECT_EQ(out_, absl::StrCat("genlc ", kVersion, "\n"));
}

TEST_F(GenlcTest, BadCommandLineIsStatusTwoOnStandardError) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "Usage: genlc COMMAND"},
      {"chekc fan.yaml", "genlc: unknown command `chekc`; did you mean `check`?"},
      {"frobnicate", "genlc: unknown command `frobnicate`\n"},
      {"help complie", "genlc: unknown command `complie`; did you mean `compile`?"},
      {"--hlep", "genlc: unknown flag `--hlep`; did you mean `--help`?"},
      {"check", "genlc check: wants SPEC..., got nothing"},
      {"check --fromat=json fan.yaml", "did you mean `--format`?"},
      {"check --format=jsno fan.yaml", "did you mean `json`?"},
      {"check fan.yaml --disable=GL0000", "--disable: there is no GL0000"},
      {"check fan.yaml --disable=GL0203", "--disable: GL0203 is not advice"},
      {"compile fan.yaml", "genlc compile: nothing to make"},
      {"compile --cpp_out=out", "genlc compile: wants SPEC..., got nothing"},
      {"compile fan.yaml --cpp_out", "`--cpp_out=DIR` needs a value"},
      {"compile fan.yaml --dco_out=out", "did you mean `--doc_out`?"},
      {"compile fan.yaml thermo.yaml --cpp_out=o --profile=p.yaml", "--profile belongs to one"},
      {"check fan.yaml thermo.yaml --profile=p.yaml", "--profile belongs to one"},
      {"inspect fan.yaml thermo.yaml", "genlc inspect: wants SPEC, got 2 arguments"},
      {"inspect fan.yaml --phase=cooked", "cannot be `cooked`"},
      {"explain GL0000", "there is no diagnostic `GL0000`"},
      {"completion fish", "unknown shell `fish`"},
      {"man dmup", "unknown command `dmup`; did you mean `dump`?"},
      {"man do --out=man1", "--out writes all pages"},
      {"breaking fan.yaml", "wants OLD and NEW, or a SPEC and --against=git:REV"},
      {"breaking fan.yaml --against=HEAD", "--against is `git:` and a revision, not `HEAD`"},
      {"breaking fan.yaml --against=git:--all", "a revision, not `git:--all`"},
      {"breaking fan.yaml thermo.yaml --only=wier", "did you mean `wire`?"},
      {"breaking a.yaml b.yaml --against=git:HEAD --profile=p", "a profile belongs to one spec"},
  };
  for (const auto& [line, problem] : cases) {
    EXPECT_EQ(Run(line), ExitStatus::kWrongUsage) << line;
    EXPECT_THAT(err_, HasSubstr(problem)) << line;
    EXPECT_EQ(out_, "") << line;
  }
  EXPECT_THAT(files_.written(), IsEmpty());
}

}  // namespace
}  // namespace genlc
