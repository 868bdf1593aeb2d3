// The objects of a family as they are, and each change of them.
//
//   absl::StatusOr<thermo::SensorGetWatch> watch = client->WatchSensorGet();
//   for (;;) {
//     absl::StatusOr<thermo::SensorGetWatch::Change> change = watch->Next(absl::Seconds(1));
//     if (change.ok() && change->kind == genl::ChangeKind::kAdded) Use(*change->object);
//   }
//
// A watch listens, dumps all objects, and from then on follows what is told of them. It dumps them
// again, and reports the differences alone, where something may have been lost: after an overrun,
// an event that cannot be read, an interrupted dump, a family that went and came back.
//
// Why what it reports adds up to the state of the kernel:
// - The groups are joined before the first dump begins. Before each dump the queue of events is
//   read to its end: the kernel drops what is told, without a further word, from an overrun until
//   the queue is empty (NETLINK_S_CONGESTED in net/netlink/af_netlink.c). So a change is in the
//   dump, or behind it in the queue, or the next overrun is reported.
// - What has been told since the dump began counts more than what the dump shows, as the queue is
//   read between the arrival of a part of the dump and its use: the last event about an object is
//   then no older than what was dumped of it, unless it has not been sent yet, and then it comes
//   next. So nothing goes back to an earlier state, provided that the kernel tells of an object's
//   changes in their order.
// - An object that a dump shows is reported at once, also where the dump is interrupted later. An
//   object is only taken for gone when a whole dump does not show it and nothing has been told of
//   it since.
// - Where changes come as fast as they are read, a dump may never be whole, and kSynced never come.
//   Events are reported all the same; Next() says Aborted, and goes on. Nothing grows meanwhile: of
//   a dump that is left nothing is kept but the objects.
// - What equals the state that is known is not reported. An event that arrives twice, or after a
//   dump which has shown its effect, changes nothing.
#ifndef GENL_WATCH_H_
#define GENL_WATCH_H_

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "genl/client.h"
#include "genl/deadline.h"
#include "genl/descriptor.h"
#include "genl/dump.h"
#include "genl/events.h"
#include "genl/layout.h"
#include "genl/message.h"
#include "genl/operation.h"

namespace genl {

enum class ChangeKind {
  kAdded,
  kChanged,
  kRemoved,
  // What has been reported is the state of the kernel, and each change is reported from now on.
  kSynced,
  // Changes have been lost: their sum is reported, until kSynced.
  kBehind,
  // The family went and has come back; see Restarted. What follows is as after kBehind.
  kRestarted,
};

struct WatchOptions {
  // After so many dumps in a row that changes have spoiled, by an interruption or an overrun,
  // Next() says so once; 0: never.
  int attempts = 8;
};

// A command by which the kernel tells of an object.
struct WatchedCommand {
  uint16_t command = 0;
  bool removed = false;
};

// What generated code says of a watch.
struct WatchTable {
  const Operation* dump = nullptr;
  absl::Span<const WatchedCommand> commands = {};
  absl::Span<const MulticastGroup> groups = {};
  absl::Span<const uint16_t> key = {};  // attributes; the fixed header is read in any case
};

// The objects, for who does not know their type.
class WatchStore {
 public:
  // What there is to report of an object.
  using Effect = std::optional<ChangeKind>;

  virtual const void* request() const = 0;  // of the dump
  virtual void* incoming() = 0;             // where the next object is to be decoded
  // The incoming object is as an event tells it, or as the dump shows it.
  virtual Effect Tell() = 0;
  virtual Effect Show() = 0;
  // The object with the key of the incoming one has gone.
  virtual Effect Forget() = 0;
  // A dump begins, at the end of the queue of events; or is left before its end.
  virtual void Begin() = 0;
  virtual void Leave() = 0;
  // It was whole: forgets one object that it did not show, until there is nothing to report.
  virtual Effect Sweep() = 0;

