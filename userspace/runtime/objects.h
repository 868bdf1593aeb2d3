// The objects of a dump, on the side that has them.
//
//   genl::Objects<SensorGetReply> SensorGetDump(const SensorGetDumpRequest& request,
//                                               genl::Caller&) override {
//     return [this, last = uint32_t{0}](SensorGetReply& sensor) mutable {
//       const auto next = sensors_.upper_bound(last);
//       if (next == sensors_.end()) return false;
//       last = next->first;
//       sensor = next->second;
//       return true;
//     };
//   }
//
// The function is a cursor: it is called for one object at a time, when the receiver has room for
// it, which may be long after the method has returned. Between two calls others may change what is
// dumped, so it keeps a key and no iterator; what it captures lives until the dump ends.
#ifndef GENL_OBJECTS_H_
#define GENL_OBJECTS_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace genl {

// Counts the changes of a set of objects, so that a dump tells its receiver of those that fall into
// it (NLM_F_DUMP_INTR). For several threads.
class Generation {
 public:
  // An object was added, removed or put at another place. Call it after each such change.
  void Count() { ++changes_; }
  uint32_t now() const { return changes_; }

 private:
  std::atomic<uint32_t> changes_ = 0;
};

// The part that does not know the type of the objects.
class ObjectSource {
 public:
  virtual ~ObjectSource() = default;
  // Valid until the next call; null at the end.
  virtual absl::StatusOr<const void*> Next() = 0;
};

template <typename T>
class Objects {
 public:
  // No objects, and an error: `return genl::Refuse({...});`.
  Objects(absl::Status refusal) : refusal_(std::move(refusal)) {}  // NOLINT: to be returned

  // `next` fills the object, whose memory is used again, and says whether there was one. Where it
  // yields an absl::StatusOr<bool>, the dump ends with an error that it returns.
  template <typename F>
  requires(std::is_invocable_r_v<absl::StatusOr<bool>, F&, T&>)
      Objects(F next)  // NOLINT: to be returned
      : source_(std::make_unique<Cursor<F>>(std::move(next))) {}

  Objects(std::vector<T> objects)  // NOLINT: to be returned
      : Objects([all = std::move(objects), i = size_t{0}](T& object) mutable {
          if (i == all.size()) return false;
          object = all[i++];
          return true;
        }) {}

  // Changes that are counted from now on interrupt the dump. `generation` outlives it.
  Objects&& Watching(const Generation& generation) && {
    generation_ = &generation;
    return std::move(*this);
  }

  const absl::Status& refusal() const { return refusal_; }
  const Generation* generation() const { return generation_; }
  std::unique_ptr<ObjectSource> TakeSource() { return std::move(source_); }

 private:
  template <typename F>
  class Cursor : public ObjectSource {
   public:
    explicit Cursor(F next) : next_(std::move(next)) {}
    absl::StatusOr<const void*> Next() override {
      const absl::StatusOr<bool> more = next_(object_);
      if (!more.ok()) return more.status();
      return *more ? &object_ : nullptr;
    }

   private:
    F next_;
    T object_ = {};
  };

  absl::Status refusal_;
  std::unique_ptr<ObjectSource> source_;
  const Generation* generation_ = nullptr;
};

}  // namespace genl

#endif  // GENL_OBJECTS_H_
