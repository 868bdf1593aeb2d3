#include "family/diag/render.h"

#include "family/diag/snippet.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace genlc {
namespace {

using ::testing::HasSubstr;

constexpr DiagnosticInfo kError{"GL9001", Severity::kError, "", "why"};
constexpr DiagnosticInfo kWarning{"GL9002", Severity::kWarning, "", "why"};

class RenderTest : public ::testing::Test {
 protected:
  // The first occurrence of `text` in a file of that content.
  SourceSpan In(std::string content, absl::string_view text, std::string path = "a.yaml") {
    const SourceFile* file = sources_.Add(std::move(path), std::move(content));
    const auto begin = static_cast<uint32_t>(file->text().find(text));
    return {file, begin, begin + static_cast<uint32_t>(text.size())};
  }

  SourceManager sources_;
};

TEST_F(RenderTest, TextHasPlaceLineAndRange) {
  const SourceSpan span = In("name: x\n  chekcs:\n    max: 1\n", "chekcs");
  EXPECT_EQ(Render({&kError, span, "unknown key `chekcs`", {}, "did you mean `checks`?"}),
            "a.yaml:2:3: error: unknown key `chekcs` [GL9001]\n"
            "    2 |   chekcs:\n"
            "      |   ^~~~~~\n"
            "hint: did you mean `checks`?\n");
}

TEST_F(RenderTest, TextGivesEachLabelItsSnippet) {
  const SourceFile* file = sources_.Add("a.yaml", "a: 1\na: 2\n");
  EXPECT_EQ(Render({&kWarning, {file, 5, 6}, "twice", {{{file, 0, 1}, "first here"}}, ""}),
            "a.yaml:2:1: warning: twice [GL9002]\n"
            "    2 | a: 2\n"
            "      | ^\n"
            "a.yaml:1:1: note: first here\n"
            "    1 | a: 1\n"
            "      | ^\n");
}

TEST_F(RenderTest, TextWithoutAPlace) {
  EXPECT_EQ(Render({&kError, {}, "no file", {}, ""}), "error: no file [GL9001]\n");
}

TEST_F(RenderTest, TextSeparatesDiagnosticsByABlankLine) {
  const Diagnostic d{&kError, {}, "x", {}, ""};
  EXPECT_EQ(Render(std::vector<Diagnostic>{d, d}), "error: x [GL9001]\n\nerror: x [GL9001]\n");
}

TEST_F(RenderTest, ColourOnlyWhenAsked) {
  const Diagnostic d{&kError, In("abc", "b"), "x", {}, "y"};
  EXPECT_THAT(Render(d), testing::Not(HasSubstr("\033")));
  EXPECT_THAT(Render(d, {.color = true}), HasSubstr("\033[1;31merror:\033[0m x [GL9001]"));
}

TEST_F(RenderTest, SnippetMarksTheFirstOfSeveralLines) {
  EXPECT_EQ(Snippet(In("a:\n  - one\n  - two\n", "one\n  - two")),
            "    2 |   - one\n"
            "      |     ^~~\n");
}

TEST_F(RenderTest, SnippetDrawsTabsAsBlanks) {
  EXPECT_EQ(Snippet(In("\tab\tcd\n", "cd")),
            "    1 |         ab      cd\n"
            "      |                 ^~\n");
}

TEST_F(RenderTest, SnippetCountsCharactersAndNotBytes) {
  EXPECT_EQ(Snippet(In("caf\u00e9: ol\u00e9\n", "ol\u00e9")),
            "    1 | caf\u00e9: ol\u00e9\n"
            "      |       ^~~\n");
}

TEST_F(RenderTest, SnippetShowsThePointAtTheEnd) {
  const SourceFile* file = sources_.Add("a.yaml", "abc");
  EXPECT_EQ(Snippet({file, 3, 3}), "    1 | abc\n      |    ^\n");
  const SourceFile* ended = sources_.Add("b.yaml", "abc\n");
  EXPECT_EQ(Snippet({ended, 4, 4}), "    2 |\n      | ^\n");
}

TEST_F(RenderTest, SnippetSendsNothingToTheTerminalThatItWouldObey) {
  EXPECT_EQ(Snippet(In("a\033[31m\x80\xff\xc2\x9b z", "z")),
            "    1 | a?[31m??? z\n"
            "      |           ^\n");
}

TEST_F(RenderTest, SnippetCutsALongLineAroundTheRange) {
  const std::string snippet =
      Snippet(In(std::string(100000, 'a') + "HERE" + std::string(100000, 'b'), "HERE"));
  EXPECT_LT(snippet.size(), 400u);
  EXPECT_THAT(snippet, HasSubstr("aHEREb"));
  EXPECT_THAT(snippet, HasSubstr(" ^~~~\n"));
}

TEST_F(RenderTest, SnippetCutsARangeThatIsLong) {
  const std::string snippet = Snippet(In(std::string(100000, 'a'), std::string(100000, 'a')));
  EXPECT_LT(snippet.size(), 400u);
  EXPECT_THAT(snippet, HasSubstr("| ^~~~"));
}

TEST_F(RenderTest, SnippetOfAnEmptyFileIsEmpty) {
  EXPECT_EQ(Snippet({sources_.Add("a.yaml", ""), 0, 0}), "");
}

TEST_F(RenderTest, JsonIsOneObjectALine) {
  const SourceFile* file = sources_.Add("a \"b\".yaml", "a: 1\na: 2\n");
  const Diagnostic diagnostic{
      &kError, {file, 5, 6}, "tw\\ice\x01", {{{file, 0, 1}, "first"}}, "hint \"x\""};
  const std::string text =
      Render({diagnostic, diagnostic}, {.format = DiagnosticFormat::kJson});
  const size_t line = text.find('\n');
  ASSERT_EQ(text.substr(0, line + 1), text.substr(line + 1));
  const auto json = nlohmann::json::parse(text.substr(0, line));
  EXPECT_EQ(json, nlohmann::json::parse(R"({
    "file": "a \"b\".yaml", "line": 2, "column": 1, "end_line": 2, "end_column": 2,
    "severity": "error", "id": "GL9001", "message": "tw\\ice\u0001",
    "labels": [{"file": "a \"b\".yaml", "line": 1, "column": 1, "end_line": 1,
                "end_column": 2, "message": "first"}],
    "hint": "hint \"x\""})"));
}

TEST_F(RenderTest, JsonWithoutAPlaceOrAHint) {
  EXPECT_EQ(Render({&kWarning, {}, "x", {}, ""}, {.format = DiagnosticFormat::kJson}),
            "{\"severity\":\"warning\",\"id\":\"GL9002\",\"message\":\"x\",\"labels\":[],"
            "\"hint\":null}\n");
}

TEST_F(RenderTest, GithubEscapesPropertiesAndText) {
  const Diagnostic diagnostic{
      &kError, In("abc\n", "bc", "dir,1/a:b.yaml"), "100% odd", {}, "a, b: c"};
  EXPECT_EQ(Render(diagnostic, {.format = DiagnosticFormat::kGithub}),
            "::error file=dir%2C1/a%3Ab.yaml,line=1,col=2,endColumn=3,title=GL9001::"
            "100%25 odd%0Ahint: a, b: c\n");
}

TEST_F(RenderTest, GithubTellsLabelsInTheText) {
  const SourceFile* file = sources_.Add("a.yaml", "a: 1\na: 2\n");
  const Diagnostic d{&kWarning, {file, 5, 6}, "twice", {{{file, 0, 1}, "first here"}}, ""};
  EXPECT_EQ(Render(d, {.format = DiagnosticFormat::kGithub}),
            "::warning file=a.yaml,line=2,col=1,endColumn=1,title=GL9002::"
            "twice%0Aa.yaml:1:1: first here\n");
}

TEST(ParseDiagnosticFormatTest, KnowsThreeWords) {
  DiagnosticFormat format = DiagnosticFormat::kText;
  EXPECT_TRUE(ParseDiagnosticFormat("json", &format));
  EXPECT_EQ(format, DiagnosticFormat::kJson);
  EXPECT_TRUE(ParseDiagnosticFormat("github", &format));
  EXPECT_TRUE(ParseDiagnosticFormat("text", &format));
  EXPECT_FALSE(ParseDiagnosticFormat("xml", &format));
}

}  // namespace
}  // namespace genlc
