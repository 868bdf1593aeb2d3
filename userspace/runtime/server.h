// Services for other processes, over a netlink socket and without a kernel module.
//
//   Inventory inventory;                                     // a thermo::Service
//   absl::StatusOr<std::unique_ptr<genl::Server>> server = genl::Server::Listen({.port = 4711});
//   if (!server.ok()) ...
//   absl::Status status = (*server)->Add(inventory);
//   status = (*server)->Run();
//
// The clients are those of the same spec, with a PeerTransport (genl/peer_transport.h).
#ifndef GENL_SERVER_H_
#define GENL_SERVER_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "genl/network_namespace.h"
#include "genl/poller.h"
#include "genl/service.h"
#include "genl/socket.h"
#include "genl/switchboard.h"

namespace genl {

struct ServerOptions {
  // The address at which clients find the server. Port ids are numbers of 32 bits; what takes one
  // without asking for it has that of its process. 0: one that is free, see Server::port().
  uint32_t port = 0;
  // Bytes that may wait to be handled (SO_RCVBUF); who sends more waits. See SocketOptions.
  int receive_buffer = 1 << 20;
  // Where the server and its clients are.
  NetworkNamespace network_namespace = {};
};

// Nothing is lost on the way: who has no room is sent to again when it has read, and dumps stop
// meanwhile. Only who lets 1 MiB of answers and events wait is told that it misses some (Overrun).
// A client is an administrator (`admin-perm`) where its effective user is root.
//
// Process() and Run() are for one thread; services may send events from any.
class Server {
 public:
  // Unavailable where another socket has the address. Needs no privilege.
  static absl::StatusOr<std::unique_ptr<Server>> Listen(const ServerOptions& options = {});
  ~Server();

  // As FakeKernel::Add(). A family of classic netlink has no number in its messages that would tell
  // it from others: FailedPrecondition where it is not the only one.
  absl::Status Add(Service& service);
  void Remove(Service& service);

  uint32_t port() const { return socket_.port(); }

  // Readable when Process() has something to do.
  int fd() const { return poller_.fd(); }
  // Handles what has come, after waiting for at most `patience` until something has. Not OK where
  // the socket fails.
  absl::Status Process(absl::Duration patience = absl::ZeroDuration());
  // Until Stop(), which may be called from any thread and from handlers of signals.
  absl::Status Run();
  void Stop();

 private:
  explicit Server(Socket socket);

  absl::Status Receive();
  void Take(Bytes datagram, const void* control, uint32_t port);
  Outbox::Result Deliver(uint32_t port, Bytes datagram);

  Socket socket_;
  Poller poller_;
  std::vector<uint8_t> buffer_;
  int services_ = 0;
  int protocol_ = 0;  // of the families that are offered
  std::atomic<bool> stopping_ = false;
  Switchboard switchboard_;
};

}  // namespace genl

#endif  // GENL_SERVER_H_
