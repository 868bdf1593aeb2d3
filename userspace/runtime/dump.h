// All objects of a dump, one after the other.
//
//   genl::Dump<SensorGetReply> dump = client->SensorGetDump({});
//   for (const SensorGetReply& sensor : dump) Use(sensor);
//   if (!dump.status().ok()) ...
//
// One object is in memory at a time. A dump that is left early is simply dropped; requests
// may be made between two objects. A dump is for one thread and must not outlive its client.
#ifndef GENL_DUMP_H_
#define GENL_DUMP_H_

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "genl/client.h"
#include "genl/framing.h"
#include "genl/lane.h"
#include "genl/message.h"
#include "genl/view.h"

namespace genl {

// The part that does not know the type of the objects.
class DumpStream {
 public:
  DumpStream(Client& client, const Operation& operation, const void* request)
      : DumpStream(client.link(), operation, request) {}
  DumpStream(Client::Link& link, const Operation& operation, const void* request);

  // Fills `*object`; false at the end, and then status() says how it ended.
  bool Next(void* object);
  // The same, without filling anything.
  bool Next(ViewBase& view);

  // Next() in parts, for who also waits for other things. Parse() takes an object out of what has
  // come; at kNoMore Receive() gets the next datagram. Where that fails, other than with
  // DeadlineExceeded, the dump cannot go on.
  enum class Step { kObject, kNoMore, kEnd };
  Step Parse(void* object);
  absl::Status Receive(Deadline& deadline);
  // Readable when Receive() has something; -1 when there is no more to come.
  int fd() const { return lane_ != nullptr ? lane_->socket.fd() : -1; }

  const absl::Status& status() const { return status_; }
  // Whether it may be whole if it starts again.
  bool interrupted() const { return interrupted_; }
  // Asks the kernel for everything again.
  void Restart();
  // The kernel need not go on.
  void Stop() { lane_.reset(); }

 private:
  void Ask();
  bool NextPayload(Bytes& payload);
  Step FindObject(Bytes& payload);
  bool Finish(absl::Status status);
  bool End(const RawMessage& message);
  bool Take(const RawMessage& message, Bytes& payload);
  bool Fill(Bytes payload, void* object);

  bool StartAgain(const absl::Status& refusal);

  Client::Link* link_;
  const Operation* operation_;
  Writer request_;
  std::unique_ptr<Lane> lane_;  // while the kernel has more
  Framing framing_;             // as it was asked
  MessageReader reader_;
  size_t capacity_ = 0;  // bytes that a datagram was known to have
  bool moved_ = false;   // asked again, as the family had another number
  bool interrupted_ = false;
  absl::Status status_;
};

template <typename T>
class Dump {
 public:
  // `operation` is a constant of the generated code.
  Dump(Client& client, const Operation& operation, const void* request)
      : stream_(client, operation, request) {}

  class Iterator {
   public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;

    explicit Iterator(Dump* dump) : dump_(dump) { ++*this; }
    const T& operator*() const { return dump_->object_; }
    const T* operator->() const { return &dump_->object_; }
    Iterator& operator++() {
      at_end_ = !dump_->stream_.Next(&dump_->object_);
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& it, std::default_sentinel_t) { return it.at_end_; }

   private:
    Dump* dump_;
    bool at_end_ = false;
  };

  // The next object, into one of the caller's, whose memory is used again; false at the end:
  //
  //   while (dump.Next(&sensor)) Use(sensor);
  bool Next(T* object) { return stream_.Next(object); }
  // The next object where it was received; see View.
  bool Next(View<T>* view) { return stream_.Next(*view); }

  // Goes on where the last walk stopped; a dump can be walked once.
  Iterator begin() { return Iterator(this); }
  std::default_sentinel_t end() { return {}; }

  // OK while it goes on and after all objects. Aborted where objects changed meanwhile, so
  // that some may be missing or double.
  const absl::Status& status() const { return stream_.status(); }

  // All objects, in memory. Starts again when the dump was interrupted by a change or a part of it
  // was lost, up to `attempts` times in all.
  absl::StatusOr<std::vector<T>> Collect(int attempts = 8) {
    std::vector<T> objects;
    for (;;) {
      for (const T& object : *this) objects.push_back(object);
      if (!stream_.interrupted() || --attempts <= 0) break;
      objects.clear();
      stream_.Restart();
    }
    if (!status().ok()) return status();
    return objects;
  }

 private:
  DumpStream stream_;
  T object_;
};

}  // namespace genl

#endif  // GENL_DUMP_H_
