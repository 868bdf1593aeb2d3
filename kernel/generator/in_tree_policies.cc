#include "kernel/generator/in_tree_policies.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/names.h"

namespace genlc::kernel {
namespace {

// A bound as it stands in the table, from `checks` or implied by the enumeration.
struct Bound {
  Integer value;
  std::string text;
  bool is_number = true;
};

struct Bounds {
  std::optional<Bound> min;
  std::optional<Bound> max;
  bool sparse = false;

  // Too large for the 16 bits of a policy entry.
  bool full_range() const {
    const Integer low = std::min({min ? min->value : 0, max ? max->value : 0, Integer(0)});
    const Integer high = std::max({min ? min->value : 0, max ? max->value : 0, Integer(0)});
    return low < -32768 || high > 32767;
  }
};

std::optional<Bound> FromLimit(const std::optional<Limit>& limit) {
  if (!limit) return std::nullopt;
  const bool number =
      limit->text.empty() || !absl::ascii_isalpha(static_cast<unsigned char>(limit->text[0]));
  return Bound{limit->value, number ? Decimal(limit->value) : LimitText(*limit), number};
}

Bound FromNumber(Integer number) { return Bound{number, Decimal(number), true}; }

Bounds BoundsOf(const Attribute& attribute) {
  Bounds bounds{FromLimit(attribute.checks.min), FromLimit(attribute.checks.max)};
  const Enum* enumeration = attribute.enumeration;
  if (enumeration == nullptr) return bounds;
  if (enumeration->sparse()) {
    bounds.sparse = true;
    return bounds;
  }
  // An enumeration from 0 implies no minimum where the type has none below.
  if (!bounds.min && (enumeration->min() != 0 || IsSigned(attribute.type))) {
    bounds.min = FromNumber(enumeration->min());
  }
  if (!bounds.max) bounds.max = FromNumber(enumeration->max());
  return bounds;
}

std::string NlaType(const Attribute& attribute) {
  switch (attribute.type) {
    case AttributeType::kString:
      return attribute.checks.unterminated_ok ? "NLA_STRING" : "NLA_NUL_STRING";
    case AttributeType::kIndexedArray:
    case AttributeType::kNestTypeValue: return "NLA_NESTED";
    default: break;
  }
  if (attribute.is_big_endian() && attribute.type == AttributeType::kU16) return "NLA_BE16";
  if (attribute.is_big_endian() && attribute.type == AttributeType::kU32) return "NLA_BE32";
  return absl::StrCat("NLA_", Upper(TypeName(attribute.type)));
}

std::string Plain(absl::string_view type) { return absl::StrCat("{ .type = ", type, ", }"); }

std::string IntegerPolicy(const Attribute& attribute) {
  const std::string type = NlaType(attribute);
  if (attribute.holds_flags()) {
    return absl::StrFormat("NLA_POLICY_MASK(%s, 0x%x)", type, attribute.enumeration->mask());
  }
  if (attribute.checks.flags_mask != nullptr) {
    // One bit for each entry, wherever the entries say their bits are.
    const size_t count = attribute.checks.flags_mask->entries.size();
    const uint64_t mask = count >= 64 ? ~uint64_t{0} : (uint64_t{1} << count) - 1;
    return absl::StrFormat("NLA_POLICY_MASK(%s, 0x%x)", type, mask);
  }
  const Bounds bounds = BoundsOf(attribute);
  if (bounds.full_range()) {
    return absl::StrCat("NLA_POLICY_FULL_RANGE(", type, ", &", RangeName(attribute), ")");
  }
  if (bounds.min && bounds.max) {
    return absl::StrCat("NLA_POLICY_RANGE(", type, ", ", bounds.min->text, ", ", bounds.max->text,
                        ")");
  }
  if (bounds.min) return absl::StrCat("NLA_POLICY_MIN(", type, ", ", bounds.min->text, ")");
  if (bounds.max) return absl::StrCat("NLA_POLICY_MAX(", type, ", ", bounds.max->text, ")");
  if (bounds.sparse) {
    return absl::StrCat("NLA_POLICY_VALIDATE_FN(", type, ", &", ValidatorName(attribute), ")");
  }
  return Plain(type);
}

std::string StringPolicy(const Attribute& attribute) {
  const Checks& checks = attribute.checks;
  if (checks.exact_len) {
    return absl::StrCat("NLA_POLICY_EXACT_LEN(", LimitText(*checks.exact_len), ")");
  }
  if (!checks.max_len) return Plain(NlaType(attribute));
  return absl::StrCat("{ .type = ", NlaType(attribute), ", .len = ", LimitText(*checks.max_len),
                      ", }");
}

std::string BinaryPolicy(const Checks& checks) {
  if (checks.exact_len) {
    return absl::StrCat("NLA_POLICY_EXACT_LEN(", LimitText(*checks.exact_len), ")");
  }
  if (checks.min_len && checks.max_len) {
    return absl::StrCat("NLA_POLICY_RANGE(NLA_BINARY, ", LimitText(*checks.min_len), ", ",
                        LimitText(*checks.max_len), ")");
  }
  if (checks.min_len) return absl::StrCat("NLA_POLICY_MIN_LEN(", LimitText(*checks.min_len), ")");
  if (checks.max_len) return absl::StrCat("NLA_POLICY_MAX_LEN(", LimitText(*checks.max_len), ")");
  return Plain("NLA_BINARY");
}

std::string Policy(const Family& family, const Attribute& attribute) {
  if (IsInteger(attribute.type)) return IntegerPolicy(attribute);
  const auto nested = [&](absl::string_view macro) {
    return absl::StrCat(macro, "(", InTreeSetName(family, *attribute.nested), "_nl_policy)");
  };
  switch (attribute.type) {
    case AttributeType::kString: return StringPolicy(attribute);
    case AttributeType::kBinary: return BinaryPolicy(attribute.checks);
    case AttributeType::kNest: return nested("NLA_POLICY_NESTED");
    case AttributeType::kIndexedArray:
      if (attribute.nested != nullptr) return nested("NLA_POLICY_NESTED_ARRAY");
      return Plain(NlaType(attribute));
    case AttributeType::kBitfield32:
      return absl::StrCat("NLA_POLICY_BITFIELD32(",
                          attribute.enumeration == nullptr
                              ? "U32_MAX"
                              : absl::StrCat(attribute.enumeration->mask()),
                          ")");
    default: return Plain(NlaType(attribute));
  }
}

}  // namespace

std::string InTreeSetName(const Family& family, const AttributeSet& set) {
  return Lower(set.name) == family.c_name ? family.c_name : Prefixed(family, set.name);
}

std::string InTreePolicyArray(const std::string& name,
                              const std::vector<const Attribute*>& attributes) {
  return absl::StrCat(name, "_nl_policy[", LastAttribute(attributes).c_name, " + 1]");
}

std::string InTreePolicyDeclaration(const std::string& name,
                                    const std::vector<const Attribute*>& attributes) {
  constexpr int kMostColumns = 100;
  const std::string array = InTreePolicyArray(name, attributes);
  const std::string whole = absl::StrCat("extern const struct nla_policy ", array, ";");
  if (Width(whole) <= kMostColumns) return whole;
  return absl::StrCat("extern const struct nla_policy\n", array, ";");
}

void EmitInTreePolicy(Printer& p, const Family& family, const std::string& qualifiers,
                      const std::string& name, const std::vector<const Attribute*>& attributes) {
  p.Emit({{"head", Table(absl::StrCat(qualifiers, " struct nla_policy"),
                         InTreePolicyArray(name, attributes))},
          {"entries",
           [&] {
             for (const Attribute* attribute : attributes) {
               if (attribute->type == AttributeType::kUnused ||
                   attribute->type == AttributeType::kPad) {
                 continue;
               }
               p.Emit({{"entry", Entry(absl::StrCat("[", attribute->c_name, "]"),
                                       Policy(family, *attribute), 1)}},
                      "$entry$\n");
             }
           }}},
         R"(
    $head$
    	$entries$
    };
  )");
}

