#include "genl/endpoint.h"

#include <linux/genetlink.h>

#include <cstring>

#include "absl/strings/str_cat.h"
#include "genl/deadline.h"
#include "genl/message.h"

namespace genl {

absl::StatusOr<Endpoint> Endpoint::Make(const Family& family, const ConnectOptions& options) {
  Transport& transport = options.transport != nullptr ? *options.transport : Transport::Kernel();
  Endpoint endpoint(family, transport, options.socket);
  absl::StatusOr<std::shared_ptr<const int>> opened = options.network_namespace.Open();
  // Without /proc nobody can say where the thread is, and it cannot go elsewhere by a name.
  if (!opened.ok() && options.network_namespace.is_current()) return endpoint;
  if (!opened.ok()) return opened.status();
  endpoint.network_namespace_ = *std::move(opened);
  return endpoint;
}

absl::StatusOr<Socket> Endpoint::Open() const {
  return transport_->Open(family_.protocol, options_,
                          network_namespace_ != nullptr ? *network_namespace_ : -1);
}

absl::StatusOr<uint16_t> Endpoint::ResolveNow() const {
  absl::StatusOr<Socket> socket = Open();
  if (!socket.ok()) return socket.status();
  return transport_->ResolveFamily(*socket, family_.name);
}

// The registrations are heard before the family is looked for, so that none falls in between.
absl::StatusOr<uint16_t> Endpoint::Resolve(absl::Duration patience) const {
  if (!family_.is_generic()) return 0;
  absl::StatusOr<uint16_t> id = ResolveNow();
  if (!absl::IsNotFound(id.status()) || patience <= absl::ZeroDuration()) return id;
  absl::StatusOr<Socket> registrations = Open();
  if (!registrations.ok()) return registrations.status();
  const absl::StatusOr<MulticastGroup> group = Resolve(kController, kRegistrations);
  if (!group.ok()) return group.status();
  absl::Status joined = transport_->Join(*registrations, kController, *group);
  if (!joined.ok()) return joined;
  for (Deadline deadline(patience);;) {
    id = ResolveNow();
    if (!absl::IsNotFound(id.status())) return id;
    const absl::Status told = registrations->Receive(deadline).status();
    if (absl::IsDeadlineExceeded(told)) return id;
    if (!told.ok() && !absl::IsResourceExhausted(told)) return told;
  }
}

absl::StatusOr<MulticastGroup> Endpoint::Resolve(const Family& family,
                                                 const MulticastGroup& group) const {
  if (!family.is_generic()) {
    if (group.number != 0) return group;
    return absl::NotFoundError(absl::StrCat("cannot find multicast group `", group.name, "` of `",
                                            family.name, "`: its spec gives no number"));
  }
  absl::StatusOr<Socket> socket = Open();
  if (!socket.ok()) return socket.status();
  const absl::StatusOr<uint32_t> number = transport_->ResolveGroup(*socket, family, group);
  if (!number.ok()) return number.status();
  return MulticastGroup{group.name, *number};
}

bool AnnouncesFamily(const RawMessage& message, absl::string_view name) {
  if (message.header.nlmsg_type != GENL_ID_CTRL || message.payload.size() < GENL_HDRLEN ||
      message.payload[0] != CTRL_CMD_NEWFAMILY) {
    return false;
  }
  AttributeReader reader(message.payload.subspan(GENL_HDRLEN));
  while (const std::optional<RawAttribute> attribute = reader.Next()) {
    if (attribute->number != CTRL_ATTR_FAMILY_NAME) continue;
    const auto* text = reinterpret_cast<const char*>(attribute->payload.data());
    return name == absl::string_view(text, strnlen(text, attribute->payload.size()));
  }
  return false;
}

}  // namespace genl
