#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tools/genlc/genlc.h"
#include "tools/genlc/help.h"

namespace genlc {
namespace {

// Text as roff takes it: a hyphen is a minus, so that it can be copied, and no line is a request.
std::string Roff(absl::string_view text) {
  std::vector<std::string> lines = absl::StrSplit(
      absl::StrReplaceAll(text, {{"\\", "\\e"}, {"-", "\\-"}, {"`", "\\(ga"}}), '\n');
  for (std::string& line : lines) {
    if (!line.empty() && (line[0] == '.' || line[0] == '\'')) line.insert(0, "\\&");
  }
  return absl::StrJoin(lines, "\n");
}

std::string Paragraphs(absl::string_view text) {
  return absl::StrReplaceAll(Roff(text), {{"\n\n", "\n.PP\n"}});
}

void AppendSection(std::string& page, absl::string_view title) {
  absl::StrAppend(&page, ".SH ", absl::AsciiStrToUpper(title), "\n");
}

void AppendRow(std::string& page, const Row& row) {
  absl::StrAppend(&page, ".TP\n.B ", Roff(row.front()), "\n", Roff(row.back()), "\n");
}

}  // namespace

std::string ManualPage(const HelpPage& page) {
  const std::string name = absl::StrReplaceAll(page.name, {{" ", "-"}});
  std::string text = absl::StrCat(".TH ", Roff(absl::AsciiStrToUpper(name)), " 1 \"\" \"genlc ",
                                  kVersion, "\" \"User Commands\"\n");
  AppendSection(text, "Name");
  absl::StrAppend(&text, Roff(name), " \\- ", Roff(page.purpose), "\n");
  AppendSection(text, "Synopsis");
  absl::StrAppend(&text, ".B ", Roff(page.usage), "\n");
  AppendSection(text, "Description");
  absl::StrAppend(&text, Paragraphs(page.description), "\n");
  for (const HelpPage::Section& section : page.sections) {
    AppendSection(text, section.title);
    for (const Row& row : section.rows) AppendRow(text, row);
  }
  AppendSection(text, "Examples");
  for (const Example& example : page.examples) {
    absl::StrAppend(&text, ".PP\n", Roff(example.what), ":\n.PP\n.RS 4\n.nf\n",
                    Roff(example.command), "\n.fi\n.RE\n");
  }
  AppendSection(text, "See also");
  absl::StrAppend(&text,
                  absl::StrJoin(page.see_also, ",\n",
                                [](std::string* to, const std::string& other) {
                                  absl::StrAppend(to, ".BR ", Roff(other), " (1)");
                                }),
                  "\n");
  return text;
}

}  // namespace genlc
