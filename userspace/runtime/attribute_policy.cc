#include "genl/attribute_policy.h"

#include "genl/value_check.h"

namespace genl {
namespace {

PolicyType TypeOf(const Attribute& attribute) {
  switch (attribute.kind) {
    case Kind::kFlag: return PolicyType::kFlag;
    case Kind::kU8: return PolicyType::kU8;
    case Kind::kU16: return PolicyType::kU16;
    case Kind::kU32: return PolicyType::kU32;
    case Kind::kU64: return PolicyType::kU64;
    case Kind::kS8: return PolicyType::kS8;
    case Kind::kS16: return PolicyType::kS16;
    case Kind::kS32: return PolicyType::kS32;
    case Kind::kS64: return PolicyType::kS64;
    case Kind::kUint: return PolicyType::kUint;
    case Kind::kSint: return PolicyType::kSint;
    case Kind::kBitfield32: return PolicyType::kBitfield32;
    case Kind::kString:
      return LimitsOf(attribute).unterminated ? PolicyType::kString : PolicyType::kNulString;
    case Kind::kNest: return PolicyType::kNested;
    case Kind::kIndexedArray:
    case Kind::kNestTypeValue:
      return IsArrayOfNests(attribute) ? PolicyType::kNestedArray : PolicyType::kNested;
    default: return PolicyType::kBinary;
  }
}

// A policy always has a range, if only that of its type.
Limits ValuesOf(const Attribute& attribute) {
  const Limits& limits = LimitsOf(attribute);
  const bool told = IsInPolicy(attribute, attribute.kind);
  if (told && limits.type == Limits::Type::kMask) return Mask(limits.high);
  if (told && limits.type == Limits::Type::kRange) return Range(limits.low, limits.high);
  const size_t width = WireWidth(attribute.kind) == 0 ? 8 : WireWidth(attribute.kind);
  const uint64_t most = ~uint64_t{0} >> (64 - 8 * width);
  if (!IsSigned(attribute.kind)) return Range(uint64_t{0}, most);
  const auto high = static_cast<int64_t>(most >> 1);
  return Range(-high - 1, high);
}

Limits BytesOf(const Attribute& attribute) {
  const Limits& limits = LimitsOf(attribute);
  if (limits.type != Limits::Type::kLength) {
    if (attribute.kind != Kind::kStruct) return {};
    return Length(attribute.structure->size, attribute.structure->size);
  }
  const bool has_least = limits.low > 0 && attribute.kind != Kind::kString;
  // What NLA_POLICY_MIN_LEN checks, the kernel does not tell; nor has a policy room for more.
  if (limits.high == Limits::kNoMaximum) return {};
  return Length(has_least && LengthIsInPolicy(limits) ? limits.low : 0, limits.high);
}

}  // namespace

AttributePolicy PolicyOf(const Attribute& attribute) {
  AttributePolicy policy = {.number = attribute.number, .type = TypeOf(attribute)};
  if (IsInteger(attribute.kind)) {
    policy.limits = ValuesOf(attribute);
  } else if (attribute.kind == Kind::kBitfield32) {
    policy.limits = Mask(BitsOf(attribute));
  } else if (!IsNest(attribute.kind)) {
    policy.limits = BytesOf(attribute);
  }
  return policy;
}

PolicyInfo InfoOf(const AttributePolicy& policy) {
  PolicyInfo info = {.type = static_cast<uint32_t>(policy.type), .nested = policy.nested};
  const Limits& limits = policy.limits;
  const bool is_signed = (policy.type >= PolicyType::kS8 && policy.type <= PolicyType::kS64) ||
                         policy.type == PolicyType::kSint;
  switch (limits.type) {
    case Limits::Type::kNone: break;
    case Limits::Type::kRange:
      if (is_signed) {
        info.min_signed = static_cast<int64_t>(limits.low);
        info.max_signed = static_cast<int64_t>(limits.high);
      } else {
        info.min = limits.low;
        info.max = limits.high;
      }
      break;
    case Limits::Type::kMask:
      if (policy.type == PolicyType::kBitfield32) {
        info.bitfield_mask = static_cast<uint32_t>(limits.high);
      } else {
        info.mask = limits.high;
      }
      break;
    case Limits::Type::kLength:
      if (limits.low > 0) info.min_length = static_cast<uint32_t>(limits.low);
      if (limits.high != Limits::kNoMaximum) info.max_length = static_cast<uint32_t>(limits.high);
      break;
  }
  return info;
}

}  // namespace genl
