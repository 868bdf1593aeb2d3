#include "genl/events.h"

#include "genl/link.h"

namespace genl {

absl::StatusOr<EventStream> EventStream::Open(Client& client,
                                              absl::Span<const MulticastGroup> groups) {
  Client::Link& link = client.link();
  absl::StatusOr<Socket> socket = link.OpenSocket();
  if (!socket.ok()) return socket.status();
  for (const MulticastGroup& group : groups) {
    const absl::Status status = link.transport().Join(*socket, link.family(), group);
    if (!status.ok()) return status;
  }
  return EventStream(*std::move(socket), link.framing());
}

absl::StatusOr<FamilyMessage> EventStream::Next(Deadline& deadline) {
  for (;;) {
    while (const std::optional<RawMessage> message = reader_.Next()) {
      if (!framing_.Owns(message->header)) continue;
      if (const std::optional<FamilyMessage> event = framing_.Read(*message)) return *event;
      return absl::DataLossError("a malformed event");
    }
    const bool whole = reader_.ok();
    reader_ = MessageReader();
    if (!whole) return absl::DataLossError("a truncated event");
    const absl::StatusOr<Bytes> datagram = socket_.Receive(deadline);
    if (!datagram.ok()) return datagram.status();
    reader_ = MessageReader(*datagram);
  }
}

}  // namespace genl
