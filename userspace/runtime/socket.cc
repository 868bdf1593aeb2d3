#include "genl/socket.h"

#include <linux/netlink.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"

namespace genl {
namespace {

// The kernel limits it to net.core.wmem_max.
constexpr int kSendBuffer = 1 << 18;

absl::Status LibnlError(absl::string_view what, int error) {
  return absl::UnavailableError(absl::StrCat(what, ": ", nl_geterror(error)));
}

absl::Status SetOption(int fd, int option, absl::string_view name) {
  const int on = 1;
  if (setsockopt(fd, SOL_NETLINK, option, &on, sizeof(on)) == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot set ", name, " on the netlink socket"));
}

}  // namespace

absl::StatusOr<Socket> Socket::Open(int protocol, const SocketOptions& options) {
  nl_sock* libnl = nl_socket_alloc();
  if (libnl == nullptr) return absl::ResourceExhaustedError("no memory for a netlink socket");
  Socket socket(libnl, -1, 0, options.capacity);
  if (int error = nl_connect(libnl, protocol); error < 0) {
    const std::string kind =
        protocol == NETLINK_GENERIC ? "generic" : absl::StrCat("protocol ", protocol);
    return LibnlError(absl::StrCat("cannot open a netlink socket (", kind, ")"), error);
  }
  socket.fd_ = nl_socket_get_fd(libnl);
  socket.port_ = nl_socket_get_local_port(libnl);
  if (int error = nl_socket_set_buffer_size(libnl, options.receive_buffer, kSendBuffer);
      error < 0) {
    return LibnlError("cannot size the buffers of the netlink socket", error);
  }
  absl::Status status = SetOption(socket.fd_, NETLINK_EXT_ACK, "NETLINK_EXT_ACK");
  status.Update(SetOption(socket.fd_, NETLINK_CAP_ACK, "NETLINK_CAP_ACK"));
  status.Update(SetOption(socket.fd_, NETLINK_GET_STRICT_CHK, "NETLINK_GET_STRICT_CHK"));
  if (!status.ok()) return status;
  return socket;
}

Socket Socket::Adopt(int fd, uint32_t port, size_t capacity) {
  return Socket(nullptr, fd, port, capacity);
}

Socket::Socket(Socket&& other) noexcept
    : libnl_(std::exchange(other.libnl_, nullptr)),
      fd_(std::exchange(other.fd_, -1)),
      port_(other.port_),
      capacity_(other.capacity_),
      buffer_(std::move(other.buffer_)) {}

Socket& Socket::operator=(Socket&& other) noexcept {
  if (this == &other) return *this;
  Close();
  libnl_ = std::exchange(other.libnl_, nullptr);
  fd_ = std::exchange(other.fd_, -1);
  port_ = other.port_;
  capacity_ = other.capacity_;
  buffer_ = std::move(other.buffer_);
  return *this;
}

Socket::~Socket() { Close(); }

void Socket::Close() {
  if (libnl_ != nullptr) {
    nl_socket_free(libnl_);  // closes the descriptor
  } else if (fd_ >= 0) {
    close(fd_);
  }
}

absl::Status Socket::Send(Bytes message) {
  ssize_t sent = TrySend(message);
  if (sent == -EMSGSIZE) {
    // Beyond net.core.wmem_max, which binds all but the administrator.
    const int size = static_cast<int>(message.size());
    setsockopt(fd_, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size));
    sent = TrySend(message);
  }
  if (sent >= 0) return absl::OkStatus();
  return absl::ErrnoToStatus(static_cast<int>(-sent), "cannot send a netlink message");
}

ssize_t Socket::TrySend(Bytes message) {
  for (;;) {
    const ssize_t sent = send(fd_, message.data(), message.size(), MSG_NOSIGNAL);
    if (sent >= 0) return sent;
    if (errno != EINTR) return -errno;
  }
}

ssize_t Socket::TryReceive() {
  if (buffer_ == nullptr) buffer_.reset(new uint8_t[capacity_]);
  for (;;) {
    sockaddr_nl sender = {};
    iovec vector = {.iov_base = buffer_.get(), .iov_len = capacity_};
    msghdr message = {};
    message.msg_name = &sender;
    message.msg_namelen = sizeof(sender);
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    const ssize_t size = recvmsg(fd_, &message, MSG_DONTWAIT | MSG_TRUNC);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return -errno;
    // Any process may send to a netlink socket; only the kernel has the address 0.
    if (sender.nl_family == AF_NETLINK && sender.nl_pid != 0) continue;
    return size;
  }
}

absl::Status Socket::Wait(Deadline& deadline) {
  for (;;) {
    pollfd poller = {.fd = fd_, .events = POLLIN, .revents = 0};
    const int ready = poll(&poller, 1, deadline.RemainingMilliseconds());
    if (ready > 0) return absl::OkStatus();
    if (ready == 0) return absl::DeadlineExceededError("no message in time");
    if (errno != EINTR) return absl::ErrnoToStatus(errno, "cannot wait for a netlink message");
  }
}

absl::StatusOr<Bytes> Socket::Receive(Deadline& deadline) {
  for (;;) {
    const ssize_t size = TryReceive();
    if (size == -EAGAIN) {
      if (absl::Status status = Wait(deadline); !status.ok()) return status;
    } else if (size == -ENOBUFS) {
      return absl::ResourceExhaustedError("the kernel dropped messages: they came too fast");
    } else if (size < 0) {
      return absl::ErrnoToStatus(static_cast<int>(-size), "cannot receive a netlink message");
    } else if (size == 0) {
      return absl::UnavailableError("the other end has closed the socket");
    } else if (static_cast<size_t>(size) > capacity_) {
      capacity_ = static_cast<size_t>(size);
      buffer_.reset();
      return absl::ResourceExhaustedError(
          absl::StrCat("lost a message of ", size, " bytes: it was longer than the buffer"));
    } else {
      return Bytes(buffer_.get(), static_cast<size_t>(size));
    }
  }
}

}  // namespace genl
