// GL15xx: what a spec has and the running kernel does not, as an older kernel; for `genlc verify`.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_KERNEL_LACKS_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_KERNEL_LACKS_H_

#include "family/diag/diagnostic.h"

namespace genlc {

inline constexpr DiagnosticDef<absl::string_view> kLacksOperation{
    "GL1501", Severity::kError, "the running kernel does not have the operation `$0`",
    "It refuses the request with EOPNOTSUPP. It may be older than the spec, or built without an "
    "option."};

// Operation, "do" or "dump".
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kLacksMode{
    "GL1502", Severity::kError, "the operation `$0` has no `$1` in the running kernel",
    "It has the operation, and refuses to use it this way with EOPNOTSUPP."};

// Attribute of a request: "get.do.request.id".
inline constexpr DiagnosticDef<absl::string_view> kLacksAttribute{
    "GL1503", Severity::kError, "the running kernel does not take the attribute `$0`",
    "It is not in the policy of the operation. A request with it is refused; where the operation "
    "is not validated strictly, the attribute is ignored."};

// Attribute of a set.
inline constexpr DiagnosticDef<absl::string_view> kLacksNestedAttribute{
    "GL1504", Severity::kError, "the running kernel does not take `$0` inside of a request",
    "It is not in the policy of the nest. If replies alone have it, a subset of the attribute set "
    "for requests says so."};

inline constexpr DiagnosticDef<absl::string_view> kLacksGroup{
    "GL1505", Severity::kError, "the running kernel does not have the multicast group `$0`",
    "Nobody can join it, so that its notifications are never heard."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_KERNEL_LACKS_H_
