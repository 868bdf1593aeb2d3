#include "kernel/generator/policies.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/integer_policies.h"
#include "kernel/generator/names.h"

namespace genlc::kernel {
namespace {

std::string Plain(absl::string_view type) { return absl::StrCat("{ .type = ", type, " }"); }

std::string StringPolicy(const Attribute& attribute) {
  const Checks& checks = attribute.checks;
  const char* type = checks.unterminated_ok ? "NLA_STRING" : "NLA_NUL_STRING";
  const std::optional<Limit>& max = checks.exact_len ? checks.exact_len : checks.max_len;
  if (!max) return Plain(type);
  return absl::StrCat("{ .type = ", type, ", .len = ", LimitText(*max), " }");
}

// Lengths that the entry cannot hold are left to the decoder (see decode.cc).
std::string BinaryPolicy(const Checks& checks) {
  const auto range = [](absl::string_view min, absl::string_view max) {
    return absl::StrCat("NLA_POLICY_RANGE(NLA_BINARY, ", min, ", ", max, ")");
  };
  const auto fits = [](const std::optional<Limit>& limit) {
    return !limit || limit->value <= kShortMax;
  };
  if (checks.exact_len && fits(checks.exact_len)) {
    return absl::StrCat("NLA_POLICY_EXACT_LEN(", LimitText(*checks.exact_len), ")");
  }
  if (checks.min_len && fits(checks.min_len) && fits(checks.max_len)) {
    if (checks.max_len) return range(LimitText(*checks.min_len), LimitText(*checks.max_len));
    return absl::StrCat("NLA_POLICY_MIN_LEN(", LimitText(*checks.min_len), ")");
  }
  const std::optional<Limit>& max = checks.exact_len ? checks.exact_len : checks.max_len;
  if (!max) return Plain("NLA_BINARY");
  return absl::StrCat("{ .type = NLA_BINARY, .len = ", LimitText(*max), " }");
}

// Without an enumeration every bit may be set.
std::string BitfieldPolicy(const Attribute& attribute) {
  const Enum* bits = attribute.enumeration;
  if (bits == nullptr) return "NLA_POLICY_BITFIELD32(U32_MAX)";
  if (bits->render_max && bits->flags && bits->header.empty()) {
    return absl::StrCat("NLA_POLICY_BITFIELD32(", bits->c_max_name, ")");
  }
  return absl::StrFormat("NLA_POLICY_BITFIELD32(0x%x)", bits->mask());
}

// thermo_location_nl_policy[THERMO_A_LOCATION_NOTE + 1]
std::string PolicyArray(const std::string& name, const std::vector<const Attribute*>& attributes) {
  return absl::StrCat(name, "[", LastAttribute(attributes).c_name, " + 1]");
}

void EmitTable(Printer& p, const Family& family, const std::string& qualifier,
               const std::string& name, const std::vector<const Attribute*>& attributes) {
  const std::string array = absl::StrCat(PolicyArray(name, attributes), qualifier);
  p.Emit({{"head", Table("static const struct nla_policy", array)},
          {"entries",
           [&] {
             for (const Attribute* attribute : attributes) {
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

bool SharesPolicy(const Plan& plan) { return plan.family().kernel_policy == KernelPolicy::kGlobal; }

std::vector<const Attribute*> Values(const AttributeSet& set) {
  std::vector<const Attribute*> attributes;
  for (const auto& attribute : set.attributes) {
    if (attribute->type == AttributeType::kUnused || attribute->type == AttributeType::kPad) {
      continue;
    }
    attributes.push_back(attribute.get());
  }
  return attributes;
}

}  // namespace

std::string Policy(const Family& family, const Attribute& attribute) {
  if (IsInteger(attribute.type)) return IntegerPolicy(attribute);
  switch (attribute.type) {
    case AttributeType::kFlag:
      return Plain("NLA_FLAG");
    case AttributeType::kString:
      return StringPolicy(attribute);
    case AttributeType::kBinary:
      if (attribute.structure != nullptr && !attribute.checks.HasLength()) {
        return absl::StrCat("NLA_POLICY_EXACT_LEN(sizeof(struct ", attribute.structure->c_name,
                            "))");
      }
      return BinaryPolicy(attribute.checks);
    case AttributeType::kBitfield32: return BitfieldPolicy(attribute);
    case AttributeType::kNestTypeValue:
      // The core looks through one nest of any numbers, not through several.
      if (attribute.type_values.size() > 1) return Plain("NLA_NESTED");
      return absl::StrCat("NLA_POLICY_NESTED_ARRAY(", PolicyName(family, *attribute.nested), ")");
    case AttributeType::kNest:
      return absl::StrCat("NLA_POLICY_NESTED(", PolicyName(family, *attribute.nested), ")");
    case AttributeType::kIndexedArray:
      if (attribute.nested != nullptr && attribute.sub_type == AttributeType::kNest) {
        return absl::StrCat("NLA_POLICY_NESTED_ARRAY(", PolicyName(family, *attribute.nested),
                            ")");
      }
      return Plain("NLA_NESTED");
    default:
      return Plain("NLA_REJECT");
  }
}

std::string PolicyName(const Family& family, const AttributeSet& set) {
  return absl::StrCat(Prefixed(family, set.name), "_policy");
}

std::string PolicyName(const Plan& plan, const OperationPlan& operation) {
  if (SharesPolicy(plan)) return absl::StrCat(plan.family().c_name, "_nl_policy");
  return plan.Internal(operation.operation->name, "_policy");
}

std::string PolicyEnd(const AttributeSet& set) {
  const std::vector<const Attribute*> values = Values(set);
  if (values.empty()) return "ARRAY_SIZE(genlc_no_attrs_policy) - 1";
  return LastAttribute(values).c_name;
}

const std::vector<const Attribute*>& PolicyAttributes(const Plan& plan,
                                                      const OperationPlan& operation) {
  return SharesPolicy(plan) ? plan.policy() : operation.policy;
}

void EmitNestPolicies(Printer& p, const Plan& plan) {
  const Family& family = plan.family();
  const std::string unused = plan.has_conditions() ? " __maybe_unused" : "";
  for (const AttributeSet* set : plan.usage().nests()) {
    const std::vector<const Attribute*> values = Values(*set);
    if (!plan.usage().InRequest(*set) || !set->recursive || values.empty()) continue;
    // Policies that lead back to themselves need to be known before.
    p.Blank();
    p.Line("static const struct nla_policy");
    p.Line(absl::StrCat(PolicyArray(PolicyName(family, *set), values), ";"));
  }
  for (const AttributeSet* set : plan.usage().nests()) {
    if (!plan.usage().InRequest(*set)) continue;
    const std::vector<const Attribute*> values = Values(*set);
    p.Blank();
    if (values.empty()) {
      p.Line(absl::StrCat("#define ", PolicyName(family, *set), " genlc_no_attrs_policy"));
      continue;
    }
    EmitTable(p, family, unused, PolicyName(family, *set), values);
  }
}

void EmitGlobalPolicy(Printer& p, const Plan& plan) {
  if (plan.policy().empty()) return;
  p.Blank();
  EmitTable(p, plan.family(), "", absl::StrCat(plan.family().c_name, "_nl_policy"), plan.policy());
}

void EmitOperationPolicy(Printer& p, const Plan& plan, const OperationPlan& operation) {
  if (operation.policy.empty() || SharesPolicy(plan)) return;
  p.Blank();
  EmitTable(p, plan.family(), "", PolicyName(plan, operation), operation.policy);
}

}  // namespace genlc::kernel
