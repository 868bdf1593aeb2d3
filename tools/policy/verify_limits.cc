// Types, values and lengths of one attribute.
#include <algorithm>

#include "absl/strings/str_format.h"
#include "family/diag/catalogue/kernel_differs.h"
#include "family/diag/catalogue/kernel_silent.h"
#include "tools/policy/verification.h"

namespace genlc {
namespace {

using genl::PolicyType;
using LimitKind = genl::Limits::Type;

// What the 16 bits of a policy's entry hold; see NLA_POLICY_RANGE in include/net/netlink.h.
constexpr int kMostInEntry = 32767;
// What a payload has at most: nla_len is 16 bits wide and counts a header of 4 bytes.
constexpr int kMostBytes = 65531;

struct TypeWord {
  PolicyType type;
  const char* word;
  AttributeType same;  // kUnused: none, or not this alone
};

constexpr TypeWord kTypes[] = {
    {PolicyType::kFlag, "flag", AttributeType::kFlag},
    {PolicyType::kU8, "u8", AttributeType::kU8},
    {PolicyType::kU16, "u16", AttributeType::kU16},
    {PolicyType::kU32, "u32", AttributeType::kU32},
    {PolicyType::kU64, "u64", AttributeType::kU64},
    {PolicyType::kS8, "s8", AttributeType::kS8},
    {PolicyType::kS16, "s16", AttributeType::kS16},
    {PolicyType::kS32, "s32", AttributeType::kS32},
    {PolicyType::kS64, "s64", AttributeType::kS64},
    {PolicyType::kBinary, "binary", AttributeType::kBinary},
    {PolicyType::kString, "string", AttributeType::kString},
    {PolicyType::kNulString, "string", AttributeType::kString},
    {PolicyType::kNested, "nest", AttributeType::kNest},
    {PolicyType::kNestedArray, "indexed-array", AttributeType::kIndexedArray},
    {PolicyType::kBitfield32, "bitfield32", AttributeType::kBitfield32},
    {PolicyType::kSint, "sint", AttributeType::kSint},
    {PolicyType::kUint, "uint", AttributeType::kUint},
};

const TypeWord* FindType(PolicyType type) {
  for (const TypeWord& known : kTypes) {
    if (known.type == type) return &known;
  }
  return nullptr;
}

bool IsAuto(AttributeType type) {
  return type == AttributeType::kUint || type == AttributeType::kSint;
}

// Whether bytes of the lengths that the kernel takes can be this integer.
bool Admits(const genl::Limits& lengths, AttributeType type) {
  if (lengths.type != LimitKind::kLength) return true;
  const auto admits = [&](uint64_t bytes) { return lengths.low <= bytes && bytes <= lengths.high; };
  if (IsAuto(type)) return admits(4) || admits(8);
  return admits(static_cast<uint64_t>(BitWidth(type)) / 8);
}

// Ends of the kernel's range of values.
Integer Low(const genl::AttributePolicy& kernel, bool is_signed) {
  return is_signed ? Integer(static_cast<int64_t>(kernel.limits.low)) : Integer(kernel.limits.low);
}
Integer High(const genl::AttributePolicy& kernel, bool is_signed) {
  return is_signed ? Integer(static_cast<int64_t>(kernel.limits.high))
                   : Integer(kernel.limits.high);
}

std::string Bits(uint64_t mask) { return absl::StrFormat("0x%x", mask); }

// 0x7, but not 0x5.
bool IsRun(uint64_t mask) { return (mask & (mask + 1)) == 0; }

SourceSpan ChecksOf(const Attribute& attribute) {
  return attribute.places.Of("checks", attribute.places.Of("enum", attribute.span));
}

SourceSpan PlaceOf(const std::optional<Limit>& limit, const Attribute& attribute) {
  return limit ? limit->span : ChecksOf(attribute);
}

// What a spec allows as numbers: flags as the range up to all of them.
IntegerRange ValuesOf(const Attribute& attribute) {
  const std::optional<uint64_t> mask = attribute.ValueMask();
  return mask ? IntegerRange{0, *mask} : attribute.Range();
}

// Whether the kernel checks the limits of such an attribute by its policy.
bool IsTold(const Attribute& attribute) {
  const bool foreign = attribute.byte_order != ByteOrder::kHost && BitWidth(attribute.type) > 8;
  return !foreign && !IsAuto(attribute.type) &&
         !(attribute.ValueMask() && IsSigned(attribute.type));
}

void VerifyRange(Verification& v, const Attribute& attribute, const genl::AttributePolicy& kernel) {
  const IntegerRange spec = ValuesOf(attribute);
  const bool is_signed = IsSigned(attribute.type);
  const Integer low = kernel.limits.type == LimitKind::kMask ? 0 : Low(kernel, is_signed);
  const Integer high = High(kernel, is_signed);
  const std::string place = Verification::PlaceOf(attribute);
  if (spec.min != low) {
    v.Report(kDiffersMin, PlaceOf(attribute.checks.min, attribute), place, spec.min, low);
  }
  if (spec.max != high) {
    v.Report(kDiffersMax, PlaceOf(attribute.checks.max, attribute), place, spec.max, high);
  }
}

void VerifyValues(Verification& v, const Attribute& attribute,
                  const genl::AttributePolicy& kernel) {
  const std::string place = Verification::PlaceOf(attribute);
  const IntegerRange type = TypeRange(attribute.type);
  const IntegerRange spec = ValuesOf(attribute);
  const std::optional<uint64_t> mask = attribute.ValueMask();
  const bool gaps = attribute.enumeration != nullptr && !attribute.holds_flags() &&
                    attribute.enumeration->sparse();
  const bool limited = mask || gaps || spec.min > type.min || spec.max < type.max;
  const bool kernel_mask = kernel.limits.type == LimitKind::kMask;
  const bool is_signed = IsSigned(attribute.type);
  const bool full =
      !kernel_mask && Low(kernel, is_signed) == type.min && High(kernel, is_signed) == type.max;
  if (kernel.limits.type == LimitKind::kNone || !IsTold(attribute) || (gaps && full)) {
    if (limited) v.Report(kSilentLimits, ChecksOf(attribute), place);
  } else if (mask && kernel_mask) {
    if (*mask != kernel.limits.high) {
      v.Report(kDiffersMask, attribute.checks.places.Of("flags-mask", ChecksOf(attribute)), place,
               Bits(*mask), Bits(kernel.limits.high));
    }
  } else {
    VerifyRange(v, attribute, kernel);
    const bool holes = kernel_mask ? !IsRun(kernel.limits.high) : mask && !IsRun(*mask);
    if (gaps || holes) v.Report(kSilentLimits, ChecksOf(attribute), place);
  }
}

struct Lengths {
  Integer least = 0;
  std::optional<Integer> most;  // nothing: as many as fit
};

Lengths LengthsOf(const genl::AttributePolicy& kernel) {
  if (kernel.limits.type != LimitKind::kLength) return {};
  Lengths lengths = {kernel.limits.low, std::nullopt};
  if (kernel.limits.high != genl::Limits::kNoMaximum) lengths.most = kernel.limits.high;
  return lengths;
}

Lengths LengthsOf(const Attribute& attribute) {
  const Checks& checks = attribute.checks;
  Lengths lengths;
  if (checks.min_len) lengths.least = checks.min_len->value;
  if (checks.max_len) lengths.most = checks.max_len->value;
  if (checks.exact_len) lengths = {checks.exact_len->value, checks.exact_len->value};
  if (attribute.structure != nullptr && !checks.HasLength()) {
    lengths = {attribute.structure->size, attribute.structure->size};
  }
  return lengths;
}

void ReportLeast(Verification& v, const Attribute& attribute, Integer spec, Integer kernel) {
  if (spec == kernel) return;
  const Checks& checks = attribute.checks;
  v.Report(kDiffersMinLength,
           PlaceOf(checks.min_len ? checks.min_len : checks.exact_len, attribute),
           Verification::PlaceOf(attribute), spec, kernel);
}

void ReportMost(Verification& v, const Attribute& attribute, const std::optional<Integer>& spec,
                const std::optional<Integer>& kernel) {
  if (spec == kernel) return;
  const Checks& checks = attribute.checks;
  v.Report(
      kDiffersMaxLength, PlaceOf(checks.max_len ? checks.max_len : checks.exact_len, attribute),
      Verification::PlaceOf(attribute), spec.value_or(kMostBytes), kernel.value_or(kMostBytes));
}

void VerifyString(Verification& v, const Attribute& attribute,
                  const genl::AttributePolicy& kernel) {
  const std::string place = Verification::PlaceOf(attribute);
  const Lengths spec = LengthsOf(attribute);
  ReportMost(v, attribute, spec.most, LengthsOf(kernel).most);
  if (spec.least > 0) v.Report(kSilentLimits, ChecksOf(attribute), place);
  const auto wants = [](bool terminated) { return terminated ? "has to" : "need not"; };
  const bool terminated = !attribute.checks.unterminated_ok;
  const bool kernel_terminated = kernel.type == PolicyType::kNulString;
  if (terminated == kernel_terminated) return;
  v.Report(kDiffersTerminated, attribute.checks.places.Of("unterminated-ok", attribute.span), place,
           wants(terminated), wants(kernel_terminated));
}

void VerifyBinary(Verification& v, const Attribute& attribute,
                  const genl::AttributePolicy& kernel) {
  const Lengths spec = LengthsOf(attribute);
  const Lengths now = LengthsOf(kernel);
  // A structure may grow at its end unless the spec has a check.
  if (attribute.structure != nullptr && !attribute.checks.HasLength()) {
    if (now.least > spec.least) ReportLeast(v, attribute, spec.least, now.least);
    if (now.most && *now.most < spec.least) ReportMost(v, attribute, spec.most, now.most);
    return;
  }
  // A kernel that checks only one end does not tell it: NLA_POLICY_MIN_LEN.
  const bool one_end = (spec.least == 0) == spec.most.has_value();
  const bool silent = spec.least > kMostInEntry || (spec.most && *spec.most > kMostInEntry) ||
                      (one_end && kernel.limits.type == LimitKind::kNone);
  if (silent) v.Report(kSilentLimits, ChecksOf(attribute), Verification::PlaceOf(attribute));
  if (!silent || now.least != 0) ReportLeast(v, attribute, spec.least, now.least);
  if (!silent || now.most) ReportMost(v, attribute, spec.most, now.most);
}

void VerifyBitfield(Verification& v, const Attribute& attribute,
                    const genl::AttributePolicy& kernel) {
  const uint64_t spec =
      attribute.enumeration != nullptr ? attribute.enumeration->mask() : uint64_t{0xffffffff};
  if (kernel.limits.type != LimitKind::kMask || kernel.limits.high == spec) return;
  v.Report(kDiffersMask, ChecksOf(attribute), Verification::PlaceOf(attribute), Bits(spec),
           Bits(kernel.limits.high));
}

}  // namespace

std::string TypeText(PolicyType type) {
  const TypeWord* known = FindType(type);
  return known != nullptr ? known->word : absl::StrCat("type ", static_cast<uint32_t>(type));
}

TypeFit FitOf(const Attribute& attribute, const genl::AttributePolicy& kernel) {
  const TypeWord* known = FindType(kernel.type);
  if (known == nullptr) return TypeFit::kSilent;
  if (kernel.type == PolicyType::kBinary && IsInteger(attribute.type)) {
    return Admits(kernel.limits, attribute.type) ? TypeFit::kSilent : TypeFit::kOther;
  }
  const bool array = attribute.type == AttributeType::kIndexedArray ||
                     attribute.type == AttributeType::kNestTypeValue;
  // A nest that the kernel does not look into may be of any kind.
  if (array && kernel.type == PolicyType::kNested && !kernel.nested) return TypeFit::kSame;
  if (array && kernel.type == PolicyType::kNestedArray) return TypeFit::kSame;
  return attribute.type == known->same ? TypeFit::kSame : TypeFit::kOther;
}

void VerifyLimits(Verification& verification, const Attribute& attribute,
                  const genl::AttributePolicy& kernel) {
  if (IsInteger(attribute.type)) {
    VerifyValues(verification, attribute, kernel);
  } else if (attribute.type == AttributeType::kString) {
    VerifyString(verification, attribute, kernel);
  } else if (attribute.type == AttributeType::kBinary) {
    VerifyBinary(verification, attribute, kernel);
  } else if (attribute.type == AttributeType::kBitfield32) {
    VerifyBitfield(verification, attribute, kernel);
  }
}

}  // namespace genlc
