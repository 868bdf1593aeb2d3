#include <algorithm>

#include "absl/strings/str_cat.h"
#include "userspace/generator/plan_types.h"
#include "userspace/generator/reach.h"

namespace genlc::cpp {
namespace {

bool Holds(Integer value, bool is_signed, int bits) {
  const Integer end = Integer(1) << (is_signed ? bits - 1 : bits);
  return value < end && value >= (is_signed ? -end : Integer(0));
}

std::string TypeOfNumber(Integer value) {
  for (const bool is_signed : {false, true}) {
    if (Holds(value, is_signed, 32)) return IntegerType(is_signed, 32);
  }
  return IntegerType(value < 0, 64);
}

// Where an enumeration stands, as numbers or as flags. Widths are in bits.
struct Use {
  bool any = false;
  int in_attributes = 0;  // the widest
  int least_in_structures = 64;
  int most_in_structures = 0;
};

Use UseOf(const Plan& plan, const Enum* definition, bool flags) {
  Use use;
  for (const ReachableSet& set : plan.sets) {
    for (const Attribute* attribute : set.attributes) {
      if (attribute->enumeration != definition || attribute->holds_flags() != flags) continue;
      const AttributeType type = attribute->has_sub_type ? attribute->sub_type : attribute->type;
      use.any = true;
      use.in_attributes = std::max(use.in_attributes, BitWidth(type));
    }
  }
  for (const Struct* structure : ReachableStructures(*plan.family, plan.sets)) {
    for (const StructMember& member : structure->members) {
      if (member.enumeration != definition || member.holds_flags() != flags) continue;
      const int bits = static_cast<int>(8 * member.size);
      use.any = true;
      use.least_in_structures = std::min(use.least_in_structures, bits);
      use.most_in_structures = std::max(use.most_in_structures, bits);
    }
  }
  return use;
}

// Wide enough for all entries and for all attributes that have the type. A member of a structure
// has its width and no other, so where all of them agree it is theirs.
std::string Underlying(const std::vector<CppEnum::Entry>& entries, const Use& use) {
  const auto hold = [&entries](bool is_signed, int bits) {
    return std::all_of(entries.begin(), entries.end(), [&](const CppEnum::Entry& entry) {
      return Holds(entry.value, is_signed, bits);
    });
  };
  const bool is_signed = std::any_of(entries.begin(), entries.end(),
                                     [](const CppEnum::Entry& entry) { return entry.value < 0; });
  const int structure = use.most_in_structures;
  if (structure == use.least_in_structures && structure >= use.in_attributes &&
      hold(is_signed, structure)) {
    return IntegerType(is_signed, structure);
  }
  return IntegerType(is_signed, use.in_attributes <= 32 && hold(is_signed, 32) ? 32 : 64);
}

CppEnum MakeEnum(const Enum& definition, bool flags, const Use& use, std::string name) {
  CppEnum result{&definition, std::move(name), "", flags, use.any, {}};
  Scope names;
  for (const EnumEntry& entry : definition.entries) {
    // What serves as flags without being `flags` counts bits.
    const bool is_bit = flags && !definition.flags;
    if (is_bit && (entry.value < 0 || entry.value > 63)) continue;
    result.entries.push_back({&entry, names.Claim(ConstantName(entry.name)),
                              is_bit ? Integer(1) << static_cast<int>(entry.value) : entry.value});
  }
  result.underlying = Underlying(result.entries, use);
  return result;
}

void PlanEnum(Plan& plan, const Enum& definition, Scope& scope) {
  const Use flags = UseOf(plan, &definition, true);
  const Use numbers = UseOf(plan, &definition, false);
  if (definition.scope == genlc::Scope::kKernel && !flags.any && !numbers.any) return;
  const std::string name = TypeName(definition.name);
  plan.enums.push_back(MakeEnum(definition, definition.flags, definition.flags ? flags : numbers,
                                scope.Claim(name, "Enum")));
  if (flags.any && !definition.flags) {
    plan.enums.push_back(MakeEnum(definition, true, flags, scope.Claim(name + "Flags")));
  }
}

}  // namespace

void PlanDefinitions(Plan& plan, Scope& scope) {
  for (const auto& constant : plan.family->constants) {
    if (constant->scope == genlc::Scope::kKernel) continue;
    const Integer* number = std::get_if<Integer>(&constant->value);
    plan.constants.push_back({constant.get(), scope.Claim(ConstantName(constant->name)),
                              number != nullptr ? TypeOfNumber(*number) : ""});
  }
  for (const auto& definition : plan.family->enums) PlanEnum(plan, *definition, scope);
}

}  // namespace genlc::cpp
