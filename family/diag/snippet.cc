#include "family/diag/snippet.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace genlc {
namespace {

constexpr size_t kTab = 8;
// A line of more cells than this is cut, with so many cells kept before the range.
constexpr size_t kWidest = 120;
constexpr size_t kBefore = 40;
// What can be seen of a line lies within so many bytes of the range's beginning.
constexpr size_t kBytes = 4 * kWidest;

bool IsContinuationByte(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// One line as it is drawn: a cell is one character on the screen.
struct Drawing {
  std::vector<std::string> cells;
  size_t begin = 0;  // the marked cells
  size_t end = 0;
};

// The character of `line` that starts at `at`; `?` for what is not printable UTF-8.
std::string Cell(absl::string_view line, size_t at, size_t* length) {
  const auto lead = static_cast<unsigned char>(line[at]);
  const size_t wanted = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  *length = 1;
  while (*length < wanted && at + *length < line.size() &&
         IsContinuationByte(line[at + *length])) ++*length;
  // U+0080 to U+009f are control characters that terminals obey.
  const bool control = lead < 0x20 || lead == 0x7f ||
                       (lead == 0xc2 && *length == 2 &&
                        static_cast<unsigned char>(line[at + 1]) < 0xa0);
  if (control || *length != wanted || lead > 0xf4) return "?";
  return std::string(line.substr(at, *length));
}

// `begin` and `end` are bytes of `line`.
Drawing Draw(absl::string_view line, size_t begin, size_t end) {
  Drawing drawing;
  size_t length = 0;
  for (size_t at = 0; at < line.size(); at += length) {
    if (at <= begin) drawing.begin = drawing.cells.size();
    if (line[at] == '\t') {
      length = 1;
      drawing.cells.resize(drawing.cells.size() + kTab - drawing.cells.size() % kTab, " ");
    } else {
      drawing.cells.push_back(Cell(line, at, &length));
    }
    if (at < end) drawing.end = drawing.cells.size();
  }
  if (begin >= line.size()) drawing.begin = drawing.cells.size();
  drawing.end = std::max(drawing.end, drawing.begin + 1);
  return drawing;
}

void Cut(Drawing& drawing) {
  if (drawing.cells.size() <= kWidest) return;
  const size_t first = drawing.begin > kBefore ? drawing.begin - kBefore : 0;
  const size_t last = std::min(drawing.cells.size(), first + kWidest);
  const bool more = last < drawing.cells.size();
  drawing.cells.resize(last);
  drawing.cells.erase(drawing.cells.begin(), drawing.cells.begin() + first);
  if (first > 0) drawing.cells.front() = "…";
  if (more) drawing.cells.back() = "…";
  drawing.begin -= first;
  drawing.end = std::min(drawing.end - first, std::max(drawing.cells.size(), drawing.begin + 1));
}

std::string Marker(const Drawing& drawing) {
  return absl::StrCat(std::string(drawing.begin, ' '), "^",
                      std::string(drawing.end - drawing.begin - 1, '~'));
}

}  // namespace

std::string Snippet(SourceSpan span) {
  if (span.file == nullptr || span.file->text().empty()) return "";
  const int line_number = span.start().line;
  const absl::string_view line = span.file->Line(line_number);
  const uint32_t start = span.file->Offset({.line = line_number, .column = 1});
  const size_t begin = std::min<size_t>(span.begin - start, line.size());
  const size_t end = std::min<size_t>(std::max(span.begin, span.end) - start, line.size());

  size_t first = begin > kBytes ? begin - kBytes : 0;
  while (first < begin && IsContinuationByte(line[first])) ++first;
  const absl::string_view near = line.substr(first, begin - first + kBytes);
  Drawing drawing = Draw(near, begin - first, std::min(end - first, near.size()));
  Cut(drawing);
  std::string text = absl::StrFormat("%5d |", line_number);
  if (!drawing.cells.empty()) absl::StrAppend(&text, " ");
  for (const std::string& cell : drawing.cells) absl::StrAppend(&text, cell);
  return absl::StrCat(text, "\n      | ", Marker(drawing), "\n");
}

}  // namespace genlc
