// GL055x and following: operations, their messages, and multicast groups.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_OPERATIONS_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_OPERATIONS_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// Operation, one key, the other key.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kMixedOperation{"GL0550", Severity::kError, "`$0` has both `$1` and `$2`",
                    "An operation is either answered on request (`do`, `dump`) or sent by the "
                    "kernel of its own accord (`notify`, `event`). A notification has a command "
                    "number of its own, so that a listener can tell it from a reply."};

// Notification, target.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kNotifyWithoutReply{
    "GL0551", Severity::kError, "`$0` notifies of `$1`, which has no reply",
    "A notification carries the reply of the operation that it names; an operation that is only "
    "acknowledged has none. `event` with its own list of attributes needs no other operation."};

// Operation.
inline constexpr DiagnosticDef<absl::string_view> kOperationWithoutSet{
    "GL0552", Severity::kError, "`$0` lists attributes and has no `attribute-set`",
    "Attribute names are looked up in the operation's set."};

// Operation.
inline constexpr DiagnosticDef<absl::string_view> kGroupWithoutNotification{
    "GL0553", Severity::kError, "`$0` has a multicast group and sends no notification",
    "`mcgrp` says where a `notify` or `event` operation is sent. Replies go to the one who asked."};

// Word, operation, what is missing: ("dump", "sensor-set", "dump").
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kValidateWithoutMode{"GL0554", Severity::kError,
                         "`dont-validate: $0` of `$1` has no effect without `$2`",
                         "`strict` concerns the attributes of `do`, `dump` and `dump-strict` those "
                         "of `dump`."};

// Key, operation.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kKeyNotForNotification{
    "GL0555", Severity::kError, "`$0` has no effect on the notification `$1`",
    "Nobody calls a notification, so there is no caller to check and no message to validate. Who "
    "may listen is a flag of the multicast group."};

// Kind, name, its length, limit.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::int128, absl::int128>
    kNameTooLong{"GL0556", Severity::kError,
                 "the name of the $0 `$1` has $2 characters; the wire carries $3",
                 "The names of families and groups travel in fields of 16 bytes with a final zero. "
                 "The kernel refuses to register a longer one."};

// Where: "the operation `get`".
inline constexpr DiagnosticDef<absl::string_view> kBothPermissions{
    "GL0557", Severity::kError, "$0 has both `admin-perm` and `uns-admin-perm`",
    "`admin-perm` asks for CAP_NET_ADMIN in the initial user namespace, `uns-admin-perm` in that "
    "of the network namespace. The first implies the second."};

// Notification, target.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kNotifyOfNotification{
    "GL0558", Severity::kError, "`$0` notifies of `$1`, which is a notification itself",
    "A notification carries the reply of an operation; another notification has no reply."};

// Operation.
inline constexpr DiagnosticDef<absl::string_view> kDumpWithoutReply{
    "GL0559", Severity::kError, "the dump of `$0` has no reply",
    "A dump is a sequence of replies, one for each object. Without `reply` it would have nothing "
    "to send."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_OPERATIONS_H_
