// GL10xx: what an old and a new spec write differently on the wire. Programs that are built
// already misread it.
//
// Of everything that `genlc breaking` says the first argument is the place in the spec,
// `sensor.label`, by which a profile can allow it.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_WIRE_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_WIRE_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// Family, old name.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakFamilyName{
    "GL1001", Severity::kError, "the family `$0` was called `$1`",
    "A client finds a family by its name. Under another name it is another family; a kernel can "
    "register both for as long as the old one has users."};

// Family, new and old protocol.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakProtocol{"GL1002", Severity::kError, "the family `$0` speaks $1, before $2",
                   "The protocol is chosen when the socket is opened, before the first message. "
                   "Old clients go on to ask where nobody answers."};

// Family, new and old version.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kBreakVersion{
    "GL1003", Severity::kError, "the family `$0` has the version $1, before $2",
    "Clients ask whether the version is at least the one that brought what they need. It may rise; "
    "where it falls, they believe that the kernel is too old."};

inline constexpr DiagnosticDef<absl::string_view> kBreakOperationGone{
    "GL1004", Severity::kError, "the operation `$0` is gone",
    "Its requests are refused with EOPNOTSUPP, and who waits for its notifications waits forever."};

// Operation, new and old number.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kBreakOperationNumber{
    "GL1005", Severity::kError, "the operation `$0` has the number $1, before $2",
    "A message says by a number what it is. Numbers count on from the operation before, so a new "
    "operation belongs at the end of the list, and one that goes leaves its number behind: its "
    "name stays, without `do` and `dump`."};

// Operation, new and old number.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kBreakReplyNumber{
    "GL1006", Severity::kError, "the reply of `$0` has the number $1, before $2",
    "Where both directions are numbered apart, a client holds a reply to the number that it "
    "knows."};

// Operation, "do" or "dump".
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kBreakModeGone{
    "GL1007", Severity::kError, "the operation `$0` no longer has `$1`",
    "The kernel refuses the request with EOPNOTSUPP: `do` and `dump` are apart, and what answers "
    "one of them does not answer the other."};

inline constexpr DiagnosticDef<absl::string_view> kBreakReplyGone{
    "GL1008", Severity::kError, "the request `$0` is no longer answered",
    "Old clients wait for an answer with attributes, and get an acknowledgement."};

// Operation, new and old header: "the header `ifinfomsg`", "no header".
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakFixedHeader{"GL1009", Severity::kError, "messages of `$0` begin with $1, before with $2",
                      "A fixed header has no type and no length of its own. One side reads "
                      "attributes where the other has written the header."};

// Notification, new and old group: "the group `alarms`", "no group".
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakNotificationGroup{"GL1010", Severity::kError,
                            "the notification `$0` goes to $1, before to $2",
                            "Who listens to the old group alone hears nothing any more."};

inline constexpr DiagnosticDef<absl::string_view> kBreakAttributeGone{
    "GL1011", Severity::kError, "the attribute `$0` is gone",
    "Old requests that have it are refused, and old readers find nothing. An attribute without a "
    "future keeps its place in the spec, with a word about it in `doc`; messages need not list it "
    "for new clients to leave it out."};

// Attribute, new and old number.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kBreakAttributeNumber{
    "GL1012", Severity::kError, "the attribute `$0` has the number $1, before $2",
    "On the wire an attribute is its number. Numbers count on from the "
    "attribute before, so a new one belongs at the end of its set. Of a row "
    "that has moved only the first is reported."};

// Attribute, new and old type.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakAttributeType{"GL1013", Severity::kError,
                        "the attribute `$0` is of type `$1`, before `$2`",
                        "The payload has another length or another meaning. A new attribute with "
                        "the new type can stand beside the old one. `u32` may become `uint` in "
                        "requests, and `uint` a type of fixed width in replies: each reads what "
                        "the other writes."};

// Attribute, new and old order: "big-endian", "that of the machine".
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakByteOrder{"GL1014", Severity::kError, "the byte order of `$0` is $1, before $2",
                    "All values but a few read as others, and nothing tells either side."};

// Attribute, "once" or "several times", new and old.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view> kBreakMulti{
    "GL1015", Severity::kError, "the attribute `$0` stands $1 in a message, before $2",
    "A reader that expects one takes one of several and drops the rest, silently. In replies an "
    "attribute may go from several to one, in requests from one to several."};

