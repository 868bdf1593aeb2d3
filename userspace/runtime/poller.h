// Waits for several descriptors and for a point in time, and is a descriptor itself.
#ifndef GENL_POLLER_H_
#define GENL_POLLER_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace genl {

class Poller {
 public:
  Poller();
  Poller(const Poller&) = delete;
  ~Poller();

  // Not OK where the process has no descriptor left.
  const absl::Status& status() const { return status_; }
  // Readable when Wait() would return at once.
  int fd() const { return epoll_; }

  void Add(int fd);
  // From any thread: Wait() returns after this time, if not before. The last call counts.
  void WakeAfter(absl::Duration delay);

  // Waits for at most `patience`. The descriptors that are readable, valid until the next call.
  const std::vector<int>& Wait(absl::Duration patience);

 private:
  int epoll_;
  int timer_;
  absl::Status status_;
  std::vector<int> ready_;
};

}  // namespace genl

#endif  // GENL_POLLER_H_
