// What the kernel tells without being asked.
//
//   absl::StatusOr<thermo::Events> events = client->Subscribe({thermo::Group::kAlarms});
//   absl::StatusOr<thermo::Event> event = events->Next(absl::Seconds(1));
//   if (event.ok() && std::holds_alternative<thermo::AlarmNtf>(*event)) ...
//
// A subscription has a socket of its own: events never stand in the way of replies. Who is to
// answer it later, by events for a single socket, is asked from there:
//
//   absl::StatusOr<hello::Events> answers = client->Subscribe();
//   absl::Status begun = answers->Do(hello::operation::kSay, {.text = "Hello you!"});
#ifndef GENL_EVENTS_H_
#define GENL_EVENTS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "genl/backlog.h"
#include "genl/client.h"
#include "genl/deadline.h"
#include "genl/decode.h"
#include "genl/framing.h"
#include "genl/lane.h"
#include "genl/link.h"
#include "genl/message.h"
#include "genl/operation.h"
#include "genl/request_flags.h"

namespace genl {

// Events came faster than they were read, and some are lost for good. Whoever keeps a copy of the
// kernel's state reads it anew, but first what still waits, until Next() with no time to wait says
// DeadlineExceeded. That is older than a dump made now; and until it has been read, the kernel
// drops what it has to tell without another word. A watch (watch.h) does all of this.
struct Overrun {
  bool operator==(const Overrun&) const = default;
};

// The family went and has come back, as when its module is loaded again: what it knew before is
// gone, and what it told meanwhile was not heard. Its groups have been joined again.
struct Restarted {
  bool operator==(const Restarted&) const = default;
};

struct SubscribeOptions {
  // Also what happens in other network namespaces, of those that have an id in that of the client
  // (`ip netns list-id`); see Events::namespace_id(). Needs CAP_NET_BROADCAST.
  bool all_namespaces = false;
};

// The part that does not know the types of the events.
class EventStream {
 public:
  static absl::StatusOr<EventStream> Open(Client& client, absl::Span<const MulticastGroup> groups,
                                          const SubscribeOptions& options = {});

  int fd() const { return lane_.socket.fd(); }
  uint32_t port() const { return lane_.socket.port(); }
  std::optional<int> namespace_id() const { return namespace_id_; }

  absl::Status Join(const MulticastGroup& group);
  absl::Status Leave(const MulticastGroup& group);

  // What Next() says. Else the message is one of the family.
  enum class Kind { kMessage, kOverrun, kRestarted };
  struct Told {
    Kind kind = Kind::kMessage;
    FamilyMessage message = {};
  };

  // DeadlineExceeded: nothing came in time. DataLoss: a malformed event; the next call goes on
  // behind it.
  absl::StatusOr<Told> Next(Deadline& deadline);

  // Client::Do() from the socket of the events; those that come meanwhile wait for Next().
  absl::Status Do(const Operation& operation, const void* request, void* reply,
                  RequestFlags flags = {});

  // See ConnectOptions::on_unknown.
  void TellUnknown(const Layout& layout, Bytes payload) const;

 private:
  using Progress = Client::Link::Progress;

  EventStream(std::shared_ptr<Client::Link> link, Socket socket);

  absl::Status Add(const MulticastGroup& group);
  absl::Status HearRegistrations();
  bool Rejoin();
  Told AfterOverrun();
  absl::Status Receive(Deadline& deadline);
  std::optional<absl::StatusOr<Told>> Read(const RawMessage& message);

  absl::Status Exchange(const Operation& operation, const Framing& framing,
                        Client::Link::Answer answer);
  absl::Status MakeRoom(Deadline& deadline);
  absl::Status Await(const Operation& operation, const Framing& framing,
                     Client::Link::Answer& answer, Deadline& deadline);
  absl::StatusOr<Progress> Take(const Operation& operation, const Framing& framing,
                                const RawMessage& message, Client::Link::Answer& answer);
  void Keep(const RawMessage& message);
  void KeepRest();

  std::shared_ptr<Client::Link> link_;
  Lane lane_;
  Framing framing_;                     // of the events
  std::vector<MulticastGroup> groups_;  // those that are joined
  MessageReader reader_;                // of the last datagram
  Backlog backlog_;                     // what came before that
  Backlog::Entry entry_;                // the last that was taken from there
  std::optional<int> namespace_id_;
};

// What a command becomes.
struct EventType {
  uint16_t command = 0;
  const Layout* layout = nullptr;
  // Of the variant of events: a struct of this layout, or one that adds a name to it.
  size_t alternative = 0;
};

// Of a family whose events all go to single sockets.
enum class NoGroup {};

// `Event` is a variant of Overrun, Restarted and the events of the family; `Group` an enumeration
// that counts the rows of a table.
template <typename Event, typename Group = NoGroup>
class Events {
 public:
  // `groups` and `types` are constants of the generated code.
  Events(EventStream stream, absl::Span<const MulticastGroup> groups,
         absl::Span<const EventType> types)
      : stream_(std::move(stream)), groups_(groups), types_(types) {}

  // The next event; one that the spec does not know is skipped. DeadlineExceeded: none came
  // in time. After DataLoss, a malformed event, the next call goes on behind it.
  absl::StatusOr<Event> Next(absl::Duration timeout) {
    absl::StatusOr<Event> event(absl::in_place);
    const absl::Status status = Next(timeout, &*event);
    if (!status.ok()) return status;
    return event;
  }

