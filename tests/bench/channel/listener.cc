#include "tests/bench/channel/listener.h"

#include <pthread.h>
#include <sched.h>

#include <cerrno>

namespace channel {

Listener::Listener(Channel& channel, Channel& trigger)
    : channel_(channel), trigger_(trigger), thread_([this] { Run(); }) {
  while (!listens_) std::this_thread::yield();
}

Listener::~Listener() {
  ends_ = true;
  trigger_.Set(0);
  thread_.join();
}

void Listener::Run() {
  cpu_set_t here;
  CPU_ZERO(&here);
  CPU_SET(0, &here);
  if (sched_setaffinity(0, sizeof here, &here) != 0) Fail("cannot choose a processor");
  const sched_param first = {.sched_priority = 1};
  errno = pthread_setschedparam(pthread_self(), SCHED_FIFO, &first);
  if (errno != 0) Fail("cannot come before other threads");
  channel_.Listen();
  listens_ = true;
  while (!ends_) {
    channel_.Wait();
    ++heard_;
  }
}

}  // namespace channel
