// Measures all channels and prints a line of JSON for each number; in a VM where the modules of
// tests/bench/channel/module are loaded, as root:
//
//   channel_bench [ROUNDS]     by default 51
//
// measure.py makes a table of it.
#include <sys/utsname.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "tests/bench/channel/channel.h"
#include "tests/bench/channel/measure.h"

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 51;
  if (rounds < 1) return std::fprintf(stderr, "usage: channel_bench [ROUNDS]\n"), 2;
  utsname kernel;
  uname(&kernel);
#ifdef __OPTIMIZE__
  constexpr const char* kOptimised = "true";
#else
  constexpr const char* kOptimised = "false";
#endif
  std::printf("{\"kernel\": \"%s %s\", \"optimised\": %s}\n", kernel.sysname, kernel.release,
              kOptimised);
  const std::vector<std::unique_ptr<channel::Channel>> channels = channel::All();
  for (const channel::Cost& cost : channel::MeasureAll(channels, rounds)) {
    std::printf("{\"operation\": \"%s\", \"bytes\": %zu, \"channel\": \"%s\", ",
                cost.operation.c_str(), cost.bytes, cost.channel.c_str());
    if (cost.calls) std::printf("\"calls\": %zu, ", *cost.calls);
    std::printf("\"quartiles\": [%.1f, %.1f, %.1f]}\n", cost.lower, cost.median, cost.upper);
  }
}
