#include "genl/poller.h"

#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "genl/deadline.h"

namespace genl {

Poller::Poller()
    : epoll_(epoll_create1(EPOLL_CLOEXEC)),
      timer_(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)) {
  if (epoll_ < 0 || timer_ < 0) {
    status_ = absl::ErrnoToStatus(errno, "cannot make a descriptor to wait with");
    return;
  }
  Add(timer_);
}

Poller::~Poller() {
  if (timer_ >= 0) close(timer_);
  if (epoll_ >= 0) close(epoll_);
}

void Poller::Add(int fd) {
  epoll_event event = {.events = EPOLLIN, .data = {.fd = fd}};
  epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
}

void Poller::WakeAfter(absl::Duration delay) {
  const itimerspec when = {.it_interval = {},
                           .it_value = absl::ToTimespec(std::max(delay, absl::Nanoseconds(1)))};
  timerfd_settime(timer_, 0, &when, nullptr);
}

const std::vector<int>& Poller::Wait(absl::Duration patience) {
  constexpr int kMost = 64;
  epoll_event events[kMost];
  ready_.clear();
  Deadline deadline(patience);
  int count;
  do {
    count = epoll_wait(epoll_, events, kMost, deadline.RemainingMilliseconds());
  } while (count < 0 && errno == EINTR);
  for (int i = 0; i < count; ++i) {
    if (events[i].data.fd != timer_) {
      ready_.push_back(events[i].data.fd);
      continue;
    }
    uint64_t expirations;
    // What it reads is of no interest, only that it is read.
    if (read(timer_, &expirations, sizeof(expirations)) < 0) continue;
  }
  return ready_;
}

}  // namespace genl
