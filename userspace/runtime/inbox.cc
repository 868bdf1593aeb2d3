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
    headers_[i].msg_hdr.msg_name = &slot.sender;
    headers_[i].msg_hdr.msg_control = slot.control;
  }
  headers_[i].msg_hdr.msg_namelen = sizeof(slot.sender);
  headers_[i].msg_hdr.msg_controllen = sizeof(slot.control);
}

int Inbox::Fill(int fd, size_t most) {
  const size_t wanted = std::min(most, kSlots);
  next_ = count_ = 0;
  for (size_t i = 0; i < wanted; ++i) Prepare(i);
  for (;;) {
    // With MSG_TRUNC the kernel says how long a datagram was that did not fit.
    const int count =
        recvmmsg(fd, headers_, static_cast<unsigned>(wanted), MSG_DONTWAIT | MSG_TRUNC, nullptr);
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
  datagram.from_kernel = slot.sender.nl_family != AF_NETLINK || slot.sender.nl_pid == 0;
  if (header.msg_hdr.msg_controllen != 0) datagram.namespace_id = NamespaceId(header.msg_hdr);
  return datagram;
}

}  // namespace genl
