// What work costs beside time: memory from the heap, system calls, instructions.
#ifndef TESTS_BENCH_COUNTERS_H_
#define TESTS_BENCH_COUNTERS_H_

#include <cstddef>
#include <functional>
#include <optional>

namespace bench {

// Calls of malloc(), calloc() and realloc() so far, those of libraries included.
size_t Allocations();

// System calls of each kind that `work` makes, counted by tracing a copy of this process
// (ptrace(2)), so that none is missed, whoever makes it. `before` is made first and not counted.
// Nothing where the process may not be traced.
std::optional<size_t> SystemCalls(const std::function<void()>& before,
                                  const std::function<void()>& work);

// Instructions in user space of `work`, behind `before`. Where the machine has no counter of them,
// as many virtual ones, a copy of this process is stepped through; nothing where that would take
// too long.
std::optional<size_t> Instructions(const std::function<void()>& before,
                                   const std::function<void()>& work);

}  // namespace bench

#endif  // TESTS_BENCH_COUNTERS_H_
