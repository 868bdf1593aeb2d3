#include "tools/doc/document.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Markdown, GoodTextIsNotTakenForMarkUp) {
  Document page;
  page.title = "T";
  page.blocks = {Paragraph{"a_b *c* <d> `e_f*`"}};
  EXPECT_THAT(ToMarkdown(page), HasSubstr("a\\_b \\*c\\* &lt;d> `e_f*`"));
}

TEST(Markdown, GoodTableCellsKeepTheirColumns) {
  Document page;
  page.blocks = {Table{{"x", "y"}, {{"a|b", "two\nlines"}}}};
  EXPECT_THAT(ToMarkdown(page), HasSubstr("| x | y |\n| --- | --- |\n| a\\|b | two lines |\n"));
}

TEST(Html, GoodTextIsEscapedEverywhere) {
  Document page;
  page.title = "<t>";
  page.banner = {"--> <script>"};
  page.blocks = {Heading{2, "a & b", "x\"y"}, Paragraph{"`<code>`"}, Code{"sh", "a < b\n"},
                 Table{{"<h>"}, {{"<c>"}}}};
  const std::string html = ToHtml(page);
  EXPECT_THAT(html, HasSubstr("<h1>&lt;t&gt;</h1>"));
  EXPECT_THAT(html, HasSubstr("<h2 id=\"x&quot;y\">a &amp; b</h2>"));
  EXPECT_THAT(html, HasSubstr("<p><code>&lt;code&gt;</code></p>"));
  EXPECT_THAT(html, HasSubstr("a &lt; b"));
  EXPECT_THAT(html, HasSubstr("<td>&lt;c&gt;</td>"));
  EXPECT_THAT(html, Not(HasSubstr("--> <script>")));
}

TEST(Html, GoodPageNeedsNothingElse) {
  Document page;
  page.blocks = {Picture{"<svg></svg>", "words"}};
  const std::string html = ToHtml(page);
  EXPECT_THAT(html, HasSubstr("<svg></svg>"));
  for (const char* outside : {"http:", "https:", "src=", "<link", "@import"}) {
    EXPECT_THAT(html, Not(HasSubstr(outside)));
  }
}

}  // namespace
}  // namespace genlc
