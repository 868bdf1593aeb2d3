#include "family/diag/suggest.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace genlc {
namespace {

// A list that is longer than this explains nothing.
constexpr size_t kLongestList = 12;

}  // namespace

size_t EditDistance(absl::string_view a, absl::string_view b, size_t limit) {
  const size_t longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > limit) return limit + 1;

  // Rows of the usual matrix: for the prefix of `a` of i - 2, i - 1 and i characters.
  std::vector<size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({substitution, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    if (*std::min_element(row.begin(), row.end()) > limit) return limit + 1;
    before.swap(last);
    last.swap(row);
  }
  return std::min(last[b.size()], limit + 1);
}

absl::string_view Suggest(absl::string_view word,
                          const std::vector<absl::string_view>& candidates) {
  const size_t limit = std::max<size_t>(1, word.size() / 3);
  size_t best_distance = limit + 1;
  absl::string_view best;
  bool unique = false;
  for (const absl::string_view candidate : candidates) {
    const size_t distance = EditDistance(word, candidate, limit);
    if (distance > limit || distance > best_distance) continue;
    // The same candidate given twice is still one candidate.
    unique = distance < best_distance || (unique && candidate == best);
    best = distance < best_distance ? candidate : best;
    best_distance = distance;
  }
  return unique ? best : absl::string_view();
}

std::string DidYouMean(absl::string_view word,
                       const std::vector<absl::string_view>& candidates) {
  const absl::string_view best = Suggest(word, candidates);
  return best.empty() ? "" : absl::StrCat("did you mean `", best, "`?");
}

std::string DidYouMeanOneOf(absl::string_view word,
                            const std::vector<absl::string_view>& candidates) {
  std::string hint = DidYouMean(word, candidates);
  if (!hint.empty() || candidates.empty() || candidates.size() > kLongestList) return hint;
  return absl::StrCat(candidates.size() == 1 ? "" : "one of ", "`",
                      absl::StrJoin(candidates, "`, `"), "`");
}

}  // namespace genlc
