#include "userspace/generator/plan_types.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace genlc::cpp {
namespace {

bool IsArray(const Attribute& attribute) {
  return attribute.type == AttributeType::kIndexedArray ||
         (attribute.type == AttributeType::kBinary && attribute.has_sub_type);
}

// Attributes that only hold a place have no member.
bool HasValue(const Attribute& attribute) {
  return attribute.type != AttributeType::kUnused && attribute.type != AttributeType::kPad;
}

// A struct has its header in front, whatever its attributes are called.
Scope MemberNames(const CppStruct& type) {
  return type.header != nullptr ? Scope({"header"}) : Scope();
}

}  // namespace

std::string IntegerType(bool is_signed, int bits) {
  return absl::StrCat(is_signed ? "int" : "uint", bits, "_t");
}

std::unique_ptr<CppStruct> StructPlanner::Make(const std::string& name, absl::string_view suffix,
                                               const std::string& doc, const Struct* header) {
  auto made = std::make_unique<CppStruct>();
  made->name = scope_.Claim(name, suffix);
  made->doc = doc;
  made->header = Structure(header, /*as_value=*/false);
  return made;
}

const CppStruct* StructPlanner::Append(std::unique_ptr<CppStruct> added) {
  for (const CppMember& member : added->members) {
    if (member.variant != nullptr && declared_.insert(member.variant).second) {
      added->variants.push_back(member.variant);
    }
  }
  plan_.structs.push_back(std::move(added));
  return plan_.structs.back().get();
}

void StructPlanner::AddNests() {
  for (const auto& operation : plan_.family->operations) {
    for (const Message* message : operation->messages()) {
      for (const Field& field : message->fields) Prepare(*field.attribute);
    }
  }
}

void StructPlanner::Prepare(const Attribute& attribute) {
  Nest(attribute.nested);
  Variant(attribute.sub_message);
  if (attribute.type == AttributeType::kNestTypeValue) TypeValueEntry(attribute);
}

// What a nest contains comes before it, unless it contains itself.
const CppStruct* StructPlanner::Nest(const AttributeSet* set, const Struct* header) {
  if (set == nullptr) return nullptr;
  const auto [known, is_new] = nests_.try_emplace({set, header}, nullptr);
  if (!is_new) return known->second;
  auto nest = Make(TypeName(set->name), header != nullptr ? "WithHeader" : "Set", set->doc, header);
  CppStruct* result = known->second = nest.get();
  result->set = set;
  Scope names = MemberNames(*result);
  for (const auto& attribute : set->attributes) {
    AddMember(*result, *attribute, attribute->required_in_nest, names);
  }
  complete_.insert(result);
  return Append(std::move(nest));
}

const CppStruct* StructPlanner::AddMessage(const std::string& name, const std::string& doc,
                                           const Message& message) {
  auto result = Make(name, "Message", doc, message.fixed_header);
  if (!message.fields.empty()) result->set = message.set;
  Scope names = MemberNames(*result);
  for (const Field& field : message.fields) {
    AddMember(*result, *field.attribute, field.required, names);
  }
  return Append(std::move(result));
}

const CppStruct* StructPlanner::AddEmpty(const std::string& name, const std::string& doc,
                                         const Struct* header) {
  return Append(Make(name, "Message", doc, header));
}

const CppStruct* StructPlanner::AddDerived(const std::string& name, const std::string& doc,
                                           const CppStruct* base) {
  auto derived = Make(name, "Event", doc, nullptr);
  derived->base = base;
  return Append(std::move(derived));
}

const CppStruct* StructPlanner::TypeValueEntry(const Attribute& attribute) {
  if (const auto known = entries_.find(&attribute); known != entries_.end()) return known->second;
  const std::string name =
      absl::StrCat(TypeName(attribute.set->name), TypeName(attribute.name), "Entry");
  auto entry = Make(name, "", attribute.doc, nullptr);
  Scope names({"value"});
  for (const std::string& level : attribute.type_values) {
    entry->levels.push_back(names.Claim(MemberName(level)));
  }
  entry->value = Nest(attribute.nested);
  return entries_[&attribute] = Append(std::move(entry));
}

void StructPlanner::Forward(const CppStruct* type) {
  auto& forward = plan_.forward;
  if (std::find(forward.begin(), forward.end(), type) == forward.end()) forward.push_back(type);
}

void StructPlanner::AddMember(CppStruct& to, const Attribute& attribute, bool required,
                              Scope& names) {
  if (!HasValue(attribute)) return;
  CppMember member;
  member.attribute = &attribute;
  member.required = required;
  member.name = names.Claim(MemberName(attribute.name));
  member.initializer = "{}";
  member.nested = Nest(attribute.nested);
  member.structure = Structure(attribute.structure, /*as_value=*/true);
  member.variant = Variant(attribute.sub_message);
  if (attribute.type == AttributeType::kNestTypeValue) {
    member.type = absl::StrCat("std::vector<", TypeValueEntry(attribute)->name, ">");
  } else {
    Shape(member, ElementType(member, attribute.type), to);
  }
  to.members.push_back(std::move(member));
}

// The type of one value, without regard to how often it may stand.
std::string StructPlanner::ElementType(const CppMember& member, AttributeType type) const {
  const Attribute& attribute = *member.attribute;
  switch (type) {
    case AttributeType::kFlag: return "bool";
    case AttributeType::kString: return "std::string";
    case AttributeType::kNest: return member.nested->name;
    case AttributeType::kSubMessage: return member.variant->name;
    case AttributeType::kBinary:
      if (member.structure != nullptr) return member.structure->name;
      if (!attribute.has_sub_type || attribute.type != AttributeType::kBinary) {
        return "std::vector<uint8_t>";
      }
      [[fallthrough]];
    case AttributeType::kIndexedArray:
      return absl::StrCat("std::vector<", ElementType(member, attribute.sub_type), ">");
    default: break;
  }
  const CppEnum* type_of_enum = plan_.FindEnum(attribute.enumeration, attribute.holds_flags());
  if (type == AttributeType::kBitfield32) {
    const bool fits = type_of_enum != nullptr && type_of_enum->underlying == "uint32_t";
    return absl::StrCat("genl::Bitfield<", fits ? type_of_enum->name : "uint32_t", ">");
  }
  return type_of_enum != nullptr ? type_of_enum->name : IntegerType(IsSigned(type), BitWidth(type));
}

// Whether the value is always there, may be missing or stands several times.
void StructPlanner::Shape(CppMember& member, const std::string& element, const CppStruct& in) {
  const Attribute& attribute = *member.attribute;
  const bool incomplete = member.nested != nullptr && complete_.count(member.nested) == 0;
  if (incomplete) Forward(member.nested);
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
  if (incomplete && member.nested != &in && absl::StartsWith(member.type, "std::vector")) {
    member.initializer.clear();
  }
}

}  // namespace genlc::cpp
