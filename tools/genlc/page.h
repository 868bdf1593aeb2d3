// Pages that people read on a terminal: paragraphs and columns.
#ifndef GENLC_TOOLS_GENLC_PAGE_H_
#define GENLC_TOOLS_GENLC_PAGE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace genlc {

// In columns.
inline constexpr int kPageWidth = 80;

// Appends the text, wrapped.
void AppendParagraphs(std::string& page, absl::string_view text);

// One text a column; rows have the same number of them.
using Row = std::vector<std::string>;

// Appends lines with two spaces before each column; one in which nothing stands is left out. The
// last column is wrapped at the width of the page.
void AppendRows(std::string& page, const std::vector<Row>& rows);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_PAGE_H_
