// GL12xx: programs in C that no longer compile with the uAPI header of the new spec, or that get
// another value from it.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_UAPI_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_UAPI_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// Each: its place in the spec, the old name in C.

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakConstantName{
    "GL1201", Severity::kError, "the constant `$0` is no longer `$1` in C",
    "The uAPI header no longer declares the name. `name-prefix` keeps it where the name in the "
    "spec changes; what must go stays in the header for as long as programs use it."};

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakEntryName{
    "GL1202", Severity::kError, "the entry `$0` is no longer `$1` in C",
    "The uAPI header no longer declares the name. Names of entries follow those of their "
    "enumeration, unless it has a `name-prefix`."};

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakAttributeName{
    "GL1203", Severity::kError, "the attribute `$0` is no longer `$1` in C",
    "The uAPI header no longer declares the name. Names of attributes follow those of their set, "
    "unless it has a `name-prefix`."};

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakCommandName{
    "GL1204", Severity::kError, "the operation `$0` is no longer `$1` in C",
    "The uAPI header no longer declares the name. Names of operations follow that of the family, "
    "unless there is a `name-prefix`."};

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakGroupName{
    "GL1205", Severity::kError, "the multicast group `$0` is no longer `$1` in C",
    "The uAPI header no longer declares the name. `c-define-name` keeps it."};

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakTag{
    "GL1206", Severity::kError, "the enumeration `$0` is no longer `enum $1` in C",
    "Declarations of variables and parameters name the tag. `enum-name` keeps it."};

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakFamilyMacro{
    "GL1207", Severity::kError, "the family `$0` is no longer `$1` in C",
    "Programs find the family by this macro. `c-family-name` and `c-version-name` keep it."};

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakBoundName{
    "GL1208", Severity::kError, "the maximum of `$0` is no longer `$1` in C",
    "Programs declare arrays of this size. `attr-max-name`, `attr-cnt-name`, `cmd-max-name` and "
    "`cmd-cnt-name` keep it."};

// Constant, new and old value.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakConstantValue{"GL1209", Severity::kError, "the constant `$0` is $1, before $2",
                        "Programs that are built already keep the old value: a buffer is too "
                        "short, or a limit is another than the kernel's."};

// Family, new and old path.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakHeaderPath{"GL1210", Severity::kError, "the header of `$0` is `$1`, before `$2`",
                     "Programs include it by its path. Where a header moves, one stays behind that "
                     "includes it."};

// Place, name in C, new and old value.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::int128, absl::int128>
    kBreakValue{"GL1211", Severity::kError, "`$0` is $2 as `$1` in C, before $3",
                "Programs that are built already keep the old value. Where messages carry the "
                "number, the change is one of the wire and told as such."};

// Set, enumeration or `operations`; new and old beginning of the names.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakPrefix{"GL1212", Severity::kError,
                 "the names of `$0` begin with `$1` in C, before with `$2`",
                 "The uAPI header no longer declares any of the old names. `name-prefix` keeps "
                 "them."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_UAPI_H_
