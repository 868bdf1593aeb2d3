// Where a client finds its family: the sockets that reach it, and its number there.
#ifndef GENL_ENDPOINT_H_
#define GENL_ENDPOINT_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "genl/client.h"
#include "genl/message.h"
#include "genl/operation.h"
#include "genl/socket.h"
#include "genl/transport.h"

namespace genl {

// Copies share one network namespace, which lives as long as one of them.
class Endpoint {
 public:
  // NotFound where the network namespace is not there.
  static absl::StatusOr<Endpoint> Make(const Family& family, const ConnectOptions& options);

  // That of another family in the same network namespace.
  Endpoint For(const Family& family) const {
    Endpoint other = *this;
    other.family_ = family;
    return other;
  }

  const Family& family() const { return family_; }
  Transport& transport() const { return *transport_; }

  // A further socket of the family's protocol.
  absl::StatusOr<Socket> Open() const;
  // The number of a generic family, 0 of a classic one. Waits until the family is there, for at
  // most `patience`; NotFound where it does not come.
  absl::StatusOr<uint16_t> Resolve(absl::Duration patience = absl::ZeroDuration()) const;
  // `group`, of this family or another, with its number.
  absl::StatusOr<MulticastGroup> Resolve(const Family& family, const MulticastGroup& group) const;

 private:
  Endpoint(const Family& family, Transport& transport, const SocketOptions& options)
      : family_(family), transport_(&transport), options_(options) {}

  absl::StatusOr<uint16_t> ResolveNow() const;

  Family family_;
  Transport* transport_;
  SocketOptions options_;
  std::shared_ptr<const int> network_namespace_;
};

// The kernel's family of families tells in this group what is registered and what goes.
inline constexpr Family kController = {"nlctrl", 2};
inline constexpr MulticastGroup kRegistrations = {"notify"};

// Whether a message is what it tells of the family `name` that has come.
bool AnnouncesFamily(const RawMessage& message, absl::string_view name);

}  // namespace genl

#endif  // GENL_ENDPOINT_H_
