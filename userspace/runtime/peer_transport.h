// How a client reaches a Server (genl/server.h) in another process, or in its own.
//
//   genl::PeerTransport peer(4711);
//   absl::StatusOr<thermo::Client> client = thermo::Client::Connect({.transport = &peer});
#ifndef GENL_PEER_TRANSPORT_H_
#define GENL_PEER_TRANSPORT_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "genl/transport.h"

namespace genl {

// Outlives its clients. Unavailable from Connect(), or from the first request of a classic family,
// where nobody listens at the address.
class PeerTransport : public Transport {
 public:
  // `port` is that of the server. What is sent waits for at most `patience` while the server has no
  // room for it.
  explicit PeerTransport(uint32_t port, absl::Duration patience = absl::Seconds(10))
      : port_(port), patience_(patience) {}

  absl::StatusOr<Socket> Open(int protocol, const SocketOptions& options,
                              int network_namespace) override;
  absl::StatusOr<uint16_t> ResolveFamily(Socket& socket, const std::string& family) override;
  absl::StatusOr<uint32_t> ResolveGroup(Socket& socket, const Family& family,
                                        const MulticastGroup& group) override;
  absl::Status Join(Socket& socket, const Family& family, const MulticastGroup& group) override;
  absl::Status Leave(Socket& socket, const Family& family, const MulticastGroup& group) override;

 private:
  // Waits until what was sent has been acknowledged. `reply` is called for each message before.
  template <typename F>
  absl::Status Await(Socket& socket, F reply);
  absl::Status AskForGroup(Socket& socket, uint16_t type, const MulticastGroup& group);

  const uint32_t port_;
  const absl::Duration patience_;
};

}  // namespace genl

#endif  // GENL_PEER_TRANSPORT_H_
