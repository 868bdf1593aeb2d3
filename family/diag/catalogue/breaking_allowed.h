// GL14xx: `allow-breaking`, the part of a profile that says which breaks are on purpose.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_ALLOWED_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_ALLOWED_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// Rule.
inline constexpr DiagnosticDef<absl::string_view> kUnknownBreak{
    "GL1401", Severity::kError, "`$0` is not a rule of `genlc breaking`",
    "`allow-breaking` names the rule as the report does, in the brackets at its end: GL1000 to "
    "GL1399. What `genlc check` says cannot be allowed."};

// Rule, place.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kAllowedInVain{
    "GL1402", Severity::kWarning, "$0 is allowed at `$1`, where nothing breaks",
    "The break that was meant may be one of another rule or place now, or the version that it "
    "broke may be older than the one that is compared with. An entry that is not needed would "
    "also allow the next break at its place, which nobody has thought of."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_ALLOWED_H_