 protected:
  ~WatchStore() = default;
};

// The part that does not know the type of the objects.
class WatchStream {
 public:
  static absl::StatusOr<WatchStream> Open(Client& client, const WatchTable& table,
                                          const WatchOptions& options);
  absl::StatusOr<ChangeKind> Next(WatchStore& store, Deadline& deadline);
  bool synced() const { return phase_ == Phase::kLive; }
  int fd() const { return epoll_.get(); }

 private:
  using Clock = std::chrono::steady_clock;
  using Effect = WatchStore::Effect;
  enum class Phase {
    kPause,  // listens until it is time for a dump
    kDump,
    kSweep,  // the dump was whole
    kLive,
  };

  WatchStream(Client::Link& link, const WatchTable& table, const WatchOptions& options,
              EventStream events);

  absl::Status OpenDescriptors();
  void ReadKeyAlone();

  // One step of the work, without waiting. DeadlineExceeded: there is nothing to do.
  absl::StatusOr<Effect> Step(WatchStore& store);
  absl::StatusOr<Effect> Drain(WatchStore& store);
  absl::StatusOr<Effect> Hear(WatchStore& store);
  absl::StatusOr<Effect> Apply(const FamilyMessage& event, WatchStore& store);
  absl::StatusOr<Effect> Show(WatchStore& store);
  absl::StatusOr<Effect> MoreOfDump(WatchStore& store);
  absl::StatusOr<Effect> EndDump(WatchStore& store);
  absl::StatusOr<Effect> FailDump(WatchStore& store, const absl::Status& status);
  void Begin(WatchStore& store);
  absl::StatusOr<Effect> Lose(WatchStore& store);
  // Leaves the dump, and begins the next after a while.
  void Pause(WatchStore& store);
  // Whether it is time to say that one dump after the other has failed.
  bool IsNews() const { return options_.attempts > 0 && failures_ % options_.attempts == 0; }

  absl::Status Wait(Deadline& deadline);
  void FollowDump(int fd);
  void SetAlarm(Clock::time_point time);

  Client::Link* link_;
  const WatchTable* table_;
  WatchOptions options_;
  EventStream events_;
  std::optional<DumpStream> dump_;
  // What the message of a removal is read by: it need not have more than the key.
  Layout key_;
  std::vector<Field> key_fields_;
  std::vector<uint16_t> key_index_;

  Phase phase_ = Phase::kPause;
  bool behind_ = true;    // since kSynced something was lost
  bool drained_ = false;  // no event is older than what has come of the dump
  int failures_ = 0;      // dumps in a row
  // Since when there have been events whenever a dump needed the end of their queue; max: it is
  // there.
  Clock::time_point busy_since_ = Clock::time_point::max();
  // Of kPause: when the dump begins. Of kDump: when the kernel has been silent for too long.
  Clock::time_point due_ = {};

  Descriptor epoll_;  // of the events, the dump and the alarm
  int dump_fd_ = -1;  // that epoll_ has
  Descriptor alarm_;
  Clock::time_point alarm_time_ = Clock::time_point::max();  // max: it is off
};

// Of one kind of object. For one thread; must not outlive its client. `Traits` are generated:
// Object, its Key, the Request of the dump, KeyOf() and Includes().
template <typename Traits>
class Watch {
 public:
  using Object = typename Traits::Object;
  using Key = typename Traits::Key;
  using Objects = std::map<Key, Object>;

  struct Change {
    ChangeKind kind = ChangeKind::kSynced;
    // Null where the change is not one of an object; of kRemoved its last state. Valid until the
    // next call of Next().
    const Object* object = nullptr;
    const Object* previous = nullptr;  // of kChanged
  };

  // Joins the groups. The first dump begins with Next().
  static absl::StatusOr<Watch> Open(Client& client, const WatchTable& table,
                                    const WatchOptions& options = {}) {
    absl::StatusOr<WatchStream> stream = WatchStream::Open(client, table, options);
    if (!stream.ok()) return stream.status();
    return Watch(*std::move(stream));
  }

