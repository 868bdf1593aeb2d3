// GL17xx and GL18xx: where a spec and the running kernel contradict each other; for `genlc verify`.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_KERNEL_DIFFERS_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_KERNEL_DIFFERS_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// Family, version of the spec and of the kernel.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kDiffersVersion{
    "GL1701", Severity::kError, "the version of `$0` is $1, in the running kernel $2",
    "Families may act upon the version of a request, and the kernel does not check it."};

// Operation, bytes in the spec and the kernel.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kDiffersHeader{
    "GL1702", Severity::kError, "`$0` has a fixed header of $1 bytes, in the running kernel of $2",
    "Where the header is not as long as the other side believes, each attribute is misread."};

// Operation, permission in the spec and the kernel: "CAP_NET_ADMIN", "nothing".
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kDiffersPermission{"GL1703", Severity::kError,
                       "the operation `$0` needs $1, in the running kernel $2",
                       "Who reads the spec expects EPERM for others than those who get it."};

// Attribute, type in the spec and the kernel.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kDiffersType{"GL1704", Severity::kError, "`$0` is of type `$1`, in the running kernel `$2`",
                 "The kernel checks requests by the type in its policy, and refuses another "
                 "width."};

// Attribute, value in the spec and the kernel.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kDiffersMin{
    "GL1801", Severity::kError, "the least value of `$0` is $1, in the running kernel $2",
    "Of the values between the two, one side says that they are right and the other that they are "
    "not."};

// Attribute, value in the spec and the kernel.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kDiffersMax{
    "GL1802", Severity::kError, "the greatest value of `$0` is $1, in the running kernel $2",
    "Of the values between the two, one side says that they are right and the other that they are "
    "not."};

// Attribute, bits in hexadecimal in the spec and the kernel.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kDiffersMask{"GL1803", Severity::kError,
                 "values of `$0` can have the bits $1, in the running kernel $2",
                 "The kernel refuses a value with a bit that its policy does not have."};

// Attribute, length in the spec and the kernel.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kDiffersMinLength{
    "GL1804", Severity::kError, "`$0` has at least $1 bytes, in the running kernel $2",
    "Of the lengths between the two, one side says that they are right and the other that they "
    "are not."};

// Attribute, length in the spec and the kernel.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kDiffersMaxLength{
    "GL1805", Severity::kError, "`$0` has at most $1 bytes, in the running kernel $2",
    "Of the lengths between the two, one side says that they are right and the other that they "
    "are not. 65531 is what an attribute can have where there is no limit."};

// Attribute; what the spec and the kernel want: "has to", "need not".
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kDiffersTerminated{"GL1806", Severity::kError,
                       "the string `$0` $1 end with a zero byte, in the running kernel it $2",
                       "`unterminated-ok` among the checks of the attribute says that it need not. "
                       "The kernel refuses what has to end with a zero byte and does not."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_KERNEL_DIFFERS_H_
