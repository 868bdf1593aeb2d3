// GL08xx: what a family has and a back end cannot make.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_BACKENDS_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_BACKENDS_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// Back end, what: ("kernel", "a fixed header").
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kNotExpressible{
    "GL0801", Severity::kError, "the back end `$0` cannot express $1",
    "The spec is right, but this output has no form for it. Output that leaves it out in silence "
    "would be wrong; other outputs of the same spec are not affected."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_BACKENDS_H_
