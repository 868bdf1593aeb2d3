#include "absl/strings/str_cat.h"
#include "userspace/generator/plan_types.h"
#include "userspace/generator/reach.h"

namespace genlc::cpp {
namespace {

bool IsSigned(StructMember::Kind kind) {
  return kind >= StructMember::Kind::kS8 && kind <= StructMember::Kind::kS64;
}

// Sets type, initializer and structure.
void SetType(const Plan& plan, CppStructure::Member& member) {
  const StructMember& definition = *member.definition;
  member.initializer = "{}";
  switch (definition.kind) {
    case StructMember::Kind::kString:
      member.type = absl::StrCat("std::array<char, ", definition.size, ">");
      return;
    case StructMember::Kind::kBinary:
      member.nested = plan.FindStructure(definition.structure);
      member.type = member.nested != nullptr
                        ? member.nested->name
                        : absl::StrCat("std::array<uint8_t, ", definition.size, ">");
      return;
    default: break;
  }
  const CppEnum* type = plan.FindEnum(definition.enumeration, definition.holds_flags());
  if (type != nullptr) {
    member.type = type->name;
    return;
  }
  member.type = IntegerType(IsSigned(definition.kind), static_cast<int>(8 * definition.size));
  member.initializer = "0";
}

std::unique_ptr<CppStructure> MakeStructure(const Plan& plan, const Struct& definition,
                                            std::string name) {
  auto structure = std::make_unique<CppStructure>();
  structure->definition = &definition;
  structure->name = std::move(name);
  Scope names;
  for (const StructMember& member : definition.members) {
    if (member.kind == StructMember::Kind::kPad) continue;
    structure->members.push_back({&member, names.Claim(MemberName(member.name)), "", "", nullptr});
    SetType(plan, structure->members.back());
  }
  return structure;
}

}  // namespace

void PlanStructures(Plan& plan, Scope& scope) {
  for (const Struct* definition : ReachableStructures(*plan.family, plan.sets)) {
    plan.structures.push_back(
        MakeStructure(plan, *definition, scope.Claim(TypeName(definition->name), "Struct")));
  }
}

}  // namespace genlc::cpp
