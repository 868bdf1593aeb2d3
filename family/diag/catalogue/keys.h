// GL02xx: the keys of the spec language and their values, one at a time.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_KEYS_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_KEYS_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// Where, key.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kMissingKey{
    "GL0201", Severity::kError, "$0 lacks the key `$1`",
    "The schema of the spec language requires this key; there is no default that could stand in "
    "for it."};

// Key, wanted, found: ("value", "an integer", "a list").
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view> kWrongType{
    "GL0202", Severity::kError, "`$0` is $2 where $1 is expected",
    "Each key has one kind of value: a text, an integer, a boolean, a list or a mapping. A list "
    "written without dashes and a text that happens to look like a number are the usual causes."};

// Key, where.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kUnknownKey{
    "GL0203", Severity::kError, "unknown key `$0` in $1",
    "A key that is not understood is never skipped: a misspelt `checks` that is ignored is a limit "
    "that the kernel does not enforce."};

// Key, where, level.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kKeyOfOtherLevel{
        "GL0204", Severity::kError, "the key `$0` of $1 is not part of the level `$2`",
        "`protocol` selects one of four schema levels. New families use `genetlink`, which leaves "
        "out what exists only to describe the irregularities of older ones."};

// Found, key.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kUnknownWord{
    "GL0205", Severity::kError, "`$0` is not one of the values of `$1`",
    "The key takes one of a few fixed words, and anything else would have to be guessed at."};

// Found, key, level.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kWordOfOtherLevel{
        "GL0206", Severity::kError, "the value `$0` of `$1` is not part of the level `$2`",
        "`protocol` selects one of four schema levels. Some types and words exist only to describe "
        "families that are older than the spec language."};

// Name, what it may consist of: "lower-case letters, digits and `-`".
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBadName{
    "GL0207", Severity::kError, "the name `$0` has more than $1",
    "Names become C identifiers, C++ identifiers and words of a command line by fixed rules. Only "
    "these characters survive the way there and back."};

// Scalar, what others read it as: "a boolean".
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kAmbiguousScalar{
    "GL0208", Severity::kError, "plain `$0` is $1 to other YAML readers",
    "YAML 1.1, which the kernel's own tools read, takes words like `on`, `no` and `~` for booleans "
    "and nulls. Quotes make them text everywhere."};

// As written.
inline constexpr DiagnosticDef<absl::string_view> kOddInteger{
    "GL0209", Severity::kError, "`$0` is a different number, or none, to other YAML readers",
    "A leading zero, `0o`, `0b`, underscores and colons in numbers are read one way by YAML 1.1 "
    "and another by YAML 1.2. Decimal and `0x` are the same everywhere."};

// Key, the other key, where.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kExcludedKey{"GL0210", Severity::kError, "`$0` cannot stand beside `$1` in $2",
                 "The two keys contradict each other, so one of them would have to be ignored."};

// Key.
inline constexpr DiagnosticDef<absl::string_view> kEmptyList{
    "GL0211", Severity::kError, "the list `$0` is empty",
    "An empty list says nothing here. Leaving the key out, or naming what belongs into it, "
    "shows what is meant."};

// Key.
inline constexpr DiagnosticDef<absl::string_view> kEmptyText{
    "GL0212", Severity::kError, "`$0` is empty",
    "The text becomes part of a name or a path in generated code, where nothing is not enough."};

// Key, the definition's type.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kKeyNotForDefinition{
    "GL0213", Severity::kError, "`$0` has no meaning for a definition of type `$1`",
    "`value` belongs to `const`; `entries`, `value-start` and `render-max` belong to `enum` and "
    "`flags`; `members` belongs to `struct`. In another place the key would be ignored."};

inline constexpr DiagnosticDef<absl::string_view> kOldName{
    "GL0214", Severity::kWarning, "the name `$0` is spelt as specs before Linux 6.13 had it",
    "Since then the schema takes lower-case letters, digits and `-` only, and the kernel's tools "
    "refuse anything else. The C name is the same with `_` and with `-`."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_KEYS_H_
