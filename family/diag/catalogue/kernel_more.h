// GL16xx: what the running kernel has and the spec does not say; for `genlc verify`.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_KERNEL_MORE_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_KERNEL_MORE_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// Family, number of the command.
inline constexpr DiagnosticDef<absl::string_view, absl::int128> kMoreOperation{
    "GL1601", Severity::kError, "`$0` has an operation of number $1 in the running kernel",
    "The spec has no operation of this number. The kernel may be newer than the spec."};

// Operation, "do" or "dump".
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kMoreMode{
    "GL1602", Severity::kError, "the operation `$0` has a `$1` in the running kernel",
    "The spec does not say that it can be used this way."};

// Request, number of the attribute: "get.do.request".
inline constexpr DiagnosticDef<absl::string_view, absl::int128> kMoreAttribute{
    "GL1603", Severity::kError, "`$0` has an attribute of number $1 in the running kernel",
    "The attribute set of the operation has no attribute of this number."};

// Attribute of a request.
inline constexpr DiagnosticDef<absl::string_view> kNotListed{
    "GL1604", Severity::kError, "the running kernel takes the attribute `$0`",
    "The attribute set has it, but the request does not list it."};

// Attribute set, number of the attribute.
inline constexpr DiagnosticDef<absl::string_view, absl::int128> kMoreNestedAttribute{
    "GL1605", Severity::kError,
    "nests of `$0` have an attribute of number $1 in the running kernel",
    "The attribute set has no attribute of this number."};

// Family, group.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kMoreGroup{
    "GL1606", Severity::kError, "`$0` has the multicast group `$1` in the running kernel",
    "The spec does not have it, so that a client cannot join."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_KERNEL_MORE_H_
