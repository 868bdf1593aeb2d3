// GL03xx: names that are looked up, and names that are declared.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_NAMES_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_NAMES_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

inline constexpr DiagnosticDef<absl::string_view> kUnknownSet{
    "GL0301", Severity::kError, "unknown attribute set `$0`",
    "`attribute-set`, `nested-attributes` and `subset-of` name an entry of `attribute-sets` of the "
    "same spec."};

// Attribute, set.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kUnknownAttribute{
    "GL0302", Severity::kError, "unknown attribute `$0` in the set `$1`",
    "A message lists attributes of the operation's `attribute-set`, and a subset lists attributes "
    "of the set named by `subset-of`; attributes of other sets cannot appear there."};

inline constexpr DiagnosticDef<absl::string_view> kUnknownEnum{
    "GL0303", Severity::kError, "unknown enum or flags `$0`",
    "`enum` and `flags-mask` name an entry of `definitions` whose type is `enum` or `flags`."};

inline constexpr DiagnosticDef<absl::string_view> kUnknownConstant{
    "GL0304", Severity::kError, "`$0` is neither a constant of this spec nor a limit of a type",
    "A limit is a number, the name of a `const` definition, or a limit of a fixed-width type such "
    "as `u16-max` or `s32-min`."};

inline constexpr DiagnosticDef<absl::string_view> kUnknownGroup{
    "GL0305", Severity::kError, "unknown multicast group `$0`",
    "`mcgrp` names an entry of `mcast-groups`. A notification for a group that does not exist "
    "would reach nobody."};

inline constexpr DiagnosticDef<absl::string_view> kUnknownNotifyTarget{
    "GL0306", Severity::kError, "unknown operation `$0`",
    "`notify` names the operation whose reply the notification carries."};

inline constexpr DiagnosticDef<absl::string_view> kUnknownStruct{
    "GL0307", Severity::kError, "unknown struct `$0`",
    "`struct` and `fixed-header` name an entry of `definitions` whose type is `struct`."};

inline constexpr DiagnosticDef<absl::string_view> kUnknownSubMessage{
    "GL0308", Severity::kError, "unknown sub-message `$0`",
    "`sub-message` names an entry of `sub-messages`."};

// Selector, set.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kUnknownSelector{
    "GL0309", Severity::kError, "unknown selector `$0` in the set `$1`",
    "`selector` names the attribute beside the sub-message, or in a set around it, whose value "
    "decides the format."};

// Name, what it is, what is wanted: ("label-max", "const", "an enum or flags").
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kWrongDefinition{"GL0310", Severity::kError, "`$0` is of type `$1` where $2 is expected",
                     "The name is defined, but as something that cannot be used in this place."};

inline constexpr DiagnosticDef<absl::string_view> kSubsetOfItself{
    "GL0311", Severity::kError, "the set `$0` is a subset of itself",
    "A subset takes numbers and types from the set named by `subset-of`. Here there is nothing to "
    "take them from."};

// Subset, the subset it names, the main set of that.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kSubsetOfSubset{"GL0312", Severity::kError,
                    "the subset `$0` refers to `$1`, which is a subset of `$2`",
                    "Subsets are one level deep: numbers are given in main sets only. Naming the "
                    "main set says the same."};

// Attribute, key.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kSubsetOverride{
    "GL0313", Severity::kError, "the subset gives `$0` another `$1`",
    "A subset is a view of its main set: the attribute has the same number and the same bytes in "
    "both. Two different statements about one attribute number cannot both be right."};

// Kind, name: ("attribute", "id").
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kDuplicateName{
    "GL0314", Severity::kError, "the $0 `$1` is declared twice",
    "Names are how the parts of a spec, generated code and its users refer to one another; within "
    "one list each must be unique."};

// Name, list: ("id", "the request of `sensor-get`").
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kListedTwice{
    "GL0315", Severity::kError, "`$0` stands twice in $1",
    "A list of names is a set. An attribute that may occur several times in a message says so "
    "once, with `multi-attr`."};

inline constexpr DiagnosticDef<absl::string_view> kStructOfItself{
    "GL0316", Severity::kError, "the struct `$0` contains itself",
    "A structure has a fixed size; one that contains itself would have none."};

// Attribute, set.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kListedInVain{
    "GL0317", Severity::kWarning, "`$0` is not an attribute of the set `$1` and is left out",
    "Specs of netlink-raw families from before Linux 6.13 list the members of the fixed header "
    "among the attributes of a message, and a few names that do not exist. They are read as those "
    "kernels' tools read them. At every other level such a name is an error."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_NAMES_H_
