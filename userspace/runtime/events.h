// What the kernel tells without being asked.
//
//   absl::StatusOr<thermo::Events> events = client->Subscribe({thermo::Group::kAlarms});
//   absl::StatusOr<thermo::Event> event = events->Next(absl::Seconds(1));
//   if (event.ok() && std::holds_alternative<thermo::AlarmNtf>(*event)) ...
//
// A subscription has a socket of its own: events never stand in the way of replies.
#ifndef GENL_EVENTS_H_
#define GENL_EVENTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "genl/client.h"
#include "genl/decode.h"
#include "genl/framing.h"
#include "genl/message.h"

namespace genl {

// Events came faster than they were read, and some are lost for good. Whoever keeps a copy
// of the kernel's state should read it anew.
struct Overrun {
  bool operator==(const Overrun&) const = default;
};

// The part that does not know the types of the events.
class EventStream {
 public:
  static absl::StatusOr<EventStream> Open(Client& client, absl::Span<const MulticastGroup> groups);

  int fd() const { return socket_.fd(); }

  // The next message of the family. DeadlineExceeded: none came in time.
  // ResourceExhausted: some were lost.
  absl::StatusOr<FamilyMessage> Next(Deadline& deadline);

 private:
  EventStream(Socket socket, const Framing& framing)
      : socket_(std::move(socket)), framing_(framing) {}

  Socket socket_;
  Framing framing_;
  MessageReader reader_;
};

// What a command becomes.
struct EventType {
  uint16_t command = 0;
  const Layout* layout = nullptr;
  // Of the variant of events: a struct of this layout, or one that adds a name to it.
  size_t alternative = 0;
};

template <typename Event>
class Events {
 public:
  // `types` are a constant of the generated code.
  Events(EventStream stream, absl::Span<const EventType> types)
      : stream_(std::move(stream)), types_(types) {}

  // The next event; one that the spec does not know is skipped. DeadlineExceeded: none came
  // in time. After DataLoss, a malformed event, the next call goes on behind it.
  absl::StatusOr<Event> Next(absl::Duration timeout) {
    Deadline deadline(timeout);
    for (;;) {
      const absl::StatusOr<FamilyMessage> message = stream_.Next(deadline);
      if (absl::IsResourceExhausted(message.status())) return Event(Overrun());
      if (!message.ok()) return message.status();
      const EventType* type = Find(message->command);
      if (type == nullptr) continue;
      Event event;
      void* const part = Emplace(event, type->alternative, kAlternatives);
      const absl::Status status = Decode(*type->layout, message->payload, part);
      if (!status.ok()) return status;
      return event;
    }
  }

  // Readable when Next() has something to do.
  int fd() const { return stream_.fd(); }

 private:
  static constexpr auto kAlternatives = std::make_index_sequence<std::variant_size_v<Event>>();
  template <size_t... I>
  static void* Emplace(Event& event, size_t alternative, std::index_sequence<I...>) {
    void* part = nullptr;
    (void)((I == alternative && (part = &event.template emplace<I>())) || ...);
    return part;
  }

  const EventType* Find(uint16_t command) const {
    for (const EventType& type : types_) {
      if (type.command == command) return &type;
    }
    return nullptr;
  }

  EventStream stream_;
  absl::Span<const EventType> types_;
};

// Joins `groups`, an enumeration that counts the rows of `table`.
template <typename Event, typename Group>
absl::StatusOr<Events<Event>> Subscribe(Client& client, absl::Span<const Group> groups,
                                        absl::Span<const MulticastGroup> table,
                                        absl::Span<const EventType> types) {
  std::vector<MulticastGroup> joined;
  for (const Group group : groups) {
    const size_t position = static_cast<size_t>(group);
    if (position >= table.size()) return absl::InvalidArgumentError("no such group");
    joined.push_back(table[position]);
  }
  absl::StatusOr<EventStream> stream = EventStream::Open(client, joined);
  if (!stream.ok()) return stream.status();
  return Events<Event>(*std::move(stream), types);
}

}  // namespace genl

#endif  // GENL_EVENTS_H_
