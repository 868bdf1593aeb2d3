#include "genl/controller.h"

#include <linux/genetlink.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/strings/string_view.h"
#include "genl/endpoint.h"

namespace genl {
namespace {

// Attributes of a few bytes: they cannot be too long.
template <typename T>
void Put(Writer& writer, uint16_t number, T value) {
  (void)writer.Put(number, Bytes(reinterpret_cast<const uint8_t*>(&value), sizeof(value)));
}

void PutName(Writer& writer, uint16_t number, const char* name) {
  (void)writer.Put(number, Bytes(reinterpret_cast<const uint8_t*>(name), std::strlen(name) + 1));
}

template <typename F>
void PutNest(Writer& writer, uint16_t number, F inside) {
  const Writer::Mark mark = writer.Begin(number | NLA_F_NESTED);
  inside();
  (void)writer.End(mark);
}

uint32_t FlagsOf(const ServedOperation& row) {
  uint32_t flags = row.dump ? GENL_CMD_CAP_DUMP : GENL_CMD_CAP_DO;
  if (row.permission == Permission::kAdmin) flags |= GENL_ADMIN_PERM;
  if (row.permission == Permission::kUnsAdmin) flags |= GENL_UNS_ADMIN_PERM;
  return flags | GENL_CMD_CAP_HASPOL;
}

void PutOperations(const Offer& offer, Writer& writer) {
  uint16_t count = 0;
  for (const ServedOperation& row : offer.table().operations) {
    const ServedOperation* other = offer.Find(row.operation->command, !row.dump);
    // Both sides stand in one entry, where the first is.
    if (other != nullptr && other < &row) continue;
    PutNest(writer, ++count, [&] {
      Put<uint32_t>(writer, CTRL_ATTR_OP_ID, row.operation->command);
      Put(writer, CTRL_ATTR_OP_FLAGS, FlagsOf(row) | (other != nullptr ? FlagsOf(*other) : 0));
    });
  }
}

void PutGroups(const Offer& offer, Writer& writer) {
  for (size_t i = 0; i < offer.table().groups.size(); ++i) {
    PutNest(writer, static_cast<uint16_t>(i + 1), [&] {
      PutName(writer, CTRL_ATTR_MCAST_GRP_NAME, offer.table().groups[i].group.name);
      Put(writer, CTRL_ATTR_MCAST_GRP_ID, offer.NumberOf(i));
    });
  }
}

// The first that the request names, by one or the other.
bool IsWanted(const Offer& offer, Bytes attributes) {
  AttributeReader reader(attributes);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    if (raw->number == CTRL_ATTR_FAMILY_ID && raw->payload.size() >= sizeof(uint16_t)) {
      return LoadBytes<uint16_t>(raw->payload.data()) == offer.id();
    }
    if (raw->number == CTRL_ATTR_FAMILY_NAME) {
      const auto* text = reinterpret_cast<const char*>(raw->payload.data());
      return absl::string_view(text, strnlen(text, raw->payload.size())) == offer.family().name;
    }
  }
  return false;
}

}  // namespace

void EncodeFamily(const Offer& offer, uint8_t command, uint32_t sequence, uint32_t port,
                  Writer& writer) {
  const Writer::Mark mark = writer.BeginMessage(GENL_ID_CTRL, 0, port);
  writer.SetSequence(mark, sequence);
  const genlmsghdr header = {.cmd = command, .version = kController.version, .reserved = 0};
  writer.Append(&header, sizeof(header));
  uint32_t header_size = 0;
  uint32_t most = 0;
  for (const ServedOperation& row : offer.table().operations) {
    if (row.operation->request == nullptr) continue;
    header_size = static_cast<uint32_t>(HeaderSize(*row.operation->request));
    for (const Field& field : row.operation->request->fields) {
      most = std::max<uint32_t>(most, NumberOf(field));
    }
  }
  PutName(writer, CTRL_ATTR_FAMILY_NAME, offer.family().name);
  Put(writer, CTRL_ATTR_FAMILY_ID, offer.id());
  Put<uint32_t>(writer, CTRL_ATTR_VERSION, offer.family().version);
  Put(writer, CTRL_ATTR_HDRSIZE, header_size);
  Put(writer, CTRL_ATTR_MAXATTR, most);
  PutNest(writer, CTRL_ATTR_OPS, [&] { PutOperations(offer, writer); });
  if (!offer.table().groups.empty()) {
    PutNest(writer, CTRL_ATTR_MCAST_GROUPS, [&] { PutGroups(offer, writer); });
  }
  writer.FinishMessage(mark);
}

bool AnswerController(const std::vector<std::unique_ptr<Offer>>& offers, const RawMessage& message,
                      uint32_t port, Writer& reply, Complaint& complaint) {
  const nlmsghdr& header = message.header;
  if (message.payload.size() < GENL_HDRLEN) return complaint.Set(EINVAL, "", nullptr);
  if (message.payload[0] != CTRL_CMD_GETFAMILY) return complaint.Set(EOPNOTSUPP, "", nullptr);
  const bool dump = (header.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
  for (const auto& offer : offers) {
    if (!offer->family().is_generic()) continue;
    if (!dump && !IsWanted(*offer, message.payload.subspan(GENL_HDRLEN))) continue;
    const Writer::Mark mark = reply.bytes().size();
    EncodeFamily(*offer, CTRL_CMD_NEWFAMILY, header.nlmsg_seq, port, reply);
    if (!dump) return true;
    reply.SetFlags(mark, NLM_F_MULTI);
  }
  if (!dump) return complaint.Set(ENOENT, "", nullptr);
  const Writer::Mark mark = reply.BeginMessage(NLMSG_DONE, NLM_F_MULTI, port);
  reply.SetSequence(mark, header.nlmsg_seq);
  const int32_t error = 0;
  reply.Append(&error, sizeof(error));
  reply.FinishMessage(mark);
  return true;
}

}  // namespace genl
