// Requests to one family: what every generated client is made of.
#ifndef GENL_CLIENT_H_
#define GENL_CLIENT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "genl/kernel_error.h"
#include "genl/network_namespace.h"
#include "genl/operation.h"
#include "genl/request_flags.h"
#include "genl/socket.h"
#include "genl/transport.h"
#include "genl/unknown.h"
#include "genl/writer.h"

namespace genl {

class Endpoint;

struct ConnectOptions {
  // How long to wait for the answer to a request, and between two messages of a dump.
  absl::Duration timeout = absl::Seconds(10);
  // Of each socket: of those for requests, and of those that dumps and subscriptions open.
  SocketOptions socket = {};
  // Null: the running kernel.
  Transport* transport = nullptr;
  // Where all sockets of the client are opened.
  NetworkNamespace network_namespace = {};
  // How long Connect() waits for a family that is not registered yet.
  absl::Duration wait_for_family = absl::ZeroDuration();
  // Whether requests ask for an acknowledgement also where the reply always comes: it has an
  // attribute that is required, or a fixed header. Without it such a request is one message
  // shorter, and ends with its first reply.
  bool acknowledge_replies = true;
  // The two below are called by the thread that makes the request, before that returns; `operation`
  // is "thermo.sensor-set".
  //
  // What the kernel says of a request although it has done it; the errno is 0.
  std::function<void(absl::string_view operation, const KernelError& warning)> on_warning = {};
  // What a reply or an object of a dump has beyond the spec, and what is skipped otherwise. Costs a
  // second walk over each message. Of an event, for which Next() calls it, the family alone is
  // named.
  std::function<void(absl::string_view operation, const UnknownAttribute& unknown)> on_unknown = {};
};

// Safe for several threads at once: each call has a socket to itself. Dumps and batches are for one
// thread each and must not outlive their client; it may be moved.
//
// A family that went and came back, as when its module is loaded again, may have another number.
// The kernel then refuses the next request, and it is sent again with the new one. Unavailable
// while the family is gone.
class Client {
 public:
  // NotFound where the kernel does not know the family; of a classic one Unavailable where it
  // lacks the protocol.
  static absl::StatusOr<Client> Connect(const Family& family, const ConnectOptions& options = {});

  // The same for the family of an endpoint that is there already.
  static absl::StatusOr<Client> Connect(Endpoint endpoint, const ConnectOptions& options);

  // Sends `*request`, of the operation's layout, waits for the acknowledgement and fills
  // `*reply`, whose memory is used again. Either is null where the operation has none. Where
  // the kernel answers with several messages, the first is the reply; a Batch can have them all.
  absl::Status Do(const Operation& operation, const void* request, void* reply,
                  RequestFlags flags = {});

  template <typename Reply>
  absl::StatusOr<Reply> Call(const Operation& operation, const void* request,
                             RequestFlags flags = {}) {
    absl::StatusOr<Reply> reply(absl::in_place);
    absl::Status status = Do(operation, request, &*reply, flags);
    if (!status.ok()) [[unlikely]]
      reply = status;
    return reply;
  }

  // What a client and its dumps share; with subscriptions, which may outlive it.
  class Link;
  Link& link() { return *link_; }
  std::shared_ptr<Link> ShareLink() { return link_; }

  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;
  ~Client();

 private:
  explicit Client(std::shared_ptr<Link> link);

  std::shared_ptr<Link> link_;
};

}  // namespace genl

#endif  // GENL_CLIENT_H_
