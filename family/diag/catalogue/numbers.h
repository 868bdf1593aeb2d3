// GL04xx: numbers and the fields that carry them.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_NUMBERS_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_NUMBERS_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// As written.
inline constexpr DiagnosticDef<absl::string_view> kNumberTooLong{
    "GL0401", Severity::kError, "$0 does not fit 64 bits",
    "No attribute, constant or enum of netlink is wider than 64 bits."};

// Attribute, number.
inline constexpr DiagnosticDef<absl::string_view, absl::int128> kAttributeNumber{
    "GL0402", Severity::kError,
    "the attribute `$0` has the number $1, outside of 1 to 16383",
    "The type field of an attribute has 16 bits, of which the upper two are flags. Number 0 is "
    "refused by the kernel's strict parser; it may be declared as `unused` or `pad` only. A larger "
    "number would be cut off and arrive as another attribute."};

// Operation, number.
inline constexpr DiagnosticDef<absl::string_view, absl::int128> kCommandNumber{
    "GL0403", Severity::kError,
    "the operation `$0` has the number $1, outside of 1 to 255",
    "The command of a generic netlink message is one byte, and 0 is never sent. The kernel would "
    "see another command in a larger number."};

// Kind, name, number, the other name.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::int128,
                               absl::string_view>
    kDuplicateNumber{"GL0404", Severity::kError, "the $0 `$1` has the number $2 of `$3`",
                     "On the wire there is only the number, so the two cannot be told apart. The "
                     "kernel refuses to register a family with a duplicate command."};

// Entry, value.
inline constexpr DiagnosticDef<absl::string_view, absl::int128> kEntryTooLarge{
    "GL0405", Severity::kError,
    "the entry `$0` has the value $1, outside of -2147483648 to 4294967295",
    "An enumerator of the uAPI header is an `int` or an `unsigned int` to every C compiler; wider "
    "enumerators are an extension with a type of its own."};

// Flag, bit.
inline constexpr DiagnosticDef<absl::string_view, absl::int128> kFlagBit{
    "GL0406", Severity::kError, "the flag `$0` is bit $1, outside of 0 to 63",
    "Flags are bits of an integer of at most 64 bits. The value of a flag is the number of its "
    "bit, counted from 0, and not a mask."};

// Attribute, type, enum, value.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view,
                               absl::int128>
    kTypeTooNarrow{"GL0407", Severity::kError,
                   "the type `$1` of `$0` cannot hold $3, a value of `$2`",
                   "An entry of the enum would be cut off when it is written into the attribute."};

// What, value, lowest, highest: ("version", 300, 0, 255).
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128, absl::int128>
    kNumberOutOfRange{"GL0408", Severity::kError, "`$0` is $1, outside of $2 to $3",
                      "The number does not fit the field that carries it."};

// Count.
inline constexpr DiagnosticDef<absl::int128> kTooManyGroups{
    "GL0409", Severity::kError, "the family has $0 multicast groups; the limit is 255",
    "The kernel counts the groups of a family in one byte."};

// Count.
inline constexpr DiagnosticDef<absl::int128> kTooManyHandlers{
    "GL0410", Severity::kError, "the family has $0 `do` and `dump` handlers; the limit is 255",
    "The kernel counts the split operations of a family in one byte, with one operation for each "
    "`do` and one for each `dump`. More would be cut off without a word."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_NUMBERS_H_
