#include "genl/fake_kernel.h"

#include <linux/genetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "genl/endpoint.h"
#include "genl/message.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

constexpr uint32_t kFirstPort = 1000;

template <typename T>
ByteString Raw(const T& value) {
  const uint8_t* bytes = reinterpret_cast<const uint8_t*>(&value);
  return ByteString(bytes, bytes + sizeof(value));
}

ByteString Generic(uint8_t command, const ByteString& attributes) {
  return Join({{command, 1, 0, 0}, attributes});
}

}  // namespace

ByteString Message(uint16_t type, uint16_t flags, uint32_t sequence, uint32_t port,
                   const ByteString& payload) {
  const nlmsghdr header = {.nlmsg_len = static_cast<uint32_t>(sizeof(nlmsghdr) + payload.size()),
                           .nlmsg_type = type,
                           .nlmsg_flags = flags,
                           .nlmsg_seq = sequence,
                           .nlmsg_pid = port};
  ByteString message = Join({Raw(header), payload});
  message.resize((message.size() + 3) / 4 * 4);
  return message;
}

ByteString Reply(const FakeRequest& request, const ByteString& attributes, uint16_t flags) {
  return ReplyAs(request.command, request, attributes, flags);
}

ByteString ReplyAs(uint16_t command, const FakeRequest& request, const ByteString& attributes,
                   uint16_t flags) {
  return Message(request.generic ? request.header.nlmsg_type : command, flags,
                 request.header.nlmsg_seq, request.header.nlmsg_pid,
                 request.generic ? Generic(static_cast<uint8_t>(command), attributes) : attributes);
}

ByteString Ack(const FakeRequest& request, int error, const ByteString& extack) {
  const uint16_t flags = NLM_F_CAPPED | (extack.empty() ? 0 : NLM_F_ACK_TLVS);
  return Message(NLMSG_ERROR, flags, request.header.nlmsg_seq, request.header.nlmsg_pid,
                 Join({Raw<int32_t>(-error), Raw(request.header), extack}));
}

ByteString Done(const FakeRequest& request, int error, const ByteString& extack) {
  const uint16_t flags = NLM_F_MULTI | (extack.empty() ? 0 : NLM_F_ACK_TLVS);
  return Message(NLMSG_DONE, flags, request.header.nlmsg_seq, request.header.nlmsg_pid,
                 Join({Raw<int32_t>(-error), extack}));
}

ByteString Event(uint8_t command, const ByteString& attributes) {
  return Message(kFakeFamilyId, 0, 0, 0, Generic(command, attributes));
}

FakeKernel::~FakeKernel() {
  for (const int fd : ends_) shutdown(fd, SHUT_RDWR);
  for (std::thread& thread : threads_) thread.join();
  for (const int fd : ends_) close(fd);
}

absl::StatusOr<Socket> FakeKernel::Open(int protocol, const SocketOptions& options, int) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return absl::ErrnoToStatus(errno, "socketpair");
  }
  const std::lock_guard<std::mutex> guard(opening_);
  const uint32_t port = kFirstPort + static_cast<uint32_t>(ends_.size());
  ends_.push_back(ends[1]);
  const bool generic = protocol == NETLINK_GENERIC;
  threads_.emplace_back([this, fd = ends[1], port, generic] { Serve(fd, port, generic); });
  return Socket::Adopt(ends[0], port, options.capacity);
}

absl::StatusOr<uint16_t> FakeKernel::ResolveFamily(Socket&, const std::string&) {
  ++resolutions_;
  if (family_id_ == 0) return absl::NotFoundError("no such family");
  return family_id_.load();
}

absl::StatusOr<uint32_t> FakeKernel::ResolveGroup(Socket&, const Family&, const MulticastGroup&) {
  return 1;
}

absl::Status FakeKernel::Join(Socket& socket, const Family& family, const MulticastGroup& group) {
  const std::lock_guard<std::mutex> guard(opening_);
  listener_ = socket.port();
  if (absl::string_view(family.name) != kController.name) groups_.push_back(group.name);
  return absl::OkStatus();
}

absl::Status FakeKernel::Leave(Socket&, const Family&, const MulticastGroup& group) {
  const std::lock_guard<std::mutex> guard(opening_);
  groups_.erase(std::remove(groups_.begin(), groups_.end(), group.name), groups_.end());
  return absl::OkStatus();
}

void FakeKernel::Tell(const ByteString& datagram) {
  ASSERT_NE(listener_, 0u);
  const std::lock_guard<std::mutex> guard(opening_);
  const int fd = ends_[listener_ - kFirstPort];
  ASSERT_EQ(send(fd, datagram.data(), datagram.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(datagram.size()));
}

void FakeKernel::Serve(int fd, uint32_t port, bool generic) {
  ByteString buffer(1 << 18);
  for (;;) {
    const ssize_t size = recv(fd, buffer.data(), buffer.size(), 0);
    if (size <= 0) return;
    MessageReader reader(Bytes(buffer.data(), static_cast<size_t>(size)));
    while (const std::optional<RawMessage> message = reader.Next()) {
      FakeRequest request{.header = message->header, .generic = generic, .attributes = {}};
      // The kernel answers to the address of the socket, whatever the message says.
      request.header.nlmsg_pid = port;
      Bytes payload = message->payload;
      request.command = generic ? payload.at(0) : request.header.nlmsg_type;
      if (generic) payload.remove_prefix(GENL_HDRLEN);
      request.attributes.assign(payload.begin(), payload.end());
      Answer(fd, request);
    }
  }
}

void FakeKernel::Answer(int fd, const FakeRequest& request) {
  const std::lock_guard<std::mutex> guard(handling_);
  if (request.generic && request.header.nlmsg_type != family_id_) {
    const ByteString refusal = Ack(request, ENOENT);
    send(fd, refusal.data(), refusal.size(), MSG_NOSIGNAL);
    return;
  }
  for (const ByteString& datagram : handler_(request)) {
    send(fd, datagram.data(), datagram.size(), MSG_NOSIGNAL);
  }
}

}  // namespace genl::test
