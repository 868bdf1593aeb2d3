// GL14xx: `allow-breaking` and `allow-lint`, the parts of a profile that say what is on purpose.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_ALLOWED_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_ALLOWED_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// Rule.
inline constexpr DiagnosticDef<absl::string_view> kUnknownBreak{
    "GL1401", Severity::kError, "`$0` is not a rule of `genlc breaking`",
    "`allow-breaking` names the rule as the report does, in the brackets at its end: GL1000 to "
    "GL1399. What `genlc check` says is for `allow-lint`."};

// Rule, place.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kAllowedInVain{
    "GL1402", Severity::kWarning, "$0 is allowed at `$1`, where nothing breaks",
    "The break that was meant may be one of another rule or place now, or the version that it "
    "broke may be older than the one that is compared with. An entry that is not needed would "
    "also allow the next break at its place, which nobody has thought of."};

// Rule.
inline constexpr DiagnosticDef<absl::string_view> kUnknownLint{
    "GL1403", Severity::kError, "`$0` is not a rule that can be allowed",
    "`allow-lint` names the rule as the report does, in the brackets at its end: GL0901 to GL0999. "
    "What is "
    "an error cannot be allowed."};

// Rule, place.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kLintAllowedInVain{
    "GL1404", Severity::kWarning, "$0 is allowed at `$1`, where it has nothing to say",
    "The place may have another name now, or what was odd has been mended. An entry that is not "
    "needed "
    "would also allow what nobody has thought of."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_ALLOWED_H_
