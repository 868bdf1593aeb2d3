// The difference of two texts, as `diff -u` prints it and `patch` reads it.
#ifndef GENLC_TOOLS_GENLC_DIFF_H_
#define GENLC_TOOLS_GENLC_DIFF_H_

#include <string>

#include "absl/strings/string_view.h"

namespace genlc {

// Empty where the texts are the same. `path` stands in both head lines; a text that is not
// there at all (`has_before` false) is /dev/null.
std::string UnifiedDiff(const std::string& path, bool has_before, absl::string_view before,
                        absl::string_view after);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_DIFF_H_
