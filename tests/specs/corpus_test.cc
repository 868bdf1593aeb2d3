// The corpus is complete: each diagnostic has a bad spec that shows it and nothing else, and a
// repaired twin. `bazel run //tests:update` writes what genlc says into the bad specs.
#include "tests/specs/corpus.h"

#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "family/diag/catalogue.h"
#include "family/diag/render.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

using ::testing::IsEmpty;

const std::vector<Case>& BadCases() {
  static const auto& cases = *new std::vector<Case>(ReadCases("tests/specs/bad"));
  return cases;
}

const std::vector<Case>& GoodCases() {
  static const auto& cases = *new std::vector<Case>(ReadCases("tests/specs/good"));
  return cases;
}

std::set<std::string> NamesOf(const std::vector<Case>& cases) {
  std::set<std::string> names;
  for (const Case& c : cases) names.insert(c.name);
  return names;
}

// Diagnostics that no file of a sensible size can show, and the test that shows them instead.
const std::map<std::string, std::string>& Exempt() {
  static const auto& exempt = *new std::map<std::string, std::string>{
      {"GL0111", "hostile_test makes the megabytes"},
      {"GL0115", "reporter_test makes the thousand"},
      {"GL1402", "tests/breaking has it, with all that `genlc breaking` says"},
  };
  return exempt;
}

TEST(CorpusTest, BadSpecsGetWhatTheyExpect) {
  for (const Case& bad : BadCases()) {
    SCOPED_TRACE(bad.name);
    const Diagnosis diagnosis = Diagnose(bad);
    EXPECT_EQ(bad.spec.text, Annotate(*diagnosis.spec, diagnosis.diagnostics));
    if (bad.profile) {
      EXPECT_EQ(bad.profile->text, Annotate(*diagnosis.profile, diagnosis.diagnostics));
    }
  }
}

// What follows from the same mistake is noise.
TEST(CorpusTest, BadSpecsShowOneKindOfDiagnostic) {
  for (const Case& bad : BadCases()) {
    SCOPED_TRACE(bad.name);
    ASSERT_NE(FindDiagnostic(bad.id()), nullptr);
    const Diagnosis diagnosis = Diagnose(bad);
    EXPECT_FALSE(diagnosis.diagnostics.empty());
    for (const Diagnostic& diagnostic : diagnosis.diagnostics) {
      EXPECT_EQ(diagnostic.info->id, bad.id()) << Render(diagnostic);
      EXPECT_NE(diagnostic.span.file, nullptr) << "has no place";
    }
  }
}

TEST(CorpusTest, GoodSpecsAreClean) {
  for (const Case& good : GoodCases()) {
    SCOPED_TRACE(good.name);
    EXPECT_EQ(good.spec.text, Strip(good.spec.text)) << "a good spec expects nothing";
    EXPECT_EQ(Render(Diagnose(good).diagnostics), "");
  }
}

TEST(CorpusTest, BadSpecsHaveARepairedTwin) {
  const std::set<std::string> good = NamesOf(GoodCases());
  for (const Case& bad : BadCases()) {
    EXPECT_TRUE(good.contains(bad.name)) << "tests/specs/good/" << bad.name << ".yaml is missing";
  }
}

TEST(CorpusTest, EveryDiagnosticHasABadSpec) {
  std::set<std::string> shown;
  for (const Case& bad : BadCases()) shown.insert(bad.id());
  for (const DiagnosticInfo* info : Catalogue()) {
    if (IsBreak(*info)) continue;        // tests/breaking has those
    if (IsAboutKernel(*info)) continue;  // tests/verify has those
    EXPECT_NE(shown.contains(info->id), Exempt().contains(info->id))
        << info->id << (shown.contains(info->id) ? " is exempt without need"
                                                 : " has no file in tests/specs/bad");
  }
}

TEST(CorpusTest, StripUndoesAnnotate) {
  SourceManager sources;
  const SourceFile* file = sources.Add("a.yaml", "a: 1\n  b: 2\r\n\nc");
  const std::string annotated =
      Annotate(*file, {{&kUnknownKey.info, {file, 0, 1}, "first", {}, ""},
                       {&kUnknownKey.info, {file, 7, 8}, "second", {{{file, 0, 1}, "here"}}, "b"},
                       {&kUnknownKey.info, {file, 15, 15}, "third", {}, ""}});
  EXPECT_EQ(annotated,
            "#! 1: error: first [GL0203]\n"
            "a: 1\n"
            "#! 3: error: second [GL0203]\n"
            "#!    note: here: `a`\n"
            "#!    hint: b\n"
            "  b: 2\r\n"
            "\n"
            "#! 2: error: third [GL0203]\n"
            "c");
  EXPECT_EQ(Strip(annotated), file->text());
}

TEST(CorpusTest, StripKeepsOtherComments) {
  EXPECT_EQ(Strip("# SPDX\na: 1 #! no\n#! 1: x\n"), "# SPDX\na: 1 #! no\n");
  EXPECT_EQ(Strip(""), "");
  EXPECT_EQ(Strip("#! 1: error: the file has no content [GL0101]\n"), "");
}

}  // namespace
}  // namespace genlc
