#include "genl/server.h"

#include <linux/netlink.h>
#include <sys/socket.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "genl/endpoint.h"

namespace genl {
namespace {

// One request, or a batch of them.
constexpr size_t kLongestRequest = size_t{1} << 20;
// How soon a client that had no room is tried again: netlink does not tell when it has read.
constexpr absl::Duration kPause = absl::Milliseconds(1);

// What came with a datagram.
struct Envelope {
  sockaddr_nl sender = {};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(ucred))];
};

bool IsRoot(msghdr& message) {
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr;
       part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_CREDENTIALS) continue;
    return LoadBytes<ucred>(CMSG_DATA(part)).uid == 0;
  }
  return false;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Listen(const ServerOptions& options) {
  const SocketOptions of_socket{.receive_buffer = options.receive_buffer, .port = options.port};
  const absl::StatusOr<std::shared_ptr<const int>> network_namespace =
      options.network_namespace.Open();
  if (!network_namespace.ok()) return network_namespace.status();
  absl::StatusOr<Socket> socket = Socket::Open(NETLINK_USERSOCK, of_socket, **network_namespace);
  if (!socket.ok()) return socket.status();
  const int on = 1;
  if (setsockopt(socket->fd(), SOL_SOCKET, SO_PASSCRED, &on, sizeof(on)) != 0) {
    return absl::ErrnoToStatus(errno, "cannot ask for the credentials of clients");
  }
  auto server = std::unique_ptr<Server>(new Server(*std::move(socket)));
  if (!server->poller_.status().ok()) return server->poller_.status();
  return server;
}

Server::Server(Socket socket)
    : socket_(std::move(socket)),
      buffer_(kLongestRequest),
      switchboard_([this](uint32_t port, Bytes datagram) { return Deliver(port, datagram); }) {
  poller_.Add(socket_.fd());
}

Server::~Server() = default;

absl::Status Server::Add(Service& service) {
  const Family& family = service.table().family;
  if (services_ > 0 && (!family.is_generic() || protocol_ != NETLINK_GENERIC)) {
    return absl::FailedPreconditionError(
        absl::StrCat("`", family.name, "`: a family of classic netlink has a server to itself"));
  }
  protocol_ = family.protocol;
  absl::Status status = switchboard_.Add(service);
  if (status.ok()) ++services_;
  return status;
}

void Server::Remove(Service& service) {
  switchboard_.Remove(service);
  --services_;
}

absl::Status Server::Process(absl::Duration patience) {
  poller_.Wait(patience);
  if (absl::Status status = Receive(); !status.ok()) return status;
  if (switchboard_.Pump() == Switchboard::Progress::kMore) {
    poller_.WakeAfter(absl::ZeroDuration());
  }
  return absl::OkStatus();
}

absl::Status Server::Run() {
  while (!stopping_.exchange(false)) {
    if (absl::Status status = Process(absl::InfiniteDuration()); !status.ok()) return status;
  }
  return absl::OkStatus();
}

void Server::Stop() {
  stopping_ = true;
  poller_.WakeAfter(absl::ZeroDuration());
}

// Some of what waits: dumps go on in between.
absl::Status Server::Receive() {
  constexpr int kMost = 64;
  for (int i = 0; i < kMost; ++i) {
    Envelope envelope;
    iovec vector = {.iov_base = buffer_.data(), .iov_len = buffer_.size()};
    msghdr message = {};
    message.msg_name = &envelope.sender;
    message.msg_namelen = sizeof(envelope.sender);
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    message.msg_control = envelope.control;
    message.msg_controllen = sizeof(envelope.control);
    const ssize_t size = recvmsg(socket_.fd(), &message, MSG_DONTWAIT | MSG_TRUNC);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return absl::OkStatus();
    // Somebody's answer found no room here, which says nothing to a server.
    if (size < 0 && errno == ENOBUFS) continue;
    if (size < 0) return absl::ErrnoToStatus(errno, "cannot receive a request");
    // One that is too long is not answered: its end is not here.
    if (static_cast<size_t>(size) > buffer_.size()) continue;
    const Sender sender{.port = envelope.sender.nl_pid, .administrator = IsRoot(message)};
    switchboard_.Take(sender, protocol_, Bytes(buffer_.data(), static_cast<size_t>(size)));
  }
  return absl::OkStatus();
}

Outbox::Result Server::Deliver(uint32_t port, Bytes datagram) {
  sockaddr_nl address = {};
  address.nl_family = AF_NETLINK;
  address.nl_pid = port;
  const ssize_t sent =
      sendto(socket_.fd(), datagram.data(), datagram.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
             reinterpret_cast<const sockaddr*>(&address), sizeof(address));
  if (sent >= 0) return Outbox::Result::kSent;
  // Also without memory for it: that comes back.
  if (errno != EAGAIN && errno != ENOBUFS && errno != ENOMEM && errno != EINTR) {
    return Outbox::Result::kGone;
  }
  poller_.WakeAfter(kPause);
  return Outbox::Result::kFull;
}

}  // namespace genl
