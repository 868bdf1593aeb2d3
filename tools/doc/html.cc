#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tools/doc/document.h"

namespace genlc {
namespace {

constexpr absl::string_view kStyle = R"css(
:root { --ink: #1d2733; --soft: #5b6b7b; --line: #d9e0e7; --page: #fff; --code: #f3f6f9; --mark: #0b62a8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e2e8ee; --soft: #9aa9b8; --line: #36424e; --page: #14191f; --code: #1d242c; --mark: #6db3ee; }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; margin: 2em 0 .5em; }
h1 { margin-top: 0; }
h2 { border-bottom: 1px solid var(--line); padding-bottom: .2em; }
a { color: var(--mark); text-decoration: none; }
a:hover { text-decoration: underline; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; background: var(--code); border-radius: 4px; }
code { padding: .1em .3em; }
pre { padding: .8em 1em; overflow-x: auto; }
pre code { padding: 0; background: none; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .95em; }
th, td { text-align: left; vertical-align: top; padding: .35em .8em .35em 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
ul.contents { columns: 16rem; padding-left: 1.2em; }
svg { max-width: 100%; height: auto; }
svg text { font: 13px ui-monospace, monospace; fill: var(--ink); }
svg .box { fill: var(--code); stroke: var(--line); }
svg .edge { fill: none; stroke: var(--soft); }
svg .head { fill: var(--soft); }
)css";

std::string Escape(absl::string_view text) {
  return absl::StrReplaceAll(text,
                             {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

std::string Inline(absl::string_view text) {
  std::string out;
  bool code = false;
  for (absl::string_view part : absl::StrSplit(text, '`')) {
    absl::StrAppend(&out, code ? "<code>" : "", Escape(part), code ? "</code>" : "");
    code = !code;
  }
  return out;
}

std::string Row(const std::vector<std::string>& cells, absl::string_view tag) {
  std::string out = "<tr>";
  for (const std::string& cell : cells) {
    absl::StrAppend(&out, "<", tag, ">", Inline(cell), "</", tag, ">");
  }
  return out + "</tr>\n";
}

struct Writer {
  std::string out;

  void operator()(const Heading& heading) {
    absl::StrAppend(&out, "<h", heading.level, " id=\"", Escape(heading.anchor), "\">",
                    Inline(heading.text), "</h", heading.level, ">\n");
  }
  void operator()(const Paragraph& paragraph) {
    absl::StrAppend(&out, "<p>", Inline(paragraph.text), "</p>\n");
  }
  void operator()(const Table& table) {
    absl::StrAppend(&out, "<div class=\"wide\"><table>\n", Row(table.header, "th"));
    for (const auto& row : table.rows) absl::StrAppend(&out, Row(row, "td"));
    absl::StrAppend(&out, "</table></div>\n");
  }
  void operator()(const Code& code) {
    absl::StrAppend(&out, "<pre><code class=\"", Escape(code.language), "\">", Escape(code.text),
                    "</code></pre>\n");
  }
  void operator()(const Picture& picture) {
    absl::StrAppend(&out, "<div class=\"wide\">\n", picture.svg, "</div>\n");
  }
  void operator()(const Contents& contents) {
    absl::StrAppend(&out, "<ul class=\"contents\">\n");
    for (const Link& link : contents.links) {
      absl::StrAppend(&out, "<li><a href=\"#", Escape(link.anchor), "\">", Inline(link.text),
                      "</a></li>\n");
    }
    absl::StrAppend(&out, "</ul>\n");
  }
};

}  // namespace

std::string ToHtml(const Document& document) {
  Writer writer;
  absl::StrAppend(&writer.out, "<!DOCTYPE html>\n");
  for (const std::string& line : document.banner) {
    absl::StrAppend(&writer.out, "<!-- ", absl::StrReplaceAll(line, {{"--", "- -"}}), " -->\n");
  }
  absl::StrAppend(&writer.out,
                  "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<title>",
                  Escape(document.title), "</title>\n<style>", kStyle,
                  "</style>\n</head>\n<body>\n<h1>", Inline(document.title), "</h1>\n");
  for (const Block& block : document.blocks) std::visit(writer, block);
  absl::StrAppend(&writer.out, "</body>\n</html>\n");
  return writer.out;
}

}  // namespace genlc
