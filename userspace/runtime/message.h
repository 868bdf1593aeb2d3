// The messages in a datagram, and what an error message says.
#ifndef GENL_MESSAGE_H_
#define GENL_MESSAGE_H_

#include <linux/netlink.h>

#include <cstdint>
#include <optional>

#include "genl/reader.h"

namespace genl {

struct RawMessage {
  nlmsghdr header = {};
  Bytes payload;  // behind the netlink header
};

// As AttributeReader, one step up.
class MessageReader {
 public:
  MessageReader() = default;
  explicit MessageReader(Bytes datagram) : rest_(datagram) {}

  std::optional<RawMessage> Next();
  bool ok() const { return rest_.empty(); }

 private:
  Bytes rest_;
};

// What NLMSG_ERROR and NLMSG_DONE say.
struct Verdict {
  int error = 0;  // errno, positive; 0: success
  Bytes extack;   // attributes of the extended acknowledgement
};

// Nothing where the message is malformed.
std::optional<Verdict> ReadVerdict(const RawMessage& message);

}  // namespace genl

#endif  // GENL_MESSAGE_H_
