#include "genl/testing/fake_kernel.h"

#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/time/clock.h"

namespace genl {
namespace {

constexpr uint32_t kFirstPort = 1000;
constexpr size_t kLongestRequest = size_t{1} << 20;
// How soon a client that had no room is tried again.
constexpr absl::Duration kPause = absl::Milliseconds(1);

// Requests may be as long as a batch; the system limits it for all but the administrator.
void SizeSendBuffer(int fd) {
  const int bytes = 1 << 20;
  if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &bytes, sizeof(bytes)) != 0) {
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof(bytes));
  }
}

}  // namespace

FakeKernel::FakeKernel()
    : next_port_(kFirstPort),
      buffer_(kLongestRequest),
      switchboard_([this](uint32_t port, Bytes datagram) { return Deliver(port, datagram); }),
      thread_([this] { Run(); }) {}

FakeKernel::~FakeKernel() {
  stopping_ = true;
  poller_.WakeAfter(absl::ZeroDuration());
  thread_.join();
  for (const auto& [fd, end] : ends_) close(fd);
}

void FakeKernel::FailNext(const KernelError& error) {
  switchboard_.FailNext(ComplaintOf(Refuse(error), nullptr, {}, 0));
}

absl::StatusOr<Socket> FakeKernel::Open(int protocol, const SocketOptions& options, int) {
  if (!poller_.status().ok()) return poller_.status();
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return absl::ErrnoToStatus(errno, "cannot make a socket pair");
  }
  SizeSendBuffer(ends[0]);
  SizeSendBuffer(ends[1]);
  const std::lock_guard<std::mutex> guard(lock_);
  const uint32_t port = next_port_++;
  ends_[ends[1]] = {port, protocol};
  ports_[port] = ends[1];
  poller_.Add(ends[1]);
  return Socket::Adopt(ends[0], port, options.capacity);
}

absl::StatusOr<uint16_t> FakeKernel::ResolveFamily(Socket&, const std::string& family) {
  return switchboard_.FindFamily(family);
}

absl::StatusOr<uint32_t> FakeKernel::ResolveGroup(Socket&, const Family& family,
                                                  const MulticastGroup& group) {
  return switchboard_.FindGroup(family.name, group.name);
}

absl::Status FakeKernel::Join(Socket& socket, const Family& family, const MulticastGroup& group) {
  const Sender sender{.port = socket.port(), .administrator = administrator_};
  return switchboard_.Join(sender, family.protocol, group.number);
}

absl::Status FakeKernel::Leave(Socket& socket, const Family& family, const MulticastGroup& group) {
  switchboard_.Leave(socket.port(), family.protocol, group.number);
  return absl::OkStatus();
}

void FakeKernel::Run() {
  while (!stopping_) {
    for (const int fd : poller_.Wait(absl::InfiniteDuration())) Receive(fd);
    const Switchboard::Progress progress = switchboard_.Pump();
    if (progress == Switchboard::Progress::kMore) poller_.WakeAfter(absl::ZeroDuration());
  }
}

void FakeKernel::Receive(int fd) {
  End end;
  {
    const std::lock_guard<std::mutex> guard(lock_);
    end = ends_[fd];
  }
  const ssize_t size = recv(fd, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
  if (size > 0) {
    absl::SleepFor(absl::Nanoseconds(delay_.load()));
    const Sender sender{.port = end.port, .administrator = administrator_};
    switchboard_.Take(sender, end.protocol, Bytes(buffer_.data(), static_cast<size_t>(size)));
    return;
  }
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
  switchboard_.Forget(end.port);
  const std::lock_guard<std::mutex> guard(lock_);
  ends_.erase(fd);
  ports_.erase(end.port);
  close(fd);
}

// The faults of the way to the client.
Outbox::Result FakeKernel::Deliver(uint32_t port, Bytes datagram) {
  if (held_for_ == 0 && swap_.exchange(false)) {
    held_.assign(datagram.begin(), datagram.end());
    held_for_ = port;
    return Outbox::Result::kSent;
  }
  const ptrdiff_t truncate = truncate_.exchange(-1);
  if (truncate == 0) return Outbox::Result::kSent;
  if (truncate > 0) {
    datagram =
        datagram.subspan(0, std::min<size_t>(datagram.size(), static_cast<size_t>(truncate)));
  }
  const Outbox::Result result = Transmit(port, datagram);
  if (result != Outbox::Result::kFull && held_for_ != 0) {
    Transmit(std::exchange(held_for_, 0), held_);
  }
  return result;
}

Outbox::Result FakeKernel::Transmit(uint32_t port, Bytes datagram) {
  const std::lock_guard<std::mutex> guard(lock_);
  const auto fd = ports_.find(port);
  if (fd == ports_.end()) return Outbox::Result::kGone;
  const ssize_t sent =
      send(fd->second, datagram.data(), datagram.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent >= 0) return Outbox::Result::kSent;
  if (errno != EAGAIN) return Outbox::Result::kGone;
  poller_.WakeAfter(kPause);
  return Outbox::Result::kFull;
}

}  // namespace genl