  // The next change. After an error the next call goes on:
  // DeadlineExceeded: nothing to report in time. Zero does not wait at all.
  // Aborted: changes spoil one dump after the other (see WatchOptions), or have come for as long as
  // the client's timeout without a moment for a dump; it goes on trying.
  // Unavailable: the family is gone, or does not answer; it is looked for again, at first after
  // milliseconds and then every second. Other errors of the dump likewise.
  absl::StatusOr<Change> Next(absl::Duration timeout) {
    Deadline deadline(timeout);
    const absl::StatusOr<ChangeKind> kind = stream_.Next(*store_, deadline);
    if (!kind.ok()) return kind.status();
    if (*kind > ChangeKind::kRemoved) return Change{.kind = *kind};
    return Change{*kind, store_->current, store_->previous};
  }

  // The sum of what has been reported.
  const Objects& objects() const { return store_->objects; }
  static Key KeyOf(const Object& object) { return Traits::KeyOf(object); }
  // Whether that is the state of the kernel but for what waits to be read.
  bool synced() const { return stream_.synced(); }

  // Readable when there is something to do, also where that is a dump or the time for one:
  // Next(absl::ZeroDuration()) is then to be called until it says DeadlineExceeded, and once before
  // the first wait.
  int fd() const { return stream_.fd(); }

 private:
  struct Store;

  explicit Watch(WatchStream stream)
      : stream_(std::move(stream)), store_(std::make_unique<Store>()) {}

  WatchStream stream_;
  std::unique_ptr<Store> store_;
};

template <typename Traits>
struct Watch<Traits>::Store final : WatchStore {
  const void* request() const override { return &all; }
  void* incoming() override { return &arrived; }

  Effect Tell() override {
    if (!Traits::Includes(arrived)) return {};
    Key key = Traits::KeyOf(arrived);
    if (comparing) told.insert(key);
    return Put(std::move(key));
  }

  Effect Show() override {
    if (!Traits::Includes(arrived)) return {};
    Key key = Traits::KeyOf(arrived);
    if (told.count(key) != 0) return {};
    const Effect effect = Put(std::move(key));
    shown.push_back(current);
    return effect;
  }

  Effect Put(Key key) {
    const auto [at, added] = objects.try_emplace(std::move(key), std::move(arrived));
    current = &at->second;
    previous = nullptr;
    if (added) return ChangeKind::kAdded;
    if (at->second == arrived) return {};
    std::swap(at->second, arrived);
    previous = &arrived;
    return ChangeKind::kChanged;
  }

  Effect Forget() override {
    if (!Traits::Includes(arrived)) return {};
    const Key key = Traits::KeyOf(arrived);
    if (comparing) told.insert(key);
    const auto at = objects.find(key);
    return at != objects.end() ? Remove(at) : Effect();
  }

  Effect Remove(typename Objects::iterator at) {
    arrived = std::move(at->second);
    objects.erase(at);
    current = &arrived;
    previous = nullptr;
    return ChangeKind::kRemoved;
  }

  void Begin() override {
    told.clear();
    shown.clear();
    comparing = true;
    sweeping = false;
  }

  void Leave() override {
    told.clear();
    shown = std::vector<const Object*>();
    comparing = false;
  }

  Effect Sweep() override {
    if (!sweeping) {
      std::sort(shown.begin(), shown.end());
      next = objects.begin();
      sweeping = true;
    }
    while (next != objects.end()) {
      const auto at = next++;
      if (std::binary_search(shown.begin(), shown.end(), &at->second)) continue;
      if (told.count(at->first) == 0) return Remove(at);
    }
    Leave();
    return {};
  }

  const typename Traits::Request all = {};
  Objects objects;
  Object arrived = {};
  // What the last effect was about.
  const Object* current = nullptr;
  const Object* previous = nullptr;
  // While a dump is compared: whom events were about, and what the dump has shown.
  bool comparing = false;
  std::set<Key> told;
  std::vector<const Object*> shown;
  bool sweeping = false;
  typename Objects::iterator next = {};
};

}  // namespace genl

#endif  // GENL_WATCH_H_
