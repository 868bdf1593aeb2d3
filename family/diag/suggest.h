// "Did you mean": the one legal name that a misspelt one is close to.
//
//   reporter.Report(kUnknownSet, name.span, name.value).Hint(DidYouMean(name.value, set_names));
#ifndef GENLC_FAMILY_DIAG_SUGGEST_H_
#define GENLC_FAMILY_DIAG_SUGGEST_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace genlc {

// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`, no part
// being edited twice (optimal string alignment). At most `limit` + 1 is told apart.
size_t EditDistance(absl::string_view a, absl::string_view b, size_t limit);

// The nearest candidate within max(1, length / 3) edits, if it is the only one at its distance;
// else an empty text. Name only what would be legal in that place. The result points into
// `candidates`.
absl::string_view Suggest(absl::string_view word, const std::vector<absl::string_view>& candidates);

// "did you mean `checks`?", or an empty text, which is no hint.
std::string DidYouMean(absl::string_view word, const std::vector<absl::string_view>& candidates);

// The same; where nothing is near, a short list of candidates: "one of `split`, `global`".
std::string DidYouMeanOneOf(absl::string_view word,
                            const std::vector<absl::string_view>& candidates);

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_SUGGEST_H_
