// A netlink socket: datagrams out and in. libnl allocates and binds it; what is sent and
// received goes through buffers that are used again.
#ifndef GENL_SOCKET_H_
#define GENL_SOCKET_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "genl/deadline.h"
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
  // own bookkeeping, and limits it to net.core.rmem_max. Events that find no room are lost;
  // dumps wait.
  int receive_buffer = 1 << 20;
};

class Socket {
 public:
  // A new socket of a protocol of linux/netlink.h, closed on exec, with extended
  // acknowledgements and strict checking on. Unavailable where the kernel lacks the protocol.
  static absl::StatusOr<Socket> Open(int protocol, const SocketOptions& options = {});
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

  // One datagram; where it is longer than the buffer, that grows if the process may.
  absl::Status Send(Bytes message);

  // The next datagram, valid until the next call. DeadlineExceeded where none comes in
  // time; ResourceExhausted where the kernel had to drop some (ENOBUFS) or one was longer
  // than the buffer: what is lost then is lost, and reading can go on.
  absl::StatusOr<Bytes> Receive(Deadline& deadline);

 private:
  Socket(nl_sock* libnl, int fd, uint32_t port, size_t capacity)
      : libnl_(libnl), fd_(fd), port_(port), capacity_(capacity) {}

  void Close();
  // Bytes that were sent; -errno.
  ssize_t TrySend(Bytes message);
  // Length of the datagram, also where it was longer than the buffer; -errno.
  ssize_t TryReceive();
  absl::Status Wait(Deadline& deadline);

  nl_sock* libnl_;
  int fd_;
  uint32_t port_;
  size_t capacity_;
  std::unique_ptr<uint8_t[]> buffer_;  // not initialised: see SocketOptions
};

}  // namespace genl

#endif  // GENL_SOCKET_H_
