// What a subscription has received and not told yet: it was waiting for the answer to a request.
#ifndef GENL_BACKLOG_H_
#define GENL_BACKLOG_H_

#include <linux/netlink.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "genl/message.h"
#include "genl/reader.h"

namespace genl {

class Backlog {
 public:
  struct Entry {
    RawMessage message() const { return {.header = header, .payload = Bytes(payload)}; }

    bool lost = false;  // no message, but the place of some that are lost
    nlmsghdr header = {};
    std::vector<uint8_t> payload = {};
    std::optional<int> namespace_id = {};
  };

  // `capacity`: bytes that may wait. What goes beyond is lost, as a kernel drops what finds no room
  // in the receive buffer.
  explicit Backlog(size_t capacity) : capacity_(capacity) {}

  bool empty() const { return entries_.empty(); }
  void Add(const RawMessage& message, std::optional<int> namespace_id);
  void Lose();
  // The oldest; there is one.
  Entry Take();

 private:
  size_t capacity_;
  size_t bytes_ = 0;
  std::deque<Entry> entries_;
};

}  // namespace genl

#endif  // GENL_BACKLOG_H_
