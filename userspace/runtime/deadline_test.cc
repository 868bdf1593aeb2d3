#include "genl/deadline.h"

#include "absl/time/clock.h"
#include "gtest/gtest.h"

namespace genl {
namespace {

TEST(Deadline, GoodTimeRunsFromTheFirstLook) {
  Deadline deadline(absl::Milliseconds(200));
  absl::SleepFor(absl::Milliseconds(20));
  EXPECT_EQ(deadline.RemainingMilliseconds(), 200);
  absl::SleepFor(absl::Milliseconds(20));
  EXPECT_LE(deadline.RemainingMilliseconds(), 180);
  absl::SleepFor(absl::Milliseconds(200));
  EXPECT_EQ(deadline.RemainingMilliseconds(), 0);
}

TEST(Deadline, GoodExtremes) {
  EXPECT_EQ(Deadline(absl::ZeroDuration()).RemainingMilliseconds(), 0);
  EXPECT_EQ(Deadline(absl::Seconds(-5)).RemainingMilliseconds(), 0);
  EXPECT_EQ(Deadline(absl::Nanoseconds(1)).RemainingMilliseconds(), 1) << "rounded up";
  EXPECT_EQ(Deadline(absl::InfiniteDuration()).RemainingMilliseconds(), -1);
  EXPECT_GT(Deadline(absl::Hours(100000)).RemainingMilliseconds(), 1 << 30);
}

}  // namespace
}  // namespace genl
