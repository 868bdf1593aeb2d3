#include "tools/doc/describe.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "family/model/spelling.h"

namespace genlc {
namespace {

std::string Entries(const Enum& e) {
  if (IsLong(e)) return absl::StrCat("`", e.name, "`");
  std::vector<std::string> names;
  for (const EnumEntry& entry : e.entries) names.push_back(absl::StrCat("`", entry.name, "`"));
  return absl::StrJoin(names, ", ");
}

// Limits that the type does not set itself.
std::string Range(const Attribute& attribute) {
  const IntegerRange type = TypeRange(attribute.type);
  const IntegerRange range = attribute.Range();
  if (range.min > type.min && range.max < type.max) {
    return absl::StrCat(Text(range.min), " to ", Text(range.max));
  }
  if (range.min > type.min) return absl::StrCat("at least ", Text(range.min));
  if (range.max < type.max) return absl::StrCat("at most ", Text(range.max));
  return "";
}

std::string Length(const Checks& checks) {
  if (checks.exact_len) return absl::StrCat("exactly ", Text(checks.exact_len->value), " bytes");
  if (checks.min_len && checks.max_len) {
    return absl::StrCat(Text(checks.min_len->value), " to ", Text(checks.max_len->value), " bytes");
  }
  if (checks.min_len) return absl::StrCat("at least ", Text(checks.min_len->value), " bytes");
  if (checks.max_len) return absl::StrCat("at most ", Text(checks.max_len->value), " bytes");
  return "";
}

}  // namespace

std::string DescribeType(const Attribute& attribute) {
  std::string type(TypeName(attribute.type));
  if (attribute.has_sub_type) absl::StrAppend(&type, " of ", TypeName(attribute.sub_type));
  if (attribute.byte_order != ByteOrder::kHost) {
    type = absl::StrCat(Spelling(attribute.byte_order), " ", type);
  }
  if (attribute.nested != nullptr) absl::StrAppend(&type, " `", attribute.nested->name, "`");
  if (attribute.structure != nullptr) {
    absl::StrAppend(&type, ", struct `", attribute.structure->name, "`");
  }
  if (attribute.sub_message != nullptr) {
    absl::StrAppend(&type, " `", attribute.sub_message->name, "`");
    if (attribute.selector != nullptr) {
      absl::StrAppend(&type, ", chosen by `", attribute.selector->name, "`");
    }
  }
  if (!attribute.type_values.empty()) {
    absl::StrAppend(&type, " by ", absl::StrJoin(attribute.type_values, ", "));
  }
  if (attribute.display_hint != DisplayHint::kNone) {
    absl::StrAppend(&type, ", shown as ", Spelling(attribute.display_hint));
  }
  return attribute.multi ? absl::StrCat("list of ", type) : type;
}

std::string DescribeType(const StructMember& member) {
  if (member.structure != nullptr) return absl::StrCat("struct `", member.structure->name, "`");
  std::string type(Spelling(member.kind));
  if (member.byte_order != ByteOrder::kHost) {
    type = absl::StrCat(Spelling(member.byte_order), " ", type);
  }
  if (member.enumeration != nullptr) {
    absl::StrAppend(&type, ", ", member.holds_flags() ? "flags of `" : "one of `",
                    member.enumeration->name, "`");
  }
  if (member.display_hint != DisplayHint::kNone) {
    absl::StrAppend(&type, ", shown as ", Spelling(member.display_hint));
  }
  return type;
}

std::string DescribeLimits(const Attribute& attribute) {
  if (attribute.checks.flags_mask != nullptr) {
    return absl::StrCat("any of ", Entries(*attribute.checks.flags_mask));
  }
  if (attribute.enumeration != nullptr) {
    return absl::StrCat(attribute.holds_flags() ? "any of " : "one of ",
                        Entries(*attribute.enumeration));
  }
  return IsInteger(attribute.type) ? Range(attribute) : Length(attribute.checks);
}

bool IsLong(const Enum& enumeration) {
  constexpr size_t kMaxListed = 8;
  return enumeration.entries.size() > kMaxListed;
}

std::string DescribeAudience(const Attribute& attribute) {
  const std::string permission = DescribePermission(attribute.audience() == Audience::kAdmin,
                                                    attribute.audience() == Audience::kUnsAdmin);
  return permission.empty() ? "" : absl::StrCat("told to ", permission);
}

std::string DescribePresence(const Attribute& attribute, bool required, bool request) {
  if (request && attribute.default_value) {
    return absl::StrCat("default ", Text(*attribute.default_value));
  }
  if (!request && attribute.audience() != Audience::kAnyone) return DescribeAudience(attribute);
  return !required ? "" : request ? "required" : "always";
}

std::string SampleValue(const Attribute& attribute) {
  if (attribute.enumeration != nullptr && !attribute.enumeration->entries.empty()) {
    return attribute.enumeration->entries.front().name;
  }
  if (IsInteger(attribute.type)) {
    const IntegerRange range = attribute.Range();
    return Text(std::clamp<Integer>(1, range.min, range.max));
  }
  const Checks& checks = attribute.checks;
  switch (attribute.type) {
    case AttributeType::kFlag: return "true";
    case AttributeType::kString: return "text";
    case AttributeType::kBinary: {
      const Integer length = checks.exact_len ? checks.exact_len->value
                             : checks.min_len ? std::max<Integer>(checks.min_len->value, 1)
                                              : Integer(2);
      std::string hex;
      for (Integer i = 0; i < std::min<Integer>(length, 64); i += 1) hex += "00";
      return hex;
    }
    default: return "";
  }
}

std::string DescribePermission(bool admin_perm, bool uns_admin_perm) {
  if (admin_perm) return "CAP_NET_ADMIN in the initial user namespace";
  if (uns_admin_perm) {
    return "CAP_NET_ADMIN in the user namespace that owns the network namespace";
  }
  return "";
}

std::string DescribeCondition(const Operation& operation) {
  if (operation.config_cond.empty()) return "";
  const std::string option = absl::StrReplaceAll(operation.config_cond, {{"-", "_"}});
  return absl::StrCat("Only in kernels with `CONFIG_", absl::AsciiStrToUpper(option), "`.");
}

}  // namespace genlc
