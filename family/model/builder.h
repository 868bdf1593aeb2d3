// What the parts of BuildFamily() share. Internal to this directory.
#ifndef GENLC_FAMILY_MODEL_BUILDER_H_
#define GENLC_FAMILY_MODEL_BUILDER_H_

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "family/diag/catalogue.h"
#include "family/diag/reporter.h"
#include "family/diag/suggest.h"
#include "family/load/raw.h"
#include "family/load/schema.h"
#include "family/model/c_names.h"
#include "family/model/family.h"

namespace genlc {

struct Builder {
  const RawFamily& raw;
  Family& family;
  Reporter& reporter;

  // In the order in which they need each other.
  void BuildDefinitions();
  void BuildSets();
  void BuildSubMessages();
  void LinkSubMessage(const RawAttribute& raw_attribute, Attribute& attribute);
  void BuildGroups();
  void BuildOperations();

  // Lookups that report a name that is not there, or that is something else.
  const Enum* FindEnum(const Maybe<std::string>& name);
  const Struct* FindStruct(const Maybe<std::string>& name);
  const AttributeSet* FindSet(const Maybe<std::string>& name);
  const Attribute* FindAttribute(const AttributeSet& set, const RawText& name);
  const Constant* FindConstant(absl::string_view name);
  // The number a limit stands for.
  std::optional<Limit> ResolveLimit(const Maybe<RawNumber>& number);

  // Families from before the language, whose specs follow headers written by hand.
  bool IsOldLevel() const {
    return family.level == Level::kGenetlinkLegacy || family.level == Level::kNetlinkRaw;
  }

  // The default of a C name: "thermo-" followed by `rest`.
  std::string Prefixed(absl::string_view rest) const {
    return absl::StrCat(raw.name.value, "-", rest);
  }
};

void ApplyProfile(const RawProfile& profile, Family& family, Reporter& reporter);
// Whether values of it can be compared and ordered.
bool CanBeKey(const Attribute& attribute);
// Once everything else of the profile has been applied to the operations.
void ApplyWatch(const RawProfileWatch& raw, Operation& operation, const Family& family,
                Reporter& reporter);

// The names of a list of the family, for suggestions.
template <typename List>
std::vector<absl::string_view> NamesOf(const List& list) {
  std::vector<absl::string_view> names;
  for (const auto& item : list) names.push_back(item->name);
  return names;
}

// Null, and a report, where the family has none of this name.
template <typename List>
auto FindNamed(const List& list, const RawText& name, absl::string_view kind, Reporter& reporter)
    -> decltype(list.front().get()) {
  for (const auto& item : list) {
    if (item->name == name.value) return item.get();
  }
  reporter.Report(kProfileUnknownName, name.span, kind, name.value)
      .Hint(DidYouMean(name.value, NamesOf(list)));
  return nullptr;
}

// Of a word that the schema allows.
DisplayHint HintOf(absl::string_view word);

inline std::string ValueOr(const Maybe<std::string>& text, absl::string_view otherwise) {
  return text ? text->value : std::string(otherwise);
}
inline bool ValueOr(const Maybe<bool>& value, bool otherwise) {
  return value ? value->value : otherwise;
}

// The place of every key that an object of the spec has.
template <typename T>
Places PlacesOf(const T& raw) {
  Places places;
  const auto add = [&](const auto& key) {
    const auto& member = raw.*key.member;
    using Member = std::remove_cvref_t<decltype(member)>;
    if constexpr (requires { member.has_value(); member->span; }) {
      if (member) places.Add(key.name, member->span);
    } else if constexpr (requires { member.has_value(); member->front().span; }) {
      if (!member) return;
      for (const auto& item : *member) places.Add(key.name, item.span);
    } else if constexpr (requires(Member m) { m.span; }) {
      places.Add(key.name, member.span);
    }
  };
  std::apply([&](const auto&... keys) { (add(keys), ...); }, Schema<T>::kKeys);
  return places;
}

}  // namespace genlc

#endif  // GENLC_FAMILY_MODEL_BUILDER_H_
