#include "tools/genlc/page.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "family/codegen/banner.h"

namespace genlc {
namespace {

// Room for some words, however wide the columns before them are.
constexpr int kMinLastWidth = 30;

}  // namespace

void AppendParagraphs(std::string& page, absl::string_view text) {
  for (const std::string& line : WrapText(text, kPageWidth)) absl::StrAppend(&page, line, "\n");
}

void AppendRows(std::string& page, const std::vector<Row>& rows) {
  std::vector<size_t> widths;  // 0: nothing stands in the column, and it is left out
  for (const Row& row : rows) {
    widths.resize(row.size() - 1);
    for (size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  size_t indent = 2;
  for (const size_t width : widths) indent += width == 0 ? 0 : width + 2;
  const int last_width = std::max(kPageWidth - static_cast<int>(indent), kMinLastWidth);

  for (const Row& row : rows) {
    std::string line;
    for (size_t i = 0; i < widths.size(); ++i) {
      if (widths[i] == 0) continue;
      absl::StrAppend(&line, "  ", row[i], std::string(widths[i] - row[i].size(), ' '));
    }
    for (const std::string& text : WrapText(row.back(), last_width)) {
      absl::StrAppend(&page, line, "  ", text, "\n");
      line.assign(indent - 2, ' ');
    }
    if (!row.back().empty()) continue;
    absl::StripTrailingAsciiWhitespace(&line);
    absl::StrAppend(&page, line, "\n");
  }
}

}  // namespace genlc
