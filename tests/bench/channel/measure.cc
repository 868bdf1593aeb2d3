#include "tests/bench/channel/measure.h"

#include <sched.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>

#include "tests/bench/channel/listener.h"
#include "tests/bench/channel/module/slate_ioctl.h"
#include "tests/bench/counters.h"

namespace channel {
namespace {

// Long enough that looking at the clock costs nothing, short enough that little else happens.
constexpr double kRoundNanoseconds = 1'000'000;
constexpr int kMostRuns = 200;
constexpr double kCalibrationNanoseconds = 5'000'000;

constexpr char kEvent[] = "event";
// Who is told of no change: what a change costs before anybody hears of it.
constexpr char kNobody[] = "nobody is told";

struct Operation {
  const char* name;
  size_t bytes;
  std::function<void(Channel& channel, std::span<uint8_t> data)> run;
};

const Operation kOperations[] = {
    {"get", 4, [](Channel& channel, std::span<uint8_t>) { channel.Get(); }},
    {"set", 4, [](Channel& channel, std::span<uint8_t>) { channel.Set(12345); }},
    {"read 4 KiB", 4 << 10,
     [](Channel& channel, std::span<uint8_t> data) { channel.Read(data.first(4 << 10)); }},
    {"write 4 KiB", 4 << 10,
     [](Channel& channel, std::span<uint8_t> data) { channel.Write(data.first(4 << 10)); }},
    {"read 1 MiB", 1 << 20,
     [](Channel& channel, std::span<uint8_t> data) { channel.Read(data.first(1 << 20)); }},
    {"write 1 MiB", 1 << 20,
     [](Channel& channel, std::span<uint8_t> data) { channel.Write(data.first(1 << 20)); }},
};

// Of one run; does it `runs` times.
double TimeOf(const std::function<void()>& run, int runs) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < runs; ++i) run();
  const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - start;
  return time.count() / runs;
}

// How often to run in a round. What has not run before is slow, and so is what is disturbed.
int RunsOf(const std::function<void()>& run) {
  double once = kRoundNanoseconds;
  for (double spent = 0; spent < kCalibrationNanoseconds;) {
    const double time = TimeOf(run, 1);
    once = std::min(once, time);
    spent += time;
  }
  return std::clamp(static_cast<int>(kRoundNanoseconds / std::max(once, 1.0)), 1, kMostRuns);
}

double Quantile(const std::vector<double>& sorted, double part) {
  return sorted[static_cast<size_t>(part * static_cast<double>(sorted.size() - 1) + 0.5)];
}

// One of those that take turns.
struct Contestant {
  Cost cost;
  // The mean time of this many runs.
  std::function<double(int runs)> measure;
  int runs = 1;
  std::vector<double> times = {};
};

void TakeTurns(std::vector<Contestant>& contestants, int rounds) {
  for (int round = 0; round < rounds; ++round) {
    for (size_t turn = 0; turn < contestants.size(); ++turn) {
      Contestant& contestant = contestants[(round + turn) % contestants.size()];
      contestant.times.push_back(contestant.measure(contestant.runs));
    }
  }
  for (Contestant& contestant : contestants) {
    std::sort(contestant.times.begin(), contestant.times.end());
    contestant.cost.lower = Quantile(contestant.times, 0.25);
    contestant.cost.median = Quantile(contestant.times, 0.5);
    contestant.cost.upper = Quantile(contestant.times, 0.75);
  }
}

Contestant MakeContestant(const Operation& operation, Channel& channel, std::span<uint8_t> data) {
  const auto run = [&operation, &channel, data] { operation.run(channel, data); };
  Contestant contestant = {
      .cost = {.operation = operation.name, .bytes = operation.bytes, .channel = channel.name()},
      .measure = [run](int runs) { return TimeOf(run, runs); },
      .runs = RunsOf(run),
  };
  contestant.cost.calls = bench::SystemCalls(run, run);
  return contestant;
}

// From the change until the listener, who slept, has the number and sleeps again.
Contestant MakeEvent(Channel& channel, Channel& trigger) {
  const auto measure = [&channel, &trigger](int runs) {
    Tell(channel.tell());
    const Listener listener(channel, trigger);
    const int64_t heard = listener.heard();
    const double time = TimeOf([&] { trigger.Set(12345); }, runs);
    if (listener.heard() != heard + runs) Fail("not each change was heard by " + channel.name());
    return time;
  };
  Tell(channel.tell());
  const auto change = [&] { channel.Listen(), trigger.Set(12345); };
  Contestant contestant = {
      .cost = {.operation = kEvent, .bytes = 4, .channel = channel.name()},
      .measure = measure,
      .runs = kMostRuns / 4,
  };
  contestant.cost.calls = bench::SystemCalls(change, [&] { channel.Wait(); });
  return contestant;
}

std::vector<Contestant> MakeEvents(absl::Span<const std::unique_ptr<Channel>> channels,
                                   Channel& trigger) {
  std::vector<Contestant> events;
  for (const std::unique_ptr<Channel>& channel : channels) {
    if (channel->tell() != 0) events.push_back(MakeEvent(*channel, trigger));
  }
  const auto alone = [&trigger](int runs) {
    Tell(0);
    return TimeOf([&] { trigger.Set(12345); }, runs);
  };
  events.push_back({.cost = {.operation = kEvent, .bytes = 4, .channel = kNobody},
                    .measure = alone,
                    .runs = kMostRuns});
  return events;
}

}  // namespace

std::vector<Cost> MeasureAll(absl::Span<const std::unique_ptr<Channel>> channels, int rounds) {
  std::vector<Cost> costs;
  std::vector<uint8_t> data(SLATE_BYTES, 1);
  const auto take_turns = [&](std::vector<Contestant> contestants) {
    TakeTurns(contestants, rounds);
    for (const Contestant& contestant : contestants) costs.push_back(contestant.cost);
  };
  Tell(0);
  for (const Operation& operation : kOperations) {
    std::vector<Contestant> contestants;
    for (const std::unique_ptr<Channel>& channel : channels) {
      contestants.push_back(MakeContestant(operation, *channel, data));
    }
    take_turns(std::move(contestants));
  }
  // It changes the slate in the same way, whoever is told.
  const std::vector<std::unique_ptr<Channel>> files = ByFiles();
  take_turns(MakeEvents(channels, *files.front()));
  Tell(~uint32_t{0});
  return costs;
}

}  // namespace channel
