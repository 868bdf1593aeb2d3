// Names and values that the uAPI header gives to C.
#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "family/check/breaking/comparison.h"
#include "family/diag/catalogue/breaking_uapi.h"
#include "family/model/spelling.h"

namespace genlc {
namespace {

// Whether the family's own header declares a definition.
template <typename T>
bool IsDeclared(const T& definition) {
  return definition.scope == Scope::kUapi && definition.header.empty();
}
bool IsDeclared(const AttributeSet& set) { return set.subset_of == nullptr && set.header.empty(); }

std::string Tag(absl::string_view name) { return absl::StrCat("enum ", name); }

// All that the header of a family declares. A tag has "enum " in front.
std::set<std::string> NamesOf(const Family& family) {
  std::set<std::string> names = {family.c_family_name, family.c_version_name,
                                 family.command_max_name, family.command_count_name,
                                 Tag(family.command_enum)};
  for (const auto& constant : family.constants) {
    if (IsDeclared(*constant)) names.insert(constant->c_name);
  }
  for (const auto& e : family.enums) {
    if (!IsDeclared(*e)) continue;
    names.insert(Tag(e->c_name));
    if (e->render_max) names.insert({e->c_max_name, e->c_count_name});
    for (const EnumEntry& entry : e->entries) names.insert(entry.c_name);
  }
  for (const auto& set : family.sets) {
    if (!IsDeclared(*set)) continue;
    names.insert({Tag(set->c_name), set->c_max_name, set->c_count_name});
    for (const auto& attribute : set->attributes) names.insert(attribute->c_name);
  }
  for (const auto& operation : family.operations) names.insert(operation->c_name);
  for (const auto& group : family.groups) names.insert(group->c_name);
  return names;
}

// What stands before the name of the spec in the name in C; the whole where it is another.
std::string PrefixOf(absl::string_view name, absl::string_view c_name) {
  const std::string upper =
      absl::StrReplaceAll(absl::AsciiStrToUpper(name), {{"-", "_"}, {" ", "_"}});
  return std::string(absl::StripSuffix(c_name, upper));
}

// Where something stands in both specs. Of what is gone, `now` is what it stood in.
struct Place {
  std::string name;
  SourceSpan now;
  SourceSpan was;
};

template <typename T>
Place PlaceOf(const Pair<T>& pair, SourceSpan enclosing) {
  return {pair.after != nullptr ? pair.after->name : pair.before->name,
          pair.after != nullptr ? pair.after->span : enclosing, pair.before->span};
}

class UapiComparison {
 public:
  explicit UapiComparison(Comparison& c) : c_(c), names_(NamesOf(c.after())) {}

  void Run() {
    CompareFamilies();
    for (const auto& pair : c_.constants()) CompareConstant(pair);
    for (const auto& pair : c_.enums()) CompareEnum(pair);
    for (const auto& pair : c_.sets()) CompareSet(pair);
    for (const auto& pair : c_.operations()) CompareOperation(pair);
    for (const auto& pair : c_.groups_of_listeners()) {
      if (IsTold(pair.after)) continue;
      Lost(kBreakGroupName, PlaceOf(pair, c_.after().span), pair.before->c_name);
    }
  }

 private:
  using NameRule = DiagnosticDef<absl::string_view, absl::string_view>;

  // What has gone from the wire is told there.
  bool IsTold(const void* after) const { return after == nullptr && c_.groups().wire; }

  // A name that the old header has, unless the new one has it too. An empty one is none.
  void Lost(const NameRule& rule, const Place& place, const std::string& c_name) {
    if (c_name.empty() || names_.contains(c_name)) return;
    c_.Report(rule, place.name, place.now, place.was, c_name);
  }
  void LostTag(const Place& place, const std::string& tag) {
    if (tag.empty() || names_.contains(Tag(tag))) return;
    c_.Report(kBreakTag, place.name, place.now, place.was, tag);
  }
  // Of a row of names that have changed their beginning alone only that is news.
  struct Beginning {
    std::string before;
    std::string after;
  };

  // A name in a list that `owner` stands for. Empty `now`: gone.
  template <typename T>
  void LostOf(const NameRule& rule, const Place& owner, const Place& place, const T& before,
              const T* after, Beginning& known) {
    if (after == nullptr || names_.contains(before.c_name)) {
      return Lost(rule, place, before.c_name);
    }
    const Beginning beginning = {PrefixOf(before.name, before.c_name),
                                 PrefixOf(after->name, after->c_name)};
    if (beginning.before == beginning.after || beginning.before == before.c_name) {
      return Lost(rule, place, before.c_name);
    }
    if (known.before == beginning.before && known.after == beginning.after) return;
    known = beginning;
    c_.Report(kBreakPrefix, owner.name, owner.now, owner.was, known.after, known.before);
  }

  // Whether the maximum has changed its beginning together with the attributes.
  static bool BoundsMoved(const Pair<AttributeSet>& pair) {
    if (pair.after == nullptr || pair.before->attributes.empty()) return false;
    const Attribute& first = *pair.before->attributes.front();
    const Attribute* now = FindNow(first, *pair.after);
    if (now == nullptr) return false;
    return pair.before->c_max_name == PrefixOf(first.name, first.c_name) + "MAX" &&
           pair.after->c_max_name == PrefixOf(now->name, now->c_name) + "MAX" &&
           pair.before->c_max_name != pair.after->c_max_name;
  }

