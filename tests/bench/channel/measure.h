// What each channel costs, beside the others.
//
// They take turns within each of many short rounds, so that what else the machine does meets all of
// them alike. A round's time is the mean of its runs; the rounds have a median and quartiles.
#ifndef TESTS_BENCH_CHANNEL_MEASURE_H_
#define TESTS_BENCH_CHANNEL_MEASURE_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "tests/bench/channel/channel.h"

namespace channel {

struct Cost {
  std::string operation;
  size_t bytes = 0;  // that it transfers
  std::string channel;
  // Nanoseconds of the clock, which are instructions where tools/vm/run counts those.
  double lower = 0;
  double median = 0;
  double upper = 0;
  // System calls of one run; of an event, those of who waits for it. Nothing where the process may
  // not be traced.
  std::optional<size_t> calls = {};
};

// As root, alone on its processor.
std::vector<Cost> MeasureAll(absl::Span<const std::unique_ptr<Channel>> channels, int rounds);

}  // namespace channel

#endif  // TESTS_BENCH_CHANNEL_MEASURE_H_
