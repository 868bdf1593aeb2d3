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

  // See Socket::Open().
  virtual absl::StatusOr<Socket> Open(int protocol, const SocketOptions& options,
                                      int network_namespace = -1) = 0;
  // The number of a generic family. NotFound where nobody has registered it. Asks through the
  // socket, on which nothing else may be under way.
  virtual absl::StatusOr<uint16_t> ResolveFamily(Socket& socket, const std::string& family) = 0;
  // The number of a group of a generic family; as above.
  virtual absl::StatusOr<uint32_t> ResolveGroup(Socket& socket, const Family& family,
                                                const MulticastGroup& group) = 0;
  // Makes the messages of a group, whose number is known, arrive at the socket, which was opened
  // for the family's protocol.
  virtual absl::Status Join(Socket& socket, const Family& family, const MulticastGroup& group) = 0;
  virtual absl::Status Leave(Socket& socket, const Family& family, const MulticastGroup& group) = 0;

  // The kernel that this process runs on, through libnl.
  static Transport& Kernel();
};

}  // namespace genl

#endif  // GENL_TRANSPORT_H_
