#include "genl/extack.h"

#include <linux/netlink.h>

#include <limits>

#include "absl/strings/str_cat.h"

namespace genl {
namespace {

// A row an attribute.
// clang-format off
constexpr Attribute kPolicyAttributes[] = {
    {.number = NL_POLICY_TYPE_ATTR_TYPE, .kind = Kind::kU32, .name = "type"},
    {.number = NL_POLICY_TYPE_ATTR_MIN_VALUE_S, .kind = Kind::kS64, .name = "min-value-signed"},
    {.number = NL_POLICY_TYPE_ATTR_MAX_VALUE_S, .kind = Kind::kS64, .name = "max-value-signed"},
    {.number = NL_POLICY_TYPE_ATTR_MIN_VALUE_U, .kind = Kind::kU64, .name = "min-value"},
    {.number = NL_POLICY_TYPE_ATTR_MAX_VALUE_U, .kind = Kind::kU64, .name = "max-value"},
    {.number = NL_POLICY_TYPE_ATTR_MIN_LENGTH, .kind = Kind::kU32, .name = "min-length"},
    {.number = NL_POLICY_TYPE_ATTR_MAX_LENGTH, .kind = Kind::kU32, .name = "max-length"},
    {.number = NL_POLICY_TYPE_ATTR_POLICY_IDX, .kind = Kind::kU32, .name = "policy-idx"},
    {.number = NL_POLICY_TYPE_ATTR_POLICY_MAXTYPE, .kind = Kind::kU32, .name = "policy-maxtype"},
    {.number = NL_POLICY_TYPE_ATTR_BITFIELD32_MASK, .kind = Kind::kU32, .name = "bitfield32-mask"},
    {.number = NL_POLICY_TYPE_ATTR_MASK, .kind = Kind::kU64, .name = "mask"},
};

constexpr Field kPolicyFields[] = {
    GENL_FIELD(PolicyInfo, type, kPolicyAttributes[0], kOptional, nullptr),
    GENL_FIELD(PolicyInfo, min_signed, kPolicyAttributes[1], kOptional, nullptr),
    GENL_FIELD(PolicyInfo, max_signed, kPolicyAttributes[2], kOptional, nullptr),
    GENL_FIELD(PolicyInfo, min, kPolicyAttributes[3], kOptional, nullptr),
    GENL_FIELD(PolicyInfo, max, kPolicyAttributes[4], kOptional, nullptr),
    GENL_FIELD(PolicyInfo, min_length, kPolicyAttributes[5], kOptional, nullptr),
    GENL_FIELD(PolicyInfo, max_length, kPolicyAttributes[6], kOptional, nullptr),
    GENL_FIELD(PolicyInfo, nested, kPolicyAttributes[7], kOptional, nullptr),
    GENL_FIELD(PolicyInfo, last_nested, kPolicyAttributes[8], kOptional, nullptr),
    GENL_FIELD(PolicyInfo, bitfield_mask, kPolicyAttributes[9], kOptional, nullptr),
    GENL_FIELD(PolicyInfo, mask, kPolicyAttributes[10], kOptional, nullptr),
};

constexpr Attribute kExtAckAttributes[] = {
    {.number = NLMSGERR_ATTR_MSG, .kind = Kind::kString, .name = "msg"},
    {.number = NLMSGERR_ATTR_OFFS, .kind = Kind::kU32, .name = "offs"},
    {.number = NLMSGERR_ATTR_POLICY, .kind = Kind::kNest, .name = "policy", .nested = &kPolicyInfoSet},
    {.number = NLMSGERR_ATTR_MISS_TYPE, .kind = Kind::kU32, .name = "miss-type"},
    {.number = NLMSGERR_ATTR_MISS_NEST, .kind = Kind::kU32, .name = "miss-nest"},
};
constexpr AttributeSet kExtAckSet = MakeSet<kExtAckAttributes>("extack");

constexpr Field kExtAckFields[] = {
    GENL_FIELD(ExtAck, message, kExtAckAttributes[0], kOptional, nullptr),
    GENL_FIELD(ExtAck, offset, kExtAckAttributes[1], kOptional, nullptr),
    GENL_FIELD(ExtAck, policy, kExtAckAttributes[2], kOptional, &kPolicyInfoLayout),
    GENL_FIELD(ExtAck, missing_type, kExtAckAttributes[3], kOptional, nullptr),
    GENL_FIELD(ExtAck, missing_nest, kExtAckAttributes[4], kOptional, nullptr),
};
// clang-format on

// `low` and `high` are the limits of the type, which say nothing.
template <typename T>
std::string DescribeRange(T min, T max, T low, T high) {
  if (min <= low && max >= high) return "";
  if (max >= high) return absl::StrCat("must be at least ", min);
  if (min <= low) return absl::StrCat("must be at most ", max);
  return absl::StrCat("must be ", min, "..", max);
}

std::string DescribeLength(const PolicyInfo& policy) {
  const uint32_t min = policy.min_length.value_or(0);
  if (!policy.max_length) {
    return min == 0 ? "" : absl::StrCat("must have at least ", min, " bytes");
  }
  const uint32_t max = *policy.max_length;
  if (min == max) return absl::StrCat("must have exactly ", max, " bytes");
  if (min == 0) return absl::StrCat("must have at most ", max, " bytes");
  return absl::StrCat("must have ", min, "..", max, " bytes");
}

std::string DescribeMask(uint64_t mask) {
  return absl::StrCat("must have no bits but 0x", absl::Hex(mask));
}

// What an unsigned or signed type can hold at most: 8, 16, 32 or 64 bits.
int Bits(uint32_t type) {
  switch (type) {
    case NL_ATTR_TYPE_U8:
    case NL_ATTR_TYPE_S8: return 8;
    case NL_ATTR_TYPE_U16:
    case NL_ATTR_TYPE_S16: return 16;
    case NL_ATTR_TYPE_U32:
    case NL_ATTR_TYPE_S32: return 32;
    default: return 64;
  }
}

}  // namespace

constexpr AttributeSet kPolicyInfoSet = MakeSet<kPolicyAttributes>("policy");
constexpr Layout kPolicyInfoLayout = MakeLayout<kPolicyFields>(kPolicyInfoSet);
constexpr Layout kExtAckLayout = MakeLayout<kExtAckFields>(kExtAckSet);

std::string DescribePolicy(const PolicyInfo& policy) {
  const int spare = 64 - Bits(policy.type.value_or(NL_ATTR_TYPE_INVALID));
  if (policy.mask) return DescribeMask(*policy.mask);
  if (policy.bitfield_mask) return DescribeMask(*policy.bitfield_mask);
  if (policy.min || policy.max) {
    const uint64_t high = std::numeric_limits<uint64_t>::max() >> spare;
    return DescribeRange<uint64_t>(policy.min.value_or(0), policy.max.value_or(high), 0, high);
  }
  if (policy.min_signed || policy.max_signed) {
    const int64_t high = std::numeric_limits<int64_t>::max() >> spare;
    const int64_t low = -high - 1;
    return DescribeRange(policy.min_signed.value_or(low), policy.max_signed.value_or(high), low,
                         high);
  }
  return DescribeLength(policy);
}

}  // namespace genl
