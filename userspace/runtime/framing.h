// Where the command of a message stands: the one difference between generic and classic netlink.
#ifndef GENL_FRAMING_H_
#define GENL_FRAMING_H_

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <cstddef>
#include <cstdint>
#include <optional>

#include "genl/message.h"
#include "genl/operation.h"
#include "genl/reader.h"
#include "genl/writer.h"

namespace genl {

struct FamilyMessage {
  uint16_t command = 0;
  Bytes payload;  // the fixed header, if the family has one, and the attributes
};

// Generic netlink: the type of a message is the number of the family, and a header of its own
// has the command. Classic netlink: the type is the command.
class Framing {
 public:
  Framing() = default;
  // `id` is that of a generic family.
  Framing(const Family& family, uint16_t id)
      : generic_(family.is_generic()), id_(id), version_(family.version) {}

  uint16_t id() const { return id_; }
  // Bytes before the payload.
  size_t header_size() const { return NLMSG_HDRLEN + (generic_ ? GENL_HDRLEN : 0); }

  // Gives a finished message the number that the family has now, and a sequence number.
  void Stamp(Writer& writer, Writer::Mark mark, uint32_t sequence) const {
    if (generic_) writer.SetType(mark, id_);
    writer.SetSequence(mark, sequence);
  }

  // Starts a message; Writer::FinishMessage() ends it.
  Writer::Mark Begin(Writer& writer, uint16_t command, uint16_t flags, uint32_t port = 0) const;

  // Whether the message is of the family. Families that share a protocol share its messages.
  bool Owns(const nlmsghdr& header) const {
    return generic_ ? header.nlmsg_type == id_ : header.nlmsg_type >= NLMSG_MIN_TYPE;
  }
  // Nothing where the message, of the family, is malformed.
  std::optional<FamilyMessage> Read(const RawMessage& message) const;

 private:
  bool generic_ = true;
  uint16_t id_ = 0;
  uint8_t version_ = 0;
};

}  // namespace genl

#endif  // GENL_FRAMING_H_
