// The page about one diagnostic: what it says, why, a wrong spec and the same spec repaired.
#ifndef GENLC_FAMILY_DIAG_EXPLAIN_H_
#define GENLC_FAMILY_DIAG_EXPLAIN_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// `id` in any case ("gl0203"); empty where there is no such diagnostic. The specs are those of
// tests/specs, so what the page shows is what a test has shown.
std::optional<std::string> Explain(absl::string_view id);

// One line: "GL0203  error    unknown key `...` in ...".
std::string Headline(const DiagnosticInfo& info);

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_EXPLAIN_H_
