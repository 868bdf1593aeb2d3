#include "genl/events.h"

#include <algorithm>

#include "genl/link.h"

namespace genl {
namespace {

auto Named(const MulticastGroup& group) {
  return [name = absl::string_view(group.name)](const MulticastGroup& g) { return g.name == name; };
}

}  // namespace

EventStream::EventStream(const Client::Link& link, Socket socket)
    : endpoint_(link.endpoint()),
      socket_(std::move(socket)),
      framing_(link.framing()),
      on_unknown_(link.options().on_unknown) {}

void EventStream::TellUnknown(const Layout& layout, Bytes payload) const {
  if (!on_unknown_) return;
  FindUnknown(layout, payload, [this](const UnknownAttribute& unknown) {
    on_unknown_(endpoint_.family().name, unknown);
  });
}

// Groups are looked for on other sockets, where no event can come in between.
absl::StatusOr<EventStream> EventStream::Open(Client& client,
                                              absl::Span<const MulticastGroup> groups,
                                              const SubscribeOptions& options) {
  Client::Link& link = client.link();
  absl::StatusOr<Socket> socket = link.endpoint().Open();
  if (!socket.ok()) return socket.status();
  EventStream stream(link, *std::move(socket));
  absl::Status status = stream.HearRegistrations();
  if (options.all_namespaces) status.Update(stream.socket_.ListenToAllNamespaces());
  for (const MulticastGroup& group : groups) {
    if (status.ok()) status = stream.Join(group);
  }
  if (!status.ok()) return status;
  return stream;
}

// So that the stream notices when the family comes back.
absl::Status EventStream::HearRegistrations() {
  const Family& family = endpoint_.family();
  if (!family.is_generic() || absl::string_view(family.name) == kController.name) {
    return absl::OkStatus();
  }
  const absl::StatusOr<MulticastGroup> group = endpoint_.Resolve(kController, kRegistrations);
  if (!group.ok()) return group.status();
  return endpoint_.transport().Join(socket_, kController, *group);
}

absl::Status EventStream::Add(const MulticastGroup& group) {
  const absl::StatusOr<MulticastGroup> numbered = endpoint_.Resolve(endpoint_.family(), group);
  if (!numbered.ok()) return numbered.status();
  return endpoint_.transport().Join(socket_, endpoint_.family(), *numbered);
}

absl::Status EventStream::Join(const MulticastGroup& group) {
  const absl::Status status = Add(group);
  if (status.ok() && std::none_of(groups_.begin(), groups_.end(), Named(group))) {
    groups_.push_back(group);
  }
  return status;
}

absl::Status EventStream::Leave(const MulticastGroup& group) {
  const absl::StatusOr<MulticastGroup> numbered = endpoint_.Resolve(endpoint_.family(), group);
  if (!numbered.ok()) return numbered.status();
  groups_.erase(std::remove_if(groups_.begin(), groups_.end(), Named(group)), groups_.end());
  return endpoint_.transport().Leave(socket_, endpoint_.family(), *numbered);
}

// Whether the family is there again. The kernel forgot who was in its groups when it went.
bool EventStream::Rejoin() {
  const absl::StatusOr<uint16_t> id = endpoint_.Resolve();
  if (!id.ok()) return false;
  framing_ = Framing(endpoint_.family(), *id);
  return std::all_of(groups_.begin(), groups_.end(),
                     [this](const MulticastGroup& group) { return Add(group).ok(); });
}

// What says that the family has come back may be among what was lost.
EventStream::Told EventStream::AfterOverrun() {
  const absl::StatusOr<uint16_t> id = endpoint_.Resolve();
  const bool restarted = id.ok() && *id != framing_.id() && Rejoin();
  return {.kind = restarted ? Kind::kRestarted : Kind::kOverrun};
}

absl::StatusOr<EventStream::Told> EventStream::Next(Deadline& deadline) {
  for (;;) {
    while (const std::optional<RawMessage> message = reader_.Next()) {
      if (framing_.Owns(message->header)) {
        const std::optional<FamilyMessage> event = framing_.Read(*message);
        if (event) return Told{.message = *event};
        return absl::DataLossError("a malformed event");
      }
      if (AnnouncesFamily(*message, endpoint_.family().name) && Rejoin()) {
        return Told{.kind = Kind::kRestarted};
      }
    }
    const bool whole = reader_.ok();
    reader_ = MessageReader();
    if (!whole) return absl::DataLossError("a truncated event");
    const absl::StatusOr<Bytes> datagram = socket_.Receive(deadline, socket_.expected());
    if (absl::IsResourceExhausted(datagram.status())) return AfterOverrun();
    if (!datagram.ok()) return datagram.status();
    reader_ = MessageReader(*datagram);
  }
}

}  // namespace genl
