#include "genl/controller_messages.h"

#include <linux/genetlink.h>

#include <cstddef>

#include "genl/layout.h"

namespace genl::controller {
namespace {

// A row an attribute.
// clang-format off
constexpr Attribute kOperationAttributes[] = {
    {.number = CTRL_ATTR_OP_ID, .kind = Kind::kU32, .name = "id"},
    {.number = CTRL_ATTR_OP_FLAGS, .kind = Kind::kU32, .name = "flags"},
};
constexpr AttributeSet kOperationSet = MakeSet<kOperationAttributes>("operation");
constexpr Field kOperationFields[] = {
    GENL_FIELD(OperationEntry, id, kOperationAttributes[0], kRequired, nullptr),
    GENL_FIELD(OperationEntry, flags, kOperationAttributes[1], kRequired, nullptr),
};
constexpr Layout kOperationLayout = MakeLayout<kOperationFields>(kOperationSet);

constexpr Attribute kGroupAttributes[] = {
    {.number = CTRL_ATTR_MCAST_GRP_NAME, .kind = Kind::kString, .name = "name"},
    {.number = CTRL_ATTR_MCAST_GRP_ID, .kind = Kind::kU32, .name = "id"},
};
constexpr AttributeSet kGroupSet = MakeSet<kGroupAttributes>("group");
constexpr Field kGroupFields[] = {
    GENL_FIELD(GroupEntry, name, kGroupAttributes[0], kRequired, nullptr),
    GENL_FIELD(GroupEntry, id, kGroupAttributes[1], kRequired, nullptr),
};
constexpr Layout kGroupLayout = MakeLayout<kGroupFields>(kGroupSet);

constexpr Attribute kSetsAttributes[] = {
    {.number = CTRL_ATTR_POLICY_DO, .kind = Kind::kU32, .name = "do"},
    {.number = CTRL_ATTR_POLICY_DUMP, .kind = Kind::kU32, .name = "dump"},
};
constexpr AttributeSet kSetsSet = MakeSet<kSetsAttributes>("op-policy");
constexpr Field kSetsFields[] = {
    GENL_FIELD(Sets, of_do, kSetsAttributes[0], kOptional, nullptr),
    GENL_FIELD(Sets, of_dump, kSetsAttributes[1], kOptional, nullptr),
};
constexpr Layout kSetsLayout = MakeLayout<kSetsFields>(kSetsSet);

// GENL_NAMSIZ with its NUL.
constexpr const Limits* kNameLimits = &kLimits<Length(0, GENL_NAMSIZ - 1)>;

constexpr Attribute kAttributes[] = {
    {.number = CTRL_ATTR_FAMILY_ID, .kind = Kind::kU16, .name = "family-id"},
    {.number = CTRL_ATTR_FAMILY_NAME, .kind = Kind::kString, .name = "family-name",
     .limits = kNameLimits},
    {.number = CTRL_ATTR_VERSION, .kind = Kind::kU32, .name = "version"},
    {.number = CTRL_ATTR_HDRSIZE, .kind = Kind::kU32, .name = "hdrsize"},
    {.number = CTRL_ATTR_MAXATTR, .kind = Kind::kU32, .name = "maxattr"},
    {.number = CTRL_ATTR_OPS, .kind = Kind::kIndexedArray, .element = Kind::kNest, .name = "ops",
     .nested = &kOperationSet},
    {.number = CTRL_ATTR_MCAST_GROUPS, .kind = Kind::kIndexedArray, .element = Kind::kNest,
     .name = "mcast-groups", .nested = &kGroupSet},
    {.number = CTRL_ATTR_POLICY, .kind = Kind::kNestTypeValue, .levels = 2, .name = "policy",
     .nested = &kPolicyInfoSet},
    {.number = CTRL_ATTR_OP_POLICY, .kind = Kind::kNestTypeValue, .levels = 1,
     .name = "op-policy", .nested = &kSetsSet},
    {.number = CTRL_ATTR_OP, .kind = Kind::kU32, .name = "op"},
};
constexpr AttributeSet kSet = MakeSet<kAttributes>("ctrl");
constexpr Field kRequestFields[] = {
    GENL_FIELD(Request, family_id, kAttributes[0], kOptional, nullptr),
    GENL_FIELD(Request, family_name, kAttributes[1], kOptional, nullptr),
    GENL_FIELD(Request, operation, kAttributes[9], kOptional, nullptr),
};
constexpr Layout kRequestLayout = MakeLayout<kRequestFields>(kSet);
constexpr Field kFamilyFields[] = {
    GENL_FIELD(Family, name, kAttributes[1], kRequired, nullptr),
    GENL_FIELD(Family, id, kAttributes[0], kRequired, nullptr),
    GENL_FIELD(Family, version, kAttributes[2], kRequired, nullptr),
    GENL_FIELD(Family, header_size, kAttributes[3], kRequired, nullptr),
    GENL_FIELD(Family, max_attribute, kAttributes[4], kRequired, nullptr),
    GENL_FIELD(Family, operations, kAttributes[5], kOptional, &kOperationLayout),
    GENL_FIELD(Family, groups, kAttributes[6], kOptional, &kGroupLayout),
};
constexpr Field kPolicyFields[] = {
    GENL_FIELD(Policy, family_id, kAttributes[0], kRequired, nullptr),
    WithValueAt(GENL_FIELD(Policy, attributes, kAttributes[7], kOptional, &kPolicyInfoLayout),
                offsetof(SetEntry, value)),
    WithValueAt(GENL_FIELD(Policy, operations, kAttributes[8], kOptional, &kSetsLayout),
                offsetof(OperationSets, value)),
};
constexpr Layout kPolicyLayout = MakeLayout<kPolicyFields>(kSet);
// clang-format on

}  // namespace

constexpr Layout kFamilyLayout = MakeLayout<kFamilyFields>(kSet);
constexpr Operation kGetFamily = {"getfamily", CTRL_CMD_GETFAMILY, &kRequestLayout,
                                  CTRL_CMD_NEWFAMILY, &kFamilyLayout};
constexpr Operation kGetPolicy = {"getpolicy", CTRL_CMD_GETPOLICY, &kRequestLayout,
                                  CTRL_CMD_GETPOLICY, &kPolicyLayout};

}  // namespace genl::controller
