#include "family/diag/explain.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "family/diag/catalogue.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ExplainTest, ShowsBadSpecItsDiagnosticAndItsRepair) {
  const std::string page = Explain("GL0203").value();
  EXPECT_THAT(page, AllOf(HasSubstr("GL0203  error    unknown key `...` in ...\n"),
                          HasSubstr("\nWrong:\n\n"), HasSubstr("        chekcs:\n"),
                          HasSubstr(": error: unknown key `chekcs` in an attribute [GL0203]\n"),
                          HasSubstr("hint: did you mean `checks`?\n"),
                          HasSubstr("\nRepaired:\n\n"), HasSubstr("        checks:\n")));
  EXPECT_THAT(page, Not(HasSubstr("#!")));
  EXPECT_THAT(page, Not(HasSubstr("tests/specs")));
}

TEST(ExplainTest, ShowsTheProfileWhereThatIsWrong) {
  EXPECT_THAT(Explain("GL0705").value(),
              AllOf(HasSubstr("\nIts profile, wrong:\n"), HasSubstr(".genlc.yaml:")));
}

TEST(ExplainTest, EveryDiagnosticHasAPage) {
  for (const DiagnosticInfo* info : Catalogue()) {
    SCOPED_TRACE(info->id);
    const std::string page = Explain(info->id).value();
    EXPECT_TRUE(absl::StartsWith(page, Headline(*info)));
    // Megabytes, or a thousand mistakes, are nothing to print.
    if (info == &kFileTooLarge.info || info == &kTooManyDiagnostics.info) continue;
    EXPECT_THAT(page, AnyOf(HasSubstr("\nRepaired"), HasSubstr("\nHarmless")));
    EXPECT_THAT(page, HasSubstr(absl::StrCat("[", info->id, "]")));
  }
}

TEST(ExplainTest, PagesFitATerminal) {
  for (const DiagnosticInfo* info : Catalogue()) {
    const std::string page = Explain(info->id).value();
    EXPECT_LT(std::count(page.begin(), page.end(), '\n'), 120) << info->id;
    for (const char c : page) {
      EXPECT_TRUE(c == '\n' || c == '\t' || c < 0 || (c >= ' ' && c < 0x7f)) << info->id;
    }
  }
}

TEST(ExplainTest, FindsInAnyCase) {
  EXPECT_EQ(Explain("gl0203"), Explain("GL0203"));
  EXPECT_EQ(Explain("GL9999"), std::nullopt);
  EXPECT_EQ(Explain(""), std::nullopt);
}

}  // namespace
}  // namespace genlc
