#include "family/check/breaking/comparison.h"

#include <algorithm>

#include "family/diag/catalogue.h"

namespace genlc {
namespace {

// Whether the rule stands in one of the chosen groups.
bool IsChosen(const BreakGroups& groups, absl::string_view rule) {
  const absl::string_view number = rule.substr(0, 4);
  return (number == "GL10" && groups.wire) || (number == "GL11" && groups.policy) ||
         (number == "GL12" && groups.uapi) || (number == "GL13" && groups.api);
}

}  // namespace

Comparison::Comparison(const Family& before, const Family& after, const BreakGroups& groups,
                       Reporter& reporter)
    : before_(before), after_(after), groups_(groups), reporter_(reporter), uses_(before) {
  PairDefinitions();
  PairSets();
  PairOperations();
  AddGone(before.sets, sets_);
  AddGone(before.enums, enums_);
  AddGone(before.structs, structs_);
}

void Comparison::PairDefinitions() {
  for (const auto& constant : before_.constants) {
    constants_.push_back({constant.get(), after_.FindConstant(constant->name)});
  }
  for (const auto& e : before_.enums) Add(e.get(), after_.FindEnum(e->name));
  for (const auto& structure : before_.structs) {
    Add(structure.get(), after_.FindStruct(structure->name));
  }
}

void Comparison::PairSets() {
  for (const auto& set : before_.sets) Add(set.get(), after_.FindSet(set->name));
  for (const auto& message : before_.sub_messages) {
    for (const auto& now : after_.sub_messages) {
      if (now->name == message->name) Add(message.get(), now.get());
    }
  }
}

void Comparison::PairOperations() {
  for (const auto& operation : before_.operations) {
    const Operation* now = FindNow(*operation, before_, after_);
    operations_.push_back({operation.get(), now});
    if (now == nullptr) continue;
    Add(operation->set, now->set);
    Add(operation->fixed_header, now->fixed_header);
  }
  for (const auto& group : before_.groups) {
    listeners_.push_back({group.get(), FindNow(*group, before_, after_)});
  }
}

void Comparison::Add(const AttributeSet* before, const AttributeSet* after) {
  if (before == nullptr || after == nullptr || !known_.insert({before, after}).second) return;
  sets_.push_back({before, after});
  for (const auto& attribute : before->attributes) {
    const Attribute* now = FindNow(*attribute, *after);
    if (now == nullptr) continue;
    Add(attribute->nested, now->nested);
    Add(attribute->enumeration, now->enumeration);
    // Another mask in the place of one that is still there allows other bits, no more.
    const Enum* mask = attribute->checks.flags_mask;
    if (mask != nullptr && after_.FindEnum(mask->name) == nullptr) {
      Add(mask, now->checks.flags_mask);
    }
    Add(attribute->structure, now->structure);
    Add(attribute->sub_message, now->sub_message);
  }
}

void Comparison::Add(const Enum* before, const Enum* after) {
  if (before == nullptr || after == nullptr || !known_.insert({before, after}).second) return;
  enums_.push_back({before, after});
}

// Two of different names and bytes are two structures; who uses them reports that.
void Comparison::Add(const Struct* before, const Struct* after) {
  if (before == nullptr || after == nullptr) return;
  if (before->name != after->name && !SameLayout(*before, *after)) return;
  if (!known_.insert({before, after}).second) return;
  structs_.push_back({before, after});
  for (const StructMember& member : before->members) {
    const StructMember* now = FindNow(member, *before, *after);
    if (now == nullptr) continue;
    Add(member.enumeration, now->enumeration);
    Add(member.structure, now->structure);
  }
}

void Comparison::Add(const SubMessage* before, const SubMessage* after) {
  if (before == nullptr || after == nullptr || !known_.insert({before, after}).second) return;
  sub_messages_.push_back({before, after});
  for (const SubMessageFormat& format : before->formats) {
    const SubMessageFormat* now = FindNow(format, *after);
    if (now == nullptr) continue;
    Add(format.set, now->set);
    Add(format.fixed_header, now->fixed_header);
  }
}

template <typename T>
void Comparison::AddGone(const std::vector<std::unique_ptr<T>>& parts,
                         std::vector<Pair<T>>& pairs) {
  for (const std::unique_ptr<T>& part : parts) {
    const bool found = std::any_of(pairs.begin(), pairs.end(),
                                   [&](const Pair<T>& pair) { return pair.before == part.get(); });
    if (!found) pairs.push_back({part.get(), nullptr});
  }
}

bool Comparison::IsAllowed(absl::string_view rule, absl::string_view place) {
  for (const Allowed& allowed : after_.allowed_breaks) {
    if (allowed.rule != rule || allowed.place != place) continue;
    needed_.insert(&allowed);
    return true;
  }
  return false;
}

void Comparison::ReportNotNeeded() {
  for (const Allowed& allowed : after_.allowed_breaks) {
    if (needed_.contains(&allowed) || !IsChosen(groups_, allowed.rule)) continue;
    reporter_.Report(kAllowedInVain, allowed.span, allowed.rule, allowed.place);
  }
}

void FindBreaks(const Family& before, const Family& after, const BreakGroups& groups,
                Reporter& reporter) {
  Comparison comparison(before, after, groups, reporter);
  if (groups.wire) {
    CompareWire(comparison);
    CompareWireOfAttributes(comparison);
    CompareWireOfDefinitions(comparison);
  }
  if (groups.policy) ComparePolicy(comparison);
  if (groups.uapi) CompareUapi(comparison);
  if (groups.api) CompareApi(comparison);
  comparison.ReportNotNeeded();
}

}  // namespace genlc
