#include "genl/policy.h"

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "genl/dump.h"
#include "genl/kernel_error.h"
#include "genl/layout.h"

namespace genl {
namespace {

struct Request {
  std::string family_name = {};
};

struct WireOperation {
  uint32_t id = 0;
  uint32_t flags = 0;
};

struct WireGroup {
  std::string name = {};
};

struct WireFamily {
  uint16_t id = 0;
  std::string name = {};
  uint32_t version = 0;
  uint32_t header_size = 0;
  std::vector<WireOperation> operations = {};
  std::vector<WireGroup> groups = {};
};

struct WireAttribute {
  uint32_t type = 0;
  std::optional<int64_t> min_signed = {};
  std::optional<int64_t> max_signed = {};
  std::optional<uint64_t> min_unsigned = {};
  std::optional<uint64_t> max_unsigned = {};
  std::optional<uint32_t> min_length = {};
  std::optional<uint32_t> max_length = {};
  std::optional<uint32_t> nested = {};
  std::optional<uint32_t> bitfield = {};
  std::optional<uint64_t> mask = {};
};

struct WirePolicyEntry {
  uint32_t set = 0;
  uint32_t attribute = 0;
  WireAttribute value = {};
};

struct WireSets {
  std::optional<uint32_t> of_do = {};
  std::optional<uint32_t> of_dump = {};
};

struct WireOperationEntry {
  uint32_t command = 0;
  WireSets value = {};
};

struct WirePolicy {
  std::vector<WirePolicyEntry> attributes = {};
  std::vector<WireOperationEntry> operations = {};
};

// A row an attribute.
// clang-format off
constexpr Attribute kOperationAttributes[] = {
    {.number = CTRL_ATTR_OP_ID, .kind = Kind::kU32, .name = "id"},
    {.number = CTRL_ATTR_OP_FLAGS, .kind = Kind::kU32, .name = "flags"},
};
constexpr AttributeSet kOperationSet = MakeSet<kOperationAttributes>("operation");
constexpr Field kOperationFields[] = {
    GENL_FIELD(WireOperation, id, kOperationAttributes[0], kRequired, nullptr),
    GENL_FIELD(WireOperation, flags, kOperationAttributes[1], kRequired, nullptr),
};
constexpr Layout kOperationLayout = MakeLayout<kOperationFields>(kOperationSet);

constexpr Attribute kGroupAttributes[] = {
    {.number = CTRL_ATTR_MCAST_GRP_NAME, .kind = Kind::kString, .name = "name"},
};
constexpr AttributeSet kGroupSet = MakeSet<kGroupAttributes>("group");
constexpr Field kGroupFields[] = {
    GENL_FIELD(WireGroup, name, kGroupAttributes[0], kRequired, nullptr),
};
constexpr Layout kGroupLayout = MakeLayout<kGroupFields>(kGroupSet);

constexpr Attribute kPolicyAttributes[] = {
    {.number = NL_POLICY_TYPE_ATTR_TYPE, .kind = Kind::kU32, .name = "type"},
    {.number = NL_POLICY_TYPE_ATTR_MIN_VALUE_S, .kind = Kind::kS64, .name = "min-value-s"},
    {.number = NL_POLICY_TYPE_ATTR_MAX_VALUE_S, .kind = Kind::kS64, .name = "max-value-s"},
    {.number = NL_POLICY_TYPE_ATTR_MIN_VALUE_U, .kind = Kind::kU64, .name = "min-value-u"},
    {.number = NL_POLICY_TYPE_ATTR_MAX_VALUE_U, .kind = Kind::kU64, .name = "max-value-u"},
    {.number = NL_POLICY_TYPE_ATTR_MIN_LENGTH, .kind = Kind::kU32, .name = "min-length"},
    {.number = NL_POLICY_TYPE_ATTR_MAX_LENGTH, .kind = Kind::kU32, .name = "max-length"},
    {.number = NL_POLICY_TYPE_ATTR_POLICY_IDX, .kind = Kind::kU32, .name = "policy-idx"},
    {.number = NL_POLICY_TYPE_ATTR_BITFIELD32_MASK, .kind = Kind::kU32, .name = "bitfield32-mask"},
    {.number = NL_POLICY_TYPE_ATTR_MASK, .kind = Kind::kU64, .name = "mask"},
};
constexpr AttributeSet kPolicySet = MakeSet<kPolicyAttributes>("policy");
constexpr Field kPolicyFields[] = {
    GENL_FIELD(WireAttribute, type, kPolicyAttributes[0], kRequired, nullptr),
    GENL_FIELD(WireAttribute, min_signed, kPolicyAttributes[1], kOptional, nullptr),
    GENL_FIELD(WireAttribute, max_signed, kPolicyAttributes[2], kOptional, nullptr),
    GENL_FIELD(WireAttribute, min_unsigned, kPolicyAttributes[3], kOptional, nullptr),
    GENL_FIELD(WireAttribute, max_unsigned, kPolicyAttributes[4], kOptional, nullptr),
    GENL_FIELD(WireAttribute, min_length, kPolicyAttributes[5], kOptional, nullptr),
    GENL_FIELD(WireAttribute, max_length, kPolicyAttributes[6], kOptional, nullptr),
    GENL_FIELD(WireAttribute, nested, kPolicyAttributes[7], kOptional, nullptr),
    GENL_FIELD(WireAttribute, bitfield, kPolicyAttributes[8], kOptional, nullptr),
    GENL_FIELD(WireAttribute, mask, kPolicyAttributes[9], kOptional, nullptr),
};
constexpr Layout kPolicyLayout = MakeLayout<kPolicyFields>(kPolicySet);

constexpr Attribute kSetsAttributes[] = {
    {.number = CTRL_ATTR_POLICY_DO, .kind = Kind::kU32, .name = "do"},
    {.number = CTRL_ATTR_POLICY_DUMP, .kind = Kind::kU32, .name = "dump"},
};
constexpr AttributeSet kSetsSet = MakeSet<kSetsAttributes>("op-policy");
constexpr Field kSetsFields[] = {
    GENL_FIELD(WireSets, of_do, kSetsAttributes[0], kOptional, nullptr),
    GENL_FIELD(WireSets, of_dump, kSetsAttributes[1], kOptional, nullptr),
};
constexpr Layout kSetsLayout = MakeLayout<kSetsFields>(kSetsSet);

constexpr Attribute kFamilyAttributes[] = {
    {.number = CTRL_ATTR_FAMILY_ID, .kind = Kind::kU16, .name = "family-id"},
    {.number = CTRL_ATTR_FAMILY_NAME, .kind = Kind::kString, .name = "family-name"},
    {.number = CTRL_ATTR_VERSION, .kind = Kind::kU32, .name = "version"},
    {.number = CTRL_ATTR_HDRSIZE, .kind = Kind::kU32, .name = "hdrsize"},
    {.number = CTRL_ATTR_OPS, .kind = Kind::kIndexedArray, .element = Kind::kNest, .name = "ops",
     .nested = &kOperationSet},
    {.number = CTRL_ATTR_MCAST_GROUPS, .kind = Kind::kIndexedArray, .element = Kind::kNest,
     .name = "mcast-groups", .nested = &kGroupSet},
    {.number = CTRL_ATTR_POLICY, .kind = Kind::kNestTypeValue, .levels = 2, .name = "policy",
     .nested = &kPolicySet},
    {.number = CTRL_ATTR_OP_POLICY, .kind = Kind::kNestTypeValue, .levels = 1,
     .name = "op-policy", .nested = &kSetsSet},
};
constexpr AttributeSet kControllerSet = MakeSet<kFamilyAttributes>("ctrl");
constexpr Field kRequestFields[] = {
    GENL_FIELD(Request, family_name, kFamilyAttributes[1], kRequired, nullptr),
};
constexpr Layout kRequestLayout = MakeLayout<kRequestFields>(kControllerSet);
constexpr Field kFamilyFields[] = {
    GENL_FIELD(WireFamily, id, kFamilyAttributes[0], kRequired, nullptr),
    GENL_FIELD(WireFamily, name, kFamilyAttributes[1], kRequired, nullptr),
    GENL_FIELD(WireFamily, version, kFamilyAttributes[2], kRequired, nullptr),
    GENL_FIELD(WireFamily, header_size, kFamilyAttributes[3], kRequired, nullptr),
    GENL_FIELD(WireFamily, operations, kFamilyAttributes[4], kOptional, &kOperationLayout),
    GENL_FIELD(WireFamily, groups, kFamilyAttributes[5], kOptional, &kGroupLayout),
};
constexpr Layout kFamilyLayout = MakeLayout<kFamilyFields>(kControllerSet);
constexpr Field kReplyFields[] = {
    WithValueAt(GENL_FIELD(WirePolicy, attributes, kFamilyAttributes[6], kOptional, &kPolicyLayout),
                offsetof(WirePolicyEntry, value)),
    WithValueAt(GENL_FIELD(WirePolicy, operations, kFamilyAttributes[7], kOptional, &kSetsLayout),
                offsetof(WireOperationEntry, value)),
};
constexpr Layout kReplyLayout = MakeLayout<kReplyFields>(kControllerSet);
// clang-format on

constexpr Operation kGetFamily = {"getfamily", CTRL_CMD_GETFAMILY, &kRequestLayout,
                                  CTRL_CMD_NEWFAMILY, &kFamilyLayout};
constexpr Operation kGetPolicy = {"getpolicy", CTRL_CMD_GETPOLICY, &kRequestLayout,
                                  CTRL_CMD_GETPOLICY, &kReplyLayout};

// The index of a set comes from the kernel; a family with more is not believed.
constexpr uint32_t kMostSets = 1 << 16;

Limits LimitsOf(const WireAttribute& attribute) {
  if (attribute.mask) return Mask(*attribute.mask);
  if (attribute.bitfield) return Mask(*attribute.bitfield);
  if (attribute.min_signed && attribute.max_signed) {
    return Range(*attribute.min_signed, *attribute.max_signed);
  }
  if (attribute.min_unsigned && attribute.max_unsigned) {
    return Range(*attribute.min_unsigned, *attribute.max_unsigned);
  }
  if (!attribute.min_length && !attribute.max_length) return {};
  return Length(attribute.min_length.value_or(0),
                attribute.max_length ? *attribute.max_length : Limits::kNoMaximum);
}

absl::Status AddAttribute(const WirePolicyEntry& entry, FamilyPolicy& policy) {
  if (entry.set >= kMostSets || entry.attribute > kMaxAttributeNumber) {
    return absl::DataLossError("nlctrl.getpolicy: an attribute out of every range");
  }
  if (entry.set >= policy.sets.size()) policy.sets.resize(entry.set + size_t{1});
  policy.sets[entry.set].push_back({.number = static_cast<uint16_t>(entry.attribute),
                                    .type = static_cast<PolicyType>(entry.value.type),
                                    .limits = LimitsOf(entry.value),
                                    .nested = entry.value.nested});
  return absl::OkStatus();
}

void AddSets(const std::vector<WireOperationEntry>& entries, FamilyPolicy& policy) {
  for (const WireOperationEntry& entry : entries) {
    for (OperationPolicy& operation : policy.operations) {
      if (operation.command != entry.command) continue;
      operation.do_set = entry.value.of_do;
      operation.dump_set = entry.value.of_dump;
    }
  }
}

// Kernels since 6.2 give the number of the `do` in ctrl_dumppolicy_put_op(), which is 0 of an
// operation that has none. They tell these in the order of the operations.
void NumberDumps(std::vector<WireOperationEntry>& entries, const FamilyPolicy& policy) {
  if (policy.Find(0) != nullptr) return;
  std::vector<WireOperationEntry*> nameless;
  for (WireOperationEntry& entry : entries) {
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

absl::Status ReadSets(Client& controller, const Request& request, FamilyPolicy& policy) {
  Dump<WirePolicy> dump(controller, kGetPolicy, &request);
  std::vector<WireOperationEntry> operations;
  for (const WirePolicy& part : dump) {
    operations.insert(operations.end(), part.operations.begin(), part.operations.end());
    for (const WirePolicyEntry& entry : part.attributes) {
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
  absl::StatusOr<Client> controller = Client::Connect(endpoint.For(kController), options);
  if (!controller.ok()) return controller.status();
  const Request request = {std::string(family)};
  absl::StatusOr<WireFamily> wire = controller->Call<WireFamily>(kGetFamily, &request);
  if (!wire.ok()) return wire.status();
  FamilyPolicy policy = {.name = std::move(wire->name),
                         .id = wire->id,
                         .version = wire->version,
                         .header_size = wire->header_size};
  for (const WireOperation& operation : wire->operations) {
    policy.operations.push_back({.command = operation.id, .flags = operation.flags});
  }
  for (WireGroup& group : wire->groups) policy.groups.push_back(std::move(group.name));
  const absl::Status status = ReadSets(*controller, request, policy);
  if (!status.ok()) return status;
  return policy;
}

}  // namespace genl
