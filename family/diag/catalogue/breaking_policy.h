// GL11xx: requests of an old spec that the kernel of the new one refuses, or takes for another.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_POLICY_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_POLICY_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// Attribute of a request: "get.do.request.id".
inline constexpr DiagnosticDef<absl::string_view> kBreakRequired{
    "GL1101", Severity::kError, "the attribute `$0` is newly required",
    "Old clients do not send it, and are refused. A default in the profile makes a request mean "
    "what it meant."};

// Attribute of a set.
inline constexpr DiagnosticDef<absl::string_view> kBreakRequiredInNest{
    "GL1102", Severity::kError, "the attribute `$0` is newly required in its nest",
    "Nests of old requests do not have it, and are refused. A default in the profile makes them "
    "mean what they meant."};

// Attribute of a request.
inline constexpr DiagnosticDef<absl::string_view> kBreakNotTaken{
    "GL1103", Severity::kError, "the attribute `$0` is no longer taken",
    "The policy of an operation has what its request lists. Anything else is refused, or ignored "
    "where the operation is not validated strictly."};

// Attribute, new and old limit.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kBreakMin{
    "GL1104", Severity::kError, "the least value of `$0` is $1, before $2",
    "Requests with a value between the two worked, and are refused."};

// Attribute, new and old limit.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kBreakMax{
    "GL1105", Severity::kError, "the greatest value of `$0` is $1, before $2",
    "Requests with a value between the two worked, and are refused."};

// Attribute, bits in hexadecimal.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakMask{
    "GL1106", Severity::kError, "values of `$0` can no longer have the bits $1",
    "The kernel refuses a value with a bit that its policy does not have."};

// Attribute, new and old length.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kBreakMinLength{
    "GL1107", Severity::kError, "`$0` has at least $1 bytes, before $2",
    "Requests with a shorter value worked, and are refused."};

// Attribute, new and old length.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kBreakMaxLength{
    "GL1108", Severity::kError, "`$0` has at most $1 bytes, before $2",
    "Requests with a longer value worked, and are refused."};

inline constexpr DiagnosticDef<absl::string_view> kBreakTerminated{
    "GL1109", Severity::kError, "the string `$0` has to end with a zero byte",
    "With `unterminated-ok` it did not have to, and some clients do not send one."};

// Operation, new and old permission: "CAP_NET_ADMIN", "nothing".
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakOperationPermission{"GL1110", Severity::kError, "the operation `$0` needs $1, before $2",
                              "Users without the capability could call it, and now get EPERM."};

// Group, new and old permission.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakGroupPermission{"GL1111", Severity::kError,
                          "the multicast group `$0` needs $1, before $2",
                          "Users without the capability could listen, and now get EPERM."};

// Operation, word of `dont-validate`.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakValidation{
    "GL1112", Severity::kError, "the operation `$0` no longer has `$1` in `dont-validate`",
    "What the kernel did not look at may be wrong in old requests without anybody having noticed. "
    "Now they are refused."};

// Attribute, new and old default: "5", "no value".
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakDefault{"GL1113", Severity::kError, "`$0` has $1 where it is missing, before $2",
                  "Requests without the attribute mean something else than they did."};

// Operation, option.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakCondition{
    "GL1114", Severity::kError, "the operation `$0` is only in kernels with `CONFIG_$1`",
    "It was in all of them. Elsewhere it is now refused with EOPNOTSUPP."};

// Attribute, new and old readers: "those with CAP_NET_ADMIN", "everybody".
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakAudience{"GL1115", Severity::kError, "the attribute `$0` is sent to $1, before to $2",
                   "For other readers it is left out of the message, as if there were no value."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_POLICY_H_
