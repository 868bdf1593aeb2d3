#include "tests/churn/reload.h"

#include <cstdio>

#include "absl/time/clock.h"
#include "gtest/gtest.h"

namespace churn {

absl::Status UnloadSoon(genlc::Module& module, int* refusals) {
  const absl::Time limit = absl::Now() + absl::Seconds(30);
  for (;;) {
    const absl::Status status = module.Unload();
    if (!absl::IsUnavailable(status) || absl::Now() > limit) return status;
    if (refusals != nullptr) ++*refusals;
    absl::SleepFor(absl::Milliseconds(1));
  }
}

void ReloadUnder(Traffic& traffic, const char* name) {
  constexpr int kCycles = 200;
  genlc::Module module(kModuleFile, name);
  int refusals = 0;
  for (int cycle = 0; cycle < kCycles; ++cycle) {
    ASSERT_TRUE(traffic.Wait(cycle % 3)) << "cycle " << cycle << ": no traffic";
    ASSERT_EQ(UnloadSoon(module, &refusals), absl::OkStatus()) << "cycle " << cycle;
    ASSERT_EQ(module.Load(), absl::OkStatus()) << "cycle " << cycle;
  }
  std::printf("%d cycles, %d refusals\n", kCycles, refusals);
  EXPECT_EQ(traffic.Stop(), "");
}

}  // namespace churn