  // As above. The memory of `*event` is used again where it holds one of the same type.
  absl::Status Next(absl::Duration timeout, Event* event) {
    Deadline deadline(timeout);
    for (;;) {
      const absl::StatusOr<EventStream::Told> told = stream_.Next(deadline);
      if (!told.ok()) return told.status();
      if (told->kind == EventStream::Kind::kOverrun) return Set(Overrun(), event);
      if (told->kind == EventStream::Kind::kRestarted) return Set(Restarted(), event);
      const EventType* type = Find(told->message.command);
      if (type == nullptr) continue;
      void* const part = Hold(*event, type->alternative, kAlternatives);
      const absl::Status status = Decode(*type->layout, told->message.payload, part);
      if (status.ok()) stream_.TellUnknown(*type->layout, told->message.payload);
      return status;
    }
  }

  // The network namespace that the last event came from, by its id in that of the client. Nothing
  // where it is the client's own, or where SubscribeOptions do not ask for others.
  std::optional<int> namespace_id() const { return stream_.namespace_id(); }

  // From now on also the events of a further group, or no more those of one.
  absl::Status Join(Group group) {
    const size_t row = static_cast<size_t>(group);
    if (row >= groups_.size()) return absl::InvalidArgumentError("no such group");
    return stream_.Join(groups_[row]);
  }
  absl::Status Leave(Group group) {
    const size_t row = static_cast<size_t>(group);
    if (row >= groups_.size()) return absl::InvalidArgumentError("no such group");
    return stream_.Leave(groups_[row]);
  }

  // A request from the socket of the events, for what is answered later by events to the socket
  // that asks. As Client::Do(), but for one thread. Events that come meanwhile stay in their order,
  // and are next; of what they may take in memory see SocketOptions::receive_buffer.
  template <typename Request, typename Reply>
  requires(!std::is_void_v<Request> && !std::is_void_v<Reply>) absl::Status
      Do(const TypedOperation<Request, Reply>& operation,
         const std::type_identity_t<Request>& request, std::type_identity_t<Reply>* reply,
         RequestFlags flags = {}) {
    return stream_.Do(operation, &request, reply, flags);
  }
  template <typename Request>
  requires(!std::is_void_v<Request>) absl::Status
      Do(const TypedOperation<Request, void>& operation,
         const std::type_identity_t<Request>& request, RequestFlags flags = {}) {
    return stream_.Do(operation, &request, nullptr, flags);
  }
  template <typename Reply>
  requires(!std::is_void_v<Reply>) absl::Status
      Do(const TypedOperation<void, Reply>& operation, std::type_identity_t<Reply>* reply,
         RequestFlags flags = {}) {
    return stream_.Do(operation, nullptr, reply, flags);
  }
  absl::Status Do(const TypedOperation<void, void>& operation, RequestFlags flags = {}) {
    return stream_.Do(operation, nullptr, nullptr, flags);
  }

  // The port id of the subscription's socket: what others send events for it alone to.
  uint32_t port() const { return stream_.port(); }

  // Readable when something has come: Next(absl::ZeroDuration()) is then to be called until it says
  // DeadlineExceeded. Likewise after each Do(): events that came meanwhile do not make it readable.
  int fd() const { return stream_.fd(); }

 private:
  static constexpr auto kAlternatives = std::make_index_sequence<std::variant_size_v<Event>>();
  template <size_t... I>
  static void* Hold(Event& event, size_t alternative, std::index_sequence<I...>) {
    void* part = nullptr;
    (void)((I == alternative &&
            (part = event.index() == I ? &std::get<I>(event) : &event.template emplace<I>())) ||
           ...);
    return part;
  }

  template <typename T>
  static absl::Status Set(T value, Event* event) {
    *event = value;
    return absl::OkStatus();
  }

  const EventType* Find(uint16_t command) const {
    for (const EventType& type : types_) {
      if (type.command == command) return &type;
    }
    return nullptr;
  }

  EventStream stream_;
  absl::Span<const MulticastGroup> groups_;
  absl::Span<const EventType> types_;
};

// Joins `groups`, each a row of `table`.
template <typename Event, typename Group>
absl::StatusOr<Events<Event, Group>> Subscribe(Client& client, absl::Span<const Group> groups,
                                               absl::Span<const MulticastGroup> table,
                                               absl::Span<const EventType> types,
                                               const SubscribeOptions& options) {
  std::vector<MulticastGroup> joined;
  for (const Group group : groups) {
    const size_t row = static_cast<size_t>(group);
    if (row >= table.size()) return absl::InvalidArgumentError("no such group");
    joined.push_back(table[row]);
  }
  absl::StatusOr<EventStream> stream = EventStream::Open(client, joined, options);
  if (!stream.ok()) return stream.status();
  return Events<Event, Group>(*std::move(stream), table, types);
}

// Joins none: the events are those that are sent to this socket alone.
template <typename Event>
absl::StatusOr<Events<Event>> Subscribe(Client& client, absl::Span<const EventType> types) {
  absl::StatusOr<EventStream> stream = EventStream::Open(client, {});
  if (!stream.ok()) return stream.status();
  return Events<Event>(*std::move(stream), {}, types);
}

}  // namespace genl

#endif  // GENL_EVENTS_H_
