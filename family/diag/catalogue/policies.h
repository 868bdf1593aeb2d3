// GL05xx, first half: what an attribute can be, and the checks of the kernel's policies.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_POLICIES_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_POLICIES_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// Check, type.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kCheckNotForType{
    "GL0501", Severity::kError, "the check `$0` does not fit the type `$1`",
    "`min` and `max` limit the value of an integer, `min-len`, `max-len` and `exact-len` the "
    "length of a string or binary, `flags-mask` the bits of an unsigned integer. The kernel has no "
    "policy for another combination, so the check would not be made."};

// Key, type.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kKeyNotForType{
    "GL0502", Severity::kError, "`$0` has no meaning for the type `$1`",
    "Byte order and enums belong to integers, `nested-attributes` to nests, `sub-type` to arrays. "
    "In another place the key would be ignored."};

// Lower check, its value, upper check, its value.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::string_view, absl::int128>
    kLimitsCross{"GL0503", Severity::kError, "`$0` is $1 and `$2` is $3, which leaves no value",
                 "With the lower limit above the upper one, every message that carries the "
                 "attribute is refused."};

// Check, value, type, lowest, highest.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::string_view, absl::int128,
                               absl::int128>
    kLimitOutsideType{"GL0504", Severity::kError,
                      "`$0` is $1, outside of `$2`, which holds $3 to $4",
                      "The kernel keeps the limit in a field of the attribute's width. A limit "
                      "that the type cannot reach is cut off there, or never applies."};

// The other length check.
inline constexpr DiagnosticDef<absl::string_view> kExactWithBound{
    "GL0505", Severity::kError, "`$0` cannot stand beside `exact-len`",
    "An exact length leaves nothing for another length check to decide; the kernel's policy holds "
    "one or the other."};

// Check, value, enum, lowest, highest.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::string_view, absl::int128,
                               absl::int128>
    kLimitOutsideEnum{"GL0506", Severity::kError,
                      "`$0` is $1, outside of the enum `$2`, which has $3 to $4",
                      "The enum already limits the value to its entries. A check beside it can "
                      "only narrow that range."};

// Check, value.
inline constexpr DiagnosticDef<absl::string_view, absl::int128> kNegativeLimit{
    "GL0507", Severity::kError, "`$0` is $1; a literal limit starts at 0",
    "The schema takes no negative literal as a limit. A `const` definition may be negative, and so "
    "may the limits `s8-min` to `s64-min`."};

// Constant.
inline constexpr DiagnosticDef<absl::string_view> kLimitIsText{
    "GL0508", Severity::kError, "the constant `$0` is text where a number is expected",
    "A limit needs a number; the constant's value is a string."};

// Key, type: ("nested-attributes", "nest").
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kIncompleteType{
    "GL0509", Severity::kError, "the type `$1` needs the key `$0`",
    "The type alone does not say what the payload is: a nest needs its attribute set, an array the "
    "type of its elements, a sub-message its formats and selector."};

// Sub-type, type.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBadSubType{
    "GL0510", Severity::kError, "the type `$1` cannot have elements of type `$0`",
    "The elements of a `binary` are integers of fixed width, laid out as a C array. Those of an "
    "`indexed-array` are attributes of their own: nests, integers, strings or binaries."};

// Enum, mask bits beyond the type, type.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kMaskTooWide{
    "GL0511", Severity::kError, "the flags `$0` have bits beyond the type `$1`",
    "The mask would be cut off: the upper flags could never be set."};

// Check, value, limit.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kLengthOutOfRange{
    "GL0512", Severity::kError, "`$0` is $1, outside of the 0 to $2 bytes of an attribute",
    "The length of an attribute is 16 bits wide and counts its 4-byte header."};

// Type.
inline constexpr DiagnosticDef<absl::string_view> kMultiNotForType{
    "GL0513", Severity::kError, "`multi-attr` has no meaning for the type `$0`",
    "A repeated attribute is a list of values. Padding, reserved numbers and flags without a value "
    "have none."};

// Attribute, type.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kFieldNotCarried{
    "GL0514", Severity::kError, "`$0` has the type `$1`, which no message carries",
    "A number that is reserved, or that only aligns another attribute, is no content of a "
    "message."};

// Set.
inline constexpr DiagnosticDef<absl::string_view> kEndlessNest{
    "GL0515", Severity::kError, "the set `$0` requires itself without an end",
    "When a set that is nested in itself is also required there, no message can be complete."};

inline constexpr DiagnosticDef<> kEnumAsFlagsAlone{
    "GL0516", Severity::kError, "`enum-as-flags` has no meaning without `enum`",
    "The key says how the entries of the enum are to be read, as values or as numbers of bits."};

// Check, flags.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kLimitOfFlags{
    "GL0517", Severity::kError, "`$0` cannot limit a combination of the flags `$1`",
    "The kernel's policy of an attribute is either a mask or a range. Flags already have a mask, "
    "and a range beside it would be dropped."};

// Check.
inline constexpr DiagnosticDef<absl::string_view> kZeroLength{
    "GL0518", Severity::kError, "`$0` is 0, which the kernel takes for no limit at all",
    "A length of 0 in a policy means that the length is not checked. A value without a payload is "
    "an attribute of type `flag`."};

// Check, value, width of an element, its type.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128, absl::string_view>
    kPartialElement{"GL0519", Severity::kError,
                    "`$0` is $1 bytes, no multiple of the $2 bytes of a `$3`",
                    "The attribute is an array, and an array has no half elements."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_POLICIES_H_
