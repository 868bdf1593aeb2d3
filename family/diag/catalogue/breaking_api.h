// GL13xx: programs in C++ that no longer compile with the client of the new spec.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_API_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_API_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// Each of these: its place in the spec, the old name.

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakFamilyInCpp{
    "GL1301", Severity::kError, "the family `$0` was called `$1` in C++",
    "The family's name is that of the header and of the namespace."};

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakOperationInCpp{
    "GL1302", Severity::kError, "the operation `$0` was called `$1` in C++",
    "Its methods, its request and its reply are named after it."};

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakAttributeInCpp{
    "GL1303", Severity::kError, "the attribute `$0` was called `$1` in C++",
    "Members of requests and replies are named after it. The wire has only its number."};

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakSetInCpp{
    "GL1304", Severity::kError, "the attribute set `$0` was called `$1` in C++",
    "The structure that is the type of every nest of it is named after the set."};

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakEnumInCpp{
    "GL1305", Severity::kError, "the enumeration `$0` was called `$1` in C++",
    "Its type in the header of the client is named after it."};

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakEntryInCpp{
    "GL1306", Severity::kError, "the entry `$0` was called `$1` in C++",
    "Its enumerator is named after it, whatever its value is."};

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakStructInCpp{
    "GL1307", Severity::kError, "the structure `$0` was called `$1` in C++",
    "Its type in the header of the client is named after it."};

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakMemberInCpp{
    "GL1308", Severity::kError, "the member `$0` was called `$1` in C++",
    "The wire has no names of members, but the programs that use them do."};

inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakGroupInCpp{
    "GL1309", Severity::kError, "the multicast group `$0` was called `$1` in C++",
    "Its constant, for Client::Subscribe(), is named after it."};

// Attribute or member, new and old type.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakTypeInCpp{"GL1310", Severity::kError, "`$0` is $1 in C++, before $2",
                    "The bytes are the same, the type of the member is another: what compiled with "
                    "a number does not with an enumeration."};

// Attribute of a message or of a set.
inline constexpr DiagnosticDef<absl::string_view> kBreakPresenceInCpp{
    "GL1311", Severity::kError, "the attribute `$0` is no longer optional in C++",
    "What is always there is a plain member. Programs that ask whether it is there, or read it "
    "through the optional, do not compile."};

inline constexpr DiagnosticDef<absl::string_view> kBreakReplyInCpp{
    "GL1312", Severity::kError, "the request `$0` returns a reply in C++, before only a status",
    "Programs keep the result in an absl::Status; it is now an absl::StatusOr."};

// Dump, new and old owner of the type.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakDumpInCpp{"GL1313", Severity::kError, "the objects of `$0` have $1 in C++, before $2",
                    "Where `do` and `dump` answer alike they share a type; where they do not, "
                    "the dump has one of its own."};

// Attribute of a request or set, the one before it.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakOrderInCpp{
    "GL1314", Severity::kError, "`$0` stands before `$1`, which stood before it",
    "Programs name the members of a request in their order: `{.id = 1, .label = \"cpu\"}`. New "
    "ones may stand between them."};

inline constexpr DiagnosticDef<absl::string_view> kBreakConstantInCpp{
    "GL1315", Severity::kError, "the constant `$0` is gone from C++",
    "It has stood in the client's header, and in no uAPI header."};

inline constexpr DiagnosticDef<absl::string_view> kBreakWatchInCpp{
    "GL1316", Severity::kError, "the client does not watch the objects of `$0` any more",
    "Programs follow the objects of a dump by a method that is named after it, WatchGet() of "
    "`get`. "
    "It is there where the profile has a `watch`."};

// Operation, new and old key.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakWatchKeyInCpp{"GL1317", Severity::kError,
                        "the watched objects of `$0` are told apart by $1, before by $2",
                        "The objects of a watch are a map by their key, a tuple where it has "
                        "several parts. Programs that look one up do not compile with another key, "
                        "or find another object."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_API_H_
