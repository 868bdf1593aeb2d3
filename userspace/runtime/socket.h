// A netlink socket: datagrams out and in. libnl allocates and binds it; what is sent and
// received goes through buffers that are used again.
#ifndef GENL_SOCKET_H_
#define GENL_SOCKET_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "genl/deadline.h"
#include "genl/inbox.h"
#include "genl/reader.h"

struct nl_sock;

namespace genl {

struct SocketOptions {
  // Bytes of the longest datagram that can be received at first. The kernel gives memory
  // only for the pages that a datagram touches. It also makes the messages of a dump as long
  // as the longest receive that it has seen, within 4 to 32 KiB (netlink_dump() in its
  // net/netlink/af_netlink.c); only one object larger than that makes a longer one.
  size_t capacity = size_t{1} << 20;
  // Bytes that may wait in the kernel to be received (SO_RCVBUF). It doubles the number for its
  // own bookkeeping, and limits it to net.core.rmem_max unless the process has CAP_NET_ADMIN.
  // Events that find no room are lost; dumps wait.
  int receive_buffer = 1 << 20;
  // The address to have; 0: one that is free. Unavailable where another socket of the protocol and
  // network namespace has it.
  uint32_t port = 0;
};

class Socket {
 public:
  // A new socket of a protocol of linux/netlink.h, closed on exec, with extended
  // acknowledgements and strict checking on. Unavailable where the kernel lacks the protocol.
  // `network_namespace` is a descriptor of the one to open it in; -1: the calling thread's.
  static absl::StatusOr<Socket> Open(int protocol, const SocketOptions& options = {},
                                     int network_namespace = -1);
  // Takes over a datagram socket, such as the end of a socketpair() that a test answers.
  static Socket Adopt(int fd, uint32_t port, size_t capacity = SocketOptions().capacity);

  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&& other) noexcept;
  ~Socket();

  int fd() const { return fd_; }
  // The address that the kernel answers to.
  uint32_t port() const { return port_; }
  // Null for a socket that was taken over.
  nl_sock* libnl() const { return libnl_; }

  // Whether a kernel answers: all of that is there when Send() returns.
  bool from_kernel() const { return libnl_ != nullptr && peer_ == 0; }

  // Talks with the kernel alone from now on: it keeps away what other processes send, so that each
  // datagram need not be asked where it comes from. What is said in groups comes in all the same.
  absl::Status ConnectToKernel();
  // For groups, in which other processes may speak, too: asks each datagram where it comes from.
  void ExpectGroups() { inbox_->Describe(true); }
  // Talks to another process from now on, at this address, instead of to the kernel, and waits for
  // at most `patience` where that has no room for what is sent.
  absl::Status ConnectTo(uint32_t peer, absl::Duration patience);

  // One datagram; where it is longer than the buffer, that grows if the process may.
  absl::Status Send(Bytes message);

  // The next datagram, valid until the next call. Where none is here yet, up to `expected` are
  // fetched in one system call, and kept for the next calls. DeadlineExceeded where none comes in
  // time; ResourceExhausted where the kernel had to drop some (ENOBUFS), or a peer (NLMSG_OVERRUN),
  // or one was longer than the buffer: what is lost then is lost, and reading can go on.
  absl::StatusOr<Bytes> Receive(Deadline& deadline, size_t expected = 1);

  // Bytes of the longest datagram that can be received now; it grows when a longer one has been
  // lost.
  size_t capacity() const { return inbox_->capacity(); }
  void Grow(size_t capacity) { inbox_->Grow(capacity); }
  // For `expected`, where nobody can know: twice as many as came in the last system call.
  size_t expected() const { return std::max<size_t>(1, 2 * inbox_->filled()); }

  // Events of other network namespaces, too: of those that have an id in the socket's own. Needs
  // CAP_NET_BROADCAST there.
  absl::Status ListenToAllNamespaces();
  // Where the last datagram came from; see Datagram.
  std::optional<int> namespace_id() const { return namespace_id_; }

 private:
  Socket(nl_sock* libnl, int fd, uint32_t port, size_t capacity);

  static absl::StatusOr<Socket> OpenHere(int protocol, const SocketOptions& options);
  void Close();
  // Bytes that were sent; -errno.
  ssize_t TrySend(Bytes message);
  absl::Status Wait(Deadline& deadline);
  absl::Status Lost(const Datagram& datagram);

  nl_sock* libnl_;
  int fd_;
  uint32_t port_;
  uint32_t peer_ = 0;  // the kernel
  std::unique_ptr<Inbox> inbox_;
  std::optional<int> namespace_id_;
};

}  // namespace genl

#endif  // GENL_SOCKET_H_
