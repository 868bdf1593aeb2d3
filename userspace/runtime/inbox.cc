#include "genl/inbox.h"

#include <algorithm>
#include <cerrno>

namespace genl {
namespace {

std::optional<int> NamespaceId(msghdr& message) {
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr;
       part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level == SOL_NETLINK && part->cmsg_type == NETLINK_LISTEN_ALL_NSID) {
      return LoadBytes<int>(CMSG_DATA(part));
    }
  }
  return std::nullopt;
}

}  // namespace

void Inbox::Prepare(size_t i) {
  Slot& slot = slots_[i];
  if (slot.size < capacity_) {
    slot.memory.reset(new uint8_t[capacity_]);  // not initialised
    slot.size = capacity_;
    slot.vector = {.iov_base = slot.memory.get(), .iov_len = capacity_};
    headers_[i].msg_hdr.msg_iov = &slot.vector;
    headers_[i].msg_hdr.msg_iovlen = 1;
  }
  msghdr& header = headers_[i].msg_hdr;
  header.msg_name = described_ ? &slot.sender : nullptr;
  header.msg_namelen = described_ ? sizeof(slot.sender) : 0;
  header.msg_control = described_ ? slot.control : nullptr;
  header.msg_controllen = described_ ? sizeof(slot.control) : 0;
}

// With MSG_TRUNC the kernel says how long a datagram was that did not fit. For one datagram and
// nothing beside its bytes, recv() is the shortest way through the kernel.
ssize_t Inbox::TryFill(int fd, size_t wanted) {
  constexpr int kFlags = MSG_DONTWAIT | MSG_TRUNC;
  if (wanted != 1 || described_) {
    return recvmmsg(fd, headers_, static_cast<unsigned>(wanted), kFlags, nullptr);
  }
  const ssize_t size = recv(fd, slots_[0].memory.get(), slots_[0].size, kFlags);
  if (size < 0) return size;
  headers_[0].msg_len = static_cast<unsigned>(size);
  return 1;
}

int Inbox::Fill(int fd, size_t most) {
  const size_t wanted = std::min(most, kSlots);
  next_ = count_ = 0;
  for (size_t i = 0; i < wanted; ++i) Prepare(i);
  for (;;) {
    const ssize_t count = TryFill(fd, wanted);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    count_ = static_cast<size_t>(count);
    return 0;
  }
}

std::optional<Datagram> Inbox::Next() {
  if (next_ == count_) return std::nullopt;
  mmsghdr& header = headers_[next_];
  const Slot& slot = slots_[next_];
  ++next_;
  Datagram datagram;
  datagram.size = header.msg_len;
  datagram.whole = datagram.size <= slot.size;
  datagram.bytes = Bytes(slot.memory.get(), std::min(datagram.size, slot.size));
  if (!described_) return datagram;
  datagram.sender = slot.sender.nl_family == AF_NETLINK ? slot.sender.nl_pid : 0;
  if (header.msg_hdr.msg_controllen != 0) datagram.namespace_id = NamespaceId(header.msg_hdr);
  return datagram;
}

}  // namespace genl
