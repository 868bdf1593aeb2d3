// What the groups of rules share: the parts of both families in pairs, and how to report.
// Internal to this directory.
#ifndef GENLC_FAMILY_CHECK_BREAKING_COMPARISON_H_
#define GENLC_FAMILY_CHECK_BREAKING_COMPARISON_H_

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "family/check/breaking/breaking.h"
#include "family/check/breaking/match.h"
#include "family/check/breaking/use.h"

namespace genlc {

// A part of the old family, and what it has become.
template <typename T>
struct Pair {
  const T* before = nullptr;
  const T* after = nullptr;  // null: it is gone
};

class Comparison {
 public:
  // All arguments outlive this.
  Comparison(const Family& before, const Family& after, const BreakGroups& groups,
             Reporter& reporter);

  const Family& before() const { return before_; }
  const Family& after() const { return after_; }
  const BreakGroups& groups() const { return groups_; }
  // How the old family used its parts: what its users rely on.
  const Uses& uses() const { return uses_; }

  // Sets, enumerations and structures go by their name; those whose place in a message has one
  // of another name are a pair too. So one part may stand in several pairs.
  const std::vector<Pair<AttributeSet>>& sets() const { return sets_; }
  const std::vector<Pair<Enum>>& enums() const { return enums_; }
  const std::vector<Pair<Struct>>& structs() const { return structs_; }
  const std::vector<Pair<SubMessage>>& sub_messages() const { return sub_messages_; }
  const std::vector<Pair<Operation>>& operations() const { return operations_; }
  const std::vector<Pair<MulticastGroup>>& groups_of_listeners() const { return listeners_; }
  const std::vector<Pair<Constant>>& constants() const { return constants_; }

  // The pairs with an attribute that is still there.
  template <typename F>
  void ForEachAttribute(F rule) {
    for (const Pair<AttributeSet>& set : sets_) {
      if (set.after == nullptr) continue;
      for (const auto& attribute : set.before->attributes) {
        const Attribute* now = FindNow(*attribute, *set.after);
        if (now != nullptr) rule(*attribute, *now);
      }
    }
  }

  // `place` is the first argument of the rule; `now` is in the new spec, `was` in the old one.
  template <typename... Args>
  void Report(const DiagnosticDef<absl::string_view, Args...>& rule, const std::string& place,
              SourceSpan now, SourceSpan was, const std::type_identity_t<Args>&... args) {
    if (IsAllowed(rule.info.id, place)) return;
    reporter_.Report(rule, now, place, args...).Label(was, "before");
  }

  // Of an attribute that is still there. What a subset does not say itself is the main set's, so
  // that the main set and all its subsets report one break.
  template <typename... Args>
  void ReportKey(const DiagnosticDef<absl::string_view, Args...>& rule, absl::string_view key,
                 const Attribute& before, const Attribute& after,
                 const std::type_identity_t<Args>&... args) {
    const Attribute& was = Owner(before, key);
    const Attribute& now = Owner(after, key);
    Report(rule, PlaceOf(now), now.places.Of(key, now.span), was.places.Of(key, was.span), args...);
  }

  // Warns of entries of `allow-breaking` that have not been needed.
  void ReportNotNeeded();

  static std::string PlaceOf(const Attribute& attribute) {
    return absl::StrCat(attribute.set->name, ".", attribute.name);
  }

 private:
  static const Attribute& Owner(const Attribute& attribute, absl::string_view key) {
    const bool own = attribute.origin == nullptr || attribute.places.Has(key);
    return own ? attribute : *attribute.origin;
  }

  bool IsAllowed(absl::string_view rule, absl::string_view place);

  void PairDefinitions();
  void PairSets();
  void PairOperations();
  // Each does nothing where one is missing, or the pair is known.
  void Add(const AttributeSet* before, const AttributeSet* after);
  void Add(const Enum* before, const Enum* after);
  void Add(const Struct* before, const Struct* after);
  void Add(const SubMessage* before, const SubMessage* after);
  template <typename T>
  void AddGone(const std::vector<std::unique_ptr<T>>& parts, std::vector<Pair<T>>& pairs);

  const Family& before_;
  const Family& after_;
  const BreakGroups groups_;
  Reporter& reporter_;
  const Uses uses_;
  std::vector<Pair<AttributeSet>> sets_;
  std::vector<Pair<Enum>> enums_;
  std::vector<Pair<Struct>> structs_;
  std::vector<Pair<SubMessage>> sub_messages_;
  std::vector<Pair<Operation>> operations_;
  std::vector<Pair<MulticastGroup>> listeners_;
  std::vector<Pair<Constant>> constants_;
  std::set<std::pair<const void*, const void*>> known_;
  std::set<const Allowed*> needed_;
};

// The groups of rules, in files of their own.
void CompareWire(Comparison& comparison);
void CompareWireOfAttributes(Comparison& comparison);
void CompareWireOfDefinitions(Comparison& comparison);
void ComparePolicy(Comparison& comparison);
void CompareUapi(Comparison& comparison);
void CompareApi(Comparison& comparison);

// Whether both sides of the wire understand each other where an attribute has changed.
bool TypeFits(const Comparison& comparison, const Attribute& before, const Attribute& after);
bool CountFits(const Comparison& comparison, const Attribute& before, const Attribute& after);

// Numbers that count on from one another: of a row that has moved only the first is news.
class Row {
 public:
  // `counts_on`: the new number follows from the one before it.
  bool HasMoved(Integer before, Integer after, bool counts_on) {
    const Integer shift = after - before;
    const bool moved = shift != 0 && !(counts_on && shift == last_shift_);
    last_shift_ = shift;
    return moved;
  }

 private:
  Integer last_shift_ = 0;
};

}  // namespace genlc

#endif  // GENLC_FAMILY_CHECK_BREAKING_COMPARISON_H_
