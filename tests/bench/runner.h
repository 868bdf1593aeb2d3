// Measures several ways to do the same work side by side.
//
// They take turns within each of many short rounds, so that what else the machine does meets all of
// them alike; a time is the median of the rounds, and a ratio the median of each round's ratio.
#ifndef TESTS_BENCH_RUNNER_H_
#define TESTS_BENCH_RUNNER_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace bench {

struct Contestant {
  std::string name;
  // Does the work once. Returns how many values it has read, in which all must agree; 0: it
  // only moves bytes.
  std::function<size_t()> run;
};

struct Case {
  std::string name;
  size_t messages;  // that one run sends or receives, for "per message"
  // The same where instructions are counted, one by one on many machines; see PrintTable().
  size_t counted_messages;
  // The first is what the others are compared with.
  std::vector<Contestant> contestants;
  // Before each run of a contestant, not measured; null: nothing.
  std::function<void(size_t contestant)> prepare = nullptr;
};

// Measures those that have `only` in their name and prints the table. Instructions are counted
// first; `grow` then makes what is dumped as large as it is when time is taken. Ends the program
// where contestants disagree.
void PrintTable(const std::vector<Case>& cases, const std::string& only,
                const std::function<void()>& grow);

}  // namespace bench

#endif  // TESTS_BENCH_RUNNER_H_
