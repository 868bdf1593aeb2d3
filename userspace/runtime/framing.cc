#include "genl/framing.h"

namespace genl {

Writer::Mark Framing::Begin(Writer& writer, uint16_t command, uint16_t flags, uint32_t port) const {
  const Writer::Mark mark = writer.BeginMessage(generic_ ? id_ : command, flags, port);
  if (generic_) {
    const genlmsghdr header = {
        .cmd = static_cast<uint8_t>(command), .version = version_, .reserved = 0};
    writer.Append(&header, sizeof(header));
  }
  return mark;
}

std::optional<FamilyMessage> Framing::Read(const RawMessage& message) const {
  if (!generic_) {
    return FamilyMessage{.command = message.header.nlmsg_type, .payload = message.payload};
  }
  if (message.payload.size() < GENL_HDRLEN) return std::nullopt;
  return FamilyMessage{.command = message.payload[0],
                       .payload = message.payload.subspan(GENL_HDRLEN)};
}

}  // namespace genl
