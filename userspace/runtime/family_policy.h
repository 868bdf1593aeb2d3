// What a kernel says of a family and of what its operations accept: the other side of ReadPolicy().
#ifndef GENL_FAMILY_POLICY_H_
#define GENL_FAMILY_POLICY_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "genl/controller_messages.h"
#include "genl/offer.h"
#include "genl/policy.h"

namespace genl {

// As a kernel with the family's generated module would say it. Sets are in the order of the kernel;
// those of one command alone, where there is one.
FamilyPolicy PolicyOf(const Offer& offer, std::optional<uint32_t> command = {});

// The messages to which these become, each in the order of the kernel. The groups of a family have
// numbers from `first_group` on.
controller::Family NewFamilyMessage(const FamilyPolicy& policy, uint32_t first_group);
std::vector<controller::Policy> PolicyMessages(const FamilyPolicy& policy);

}  // namespace genl

#endif  // GENL_FAMILY_POLICY_H_
