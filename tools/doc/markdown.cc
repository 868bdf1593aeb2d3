#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tools/doc/document.h"

namespace genlc {
namespace {

// Outside of code, what Markdown would take for mark-up is escaped.
std::string Inline(absl::string_view text) {
  std::vector<std::string> parts;
  bool code = false;
  for (absl::string_view part : absl::StrSplit(text, '`')) {
    parts.push_back(
        code
            ? std::string(part)
            : absl::StrReplaceAll(
                  part, {{"\\", "\\\\"}, {"*", "\\*"}, {"_", "\\_"}, {"<", "&lt;"}, {"[", "\\["}}));
    code = !code;
  }
  return absl::StrJoin(parts, "`");
}

std::string Cell(absl::string_view text) {
  return absl::StrReplaceAll(Inline(text), {{"|", "\\|"}, {"\n", " "}});
}

std::string Row(const std::vector<std::string>& cells) {
  std::vector<std::string> escaped;
  for (const std::string& cell : cells) escaped.push_back(Cell(cell));
  return absl::StrCat("| ", absl::StrJoin(escaped, " | "), " |\n");
}

struct Writer {
  std::string out;

  void operator()(const Heading& heading) {
    absl::StrAppend(&out, "<a id=\"", heading.anchor, "\"></a>\n\n",
                    std::string(heading.level, '#'), " ", Inline(heading.text), "\n\n");
  }
  void operator()(const Paragraph& paragraph) {
    absl::StrAppend(&out, Inline(paragraph.text), "\n\n");
  }
  void operator()(const Table& table) {
    absl::StrAppend(&out, Row(table.header),
                    Row(std::vector<std::string>(table.header.size(), "---")));
    for (const auto& row : table.rows) absl::StrAppend(&out, Row(row));
    absl::StrAppend(&out, "\n");
  }
  void operator()(const Code& code) {
    absl::StrAppend(&out, "```", code.language, "\n", code.text, "```\n\n");
  }
  void operator()(const Picture& picture) {
    absl::StrAppend(&out, "```text\n", picture.description, "```\n\n");
  }
  void operator()(const Contents& contents) {
    for (const Link& link : contents.links) {
      absl::StrAppend(&out, "- [", Inline(link.text), "](#", link.anchor, ")\n");
    }
    absl::StrAppend(&out, "\n");
  }
};

}  // namespace

std::string ToMarkdown(const Document& document) {
  Writer writer;
  for (const std::string& line : document.banner) {
    absl::StrAppend(&writer.out, "<!-- ", absl::StrReplaceAll(line, {{"--", "- -"}}), " -->\n");
  }
  absl::StrAppend(&writer.out, "\n# ", Inline(document.title), "\n\n");
  for (const Block& block : document.blocks) std::visit(writer, block);
  while (absl::EndsWith(writer.out, "\n\n")) writer.out.pop_back();
  return writer.out;
}

}  // namespace genlc
