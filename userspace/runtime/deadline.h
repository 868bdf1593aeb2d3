// How long to wait for the kernel.
#ifndef GENL_DEADLINE_H_
#define GENL_DEADLINE_H_

#include <chrono>
#include <optional>

#include "absl/time/time.h"

namespace genl {

// Starts to run when somebody first waits, so that an answer that is already there costs
// no look at the clock. A clock that is set does not move it.
class Deadline {
 public:
  explicit Deadline(absl::Duration timeout) : timeout_(timeout) {}

  // For poll(): milliseconds, rounded up; 0 when it has passed, -1 for ever.
  int RemainingMilliseconds();

 private:
  using Clock = std::chrono::steady_clock;

  absl::Duration timeout_;
  std::optional<Clock::time_point> start_;
};

}  // namespace genl

#endif  // GENL_DEADLINE_H_
