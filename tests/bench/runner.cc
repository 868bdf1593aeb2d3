#include "tests/bench/runner.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "tests/bench/counters.h"

namespace bench {
namespace {

constexpr size_t kRounds = 201;
// Long enough that looking at the clock costs nothing, short enough that little else happens.
constexpr double kRoundNanoseconds = 400'000;
// Runs in a round at most where each has to be prepared, which takes longer than what is measured.
constexpr size_t kPrepared = 4;
// Runs of which allocations are counted.
constexpr size_t kCounted = 10;

double Now() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::nano>(now).count();
}

double Median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + values.size() / 2, values.end());
  return values[values.size() / 2];
}

class Measurement {
 public:
  explicit Measurement(const Case& work) : work_(work), results_(work.contestants.size()) {}

  void CountInstructions();
  void Run();
  void Print() const;

 private:
  struct Result {
    std::vector<double> times;  // of each round, ns per message
    double allocations = 0;     // per message, as all below
    std::optional<double> calls;
    std::optional<double> instructions;
  };

  void Prepare(size_t contestant) const;
  double TimeOf(size_t contestant, size_t runs) const;
  void Count(size_t contestant);
  void CheckAgreement() const;

  const Case& work_;
  std::vector<Result> results_;
};

// Nanoseconds of one run.
double Measurement::TimeOf(size_t contestant, size_t runs) const {
  const auto& run = work_.contestants[contestant].run;
  double time = 0;
  if (work_.prepare == nullptr) {
    const double start = Now();
    for (size_t i = 0; i < runs; ++i) run();
    time = Now() - start;
  } else {
    for (size_t i = 0; i < runs; ++i) {
      work_.prepare(contestant);
      const double start = Now();
      run();
      time += Now() - start;
    }
  }
  return time / static_cast<double>(runs);
}

void Measurement::Prepare(size_t contestant) const {
  if (work_.prepare != nullptr) work_.prepare(contestant);
}

void Measurement::CountInstructions() {
  const double messages = static_cast<double>(work_.counted_messages);
  for (size_t i = 0; i < results_.size(); ++i) {
    const auto& run = work_.contestants[i].run;
    const auto count = Instructions([&] { Prepare(i), run(), Prepare(i); }, [&] { run(); });
    if (count) results_[i].instructions = static_cast<double>(*count) / messages;
  }
}

void Measurement::Count(size_t contestant) {
  Result& result = results_[contestant];
  const auto& run = work_.contestants[contestant].run;
  const double messages = static_cast<double>(work_.messages);
  for (size_t i = 0; i < kCounted; ++i) {
    Prepare(contestant);
    const size_t before = Allocations();
    run();
    result.allocations += static_cast<double>(Allocations() - before) / (kCounted * messages);
  }
  const auto calls =
      SystemCalls([&] { Prepare(contestant), run(), Prepare(contestant); }, [&] { run(); });
  if (calls) result.calls = static_cast<double>(*calls) / messages;
}

void Measurement::CheckAgreement() const {
  size_t expected = 0;
  for (size_t i = 0; i < work_.contestants.size(); ++i) {
    const Contestant& contestant = work_.contestants[i];
    Prepare(i);
    const size_t values = contestant.run();
    if (expected == 0) expected = values;
    if (values == 0 || values == expected) continue;
    std::fprintf(stderr, "%s: %s reads %zu values where another reads %zu\n", work_.name.c_str(),
                 contestant.name.c_str(), values, expected);
    std::exit(1);
  }
}

void Measurement::Run() {
  const size_t count = work_.contestants.size();
  CheckAgreement();
  const size_t fitting = static_cast<size_t>(kRoundNanoseconds / std::max(1.0, TimeOf(0, 10)));
  const size_t most = work_.prepare == nullptr ? fitting : kPrepared;
  const size_t runs = std::clamp<size_t>(fitting, 1, std::max<size_t>(most, 1));
  for (size_t i = 0; i < count; ++i) TimeOf(i, std::min<size_t>(runs, 100));
  for (size_t round = 0; round < kRounds; ++round) {
    for (size_t turn = 0; turn < count; ++turn) {
      const size_t i = (round + turn) % count;
      results_[i].times.push_back(TimeOf(i, runs) / static_cast<double>(work_.messages));
    }
  }
  for (size_t i = 0; i < count; ++i) Count(i);
}

void PrintNumber(const std::optional<double>& number) {
  number ? std::printf(" %9.1f", *number) : std::printf(" %9s", "n/a");
}

void Measurement::Print() const {
  for (size_t i = 0; i < results_.size(); ++i) {
    const Result& result = results_[i];
    std::vector<double> ratios;
    for (size_t round = 0; round < kRounds; ++round) {
      ratios.push_back(result.times[round] / results_[0].times[round]);
    }
    std::printf("%-34s %-18s %9.0f %7.2f", i == 0 ? work_.name.c_str() : "",
                work_.contestants[i].name.c_str(), Median(result.times), Median(ratios));
    PrintNumber(result.calls);
    std::printf(" %9.2f", result.allocations);
    PrintNumber(result.instructions);
    std::printf("\n");
  }
  std::fflush(stdout);
}

}  // namespace

void PrintTable(const std::vector<Case>& cases, const std::string& only,
                const std::function<void()>& grow) {
  std::vector<Measurement> measurements;
  for (const Case& work : cases) {
    if (work.name.find(only) != std::string::npos) measurements.emplace_back(work);
  }
  for (Measurement& measurement : measurements) measurement.CountInstructions();
  grow();
  std::printf("%-34s %-18s %9s %7s %9s %9s %9s\n", "", "per message:", "ns", "ratio", "calls",
              "allocs", "instr");
  for (Measurement& measurement : measurements) {
    measurement.Run();
    measurement.Print();
  }
}

}  // namespace bench
