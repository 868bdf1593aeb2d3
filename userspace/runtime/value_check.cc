#include "genl/value_check.h"

#include <cerrno>

namespace genl {
namespace {

// What an entry of a policy can say of a length (nla_policy::min and max).
constexpr uint64_t kLongestInPolicy = 32767;

template <typename T>
bool IsWithin(uint64_t value, const Limits& limits) {
  return static_cast<T>(value) >= static_cast<T>(limits.low) &&
         static_cast<T>(value) <= static_cast<T>(limits.high);
}

}  // namespace

bool IsInPolicy(const Attribute& attribute, Kind kind) {
  const size_t width = WireWidth(kind);
  if (width == 0 || (width > 1 && attribute.order != ByteOrder::kHost)) return false;
  return LimitsOf(attribute).type != Limits::Type::kMask || !IsSigned(kind);
}

bool LengthIsInPolicy(const Limits& limits) {
  return limits.low <= kLongestInPolicy &&
         (limits.high == Limits::kNoMaximum || limits.high <= kLongestInPolicy);
}

bool IsArrayOfNests(const Attribute& attribute) {
  if (attribute.kind == Kind::kNestTypeValue) return attribute.levels == 1;
  return attribute.kind == Kind::kIndexedArray && attribute.element == Kind::kNest;
}

uint32_t BitsOf(const Attribute& attribute) {
  if (attribute.enumeration == nullptr) return ~uint32_t{0};
  uint32_t bits = 0;
  for (const EnumEntry& entry : attribute.enumeration->entries) {
    bits |= static_cast<uint32_t>(entry.value);
  }
  return bits;
}

bool CheckInteger(const Attribute& attribute, Kind kind, uint64_t value, const uint8_t* place,
                  Complaint& complaint) {
  const Limits& limits = LimitsOf(attribute);
  if (limits.type == Limits::Type::kMask) {
    // Of a signed value the bits above its width say what its sign says.
    const size_t width = WireWidth(kind) == 0 ? 8 : WireWidth(kind);
    const uint64_t bits = width == 8 ? value : value & ((uint64_t{1} << 8 * width) - 1);
    if ((bits & ~limits.high) == 0) return true;
    return complaint.Set(EINVAL, "reserved bit set", place, &attribute);
  }
  if (limits.type != Limits::Type::kRange) return true;
  const bool good =
      IsSigned(kind) ? IsWithin<int64_t>(value, limits) : IsWithin<uint64_t>(value, limits);
  return good || complaint.Set(ERANGE, "integer out of range", place, &attribute);
}

bool CheckMember(const Attribute& attribute, uint64_t value, const uint8_t* place,
                 Complaint& complaint) {
  const Enum* enumeration = attribute.enumeration;
  if (enumeration == nullptr || enumeration->flags || enumeration->entries.empty() ||
      LimitsOf(attribute).type == Limits::Type::kMask) {
    return true;
  }
  for (const EnumEntry& entry : enumeration->entries) {
    if (entry.value == value) return true;
  }
  return complaint.Set(EINVAL, "value is not in the enumeration", place);
}

}  // namespace genl