void EmitInTreeRanges(Printer& p, const Family& family, const Usage& usage) {
  bool first = true;
  for (const auto& set : family.sets) {
    if (set->subset_of != nullptr) continue;
    for (const auto& attribute : set->attributes) {
      if (!usage.Requested(*attribute) || !IsInteger(attribute->type)) continue;
      const Bounds bounds = BoundsOf(*attribute);
      if (attribute->ValueMask() || !bounds.full_range()) continue;
      const bool is_signed = IsSigned(attribute->type);
      const auto text = [&](const Bound& bound) {
        return absl::StrCat(bound.text, !bound.is_number ? "" : is_signed ? "LL" : "ULL");
      };
      std::vector<std::pair<std::string, std::string>> fields;
      if (bounds.min) fields.emplace_back("min", text(*bounds.min));
      if (bounds.max) fields.emplace_back("max", text(*bounds.max));
      p.Blank();
      if (first) p.Line("/* Integer value ranges */");
      first = false;
      p.Emit({{"head", Table(absl::StrCat("static const struct netlink_range_validation",
                                          is_signed ? "_signed" : ""),
                             RangeName(*attribute))},
              {"fields", Initializers(fields)}},
             R"(
        $head$
        	$fields$
        };
      )");
    }
  }
}

void EmitInTreeValidators(Printer& p, const Family& family, const Usage& usage) {
  bool first = true;
  for (const auto& set : family.sets) {
    if (set->subset_of != nullptr) continue;
    for (const auto& attribute : set->attributes) {
      if (!usage.Requested(*attribute) || !IsInteger(attribute->type)) continue;
      if (attribute->ValueMask() || !BoundsOf(*attribute).sparse) continue;
      p.Blank();
      if (first) p.Line("/* Sparse enums validation callbacks */");
      first = false;
      p.Emit(
          {{"head", Function("static int", ValidatorName(*attribute),
                             {"const struct nlattr *attr", "struct netlink_ext_ack *extack"}, ")")},
           {"type", Lower(TypeName(attribute->type))},
           {"cases",
            [&] {
              const auto& entries = attribute->enumeration->entries;
              for (size_t i = 0; i < entries.size(); ++i) {
                if (i > 0) p.Line("\tfallthrough;");
                p.Line(absl::StrCat("case ", entries[i].c_name, ":"));
              }
            }}},
          R"(
        $head$
        {
        	switch (nla_get_$type$(attr)) {
        	$cases$
        		return 0;
        	}
        	NL_SET_ERR_MSG_ATTR(extack, attr, "invalid enum value");
        	return -EINVAL;
        }
      )");
    }
  }
}

}  // namespace genlc::kernel
