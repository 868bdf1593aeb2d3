// GL19xx: what the running kernel does not say, so that nobody takes silence for agreement; for
// `genlc verify`.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_KERNEL_SILENT_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_KERNEL_SILENT_H_

#include "family/diag/diagnostic.h"

namespace genlc {

// Request: "get.do.request".
inline constexpr DiagnosticDef<absl::string_view> kSilentRequest{
    "GL1901", Severity::kNote, "the running kernel does not say what `$0` takes",
    "The operation has no policy there, or the kernel is older than 5.8 and cannot tell one."};

// Attribute.
inline constexpr DiagnosticDef<absl::string_view> kSilentNest{
    "GL1902", Severity::kNote, "the running kernel does not say what is inside of `$0`",
    "Its policy ends here: nests without a policy, and arrays of anything but nests, are left to "
    "the code of the module."};

// Attribute of a request or set.
inline constexpr DiagnosticDef<absl::string_view> kSilentAttribute{
    "GL1903", Severity::kNote, "the running kernel does not say whether it takes `$0`",
    "A policy does not tell integers of big endian whose range it checks, nor attributes that it "
    "does not check at all, which operations that are not validated strictly let through."};

// Attribute.
inline constexpr DiagnosticDef<absl::string_view> kSilentLimits{
    "GL1904", Severity::kNote, "the running kernel does not say all limits of `$0`",
    "A policy has no words for the gaps of an enumeration, for limits of another byte order, of "
    "`uint` and `sint`, of the bits of what has a sign, for the least length of a string, for "
    "only one end of the length of bytes, and for lengths above 32767. The module may check them "
    "itself."};

// Attribute, type in the spec.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kSilentType{
    "GL1905", Severity::kNote, "the running kernel does not say whether `$0` is of type `$1`",
    "Its policy says bytes of a length that the type can have, or a type that genlc does not "
    "know."};

inline constexpr DiagnosticDef<absl::string_view> kSilentGroup{
    "GL1906", Severity::kNote, "the running kernel does not say who may join the group `$0`",
    "It tells the names of multicast groups and not their permissions."};

inline constexpr DiagnosticDef<absl::string_view> kSilentProtocol{
    "GL1907", Severity::kNote, "the protocol of `$0` does not tell what the kernel takes",
    "Policies are told for the families of generic netlink alone."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_KERNEL_SILENT_H_