// Attribute, new and old number of levels.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kBreakLevels{
    "GL1016", Severity::kError, "the values of `$0` have $1 levels of nests, before $2",
    "Each name of `type-value` is one nest more around the attributes. A reader that counts "
    "fewer takes values for attributes."};

// Attribute, new and old meaning.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view> kBreakFlags{
    "GL1017", Severity::kError, "values of `$0` are $1, before $2",
    "The number 3 is the third or fourth entry of an enumeration, and the first two flags."};

// Attribute, new and old selector.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakSelector{"GL1018", Severity::kError,
                   "the format of `$0` is named by `$1`, before by `$2`",
                   "The bytes of a sub-message do not say what they are. Who looks for its format "
                   "in another attribute reads them as something else."};

inline constexpr DiagnosticDef<absl::string_view> kBreakFormatGone{
    "GL1019", Severity::kError, "the format `$0` is gone",
    "For this value of the selector nobody knows any more what the sub-message has in it."};

// Format, new and old content: "a header", "no content".
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakFormat{"GL1020", Severity::kError, "the format `$0` has $1, before $2",
                 "A sub-message has a fixed header, attributes or both, and nothing in it tells "
                 "which. A reader takes one for the other."};

inline constexpr DiagnosticDef<absl::string_view> kBreakEntryGone{
    "GL1021", Severity::kError, "the entry `$0` is gone",
    "Requests with this value are refused. An entry without a future stays in the list, so that "
    "its number means nothing else."};

// Entry, new and old value.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kBreakEntryValue{
    "GL1022", Severity::kError, "the entry `$0` has the value $1, before $2",
    "Values count on from the entry before, so a new entry belongs at the end. Of a row that has "
    "moved only the first is reported."};

inline constexpr DiagnosticDef<absl::string_view> kBreakMemberGone{
    "GL1023", Severity::kError, "the member `$0` is gone",
    "A structure is its bytes; a reader finds others in this place, or none. A member that is no "
    "longer used keeps its name and its place."};

// Member, new and old offset.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kBreakMemberOffset{
    "GL1024", Severity::kError, "the member `$0` is $1 bytes from the start, before $2",
    "A structure has no numbers that say which member is which. A new member belongs at the end. "
    "Of a row that has moved only the first is reported."};

// Member, new and old type.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kBreakMemberType{"GL1025", Severity::kError, "the member `$0` is $1, before $2",
                     "The same bytes are read as another value, and nothing tells either side."};

// Structure, new and old size.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kBreakStructSize{
    "GL1026", Severity::kError, "the structure `$0` has $1 bytes, before $2",
    "In replies a structure may grow: readers take what they know. A fixed header may not, because "
    "attributes follow it at once; nor may a structure in requests, because old clients send less "
    "than the new kernel wants to see."};

inline constexpr DiagnosticDef<absl::string_view> kBreakGroupGone{
    "GL1027", Severity::kError, "the multicast group `$0` is gone",
    "Clients subscribe to a group by its name, and fail to where there is none."};

// Group, new and old number.
inline constexpr DiagnosticDef<absl::string_view, absl::int128, absl::int128> kBreakGroupNumber{
    "GL1028", Severity::kError, "the multicast group `$0` has the number $1, before $2",
    "The groups of classic netlink have no names on the wire. Under another number listeners hear "
    "nothing, or something else."};

// Attribute of a message: "get.do.reply.rpm".
inline constexpr DiagnosticDef<absl::string_view> kBreakNotSent{
    "GL1029", Severity::kError, "the attribute `$0` is no longer sent",
    "Old readers look for it in vain. A kernel that has no value for it says so best with one that "
    "could always have been meant, such as 0 or an empty text."};

// Attribute of a message or of a set.
inline constexpr DiagnosticDef<absl::string_view> kBreakNotAlwaysSent{
    "GL1030", Severity::kError, "the attribute `$0` is no longer always sent",
    "The profile has promised that it is there, and readers may have relied on it; generated "
    "clients refuse a message without it."};

inline constexpr DiagnosticDef<absl::string_view> kBreakSubset{
    "GL1031", Severity::kError, "the attribute `$0` is no longer in the subset",
    "Where the subset is nested the attribute is no longer sent, or no longer taken."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_BREAKING_WIRE_H_
