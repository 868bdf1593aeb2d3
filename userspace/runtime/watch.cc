#include "genl/watch.h"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "absl/strings/str_cat.h"
#include "genl/decode.h"
#include "genl/link.h"

namespace genl {
namespace {

// Between two dumps that did not succeed: doubled each time.
constexpr std::chrono::milliseconds kFirstPause(1);
constexpr int kMostDoublings = 10;
// Between two looks at the clock while there is always something to do.
constexpr int kStepsAtOnce = 256;

absl::Status Add(int epoll, int fd) {
  epoll_event event = {.events = EPOLLIN, .data = {.fd = fd}};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0 || errno == EEXIST) return absl::OkStatus();
  return absl::ErrnoToStatus(errno, "cannot wait for a socket");
}

// How long the kernel may be silent in a dump.
std::chrono::nanoseconds Patience(const Client::Link& link) {
  return absl::ToChronoNanoseconds(std::min(link.options().timeout, absl::Hours(24 * 365)));
}

}  // namespace

absl::StatusOr<WatchStream> WatchStream::Open(Client& client, const WatchTable& table,
                                              const WatchOptions& options) {
  absl::StatusOr<EventStream> events = EventStream::Open(client, table.groups);
  if (!events.ok()) return events.status();
  WatchStream stream(client.link(), table, options, *std::move(events));
  if (absl::Status status = stream.OpenDescriptors(); !status.ok()) return status;
  return stream;
}

WatchStream::WatchStream(Client::Link& link, const WatchTable& table, const WatchOptions& options,
                         EventStream events)
    : link_(&link), table_(&table), options_(options), events_(std::move(events)) {
  ReadKeyAlone();
}

// The layout of the objects without what is not part of their key.
void WatchStream::ReadKeyAlone() {
  key_ = *table_->dump->reply;
  for (const Field& field : table_->dump->reply->fields) {
    const uint16_t number = NumberOf(field);
    if (std::count(table_->key.begin(), table_->key.end(), number) == 0) continue;
    key_fields_.push_back(field);
    if (key_index_.size() <= number) key_index_.resize(number + size_t{1});
    key_index_[number] = static_cast<uint16_t>(key_fields_.size());
  }
  key_.fields = key_fields_;
  key_.index = key_index_;
}

