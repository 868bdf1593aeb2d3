#include "genl/peer_transport.h"

#include <linux/genetlink.h>

#include <cstring>
#include <optional>

#include "absl/strings/str_cat.h"
#include "genl/controller.h"
#include "genl/endpoint.h"
#include "genl/kernel_error.h"
#include "genl/message.h"
#include "genl/switchboard.h"
#include "genl/writer.h"

namespace genl {
namespace {

absl::string_view TextOf(Bytes payload) {
  const auto* text = reinterpret_cast<const char*>(payload.data());
  return absl::string_view(text, strnlen(text, payload.size()));
}

// Asks for the family by its name, as in EncodeFamily().
void EncodeQuestion(const std::string& family, Writer& writer) {
  writer.BeginMessage(GENL_ID_CTRL, NLM_F_REQUEST | NLM_F_ACK);
  const genlmsghdr header = {
      .cmd = CTRL_CMD_GETFAMILY, .version = kController.version, .reserved = 0};
  writer.Append(&header, sizeof(header));
  (void)writer.Put(CTRL_ATTR_FAMILY_NAME,
                   Bytes(reinterpret_cast<const uint8_t*>(family.c_str()), family.size() + 1));
  writer.FinishMessage(0);
}

std::optional<Bytes> FindAttribute(Bytes attributes, uint16_t number) {
  AttributeReader reader(attributes);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    if (raw->number == number) return raw->payload;
  }
  return std::nullopt;
}

template <typename T>
std::optional<T> FindNumber(Bytes attributes, uint16_t number) {
  const std::optional<Bytes> payload = FindAttribute(attributes, number);
  if (!payload || payload->size() < sizeof(T)) return std::nullopt;
  return LoadBytes<T>(payload->data());
}

std::optional<uint32_t> FindGroupNumber(Bytes family, absl::string_view name) {
  AttributeReader reader(FindAttribute(family, CTRL_ATTR_MCAST_GROUPS).value_or(Bytes()));
  while (const std::optional<RawAttribute> group = reader.Next()) {
    const auto called = FindAttribute(group->payload, CTRL_ATTR_MCAST_GRP_NAME);
    if (called && TextOf(*called) == name) {
      return FindNumber<uint32_t>(group->payload, CTRL_ATTR_MCAST_GRP_ID);
    }
  }
  return std::nullopt;
}

Bytes AttributesOf(const RawMessage& message) {
  return message.payload.size() < GENL_HDRLEN ? Bytes() : message.payload.subspan(GENL_HDRLEN);
}

}  // namespace

absl::StatusOr<Socket> PeerTransport::Open(int, const SocketOptions& options,
                                           int network_namespace) {
  absl::StatusOr<Socket> socket = Socket::Open(NETLINK_USERSOCK, options, network_namespace);
  if (!socket.ok()) return socket;
  const absl::Status connected = socket->ConnectTo(port_, patience_);
  if (!connected.ok()) return connected;
  return socket;
}

template <typename F>
absl::Status PeerTransport::Await(Socket& socket, F reply) {
  for (Deadline deadline(patience_);;) {
    const absl::StatusOr<Bytes> datagram = socket.Receive(deadline);
    if (!datagram.ok()) return datagram.status();
    MessageReader reader(*datagram);
    while (const std::optional<RawMessage> answer = reader.Next()) {
      if (answer->header.nlmsg_type != NLMSG_ERROR) {
        reply(*answer);
        continue;
      }
      const std::optional<Verdict> verdict = ReadVerdict(*answer);
      if (!verdict) return absl::DataLossError("a malformed acknowledgement");
      if (verdict->error == 0) return absl::OkStatus();
      return absl::ErrnoToStatus(verdict->error, absl::StrCat("the peer ", port_, " refuses"));
    }
  }
}

absl::StatusOr<uint16_t> PeerTransport::ResolveFamily(Socket& socket, const std::string& family) {
  if (family == kController.name) return GENL_ID_CTRL;
  Writer writer;
  EncodeQuestion(family, writer);
  std::optional<uint16_t> id;
  if (absl::Status sent = socket.Send(writer.bytes()); !sent.ok()) return sent;
  const absl::Status status = Await(socket, [&](const RawMessage& message) {
    id = FindNumber<uint16_t>(AttributesOf(message), CTRL_ATTR_FAMILY_ID);
  });
  if (absl::IsNotFound(status) || (status.ok() && !id)) {
    return absl::NotFoundError(
        absl::StrCat("the peer ", port_, " does not offer the family `", family, "`"));
  }
  if (!status.ok()) return status;
  return *id;
}

absl::StatusOr<uint32_t> PeerTransport::ResolveGroup(Socket& socket, const Family& family,
                                                     const MulticastGroup& group) {
  if (absl::string_view(family.name) == kController.name) return kRegistrationsGroup;
  Writer writer;
  EncodeQuestion(family.name, writer);
  std::optional<uint32_t> number;
  if (absl::Status sent = socket.Send(writer.bytes()); !sent.ok()) return sent;
  const absl::Status status = Await(socket, [&](const RawMessage& message) {
    number = FindGroupNumber(AttributesOf(message), group.name);
  });
  if (!status.ok()) return status;
  if (number) return *number;
  return absl::NotFoundError(absl::StrCat("the peer ", port_, " does not offer the group `",
                                          group.name, "` of `", family.name, "`"));
}

// The acknowledgement comes to another socket: at this one events may be waiting already.
absl::Status PeerTransport::AskForGroup(Socket& socket, uint16_t type,
                                        const MulticastGroup& group) {
  absl::StatusOr<Socket> other = Open(NETLINK_USERSOCK, {}, -1);
  if (!other.ok()) return other.status();
  const uint32_t payload[] = {group.number, other->port()};
  Writer writer;
  writer.BeginMessage(type, NLM_F_REQUEST | NLM_F_ACK);
  writer.Append(payload, sizeof(payload));
  writer.FinishMessage(0);
  if (absl::Status sent = socket.Send(writer.bytes()); !sent.ok()) return sent;
  return Await(*other, [](const RawMessage&) {});
}

absl::Status PeerTransport::Join(Socket& socket, const Family&, const MulticastGroup& group) {
  return AskForGroup(socket, kJoinType, group);
}

absl::Status PeerTransport::Leave(Socket& socket, const Family&, const MulticastGroup& group) {
  return AskForGroup(socket, kLeaveType, group);
}

}  // namespace genl
