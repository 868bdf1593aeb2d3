// `checks`: limits that the kernel's policy can hold and that leave something to send.
#include <array>

#include "absl/strings/match.h"
#include "family/check/rules.h"
#include "family/diag/catalogue/keys.h"
#include "family/diag/catalogue/names.h"
#include "family/diag/catalogue/policies.h"

namespace genlc {
namespace {

// nla_len is 16 bits wide and counts the header of 4 bytes; a string has a final zero.
constexpr int kMostBytes = 65531;

bool IsUnsigned(AttributeType type) { return IsInteger(type) && !IsSigned(type); }
bool HasLength(AttributeType type) {
  return type == AttributeType::kString || type == AttributeType::kBinary;
}
bool IsString(AttributeType type) { return type == AttributeType::kString; }

struct CheckRule {
  absl::string_view check;
  bool (*fits)(AttributeType);
};

constexpr std::array kCheckRules = {
    CheckRule{"flags-mask", IsUnsigned},       CheckRule{"min", IsInteger},
    CheckRule{"max", IsInteger},               CheckRule{"min-len", HasLength},
    CheckRule{"max-len", HasLength},           CheckRule{"exact-len", HasLength},
    CheckRule{"unterminated-ok", IsString},
};

void Fit(const Attribute& a, bool old, Reporter& reporter) {
  for (const CheckRule& rule : kCheckRules) {
    if (!a.checks.places.Has(rule.check) || rule.fits(a.type)) continue;
    // Old families give the length of the elements.
    if (old && rule.fits(a.sub_type)) continue;
    reporter.Report(kCheckNotForType, a.checks.places.Of(rule.check, a.span), rule.check,
                    TypeName(a.type));
  }
}

// A limit with its key.
struct Named {
  absl::string_view check;
  const std::optional<Limit>& limit;
};

void Cross(const Named& lower, const Named& upper, Reporter& reporter) {
  if (!lower.limit || !upper.limit || lower.limit->value <= upper.limit->value) return;
  reporter
      .Report(kLimitsCross, upper.limit->span, lower.check, lower.limit->value, upper.check,
              upper.limit->value)
      .Label(lower.limit->span, "the lower limit");
}

// A limit beyond its type or enum is reported for that alone.
bool ValueLimit(const Attribute& a, const Named& named, bool old, Reporter& reporter) {
  if (!named.limit) return true;
  const Limit& limit = *named.limit;
  // Only a length may be one less than a constant.
  if (absl::EndsWith(limit.text, " - 1")) {
    return reporter.Report(kUnknownConstant, limit.span, limit.text);
  }
  const IntegerRange type = TypeRange(a.type);
  if (limit.value < type.min || limit.value > type.max) {
    return reporter.Report(kLimitOutsideType, limit.span, named.check, limit.value,
                           TypeName(a.type), type.min, type.max);
  }
  if (a.enumeration == nullptr || a.enumeration->entries.empty()) return true;
  const Enum& e = *a.enumeration;
  if (a.holds_flags()) return reporter.Report(kLimitOfFlags, limit.span, named.check, e.name);
  if (old || (limit.value >= e.min() && limit.value <= e.max())) return true;
  return reporter
      .Report(kLimitOutsideEnum, limit.span, named.check, limit.value, e.name, e.min(), e.max())
      .Label(e.span, "declared here");
}

void Values(const Attribute& a, bool old, Reporter& reporter) {
  const Named min{"min", a.checks.min};
  const Named max{"max", a.checks.max};
  const bool min_good = ValueLimit(a, min, old, reporter);
  const bool max_good = ValueLimit(a, max, old, reporter);
  if (min_good && max_good) Cross(min, max, reporter);
  if (a.checks.flags_mask == nullptr) return;
  const SourceSpan span = a.checks.places.Of("flags-mask", a.span);
  if (Integer(a.checks.flags_mask->mask()) > TypeRange(a.type).max) {
    reporter.Report(kMaskTooWide, span, a.checks.flags_mask->name, TypeName(a.type))
        .Label(a.checks.flags_mask->span, "declared here");
  }
  // A policy of the kernel holds a mask or a range.
  for (const Named& limit : {min, max}) {
    if (!limit.limit) continue;
    reporter.Report(kExcludedKey, limit.limit->span, limit.check, "flags-mask", "`checks`");
  }
}

bool LengthLimit(const Attribute& a, const Named& named, Reporter& reporter) {
  if (!named.limit) return true;
  const Limit& limit = *named.limit;
  const Integer most = IsString(a.type) ? kMostBytes - 1 : kMostBytes;
  if (limit.value < 0 || limit.value > most) {
    return reporter.Report(kLengthOutOfRange, limit.span, named.check, limit.value, most);
  }
  if (limit.value == 0 && named.check != "min-len") {
    return reporter.Report(kZeroLength, limit.span, named.check);
  }
  const bool array = a.type == AttributeType::kBinary && a.has_sub_type;
  const int width = array ? BitWidth(a.sub_type) / 8 : 0;
  if (width > 1 && limit.value % width != 0) {
    return reporter.Report(kPartialElement, limit.span, named.check, limit.value, width,
                           TypeName(a.sub_type));
  }
  return true;
}

void Lengths(const Attribute& a, Reporter& reporter) {
  const Named min{"min-len", a.checks.min_len};
  const Named max{"max-len", a.checks.max_len};
  const Named exact{"exact-len", a.checks.exact_len};
  const bool min_good = LengthLimit(a, min, reporter);
  const bool max_good = LengthLimit(a, max, reporter);
  LengthLimit(a, exact, reporter);
  if (min_good && max_good) Cross(min, max, reporter);
  if (!exact.limit) return;
  for (const Named& other : {min, max}) {
    if (other.limit) {
      reporter.Report(kExactWithBound, other.limit->span, other.check)
          .Label(exact.limit->span, "the exact length");
    }
  }
}

}  // namespace

void CheckPolicies(const Family& family, Reporter& reporter) {
  for (const auto& set : family.sets) {
    for (const auto& attribute : set->attributes) {
      if (!attribute->places.Has("type") && attribute->origin == nullptr) continue;
      Fit(*attribute, IsOld(family), reporter);
      if (IsInteger(attribute->type)) Values(*attribute, IsOld(family), reporter);
      if (HasLength(attribute->type)) Lengths(*attribute, reporter);
    }
  }
}

}  // namespace genlc