absl::Status WatchStream::OpenDescriptors() {
  epoll_ = Descriptor(epoll_create1(EPOLL_CLOEXEC));
  alarm_ = Descriptor(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
  if (epoll_.get() < 0 || alarm_.get() < 0) {
    return absl::ErrnoToStatus(errno, "cannot wait for several things");
  }
  absl::Status status = Add(epoll_.get(), events_.fd());
  status.Update(Add(epoll_.get(), alarm_.get()));
  return status;
}

absl::StatusOr<ChangeKind> WatchStream::Next(WatchStore& store, Deadline& deadline) {
  for (int steps = 1;; ++steps) {
    const absl::StatusOr<Effect> effect = Step(store);
    if (effect.ok() && *effect) return **effect;
    if (absl::IsDeadlineExceeded(effect.status())) {
      if (absl::Status status = Wait(deadline); !status.ok()) return status;
    } else if (!effect.ok()) {
      return effect.status();
    } else if (steps % kStepsAtOnce == 0 && deadline.RemainingMilliseconds() == 0) {
      SetAlarm(Clock::now());  // there is more to do
      return absl::DeadlineExceededError("no change in time");
    }
  }
}

absl::StatusOr<WatchStream::Effect> WatchStream::Step(WatchStore& store) {
  switch (phase_) {
    case Phase::kLive: return Hear(store);
    case Phase::kDump: return Show(store);
    case Phase::kPause: {
      absl::StatusOr<Effect> heard = Drain(store);
      if (!absl::IsDeadlineExceeded(heard.status()) || Clock::now() < due_) return heard;
      Begin(store);
      return Effect();
    }
    case Phase::kSweep: {
      if (const Effect gone = store.Sweep()) return gone;
      phase_ = Phase::kLive;
      behind_ = false;
      failures_ = 0;
      return ChangeKind::kSynced;
    }
  }
  return Effect();
}

// Hear() on the way to a dump, which has to wait for the end of the queue.
absl::StatusOr<WatchStream::Effect> WatchStream::Drain(WatchStore& store) {
  const Clock::time_point now = Clock::now();
  if (busy_since_ < now && now - busy_since_ >= Patience(*link_)) {
    busy_since_ = now;
    if (phase_ == Phase::kDump) Pause(store);
    return absl::AbortedError(
        "changes come as fast as they are read, and leave no time for a dump");
  }
  absl::StatusOr<Effect> heard = Hear(store);
  if (absl::IsDeadlineExceeded(heard.status())) {
    busy_since_ = Clock::time_point::max();
  } else {
    busy_since_ = std::min(busy_since_, now);
  }
  return heard;
}

// One event, if there is one.
absl::StatusOr<WatchStream::Effect> WatchStream::Hear(WatchStore& store) {
  Deadline now(absl::ZeroDuration());
  const absl::StatusOr<EventStream::Told> told = events_.Next(now);
  if (absl::IsDataLoss(told.status())) return Lose(store);
  if (!told.ok()) return told.status();
  switch (told->kind) {
    case EventStream::Kind::kMessage: return Apply(told->message, store);
    case EventStream::Kind::kOverrun: return Lose(store);
    case EventStream::Kind::kRestarted: break;
  }
  Lose(store).IgnoreError();
  due_ = Clock::now();
  return ChangeKind::kRestarted;
}

absl::StatusOr<WatchStream::Effect> WatchStream::Apply(const FamilyMessage& event,
                                                       WatchStore& store) {
  for (const WatchedCommand& command : table_->commands) {
    if (command.command != event.command) continue;
    const Layout& layout = command.removed ? key_ : *table_->dump->reply;
    // What lacks a part is no object, and says that one has changed nevertheless.
    if (!Decode(layout, event.payload, store.incoming()).ok()) return Lose(store);
    return command.removed ? store.Forget() : store.Tell();
  }
  return Effect();
}

// What is known may not be what is: everything has to be compared.
absl::StatusOr<WatchStream::Effect> WatchStream::Lose(WatchStore& store) {
  const bool spoils = phase_ == Phase::kDump;
  if (phase_ == Phase::kLive) {
    phase_ = Phase::kPause;
    due_ = Clock::now();
  } else if (spoils) {
    Pause(store);
  }
  if (!std::exchange(behind_, true)) return ChangeKind::kBehind;
  if (!spoils || !IsNews()) return Effect();
  return absl::AbortedError(
      absl::StrCat("changes were lost before a dump had ended, the last of ", failures_, " tries"));
}

void WatchStream::Begin(WatchStore& store) {
  store.Begin();
  phase_ = Phase::kDump;
  drained_ = false;
  due_ = Clock::now() + Patience(*link_);
  if (dump_) {
    dump_->Restart();
  } else {
    dump_.emplace(*link_, *table_->dump, store.request());
  }
}

// The next object of the dump. All events that have come by now are heard before the objects of a
// datagram are looked at.
absl::StatusOr<WatchStream::Effect> WatchStream::Show(WatchStore& store) {
  if (!drained_) {
    absl::StatusOr<Effect> heard = Drain(store);
    if (!absl::IsDeadlineExceeded(heard.status())) return heard;
    drained_ = true;
  }
  switch (dump_->Parse(store.incoming())) {
    case DumpStream::Step::kObject: return store.Show();
    case DumpStream::Step::kNoMore: return MoreOfDump(store);
    case DumpStream::Step::kEnd: break;
  }
  return EndDump(store);
}

absl::StatusOr<WatchStream::Effect> WatchStream::MoreOfDump(WatchStore& store) {
  drained_ = false;
  Deadline now(absl::ZeroDuration());
  absl::Status status = dump_->Receive(now);
  if (status.ok()) {
    due_ = Clock::now() + Patience(*link_);
    return Effect();
  }
  if (absl::IsDeadlineExceeded(status)) {
    if (Clock::now() < due_) return status;
    status = absl::UnavailableError("the kernel does not go on with its answer");
  }
  return FailDump(store, link_->Annotate(*table_->dump, status));
}

absl::StatusOr<WatchStream::Effect> WatchStream::EndDump(WatchStore& store) {
  if (!dump_->status().ok()) return FailDump(store, dump_->status());
  phase_ = Phase::kSweep;
  return Effect();
}

absl::StatusOr<WatchStream::Effect> WatchStream::FailDump(WatchStore& store,
                                                          const absl::Status& status) {
  Pause(store);
  if (dump_->interrupted() && !IsNews()) return Effect();
  return status;
}

void WatchStream::Pause(WatchStore& store) {
  FollowDump(-1);
  store.Leave();
  dump_->Stop();
  phase_ = Phase::kPause;
  due_ = Clock::now() + kFirstPause * (1 << std::min(failures_++, kMostDoublings));
}

absl::Status WatchStream::Wait(Deadline& deadline) {
  FollowDump(dump_ ? dump_->fd() : -1);
  SetAlarm(phase_ == Phase::kLive ? Clock::time_point::max() : due_);
  for (;;) {
    pollfd poller = {.fd = epoll_.get(), .events = POLLIN, .revents = 0};
    const int ready = poll(&poller, 1, deadline.RemainingMilliseconds());
    if (ready > 0) return absl::OkStatus();
    if (ready == 0) return absl::DeadlineExceededError("no change in time");
    if (errno != EINTR) return absl::ErrnoToStatus(errno, "cannot wait for a change");
  }
}

// A dump that has found its family again goes on with another socket, which may have the number of
// the one before.
void WatchStream::FollowDump(int fd) {
  if (dump_fd_ >= 0 && dump_fd_ != fd) epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, dump_fd_, nullptr);
  if (fd >= 0) Add(epoll_.get(), fd).IgnoreError();
  dump_fd_ = fd;
}

void WatchStream::SetAlarm(Clock::time_point time) {
  if (time == alarm_time_) return;
  alarm_time_ = time;
  itimerspec when = {};  // zero: off
  if (time != Clock::time_point::max()) {
    const auto since = std::chrono::nanoseconds(time.time_since_epoch()).count();
    when.it_value = {.tv_sec = since / 1000000000, .tv_nsec = since % 1000000000};
  }
  timerfd_settime(alarm_.get(), TFD_TIMER_ABSTIME, &when, nullptr);
}

}  // namespace genl
