#include "kernel/generator/integer_policies.h"

#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/names.h"
#include "kernel/generator/values.h"

namespace genlc::kernel {
namespace {

AttributeType NumberType(const Attribute& attribute) {
  return attribute.type == AttributeType::kIndexedArray ? attribute.sub_type : attribute.type;
}

// One end of the range: as the spec writes it, else as the enumeration calls it.
std::string EndText(const Attribute& attribute, const std::optional<Limit>& limit, Integer value) {
  if (limit && limit->value == value) return LimitText(*limit);
  if (attribute.enumeration != nullptr && attribute.enumeration->header.empty() &&
      !attribute.holds_flags()) {
    for (const EnumEntry& entry : attribute.enumeration->entries) {
      if (entry.value == value) return entry.c_name;
    }
  }
  return Literal(value);
}

// The part of an integer's range that its type does not imply.
struct Ends {
  explicit Ends(const Attribute& attribute)
      : range(ElementRange(attribute)), type(TypeRange(NumberType(attribute))) {
    has_min = range.min > type.min;
    has_max = range.max < type.max;
    min = EndText(attribute, attribute.checks.min, range.min);
    max = EndText(attribute, attribute.checks.max, range.max);
  }

  static IntegerRange ElementRange(const Attribute& attribute) {
    Attribute element = Copy(attribute);
    return element.Range();
  }

  // The range of an array is that of its elements.
  static Attribute Copy(const Attribute& attribute) {
    Attribute element;
    element.type = NumberType(attribute);
    element.enumeration = attribute.enumeration;
    element.enum_as_flags = attribute.enum_as_flags;
    element.checks = attribute.checks;
    return element;
  }

  bool any() const { return has_min || has_max; }
  bool is_short() const {
    return (!has_min || (range.min >= kShortMin && range.min <= kShortMax)) &&
           (!has_max || (range.max >= kShortMin && range.max <= kShortMax));
  }

  IntegerRange range;
  IntegerRange type;
  bool has_min = false;
  bool has_max = false;
  std::string min;
  std::string max;
};

bool IsAuto(AttributeType type) {
  return type == AttributeType::kUint || type == AttributeType::kSint;
}

// The core checks ranges and masks in host order.
bool IsForCore(const Attribute& attribute) {
  const AttributeType type = NumberType(attribute);
  return attribute.type != AttributeType::kIndexedArray && !IsAuto(type) &&
         (attribute.byte_order == ByteOrder::kHost || BitWidth(type) <= 8);
}

bool IsSparse(const Attribute& attribute) {
  return attribute.enumeration != nullptr && !attribute.holds_flags() &&
         attribute.enumeration->sparse();
}

std::string NlaType(const Attribute& attribute) {
  return absl::StrCat("NLA_", Upper(TypeName(attribute.type)));
}

void EmitRange(Printer& p, const Attribute& attribute) {
  const Ends ends(attribute);
  const bool is_signed = IsSigned(attribute.type);
  std::vector<std::pair<std::string, std::string>> fields;
  const auto end = [&](const std::string& text, Integer value, bool limited) {
    if (limited) return text;
    if (value == TypeRange(AttributeType::kU64).max) return std::string("U64_MAX");
    if (value == TypeRange(AttributeType::kS64).max) return std::string("S64_MAX");
    return Literal(value);
  };
  if (is_signed || ends.has_min) {
    fields.emplace_back("min", end(ends.min, ends.range.min, ends.has_min));
  }
  fields.emplace_back("max", end(ends.max, ends.range.max, ends.has_max));
  p.Blank();
  p.Emit({{"head", Table(absl::StrCat("static GENLC_CONST_RANGE struct netlink_range_validation",
                                      is_signed ? "_signed" : ""),
                         RangeName(attribute))},
          {"fields", Initializers(fields)}},
         R"(
    $head$
    	$fields$
    };
  )");
}

// The values of an enumeration, each once.
void EmitCases(Printer& p, const Enum& enumeration) {
  std::set<Integer> seen;
  for (const EnumEntry& entry : enumeration.entries) {
    if (!seen.insert(entry.value).second) continue;
    const std::string value = enumeration.header.empty() ? entry.c_name : Literal(entry.value);
    p.Line(absl::StrCat("case ", value, ":"));
  }
}

void EmitRangeCheck(Printer& p, const Ends& ends) {
  std::vector<std::string> terms;
  if (ends.has_min) terms.push_back(absl::StrCat("value < ", ends.min));
  if (ends.has_max) terms.push_back(absl::StrCat("value > ", ends.max));
  if (terms.empty()) return;
  const std::string condition =
      terms.size() == 1 ? terms[0] : absl::StrCat(terms[0], " || ", terms[1]);
  p.Line(absl::StrCat("if (", condition, ")"));
  p.Line("\treturn genlc_out_of_range(extack, attr);");
}

void EmitValidator(Printer& p, const Attribute& attribute) {
  const AttributeType type = NumberType(attribute);
  const bool is_auto = IsAuto(type);
  const std::optional<uint64_t> mask = attribute.ValueMask();
  const bool sparse = IsSparse(attribute);
  std::vector<std::string> locals = {IsSigned(type) ? "s64 value;" : "u64 value;"};
  if (is_auto) locals.push_back("int err;");
  p.Blank();
  p.Emit({{"head", Function("static int", ValidatorName(attribute),
                            {"const struct nlattr *attr", "struct netlink_ext_ack *extack"}, ")")},
          {"locals", Locals(locals)},
          {"width",
           [&] {
             if (!is_auto) return;
             p.Line("err = genlc_validate_auto(attr, extack);");
             p.Line("if (err)");
             p.Line("\treturn err;");
           }},
          {"get", GetHostInteger(attribute, "attr")},
          {"checks",
           [&] {
             if (mask) {
               p.Line(absl::StrFormat("if (value & ~0x%xULL)", *mask));
               p.Line("\treturn genlc_unknown_bits(extack, attr);");
             } else if (!IsForCore(attribute)) {
               EmitRangeCheck(p, Ends(attribute));
             }
             if (!sparse) return;
             p.Line("switch (value) {");
             EmitCases(p, *attribute.enumeration);
             p.Line("\treturn 0;");
             p.Line("}");
           }},
          {"end", sparse ? "genlc_unknown_value(extack, attr)" : "0"}},
         R"(
    $head$
    {
    	$locals$

    	$width$
    	value = $get$;
    	$checks$
    	return $end$;
    }
  )");
}

// The main attributes that requests may carry, in the order of the spec.
std::vector<const Attribute*> RequestedIntegers(const Plan& plan) {
  std::vector<const Attribute*> attributes;
  std::set<std::string> seen;
  for (const auto& set : plan.family().sets) {
    for (const auto& attribute : set->attributes) {
      if (!plan.usage().Requested(*attribute) || !IsInteger(NumberType(*attribute))) continue;
      if (seen.insert(attribute->c_name).second) attributes.push_back(attribute.get());
    }
  }
  return attributes;
}

}  // namespace

