#include "tools/genlc/diff.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"

namespace genlc {
namespace {

constexpr size_t kContext = 3;
// Above this size a changed region is shown as replaced whole instead of line by line.
constexpr size_t kMaxCells = 16 << 20;

using Lines = std::vector<absl::string_view>;

// Each line with its line feed, which the last may lack.
Lines Split(absl::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// One line of the whole script: ' ' kept, '-' removed, '+' added.
struct Edit {
  char mark;
  absl::string_view line;
};

// The edits of a region without common lines at its ends, by longest common subsequence.
void AppendChanges(absl::Span<const absl::string_view> before,
                   absl::Span<const absl::string_view> after, std::vector<Edit>& edits) {
  const size_t width = after.size() + 1;
  const bool small = (before.size() + 1) * width <= kMaxCells;
  // common[i * width + j]: length of the common subsequence of what follows i and j.
  std::vector<uint32_t> common(small ? (before.size() + 1) * width : 0);
  for (size_t i = small ? before.size() : 0; i-- > 0;) {
    for (size_t j = after.size(); j-- > 0;) {
      common[i * width + j] =
          before[i] == after[j] ? common[(i + 1) * width + j + 1] + 1
                                : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  size_t i = 0;
  size_t j = 0;
  while (i < before.size() || j < after.size()) {
    if (small && i < before.size() && j < after.size() && before[i] == after[j]) {
      edits.push_back({' ', before[i++]});
      ++j;
    } else if (i < before.size() && (j == after.size() || !small ||
                                     common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      edits.push_back({'-', before[i++]});
    } else {
      edits.push_back({'+', after[j++]});
    }
  }
}

std::vector<Edit> Edits(const Lines& before, const Lines& after) {
  size_t head = 0;
  const size_t shorter = std::min(before.size(), after.size());
  while (head < shorter && before[head] == after[head]) ++head;
  size_t tail = 0;
  while (tail < shorter - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
    ++tail;

  std::vector<Edit> edits;
  for (size_t i = 0; i < head; ++i) edits.push_back({' ', before[i]});
  AppendChanges(absl::MakeSpan(before).subspan(head, before.size() - head - tail),
                absl::MakeSpan(after).subspan(head, after.size() - head - tail), edits);
  for (size_t i = before.size() - tail; i < before.size(); ++i) edits.push_back({' ', before[i]});
  return edits;
}

// "12,7"; a range without lines names the line before it.
std::string Range(size_t lines_before, size_t count) {
  return absl::StrCat(count == 0 ? lines_before : lines_before + 1, ",", count);
}

}  // namespace

std::string UnifiedDiff(const std::string& path, bool has_before, absl::string_view before,
                        absl::string_view after) {
  if (has_before && before == after) return "";
  std::string diff = absl::StrCat("--- ", has_before ? path : "/dev/null", "\n+++ ", path, "\n");
  const std::vector<Edit> edits = Edits(Split(before), Split(after));
  const auto is_change = [](const Edit& edit) { return edit.mark != ' '; };

  size_t old_line = 0;  // lines of each text before edits[at]
  size_t new_line = 0;
  auto at = edits.begin();
  for (;;) {
    const auto change = std::find_if(at, edits.end(), is_change);
    if (change == edits.end()) return diff;
    const auto begin = change - std::min<ptrdiff_t>(kContext, change - at);
    // A hunk ends where twice the context passes without a change.
    auto end = change;
    for (auto next = change;
         next != edits.end() && next - end <= static_cast<ptrdiff_t>(2 * kContext);
         next = std::find_if(end, edits.end(), is_change)) {
      end = std::find_if_not(next, edits.end(), is_change);
    }
    end += std::min<ptrdiff_t>(kContext, edits.end() - end);

    old_line += static_cast<size_t>(begin - at);
    new_line += static_cast<size_t>(begin - at);
    const auto count = [&](char mark) {
      return static_cast<size_t>(std::count_if(
          begin, end, [&](const Edit& edit) { return edit.mark == ' ' || edit.mark == mark; }));
    };
    absl::StrAppend(&diff, "@@ -", Range(old_line, count('-')), " +", Range(new_line, count('+')),
                    " @@\n");
    for (auto edit = begin; edit != end; ++edit) {
      absl::StrAppend(&diff, std::string(1, edit->mark), edit->line);
      if (edit->line.back() != '\n') absl::StrAppend(&diff, "\n\\ No newline at end of file\n");
    }
    old_line += count('-');
    new_line += count('+');
    at = end;
  }
}

}  // namespace genlc
