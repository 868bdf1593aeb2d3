#include "genl/policy.h"

#include <linux/genetlink.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "genl/controller_messages.h"
#include "genl/dump.h"
#include "genl/kernel_error.h"

namespace genl {
namespace {

// The index of a set comes from the kernel; a family with more is not believed.
constexpr uint32_t kMostSets = 1 << 16;

Limits LimitsOf(const PolicyInfo& attribute) {
  if (attribute.mask) return Mask(*attribute.mask);
  if (attribute.bitfield_mask) return Mask(*attribute.bitfield_mask);
  if (attribute.min_signed && attribute.max_signed) {
    return Range(*attribute.min_signed, *attribute.max_signed);
  }
  if (attribute.min && attribute.max) return Range(*attribute.min, *attribute.max);
  if (!attribute.min_length && !attribute.max_length) return {};
  return Length(attribute.min_length.value_or(0),
                attribute.max_length ? *attribute.max_length : Limits::kNoMaximum);
}

absl::Status AddAttribute(const controller::SetEntry& entry, FamilyPolicy& policy) {
  if (entry.set >= kMostSets || entry.attribute > kMaxAttributeNumber) {
    return absl::DataLossError("nlctrl.getpolicy: an attribute out of every range");
  }
  if (entry.set >= policy.sets.size()) policy.sets.resize(entry.set + size_t{1});
  policy.sets[entry.set].push_back({.number = static_cast<uint16_t>(entry.attribute),
                                    .type = static_cast<PolicyType>(entry.value.type.value_or(0)),
                                    .limits = LimitsOf(entry.value),
                                    .nested = entry.value.nested});
  return absl::OkStatus();
}

void AddSets(const std::vector<controller::OperationSets>& entries, FamilyPolicy& policy) {
  for (const controller::OperationSets& entry : entries) {
    for (OperationPolicy& operation : policy.operations) {
      if (operation.command != entry.command) continue;
      operation.do_set = entry.value.of_do;
      operation.dump_set = entry.value.of_dump;
    }
  }
}

// Kernels since 6.2 give the number of the `do` in ctrl_dumppolicy_put_op(), which is 0 of an
// operation that has none. They tell these in the order of the operations.
void NumberDumps(std::vector<controller::OperationSets>& entries, const FamilyPolicy& policy) {
  if (policy.Find(0) != nullptr) return;
  std::vector<controller::OperationSets*> nameless;
  for (controller::OperationSets& entry : entries) {
    if (entry.command == 0) nameless.push_back(&entry);
  }
  std::vector<uint32_t> dumps;
  for (const OperationPolicy& operation : policy.operations) {
    if (!operation.can_do() && (operation.flags & GENL_CMD_CAP_HASPOL) != 0) {
      dumps.push_back(operation.command);
    }
  }
  if (nameless.size() != dumps.size()) return;  // they stay without a set
  for (size_t i = 0; i < dumps.size(); ++i) nameless[i]->command = dumps[i];
}

// Kernels 5.8 and 5.9 tell one set for the family.
void ShareSet(FamilyPolicy& policy) {
  for (OperationPolicy& operation : policy.operations) {
    if ((operation.flags & GENL_CMD_CAP_HASPOL) == 0) continue;
    if (operation.can_do()) operation.do_set = 0;
    if (operation.can_dump()) operation.dump_set = 0;
  }
}

// What a family without policies, and a kernel that cannot tell them, are answered with.
bool HasNone(const absl::Status& status) {
  const std::optional<KernelError> error = GetKernelError(status);
  return error && (error->error == ENODATA || error->error == EOPNOTSUPP);
}

absl::Status ReadSets(Client& client, const controller::Request& request, FamilyPolicy& policy) {
  Dump<controller::Policy> dump(client, controller::kGetPolicy, &request);
  std::vector<controller::OperationSets> operations;
  for (const controller::Policy& part : dump) {
    operations.insert(operations.end(), part.operations.begin(), part.operations.end());
    for (const controller::SetEntry& entry : part.attributes) {
      if (absl::Status status = AddAttribute(entry, policy); !status.ok()) return status;
    }
  }
  if (!dump.status().ok()) return HasNone(dump.status()) ? absl::OkStatus() : dump.status();
  NumberDumps(operations, policy);
  AddSets(operations, policy);
  if (operations.empty() && !policy.sets.empty()) ShareSet(policy);
  // Of a set that accepts nothing there is only the index.
  const auto make = [&](std::optional<uint32_t> set) {
    if (set && *set < kMostSets && *set >= policy.sets.size()) policy.sets.resize(*set + size_t{1});
  };
  for (const OperationPolicy& operation : policy.operations) {
    make(operation.do_set);
    make(operation.dump_set);
  }
  for (size_t i = 0; i < policy.sets.size(); ++i) {
    for (size_t j = 0; j < policy.sets[i].size(); ++j) make(policy.sets[i][j].nested);
  }
  return absl::OkStatus();
}

}  // namespace

const AttributePolicy* FindAttribute(const PolicySet& set, uint16_t number) {
  for (const AttributePolicy& attribute : set) {
    if (attribute.number == number) return &attribute;
  }
  return nullptr;
}

bool OperationPolicy::admin_perm() const { return (flags & GENL_ADMIN_PERM) != 0; }
bool OperationPolicy::uns_admin_perm() const { return (flags & GENL_UNS_ADMIN_PERM) != 0; }
bool OperationPolicy::can_do() const { return (flags & GENL_CMD_CAP_DO) != 0; }
bool OperationPolicy::can_dump() const { return (flags & GENL_CMD_CAP_DUMP) != 0; }

const OperationPolicy* FamilyPolicy::Find(uint32_t command) const {
  for (const OperationPolicy& operation : operations) {
    if (operation.command == command) return &operation;
  }
  return nullptr;
}

const PolicySet* FamilyPolicy::Set(std::optional<uint32_t> set) const {
  return set && *set < sets.size() ? &sets[*set] : nullptr;
}

absl::StatusOr<FamilyPolicy> ReadPolicy(absl::string_view family, const ConnectOptions& options) {
  const absl::StatusOr<Endpoint> endpoint = Endpoint::Make(kController, options);
  if (!endpoint.ok()) return endpoint.status();
  return ReadPolicy(family, *endpoint, options);
}

absl::StatusOr<FamilyPolicy> ReadPolicy(absl::string_view family, const Endpoint& endpoint,
                                        const ConnectOptions& options) {
  absl::StatusOr<Client> client = Client::Connect(endpoint.For(kController), options);
  if (!client.ok()) return client.status();
  const controller::Request request = {.family_name = std::string(family)};
  absl::StatusOr<controller::Family> wire =
      client->Call<controller::Family>(controller::kGetFamily, &request);
  if (!wire.ok()) return wire.status();
  FamilyPolicy policy = {.name = std::move(wire->name),
                         .id = wire->id,
                         .version = wire->version,
                         .header_size = wire->header_size};
  for (const controller::OperationEntry& operation : wire->operations) {
    policy.operations.push_back({.command = operation.id, .flags = operation.flags});
  }
  for (controller::GroupEntry& group : wire->groups) policy.groups.push_back(std::move(group.name));
  const absl::Status status = ReadSets(*client, request, policy);
  if (!status.ok()) return status;
  return policy;
}

}  // namespace genl
