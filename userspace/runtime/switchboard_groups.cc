// Who listens to which group, and what is sent there.
#include <linux/genetlink.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "genl/controller.h"
#include "genl/endpoint.h"
#include "genl/switchboard.h"

namespace genl {
namespace {

using Guard = std::lock_guard<std::recursive_mutex>;

}  // namespace

absl::StatusOr<uint16_t> Switchboard::FindFamily(absl::string_view name) {
  const Guard guard(lock_);
  if (name == kController.name) return GENL_ID_CTRL;
  for (const auto& offer : offers_) {
    if (offer->family().is_generic() && name == offer->family().name) return offer->id();
  }
  return absl::NotFoundError(absl::StrCat("nobody offers the family `", name, "`"));
}

absl::StatusOr<uint32_t> Switchboard::FindGroup(absl::string_view family, absl::string_view group) {
  const Guard guard(lock_);
  if (family == kController.name) return kRegistrationsGroup;
  for (const auto& offer : offers_) {
    if (family != offer->family().name) continue;
    for (size_t i = 0; i < offer->table().groups.size(); ++i) {
      if (group == offer->table().groups[i].group.name) return offer->NumberOf(i);
    }
  }
  return absl::NotFoundError(
      absl::StrCat("nobody offers the multicast group `", group, "` of `", family, "`"));
}

absl::Status Switchboard::Join(const Sender& sender, int protocol, uint32_t group) {
  const Guard guard(lock_);
  for (const auto& offer : offers_) {
    const ServedGroup* row =
        offer->family().protocol == protocol ? offer->FindGroup(group) : nullptr;
    if (row != nullptr && row->permission != Permission::kAnyone && !sender.administrator) {
      return absl::PermissionDeniedError("the group is for administrators");
    }
  }
  std::vector<uint32_t>& ports = members_[{protocol, group}];
  if (std::find(ports.begin(), ports.end(), sender.port) == ports.end()) {
    ports.push_back(sender.port);
  }
  return absl::OkStatus();
}

void Switchboard::Leave(uint32_t port, int protocol, uint32_t group) {
  const Guard guard(lock_);
  std::vector<uint32_t>& ports = members_[{protocol, group}];
  ports.erase(std::remove(ports.begin(), ports.end(), port), ports.end());
}

void Switchboard::Forget(uint32_t port) {
  const Guard guard(lock_);
  for (auto& [membership, ports] : members_) {
    ports.erase(std::remove(ports.begin(), ports.end(), port), ports.end());
  }
  // Its dump may be at hand right now: Pump() takes it away.
  if (const auto client = clients_.find(port); client != clients_.end()) client->second.gone = true;
}

void Switchboard::SendToGroup(const Membership& membership, Bytes datagram) {
  const std::vector<uint32_t> ports = members_[membership];
  for (const uint32_t port : ports) Send(port, datagram);
}

// Who waits for a family hears that it comes or goes.
void Switchboard::Announce(uint8_t command, const Offer& offer) {
  event_.Clear();
  EncodeFamily(offer, command, 0, 0, event_);
  SendToGroup({NETLINK_GENERIC, kRegistrationsGroup}, event_.bytes());
}

absl::Status Switchboard::EncodeEvent(const Offer& offer, size_t event, const void* value,
                                      Permission reader) {
  const EventType& type = (*offer.table().events)[event];
  event_.Clear();
  const Writer::Mark mark = offer.framing().Begin(event_, type.command, 0);
  const absl::Status status = EncodeFor(offer.Telling(reader), *type.layout, value, event_);
  event_.FinishMessage(mark);
  return status;
}

absl::Status Switchboard::Multicast(const Service& service, size_t event, const void* value) {
  const Guard guard(lock_);
  const Offer* offer = Find(service);
  if (offer == nullptr) return absl::FailedPreconditionError("the service is not offered any more");
  const size_t group = static_cast<size_t>(offer->table().groups_of_events[event]);
  // Who has joined has at least the right that the group asks for.
  const Permission reader = offer->table().groups[group].permission;
  const absl::Status status = EncodeEvent(*offer, event, value, reader);
  if (!status.ok()) return status;
  SendToGroup({offer->family().protocol, offer->NumberOf(group)}, event_.bytes());
  return status;
}

absl::Status Switchboard::Unicast(const Service& service, size_t event, uint32_t port,
                                  const void* value) {
  const Guard guard(lock_);
  const Offer* offer = Find(service);
  if (offer == nullptr) return absl::FailedPreconditionError("the service is not offered any more");
  // Whose the port is now, a sender does not know.
  const absl::Status status = EncodeEvent(*offer, event, value, Permission::kAnyone);
  if (!status.ok()) return status;
  if (Send(port, event_.bytes()) == Outbox::Result::kSent) return status;
  return absl::NotFoundError(absl::StrCat("nobody has the port id ", port));
}

void Switchboard::LoseEvents() {
  const Guard guard(lock_);
  for (const auto& [membership, ports] : members_) {
    if (membership == Membership{NETLINK_GENERIC, kRegistrationsGroup}) continue;
    for (const uint32_t port : ports) clients_[port].outbox.Lose();
  }
  Pump();
}

}  // namespace genl
