// The datagrams that one system call has brought, and the memory in which they stand.
#ifndef GENL_INBOX_H_
#define GENL_INBOX_H_

#include <linux/netlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "genl/reader.h"

namespace genl {

struct Datagram {
  Bytes bytes = {};   // what of it fitted
  size_t size = 0;    // as it was sent
  bool whole = true;  // all of it fitted
  // Any process may send to a netlink socket; only the kernel has the address 0 there. Known where
  // the inbox is Described().
  uint32_t sender = 0;
  // The network namespace that it comes from, as the socket's own calls it; see
  // SubscribeOptions::all_namespaces. Likewise.
  std::optional<int> namespace_id = {};
};

class Inbox {
 public:
  // The most that one call can take.
  static constexpr size_t kSlots = 16;

  // `capacity`: bytes of the longest datagram. The memory is not touched before it is needed, so
  // that the kernel gives the pages that datagrams really fill.
  explicit Inbox(size_t capacity) : capacity_(capacity) {}
  Inbox(const Inbox&) = delete;

  // Takes up to `most` datagrams that are there already, without waiting. Those of the last time
  // must have been read. 0 or an errno: EAGAIN where there are none.
  int Fill(int fd, size_t most);

  // The next of them, valid until Fill().
  std::optional<Datagram> Next();

  // How many datagrams the last Fill() brought.
  size_t filled() const { return count_; }

  // Whether to ask from where each datagram comes, which takes time.
  void Describe(bool described) { described_ = described; }

  // What is received from now on may have `capacity` bytes.
  void Grow(size_t capacity) { capacity_ = std::max(capacity_, capacity); }
  size_t capacity() const { return capacity_; }

 private:
  struct Slot {
    std::unique_ptr<uint8_t[]> memory;
    size_t size = 0;
    iovec vector = {};
    sockaddr_nl sender = {};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
  };

  void Prepare(size_t slot);
  ssize_t TryFill(int fd, size_t wanted);

  size_t capacity_;
  bool described_ = true;
  size_t next_ = 0;
  size_t count_ = 0;
  mmsghdr headers_[kSlots] = {};
  Slot slots_[kSlots];
};

}  // namespace genl

#endif  // GENL_INBOX_H_
