// Somebody who sleeps until a channel tells of a change.
#ifndef TESTS_BENCH_CHANNEL_LISTENER_H_
#define TESTS_BENCH_CHANNEL_LISTENER_H_

#include <atomic>
#include <cstdint>
#include <thread>

#include "tests/bench/channel/channel.h"

namespace channel {

// A thread that comes before all others of its processor, and to which `trigger` runs, too. So a
// change returns to who makes it when the listener has been woken, has the number and sleeps again.
// Needs the right to be in a hurry (CAP_SYS_NICE).
class Listener {
 public:
  // Sleeps by the end of this. `trigger` is what changes the slate at the end.
  Listener(Channel& channel, Channel& trigger);
  Listener(const Listener&) = delete;
  ~Listener();

  // How often it has been woken.
  int64_t heard() const { return heard_; }

 private:
  void Run();

  Channel& channel_;
  Channel& trigger_;
  std::atomic<bool> listens_ = false;
  std::atomic<bool> ends_ = false;
  std::atomic<int64_t> heard_ = 0;
  std::thread thread_;
};

}  // namespace channel

#endif  // TESTS_BENCH_CHANNEL_LISTENER_H_
