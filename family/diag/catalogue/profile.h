// GL07xx: the profile beside a spec.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_PROFILE_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_PROFILE_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// Kind, name: ("operation", "sensor-got").
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kProfileUnknownName{
    "GL0701", Severity::kError, "the spec has no $0 `$1`",
    "A profile adds to what the spec declares; it declares nothing itself."};

// Operation, "do", "dump" or "event"; or message.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kProfileUnknownMessage{
    "GL0702", Severity::kError, "the operation `$0` has no `$1` in the spec",
    "Required attributes belong to a message that the spec describes."};

// Attribute, message: ("id", "the request of `sensor-get`").
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kRequiredNotListed{
    "GL0703", Severity::kError, "`$0` is required and not listed in $1",
    "Only an attribute that a message may carry can be required in it."};

// Attribute, type.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kDefaultNotForType{
    "GL0704", Severity::kError, "`$0` of type `$1` cannot have a default",
    "A default is an integer that stands in for an integer attribute which a message leaves out."};

// Attribute, default, lowest, highest.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128, absl::int128>
    kDefaultOutOfRange{"GL0705", Severity::kError,
                       "the default of `$0` is $1, outside of $2 to $3",
                       "The handler would see a value that no message could have carried past the "
                       "policy."};

// Attribute.
inline constexpr DiagnosticDef<absl::string_view> kDefaultOfRequired{
    "GL0706", Severity::kError, "`$0` has a default and is required",
    "A default is used when the attribute is missing, and a required attribute never is."};

// Attribute, type.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kKeyNotScalarAttribute{
    "GL0707", Severity::kError, "`$0` of type `$1` cannot be part of a key",
    "The key of an object is compared and ordered: integers, strings and binaries can be."};

// Licence.
inline constexpr DiagnosticDef<absl::string_view> kModuleLicense{
    "GL0708", Severity::kError, "`$0` is not a licence that the kernel's module loader knows",
    "MODULE_LICENSE takes one of a few fixed texts. With any other the module taints the kernel "
    "and cannot use the functions that generated code needs."};

// Name.
inline constexpr DiagnosticDef<absl::string_view> kModuleName{
    "GL0709", Severity::kError, "`$0` cannot be the name of a module",
    "The name of a module is the name of its file and part of symbols: at most 55 letters, digits "
    "and underscores, beginning with a letter."};

// Attribute, what it is besides: ("secret", "required in the reply of `get`").
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kSensitiveAndRequired{
    "GL0710", Severity::kError, "`$0` is sensitive and $1",
    "A sensitive attribute is left out for readers without the capability, so that nobody can rely "
    "on it."};

// Operation, hook: ("get", "pre").
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kHookInSpec{
    "GL0711", Severity::kError, "the spec has a `$1` for `$0` already",
    "The profile gives an operation the hooks that the spec does not."};

// Type.
inline constexpr DiagnosticDef<absl::string_view> kObjectNotAType{
    "GL0712", Severity::kError, "`$0` is not a C type whose address a hook can yield",
    "A hook hands on a pointer to the type, as `struct device` or the name of one."};

// Operation, what it lacks: ("get", "no dump").
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kWatchNotPossible{
    "GL0713", Severity::kError, "the objects of `$0` cannot be watched: $1",
    "A watch begins with a dump of all objects, knows each by its key, and follows what is told of "
    "them in groups."};

// Key, message: ("id", "`del-ntf`").
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kWatchKeyNotListed{
    "GL0714", Severity::kError, "`$0` is part of the key and not listed in $1",
    "Without its key nobody can say which object a message is about."};

// Operation, operation of the dump.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kWatchOtherMessage{
    "GL0715", Severity::kError, "`$0` does not tell of the objects that `$1` dumps",
    "What tells of objects has their attribute set and their fixed header."};

// Member, value, lowest, highest.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128, absl::int128>
    kWatchNeverTrue{"GL0716", Severity::kError, "`$0` is never $1, it is $2 to $3",
                    "No message could be about an object then: the watch would hear of nothing."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_PROFILE_H_