  // The maximum and the count, which mostly go together: then the one is enough.
  void LostBounds(const Place& place, const std::string& max, const std::string& count) {
    const bool lost = !max.empty() && !names_.contains(max);
    Lost(kBreakBoundName, place, lost ? max : count);
  }

  // Values that messages carry are told with the wire.
  void Value(const Place& place, const std::string& c_name, Integer before, Integer after,
             bool on_wire) {
    if (before == after || (on_wire && c_.groups().wire)) return;
    if (names_.contains(c_name)) {
      c_.Report(kBreakValue, place.name, place.now, place.was, c_name, after, before);
    }
  }

  Place OperationsPlace(absl::string_view key) const {
    const Family& after = c_.after();
    const Family& before = c_.before();
    return {"operations", after.operations_places.Of(key, after.span),
            before.operations_places.Of(key, before.span)};
  }

  void CompareFamilies() {
    const Family& before = c_.before();
    const Family& after = c_.after();
    const auto place = [&](absl::string_view key) {
      return Place{after.name, after.places.Of(key, after.span),
                   before.places.Of(key, before.span)};
    };
    Lost(kBreakFamilyMacro, place("c-family-name"), before.c_family_name);
    Lost(kBreakFamilyMacro, place("c-version-name"), before.c_version_name);
    if (before.uapi_header != after.uapi_header) {
      const Place header = place("uapi-header");
      c_.Report(kBreakHeaderPath, header.name, header.now, header.was, after.uapi_header,
                before.uapi_header);
    }
    LostTag(OperationsPlace("enum-name"), before.command_enum);
    // Where it follows from the prefix, that is told. Families with two directions have others.
    const bool follows = before.command_max_name == before.command_prefix + "MAX" &&
                         after.command_max_name == after.command_prefix + "MAX";
    if (before.directional || follows) return;
    LostBounds(OperationsPlace("name-prefix"), before.command_max_name, before.command_count_name);
  }

  void CompareConstant(const Pair<Constant>& pair) {
    if (!IsDeclared(*pair.before)) return;
    const Place place = PlaceOf(pair, c_.after().span);
    Lost(kBreakConstantName, place, pair.before->c_name);
    if (pair.after == nullptr || pair.before->value == pair.after->value) return;
    c_.Report(kBreakConstantValue, place.name, pair.after->places.Of("value", place.now),
              pair.before->places.Of("value", place.was), Text(*pair.after), Text(*pair.before));
  }

  static std::string Text(const Constant& constant) {
    const Integer* number = std::get_if<Integer>(&constant.value);
    return number != nullptr ? genlc::Text(*number)
                             : absl::StrCat("\"", std::get<std::string>(constant.value), "\"");
  }

  void CompareEnum(const Pair<Enum>& pair) {
    const Enum& before = *pair.before;
    if (!IsDeclared(before) || !done_.insert(&before).second) return;
    const Place place = PlaceOf(pair, c_.after().span);
    LostTag(place, before.c_name);
    if (before.render_max) {
      LostBounds(place, before.c_max_name, before.flags ? "" : before.c_count_name);
    }
    const bool on_wire = c_.uses().OnWire(before);
    Beginning beginning;
    for (const EnumEntry& entry : before.entries) {
      const EnumEntry* now = pair.after != nullptr ? FindNow(entry, before, *pair.after) : nullptr;
      if (on_wire && pair.after != nullptr && IsTold(now)) continue;
      const Place entry_place = {absl::StrCat(place.name, ".", now ? now->name : entry.name),
                                 now ? now->span : place.now, entry.span};
      LostOf(kBreakEntryName, place, entry_place, entry, now, beginning);
      if (now != nullptr) Value(entry_place, entry.c_name, entry.value, now->value, on_wire);
    }
  }

  void CompareSet(const Pair<AttributeSet>& pair) {
    const AttributeSet& before = *pair.before;
    if (!IsDeclared(before) || !done_.insert(&before).second) return;
    const Place place = PlaceOf(pair, c_.after().span);
    LostTag(place, before.c_name);
    if (!BoundsMoved(pair)) LostBounds(place, before.c_max_name, before.c_count_name);
    Beginning beginning;
    for (const auto& attribute : before.attributes) {
      const Attribute* now = pair.after != nullptr ? FindNow(*attribute, *pair.after) : nullptr;
      if (pair.after != nullptr && IsTold(now) && !IsReserved(*attribute)) continue;
      const Place attribute_place = {Comparison::PlaceOf(now ? *now : *attribute),
                                     now ? now->span : place.now, attribute->span};
      LostOf(kBreakAttributeName, place, attribute_place, *attribute, now, beginning);
      if (now == nullptr) continue;
      Value(attribute_place, attribute->c_name, attribute->number, now->number, true);
    }
  }

  void CompareOperation(const Pair<Operation>& pair) {
    if (IsTold(pair.after)) return;
    const Place place = PlaceOf(pair, c_.after().span);
    LostOf(kBreakCommandName, OperationsPlace("name-prefix"), place, *pair.before, pair.after,
           commands_);
    if (pair.after == nullptr) return;
    Value(place, pair.before->c_name, pair.before->number, pair.after->number, true);
  }

  Comparison& c_;
  const std::set<std::string> names_;
  std::set<const void*> done_;
  Beginning commands_;
};

}  // namespace

void CompareUapi(Comparison& comparison) { UapiComparison(comparison).Run(); }

}  // namespace genlc
