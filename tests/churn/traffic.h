// Processes that use a family over and over while its module goes and comes back.
#ifndef GENLC_TESTS_CHURN_TRAFFIC_H_
#define GENLC_TESTS_CHURN_TRAFFIC_H_

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace churn {

class Traffic {
 public:
  // One round of what a process does, from connecting on. It succeeds, or the family is not
  // there: NotFound where it cannot be found, Unavailable where it went meanwhile.
  using Work = absl::Status (*)();

  Traffic();
  ~Traffic();

  // Begins a process that works without an end.
  void Start(std::string name, Work work);
  // Waits until so many more rounds of any process were successful; false if that takes too long.
  bool Wait(uint64_t rounds) const;
  // Ends them; what is wrong with them, one line each: a round that ended in another way or
  // does not end, a process that never succeeded or that died. Empty: nothing.
  std::string Stop();

 private:
  struct Shared {
    std::atomic<bool> stop;
    std::atomic<uint64_t> successes;
    std::atomic<uint64_t> absences;
    char complaint[500];
  };
  struct Process {
    std::string name;
    pid_t id;
    Shared* shared;
  };

  uint64_t Successes() const;
  static void Run(Work work, Shared& shared);
  static std::string Join(const Process& process);

  std::vector<Process> processes_;
};

}  // namespace churn

#endif  // GENLC_TESTS_CHURN_TRAFFIC_H_
