// Sub-messages and binary structures, as members of structs.
#include "userspace/generator/plan_types.h"
#include "userspace/generator/reach.h"

namespace genlc::cpp {

const CppStructure* StructPlanner::Structure(const Struct* definition, bool as_value) {
  CppStructure* structure = plan_.FindStructure(definition);
  if (structure == nullptr) return nullptr;
  structure->as_value = structure->as_value || as_value;
  if (structure->used) return structure;
  structure->used = true;
  for (const StructMember& member : definition->members) Structure(member.structure, false);
  return structure;
}

// Alternatives that contain the variant stand behind it.
const CppVariant* StructPlanner::Variant(const SubMessage* definition) {
  if (definition == nullptr) return nullptr;
  if (const auto known = variants_.find(definition); known != variants_.end()) return known->second;
  plan_.variants.push_back(std::make_unique<CppVariant>());
  CppVariant* variant = variants_[definition] = plan_.variants.back().get();
  variant->definition = definition;
  variant->name = scope_.Claim(TypeName(definition->name), "Variant");

  std::map<std::pair<const AttributeSet*, const Struct*>, size_t> positions = {
      {{nullptr, nullptr}, 0}};
  std::vector<const SubMessageFormat*> formats;
  for (const SubMessageFormat& format : definition->formats) {
    const auto [found, is_new] =
        positions.try_emplace({format.set, format.fixed_header}, positions.size());
    variant->of_format.push_back(found->second);
    if (is_new) formats.push_back(&format);
  }
  variant->alternatives.resize(formats.size());
  for (const bool behind : {false, true}) {
    for (size_t i = 0; i < formats.size(); ++i) {
      const AttributeSet* set = formats[i]->set;
      if ((set != nullptr && LeadsTo(*set, *definition)) != behind) continue;
      variant->alternatives[i] = {Nest(set, formats[i]->fixed_header),
                                  Structure(formats[i]->fixed_header, /*as_value=*/set == nullptr)};
      if (behind) Forward(variant->alternatives[i].attributes);
    }
  }
  return variant;
}

}  // namespace genlc::cpp
