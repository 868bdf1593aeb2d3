#include "genl/deadline.h"

#include <algorithm>
#include <limits>

namespace genl {

int Deadline::RemainingMilliseconds() {
  if (timeout_ == absl::InfiniteDuration()) return -1;
  const Clock::time_point now = Clock::now();
  if (!start_) start_ = now;
  const absl::Duration left = timeout_ - absl::FromChrono(now - *start_);
  const int64_t milliseconds = absl::ToInt64Milliseconds(absl::Ceil(left, absl::Milliseconds(1)));
  return static_cast<int>(std::clamp<int64_t>(milliseconds, 0, std::numeric_limits<int>::max()));
}

}  // namespace genl
