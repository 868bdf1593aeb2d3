#include "genl/events.h"

#include <algorithm>

#include "genl/endpoint.h"

namespace genl {
namespace {

auto Named(const MulticastGroup& group) {
  return [name = absl::string_view(group.name)](const MulticastGroup& g) { return g.name == name; };
}

}  // namespace

EventStream::EventStream(std::shared_ptr<Client::Link> link, Socket socket)
    : link_(std::move(link)),
      lane_(std::move(socket)),
      framing_(link_->framing()),
      backlog_(static_cast<size_t>(link_->options().socket.receive_buffer)) {}

void EventStream::TellUnknown(const Layout& layout, Bytes payload) const {
  if (!link_->options().on_unknown) return;
  FindUnknown(layout, payload, [this](const UnknownAttribute& unknown) {
    link_->options().on_unknown(link_->family().name, unknown);
  });
}

// Groups are looked for on other sockets, where no event can come in between.
absl::StatusOr<EventStream> EventStream::Open(Client& client,
                                              absl::Span<const MulticastGroup> groups,
                                              const SubscribeOptions& options) {
  absl::StatusOr<Socket> socket = client.link().endpoint().Open();
  if (!socket.ok()) return socket.status();
  EventStream stream(client.ShareLink(), *std::move(socket));
  absl::Status status = stream.HearRegistrations();
  if (options.all_namespaces) status.Update(stream.lane_.socket.ListenToAllNamespaces());
  for (const MulticastGroup& group : groups) {
    if (status.ok()) status = stream.Join(group);
  }
  if (!status.ok()) return status;
  return stream;
}

// So that the stream notices when the family comes back.
absl::Status EventStream::HearRegistrations() {
  const Family& family = link_->family();
  if (!family.is_generic() || absl::string_view(family.name) == kController.name) {
    return absl::OkStatus();
  }
  const absl::StatusOr<MulticastGroup> group =
      link_->endpoint().Resolve(kController, kRegistrations);
  if (!group.ok()) return group.status();
  return link_->endpoint().transport().Join(lane_.socket, kController, *group);
}

absl::Status EventStream::Add(const MulticastGroup& group) {
  const absl::StatusOr<MulticastGroup> numbered = link_->endpoint().Resolve(link_->family(), group);
  if (!numbered.ok()) return numbered.status();
  return link_->endpoint().transport().Join(lane_.socket, link_->family(), *numbered);
}

absl::Status EventStream::Join(const MulticastGroup& group) {
  const absl::Status status = Add(group);
  if (status.ok() && std::none_of(groups_.begin(), groups_.end(), Named(group))) {
    groups_.push_back(group);
  }
  return status;
}

absl::Status EventStream::Leave(const MulticastGroup& group) {
  const absl::StatusOr<MulticastGroup> numbered = link_->endpoint().Resolve(link_->family(), group);
  if (!numbered.ok()) return numbered.status();
  groups_.erase(std::remove_if(groups_.begin(), groups_.end(), Named(group)), groups_.end());
  return link_->endpoint().transport().Leave(lane_.socket, link_->family(), *numbered);
}

// Whether the family is there again. The kernel forgot who was in its groups when it went.
bool EventStream::Rejoin() {
  const absl::StatusOr<uint16_t> id = link_->endpoint().Resolve();
  if (!id.ok()) return false;
  framing_ = Framing(link_->family(), *id);
  return std::all_of(groups_.begin(), groups_.end(),
                     [this](const MulticastGroup& group) { return Add(group).ok(); });
}

// What says that the family has come back may be among what was lost.
EventStream::Told EventStream::AfterOverrun() {
  const absl::StatusOr<uint16_t> id = link_->endpoint().Resolve();
  const bool restarted = id.ok() && *id != framing_.id() && Rejoin();
  return {.kind = restarted ? Kind::kRestarted : Kind::kOverrun};
}

// The next datagram, of which all but `reader_` says has been taken.
absl::Status EventStream::Receive(Deadline& deadline) {
  reader_ = MessageReader();
  const absl::StatusOr<Bytes> datagram = lane_.socket.Receive(deadline, lane_.socket.expected());
  if (datagram.ok()) reader_ = MessageReader(*datagram);
  return datagram.status();
}

// Nothing where the message is of no interest.
std::optional<absl::StatusOr<EventStream::Told>> EventStream::Read(const RawMessage& message) {
  if (framing_.Owns(message.header)) {
    const std::optional<FamilyMessage> event = framing_.Read(message);
    if (event) return Told{.message = *event};
    return absl::DataLossError("a malformed event");
  }
  if (AnnouncesFamily(message, link_->family().name) && Rejoin()) {
    return Told{.kind = Kind::kRestarted};
  }
  return std::nullopt;
}

absl::StatusOr<EventStream::Told> EventStream::Next(Deadline& deadline) {
  for (;;) {
    while (!backlog_.empty()) {
      entry_ = backlog_.Take();
      if (entry_.lost) return AfterOverrun();
      namespace_id_ = entry_.namespace_id;
      if (auto told = Read(entry_.message())) return *std::move(told);
    }
    while (const std::optional<RawMessage> message = reader_.Next()) {
      namespace_id_ = lane_.socket.namespace_id();
      if (auto told = Read(*message)) return *std::move(told);
    }
    const bool whole = reader_.ok();
    reader_ = MessageReader();
    if (!whole) return absl::DataLossError("a truncated event");
    const absl::Status status = Receive(deadline);
    if (absl::IsResourceExhausted(status)) return AfterOverrun();
    if (!status.ok()) return status;
  }
}

}  // namespace genl
