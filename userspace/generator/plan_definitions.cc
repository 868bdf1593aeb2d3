#include <algorithm>
#include <limits>

#include "userspace/generator/plan_types.h"

namespace genlc::cpp {
namespace {

template <typename T>
bool Holds(Integer value) {
  return value >= std::numeric_limits<T>::min() && value <= std::numeric_limits<T>::max();
}

std::string TypeOfNumber(Integer value) {
  if (Holds<uint32_t>(value)) return "uint32_t";
  if (Holds<int32_t>(value)) return "int32_t";
  return value < 0 ? "int64_t" : "uint64_t";
}

// How attributes use an enumeration.
struct Use {
  bool numbers = false;
  bool flags = false;
  bool wide = false;  // in 64 bits
};

Use UseOf(const Plan& plan, const Enum* definition) {
  Use use;
  for (const AttributeSet* set : plan.sets) {
    for (const auto& attribute : set->attributes) {
      if (attribute->enumeration != definition) continue;
      (attribute->holds_flags() ? use.flags : use.numbers) = true;
      const AttributeType type = attribute->has_sub_type ? attribute->sub_type : attribute->type;
      if (BitWidth(type) == 64) use.wide = true;
    }
  }
  return use;
}

// Wide enough for all entries and for all attributes that have the type.
std::string Underlying(const std::vector<CppEnum::Entry>& entries, bool wide) {
  bool is_signed = false;
  for (const CppEnum::Entry& entry : entries) {
    if (entry.value < 0) is_signed = true;
  }
  for (const CppEnum::Entry& entry : entries) {
    if (is_signed ? !Holds<int32_t>(entry.value) : !Holds<uint32_t>(entry.value)) wide = true;
  }
  if (is_signed) return wide ? "int64_t" : "int32_t";
  return wide ? "uint64_t" : "uint32_t";
}

CppEnum MakeEnum(const Enum& definition, bool flags, const Use& use, std::string name) {
  CppEnum result{&definition, std::move(name), "", flags, flags ? use.flags : use.numbers, {}};
  Scope names;
  for (const EnumEntry& entry : definition.entries) {
    // What serves as flags without being `flags` counts bits.
    const bool is_bit = flags && !definition.flags;
    if (is_bit && (entry.value < 0 || entry.value > 63)) continue;
    result.entries.push_back({&entry, names.Claim(ConstantName(entry.name)),
                              is_bit ? Integer(1) << static_cast<int>(entry.value) : entry.value});
  }
  result.underlying = Underlying(result.entries, use.wide);
  return result;
}

}  // namespace

void PlanDefinitions(Plan& plan, Scope& scope) {
  for (const auto& constant : plan.family->constants) {
    if (constant->scope == genlc::Scope::kKernel) continue;
    const Integer* number = std::get_if<Integer>(&constant->value);
    plan.constants.push_back({constant.get(), scope.Claim(ConstantName(constant->name)),
                              number != nullptr ? TypeOfNumber(*number) : ""});
  }
  for (const auto& definition : plan.family->enums) {
    const Use use = UseOf(plan, definition.get());
    const bool used = use.numbers || use.flags;
    if (definition->scope == genlc::Scope::kKernel && !used) continue;
    const std::string name = TypeName(definition->name);
    if (definition->flags) {
      plan.enums.push_back(MakeEnum(*definition, true, use, scope.Claim(name, "Enum")));
      continue;
    }
    plan.enums.push_back(MakeEnum(*definition, false, use, scope.Claim(name, "Enum")));
    if (use.flags) {
      plan.enums.push_back(MakeEnum(*definition, true, use, scope.Claim(name + "Flags")));
    }
  }
}

}  // namespace genlc::cpp
