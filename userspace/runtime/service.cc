#include "genl/service.h"

#include "genl/switchboard.h"

namespace genl {
namespace {

absl::Status NotOfferedAnywhere() {
  return absl::FailedPreconditionError("the service is not offered anywhere");
}

}  // namespace

absl::Status Refuse(const KernelError& error) { return StatusOf(error, error.message); }

absl::Status Service::SendToGroup(size_t event, const void* value) {
  Switchboard* const switchboard = switchboard_;
  if (switchboard == nullptr) return NotOfferedAnywhere();
  return switchboard->Multicast(*this, event, value);
}

absl::Status Service::SendToPort(size_t event, uint32_t port, const void* value) {
  Switchboard* const switchboard = switchboard_;
  if (switchboard == nullptr) return NotOfferedAnywhere();
  return switchboard->Unicast(*this, event, port, value);
}

}  // namespace genl
