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

// Where an enumeration stands, as numbers or as flags.
struct Use {
  bool any = false;
  bool wide = false;  // in 64 bits
};

Use UseOf(const Plan& plan, const Enum* definition, bool flags) {
  Use use;
  const auto add = [&](const auto& user, int bits) {
    if (user.enumeration != definition || user.holds_flags() != flags) return;
    use.any = true;
    use.wide = use.wide || bits == 64;
  };
  for (const ReachableSet& set : plan.sets) {
    for (const Attribute* a : set.attributes)
      add(*a, BitWidth(a->has_sub_type ? a->sub_type : a->type));
  }
  for (const Struct* structure : ReachableStructures(*plan.family, plan.sets)) {
    for (const StructMember& member : structure->members) {
      add(member, static_cast<int>(8 * member.size));
    }
  }
  return use;
}

// Wide enough for all entries and for all attributes and members that have the type.
std::string Underlying(const std::vector<CppEnum::Entry>& entries, const Use& use) {
  const bool is_signed = std::any_of(entries.begin(), entries.end(),
                                     [](const CppEnum::Entry& entry) { return entry.value < 0; });
  const bool fit = std::all_of(
      entries.begin(), entries.end(),
      [is_signed](const CppEnum::Entry& entry) { return Holds(entry.value, is_signed, 32); });
  return IntegerType(is_signed, fit && !use.wide ? 32 : 64);
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
