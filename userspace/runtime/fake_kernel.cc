#include "genl/fake_kernel.h"

#include <linux/genetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

#include "gtest/gtest.h"

namespace genl::test {
namespace {

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
  return Message(kFakeFamilyId, flags, request.header.nlmsg_seq, request.header.nlmsg_pid,
                 Generic(request.command, attributes));
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

absl::StatusOr<Socket> FakeKernel::Open() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return absl::ErrnoToStatus(errno, "socketpair");
  }
  const uint32_t port = static_cast<uint32_t>(1000 + ends_.size());
  ends_.push_back(ends[1]);
  threads_.emplace_back([this, fd = ends[1], port] { Serve(fd, port); });
  return Socket::Adopt(ends[0], port);
}

absl::StatusOr<uint16_t> FakeKernel::ResolveFamily(Socket&, const std::string&) {
  return kFakeFamilyId;
}

absl::Status FakeKernel::Join(Socket&, const std::string&, const std::string& group) {
  groups_.push_back(group);
  return absl::OkStatus();
}

void FakeKernel::Tell(const ByteString& datagram) {
  ASSERT_EQ(send(ends_.back(), datagram.data(), datagram.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(datagram.size()));
}

void FakeKernel::Serve(int fd, uint32_t port) {
  ByteString buffer(1 << 17);
  for (;;) {
    const ssize_t size = recv(fd, buffer.data(), buffer.size(), 0);
    if (size < static_cast<ssize_t>(NLMSG_HDRLEN + GENL_HDRLEN)) return;
    FakeRequest request;
    std::memcpy(&request.header, buffer.data(), sizeof(request.header));
    // The kernel answers to the address of the socket, whatever the message says.
    request.header.nlmsg_pid = port;
    request.command = buffer[NLMSG_HDRLEN];
    request.attributes.assign(buffer.begin() + NLMSG_HDRLEN + GENL_HDRLEN, buffer.begin() + size);
    const std::lock_guard<std::mutex> guard(lock_);
    for (const ByteString& datagram : handler_(request)) {
      send(fd, datagram.data(), datagram.size(), MSG_NOSIGNAL);
    }
  }
}

}  // namespace genl::test
