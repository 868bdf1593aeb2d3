#include "userspace/generator/plan_types.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "userspace/generator/reach.h"

namespace genlc::cpp {
namespace {

std::string IntegerType(AttributeType type) {
  return absl::StrCat(IsSigned(type) ? "int" : "uint", BitWidth(type), "_t");
}

bool IsArray(const Attribute& attribute) {
  return attribute.type == AttributeType::kIndexedArray ||
         (attribute.type == AttributeType::kBinary && attribute.has_sub_type) ||
         attribute.type == AttributeType::kNestTypeValue;
}

// Attributes that only hold a place have no member.
bool HasValue(const Attribute& attribute) {
  return attribute.type != AttributeType::kUnused && attribute.type != AttributeType::kPad;
}

}  // namespace

CppStruct* StructPlanner::Append(const std::string& name, absl::string_view suffix,
                                 const std::string& doc) {
  auto added = std::make_unique<CppStruct>();
  added->name = scope_.Claim(name, suffix);
  added->doc = doc;
  plan_.structs.push_back(std::move(added));
  return plan_.structs.back().get();
}

void StructPlanner::AddNests() {
  for (const auto& operation : plan_.family->operations) {
    for (const Message* message : MessagesOf(*operation)) {
      for (const Field& field : message->fields) Prepare(*field.attribute);
    }
  }
}

void StructPlanner::Prepare(const Attribute& attribute) {
  Nest(attribute.nested);
  if (attribute.type == AttributeType::kNestTypeValue) TypeValueEntry(attribute);
}

// What a nest contains comes before it, unless it contains itself.
const CppStruct* StructPlanner::Nest(const AttributeSet* set) {
  if (set == nullptr) return nullptr;
  if (const auto known = nests_.find(set); known != nests_.end()) return known->second;
  auto nest = std::make_unique<CppStruct>();
  nest->name = scope_.Claim(TypeName(set->name), "Set");
  nest->doc = set->doc;
  nest->set = set;
  CppStruct* result = nest.get();
  nests_[set] = result;
  Scope names;
  for (const auto& attribute : set->attributes) {
    if (!HasValue(*attribute)) continue;
    result->members.push_back(Member(*attribute, attribute->required_in_nest, names));
  }
  plan_.structs.push_back(std::move(nest));
  complete_.insert(result);
  return result;
}

const CppStruct* StructPlanner::AddMessage(const std::string& name, const std::string& doc,
                                           const Message& message) {
  CppStruct* result = Append(name, "Message", doc);
  if (message.fields.empty()) return result;
  result->set = message.set;
  Scope names;
  for (const Field& field : message.fields) {
    if (!HasValue(*field.attribute)) continue;
    result->members.push_back(Member(*field.attribute, field.required, names));
  }
  return result;
}

const CppStruct* StructPlanner::AddEmpty(const std::string& name, const std::string& doc) {
  return Append(name, "Message", doc);
}

const CppStruct* StructPlanner::AddDerived(const std::string& name, const std::string& doc,
                                           const CppStruct* base) {
  CppStruct* result = Append(name, "Event", doc);
  result->base = base;
  return result;
}

const CppStruct* StructPlanner::TypeValueEntry(const Attribute& attribute) {
  if (const auto known = entries_.find(&attribute); known != entries_.end()) return known->second;
  CppStruct* entry =
      Append(absl::StrCat(TypeName(attribute.set->name), TypeName(attribute.name), "Entry"), "",
             attribute.doc);
  Scope names({"value"});
  for (const std::string& level : attribute.type_values) {
    entry->levels.push_back(names.Claim(MemberName(level)));
  }
  entry->value = Nest(attribute.nested);
  return entries_[&attribute] = entry;
}

CppMember StructPlanner::Member(const Attribute& attribute, bool required, Scope& names) {
  CppMember member;
  member.attribute = &attribute;
  member.required = required;
  member.name = names.Claim(MemberName(attribute.name));
  member.nested = Nest(attribute.nested);
  const bool incomplete = member.nested != nullptr && complete_.count(member.nested) == 0;
  if (incomplete &&
      std::find(plan_.forward.begin(), plan_.forward.end(), member.nested) == plan_.forward.end()) {
    plan_.forward.push_back(member.nested);
  }
  if (attribute.type == AttributeType::kNestTypeValue) {
    member.type = absl::StrCat("std::vector<", TypeValueEntry(attribute)->name, ">");
    member.initializer = "{}";
    return member;
  }
  Shape(member, ElementType(attribute, attribute.type, member.nested), incomplete);
  return member;
}

// The type of one value, without regard to how often it may stand.
std::string StructPlanner::ElementType(const Attribute& attribute, AttributeType type,
                                       const CppStruct* nested) const {
  switch (type) {
    case AttributeType::kFlag: return "bool";
    case AttributeType::kString: return "std::string";
    case AttributeType::kNest: return nested->name;
    case AttributeType::kBinary:
      if (!attribute.has_sub_type || attribute.type != AttributeType::kBinary) {
        return "std::vector<uint8_t>";
      }
      [[fallthrough]];
    case AttributeType::kIndexedArray:
      return absl::StrCat("std::vector<", ElementType(attribute, attribute.sub_type, nested), ">");
    default: break;
  }
  const CppEnum* type_of_enum =
      attribute.enumeration == nullptr
          ? nullptr
          : plan_.FindEnum(attribute.enumeration, attribute.holds_flags());
  if (type == AttributeType::kBitfield32) {
    const bool fits = type_of_enum != nullptr && type_of_enum->underlying == "uint32_t";
    return absl::StrCat("genl::Bitfield<", fits ? type_of_enum->name : "uint32_t", ">");
  }
  return type_of_enum != nullptr ? type_of_enum->name : IntegerType(type);
}

void StructPlanner::Shape(CppMember& member, const std::string& element, bool incomplete) const {
  const Attribute& attribute = *member.attribute;
  member.initializer = "{}";
  if (attribute.multi) {
    const bool flag = attribute.type == AttributeType::kFlag;
    member.type = absl::StrCat("std::vector<", flag ? "std::monostate" : element, ">");
  } else if (IsArray(attribute)) {
    member.type = element;
  } else if (attribute.type == AttributeType::kFlag) {
    member.type = element;
    member.required = false;
    member.initializer = "false";
  } else if (incomplete) {
    member.type = absl::StrCat("genl::Box<", element, ">");
    member.required = false;
  } else if (member.required) {
    member.type = element;
    if (IsInteger(attribute.type) && attribute.enumeration == nullptr) member.initializer = "0";
  } else {
    member.type = absl::StrCat("std::optional<", element, ">");
  }
  // A vector of what is not defined at the end of this struct cannot be initialised here.
  const bool itself = attribute.nested == attribute.set;
  if (incomplete && !itself && absl::StartsWith(member.type, "std::vector")) {
    member.initializer.clear();
  }
}

}  // namespace genlc::cpp
