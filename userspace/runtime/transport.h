// Where a client's sockets come from and whom they reach.
#ifndef GENL_TRANSPORT_H_
#define GENL_TRANSPORT_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "genl/operation.h"
#include "genl/socket.h"

namespace genl {

// The running kernel, unless a test puts something else in its place. Outlives all that
// uses it.
class Transport {
 public:
  virtual ~Transport() = default;

  // `protocol`: NETLINK_GENERIC or another of linux/netlink.h.
  virtual absl::StatusOr<Socket> Open(int protocol, const SocketOptions& options) = 0;
  // The number of a generic family. NotFound where nobody has registered it.
  virtual absl::StatusOr<uint16_t> ResolveFamily(Socket& socket, const std::string& family) = 0;
  // Makes the messages of a group arrive at the socket, which was opened for the family's
  // protocol. NotFound where nobody knows its number.
  virtual absl::Status Join(Socket& socket, const Family& family, const MulticastGroup& group) = 0;

  // The kernel that this process runs on, through libnl.
  static Transport& Kernel();
};

}  // namespace genl

#endif  // GENL_TRANSPORT_H_
