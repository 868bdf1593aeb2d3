// What waits for a client that has no room for it.
#ifndef GENL_OUTBOX_H_
#define GENL_OUTBOX_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

#include "genl/reader.h"

namespace genl {

class Outbox {
 public:
  enum class Result {
    kSent,
    kFull,  // the client has no room now
    kGone,  // there is no client any more
  };
  // Sends a datagram, without waiting.
  using Deliver = std::function<Result(uint32_t port, Bytes datagram)>;

  // Bytes that may wait. What goes beyond is dropped, and the client told (NLMSG_OVERRUN), as a
  // kernel drops what finds no room in the receive buffer.
  static constexpr size_t kCapacity = size_t{1} << 20;

  bool empty() const { return waiting_.empty() && !lost_; }
  // Behind what waits already.
  void Add(Bytes datagram);
  void Lose() { lost_ = true; }
  // Sends what waits, as far as there is room.
  Result Flush(uint32_t port, const Deliver& deliver);

 private:
  std::deque<std::vector<uint8_t>> waiting_;
  size_t bytes_ = 0;
  bool lost_ = false;
};

}  // namespace genl

#endif  // GENL_OUTBOX_H_
