#include "genl/socket.h"

#include <linux/netlink.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"

namespace genl {
namespace {

// The kernel limits it to what net.core.wmem_max allows.
constexpr int kSendBuffer = 1 << 18;

absl::Status LibnlError(absl::string_view what, int error) {
  return absl::UnavailableError(absl::StrCat(what, ": ", nl_geterror(error)));
}

absl::Status SetOption(int fd, int option, absl::string_view name) {
  const int on = 1;
  if (setsockopt(fd, SOL_NETLINK, option, &on, sizeof(on)) == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot set ", name, " on the netlink socket"));
}

bool IsCurrent(int network_namespace) {
  struct stat wanted, current;
  return fstat(network_namespace, &wanted) == 0 &&
         stat("/proc/thread-self/ns/net", &current) == 0 && wanted.st_ino == current.st_ino &&
         wanted.st_dev == current.st_dev;
}

// A kernel says it with ENOBUFS.
bool TellsOfLoss(Bytes datagram) {
  return datagram.size() >= sizeof(nlmsghdr) &&
         LoadBytes<nlmsghdr>(datagram.data()).nlmsg_type == NLMSG_OVERRUN;
}

// The administrator may go beyond net.core.rmem_max.
void SizeReceiveBuffer(int fd, int bytes) {
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof(bytes)) != 0) {
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes));
  }
}

}  // namespace

// A socket belongs to the namespace of the thread that opens it. A thread of its own enters the
// other one, so that the caller's stays where it is.
absl::StatusOr<Socket> Socket::Open(int protocol, const SocketOptions& options,
                                    int network_namespace) {
  if (network_namespace < 0 || IsCurrent(network_namespace)) return OpenHere(protocol, options);
  absl::StatusOr<Socket> socket = absl::UnknownError("not opened");
  std::thread([&] {
    if (setns(network_namespace, CLONE_NEWNET) == 0) {
      socket = OpenHere(protocol, options);
    } else {
      socket = absl::ErrnoToStatus(errno, "cannot enter the network namespace");
    }
  }).join();
  return socket;
}

absl::StatusOr<Socket> Socket::OpenHere(int protocol, const SocketOptions& options) {
  nl_sock* libnl = nl_socket_alloc();
  if (libnl == nullptr) return absl::ResourceExhaustedError("no memory for a netlink socket");
  Socket socket(libnl, -1, 0, options.capacity);
  if (options.port != 0) nl_socket_set_local_port(libnl, options.port);
  if (int error = nl_connect(libnl, protocol); error < 0) {
    const std::string kind =
        protocol == NETLINK_GENERIC ? "generic" : absl::StrCat("protocol ", protocol);
    return LibnlError(absl::StrCat("cannot open a netlink socket (", kind, ")"), error);
  }
  socket.fd_ = nl_socket_get_fd(libnl);
  socket.port_ = nl_socket_get_local_port(libnl);
  if (int error = nl_socket_set_buffer_size(libnl, 0, kSendBuffer); error < 0) {
    return LibnlError("cannot size the send buffer of the netlink socket", error);
  }
  SizeReceiveBuffer(socket.fd_, options.receive_buffer);
  absl::Status status = SetOption(socket.fd_, NETLINK_EXT_ACK, "NETLINK_EXT_ACK");
  status.Update(SetOption(socket.fd_, NETLINK_CAP_ACK, "NETLINK_CAP_ACK"));
  status.Update(SetOption(socket.fd_, NETLINK_GET_STRICT_CHK, "NETLINK_GET_STRICT_CHK"));
  if (!status.ok()) return status;
  return socket;
}

Socket Socket::Adopt(int fd, uint32_t port, size_t capacity) {
  return Socket(nullptr, fd, port, capacity);
}

Socket::Socket(nl_sock* libnl, int fd, uint32_t port, size_t capacity)
    : libnl_(libnl), fd_(fd), port_(port), inbox_(std::make_unique<Inbox>(capacity)) {}

Socket::Socket(Socket&& other) noexcept
    : libnl_(std::exchange(other.libnl_, nullptr)),
      fd_(std::exchange(other.fd_, -1)),
      port_(other.port_),
      peer_(other.peer_),
      inbox_(std::move(other.inbox_)),
      namespace_id_(other.namespace_id_) {}

Socket& Socket::operator=(Socket&& other) noexcept {
  if (this == &other) return *this;
  Close();
  libnl_ = std::exchange(other.libnl_, nullptr);
  fd_ = std::exchange(other.fd_, -1);
  port_ = other.port_;
  peer_ = other.peer_;
  inbox_ = std::move(other.inbox_);
  namespace_id_ = other.namespace_id_;
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

// netlink_getsockbyportid() in net/netlink/af_netlink.c refuses messages from others than the one
// that a socket is connected to.
absl::Status Socket::ConnectToKernel() {
  sockaddr_nl kernel = {};
  kernel.nl_family = AF_NETLINK;
  if (connect(fd_, reinterpret_cast<const sockaddr*>(&kernel), sizeof(kernel)) != 0) {
    return absl::ErrnoToStatus(errno, "cannot connect the netlink socket to the kernel");
  }
  inbox_->Describe(false);
  return absl::OkStatus();
}

absl::Status Socket::ConnectTo(uint32_t peer, absl::Duration patience) {
  sockaddr_nl address = {};
  address.nl_family = AF_NETLINK;
  address.nl_pid = peer;
  const timeval wait = absl::ToTimeval(patience);
  if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
      setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait)) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot talk to the netlink port id ", peer));
  }
  peer_ = peer;
  return absl::OkStatus();
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
  if (sent == -ECONNREFUSED) {
    return absl::UnavailableError(absl::StrCat("nobody listens at the netlink port id ", peer_));
  }
  return absl::ErrnoToStatus(static_cast<int>(-sent), "cannot send a netlink message");
}

ssize_t Socket::TrySend(Bytes message) {
  for (;;) {
    const ssize_t sent = send(fd_, message.data(), message.size(), MSG_NOSIGNAL);
    if (sent >= 0) return sent;
    if (errno != EINTR) return -errno;
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

absl::StatusOr<Bytes> Socket::Receive(Deadline& deadline, size_t expected) {
  for (;;) {
    while (const std::optional<Datagram> datagram = inbox_->Next()) {
      if (datagram->sender != peer_) continue;
      if (datagram->size == 0) return absl::UnavailableError("the other end closed the socket");
      if (!datagram->whole) return Lost(*datagram);
      if (!from_kernel() && TellsOfLoss(datagram->bytes)) {
        return absl::ResourceExhaustedError("messages were dropped: they came too fast");
      }
      namespace_id_ = datagram->namespace_id;
      return datagram->bytes;
    }
    const int error = inbox_->Fill(fd_, expected);
    if (error == EAGAIN) {
      if (absl::Status status = Wait(deadline); !status.ok()) return status;
    } else if (error == ENOBUFS) {
      return absl::ResourceExhaustedError("the kernel dropped messages: they came too fast");
    } else if (error != 0) {
      return absl::ErrnoToStatus(error, "cannot receive a netlink message");
    }
  }
}

absl::Status Socket::ListenToAllNamespaces() {
  return SetOption(fd_, NETLINK_LISTEN_ALL_NSID, "NETLINK_LISTEN_ALL_NSID");
}

absl::Status Socket::Lost(const Datagram& datagram) {
  inbox_->Grow(datagram.size);
  return absl::ResourceExhaustedError(
      absl::StrCat("lost a message of ", datagram.size, " bytes: it was longer than the buffer"));
}

}  // namespace genl
