// Operations, the messages they exchange, and multicast groups.
#ifndef GENLC_FAMILY_MODEL_OPERATION_H_
#define GENLC_FAMILY_MODEL_OPERATION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "family/model/attribute.h"

namespace genlc {

// An attribute as a member of one message.
struct Field {
  const Attribute* attribute = nullptr;
  // A request without it is refused; a reply or event always has it (profile).
  bool required = false;
  // Where the spec lists it for this message, and the profile as required.
  SourceSpan span;
  SourceSpan required_span;
};

// What travels one way: a request, a reply or an event.
struct Message {
  const AttributeSet* set = nullptr;  // null: no attributes at all
  const Struct* fixed_header = nullptr;
  uint32_t number = 0;  // of the command on the wire, this direction
  std::vector<Field> fields;
  SourceSpan span;

  const Field* Find(absl::string_view attribute_name) const;
};

// `do` or `dump`.
struct Exchange {
  // Absent where the spec gives none: an empty request is a Message without fields.
  Message request;
  // Absent: the kernel answers with an acknowledgement only.
  std::optional<Message> reply;
  bool has_request = false;  // the spec has the key
  std::string pre;           // kernel hooks, as the spec spells them; empty: none
  std::string post;
  // What `pre` finds and hands on to the handler and to `post`, a C type: "struct thermo_sensor"
  // (profile); empty: nothing.
  std::string object;
  SourceSpan span;  // of the mapping
  Places places;
};

struct MulticastGroup {
  std::string name;
  std::string c_name;  // THERMO_MCGRP_ALARMS
  bool admin_perm = false;
  bool uns_admin_perm = false;
  // Who can listen.
  Audience audience() const {
    return admin_perm ? Audience::kAdmin : uns_admin_perm ? Audience::kUnsAdmin : Audience::kAnyone;
  }
  // Classic netlink: the number of the group; generic netlink assigns them at run time.
  std::optional<uint32_t> number;
  SourceSpan span;
  Places places;
};

struct Operation;

// How to follow the objects that an operation dumps (profile).
struct Watch {
  // What tells one object from the others: attributes, and members of the fixed header.
  struct KeyPart {
    const Attribute* attribute = nullptr;
    const StructMember* member = nullptr;  // where there is no attribute
  };
  struct Condition {
    const StructMember* member = nullptr;
    Integer value;
  };
  std::vector<KeyPart> key;
  // What tells of an object as it is now, and of one that has gone.
  std::vector<const Operation*> changed;
  std::vector<const Operation*> removed;
  std::vector<const MulticastGroup*> groups;
  // Other messages of these commands are not about the objects.
  std::vector<Condition> only;
  SourceSpan span;
};

struct Operation {
  std::string name;
  std::string c_name;  // THERMO_CMD_SENSOR_GET
  std::string doc;
  // Of the command, as requests carry it (directional families: see Message::number).
  uint32_t number = 0;
  bool explicit_number = false;
  const AttributeSet* set = nullptr;

  bool admin_perm = false;      // needs CAP_NET_ADMIN in the initial user namespace
  bool uns_admin_perm = false;  // needs CAP_NET_ADMIN in that of the network namespace
  // Kernel: GENL_DONT_VALIDATE_STRICT, _DUMP, _DUMP_STRICT.
  bool dont_validate_strict = false;
  bool dont_validate_dump = false;
  bool dont_validate_dump_strict = false;
  bool has_dont_validate = false;
  std::vector<std::string> dont_validate;  // as the spec orders them
  std::string config_cond;  // kernel option without CONFIG_; empty: always there
  const Struct* fixed_header = nullptr;

  std::optional<Exchange> do_exchange;
  std::optional<Exchange> dump;
  // A notification carries the `do` reply of this operation (of its dump, if that has none).
  const Operation* notify = nullptr;
  std::optional<Message> event;
  const MulticastGroup* group = nullptr;
  std::optional<Watch> watch;
  SourceSpan span;
  Places places;
  bool incomplete = false;  // a key is left out: its value has been reported

  bool is_async() const { return notify != nullptr || event.has_value(); }
  // The command by which others hear of it: that of a notification; classic netlink tells of a
  // change in the form of the request for it.
  uint32_t told_number() const {
    return !is_async() && do_exchange ? do_exchange->request.number : number;
  }
  // What arrives: the notified reply or the event; null where the operation is not async.
  const Message* async_message() const;
  // All messages of its own: requests, replies, event.
  std::vector<const Message*> messages() const;
};

}  // namespace genlc

#endif  // GENLC_FAMILY_MODEL_OPERATION_H_