std::string IntegerPolicy(const Attribute& attribute) {
  const std::string type = NlaType(attribute);
  if (IsAuto(attribute.type)) {
    return absl::StrCat("GENLC_POLICY_", Upper(TypeName(attribute.type)));
  }
  const std::string plain = absl::StrCat("{ .type = ", type, " }");
  if (!IsForCore(attribute)) return plain;
  if (const std::optional<uint64_t> mask = attribute.ValueMask()) {
    if (IsSigned(attribute.type)) return plain;
    if (attribute.enumeration != nullptr && attribute.enumeration->render_max &&
        attribute.enumeration->flags && attribute.enumeration->header.empty() &&
        attribute.checks.flags_mask == nullptr) {
      return absl::StrCat("NLA_POLICY_MASK(", type, ", ", attribute.enumeration->c_max_name, ")");
    }
    return absl::StrFormat("NLA_POLICY_MASK(%s, 0x%x)", type, *mask);
  }
  const Ends ends(attribute);
  if (!ends.any()) return plain;
  if (!ends.is_short()) {
    return absl::StrCat("NLA_POLICY_FULL_RANGE", IsSigned(attribute.type) ? "_SIGNED(" : "(", type,
                        ", &", RangeName(attribute), ")");
  }
  if (!ends.has_max) return absl::StrCat("NLA_POLICY_MIN(", type, ", ", ends.min, ")");
  if (!ends.has_min) return absl::StrCat("NLA_POLICY_MAX(", type, ", ", ends.max, ")");
  return absl::StrCat("NLA_POLICY_RANGE(", type, ", ", ends.min, ", ", ends.max, ")");
}

bool NeedsValidator(const Attribute& attribute) {
  const AttributeType type = NumberType(attribute);
  if (!IsInteger(type)) return false;
  if (IsSparse(attribute)) return true;
  const std::optional<uint64_t> mask = attribute.ValueMask();
  if (!mask && !Ends(attribute).any()) return false;
  // The core checks masks of what has no sign.
  return !IsForCore(attribute) || (mask && IsSigned(type));
}

void EmitPolicyHelpers(Printer& p, const Plan& plan) {
  for (const Attribute* attribute : RequestedIntegers(plan)) {
    if (NeedsValidator(*attribute)) EmitValidator(p, *attribute);
    if (IsForCore(*attribute) && !attribute->ValueMask() && !Ends(*attribute).is_short()) {
      EmitRange(p, *attribute);
    }
  }
}

}  // namespace genlc::kernel
