#include "genl/events.h"

#include "genl/link.h"

namespace genl {

absl::StatusOr<EventStream> EventStream::Open(Client& client,
                                              absl::Span<const char* const> groups) {
  Client::Link& link = client.link();
  absl::StatusOr<Socket> socket = link.transport().Open();
  if (!socket.ok()) return socket.status();
  for (const char* group : groups) {
    const absl::Status status = link.transport().Join(*socket, link.family().name, group);
    if (!status.ok()) return status;
  }
  return EventStream(*std::move(socket), link.family_id());
}

absl::StatusOr<GenericMessage> EventStream::Next(Deadline& deadline) {
  for (;;) {
    while (const std::optional<RawMessage> message = reader_.Next()) {
      if (message->header.nlmsg_type != family_id_) continue;
      if (const std::optional<GenericMessage> generic = ReadGeneric(*message)) return *generic;
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
