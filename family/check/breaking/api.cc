// Names and types of the generated client in C++. They follow from the names and types of the
// spec; how they are spelt is the generator's affair.
#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "family/check/breaking/comparison.h"
#include "family/diag/catalogue/breaking_api.h"

namespace genlc {
namespace {

using NameRule = DiagnosticDef<absl::string_view, absl::string_view>;

// Whether two names of a spec are one in C++, where it does not matter what separates the words.
bool SameName(absl::string_view a, absl::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return x == y || (!absl::ascii_isalnum(x) && !absl::ascii_isalnum(y));
  });
}

// A part whose old name has gone altogether; one whose place another part has taken is not.
template <typename T, typename Find>
void CompareNames(Comparison& c, const NameRule& rule, const Pair<T>& pair, Find find) {
  if (pair.after == nullptr || SameName(pair.before->name, pair.after->name)) return;
  if (find(pair.before->name) != nullptr) return;
  c.Report(rule, pair.after->name, pair.after->span, pair.before->span, pair.before->name);
}

// A family of classic netlink is known to the wire by its protocol alone.
void CompareFamilies(Comparison& c) {
  const Family& before = c.before();
  const Family& after = c.after();
  const bool told = after.is_generic() && c.groups().wire;
  if (told || SameName(before.name, after.name)) return;
  c.Report(kBreakFamilyInCpp, after.name, after.span, before.span, before.name);
}

void CompareEntries(Comparison& c, const Enum& before, const Enum& after) {
  // Another enumeration in the place of one that is still there is another type.
  if (before.name != after.name && c.after().FindEnum(before.name) != nullptr) return;
  for (const EnumEntry& entry : before.entries) {
    const EnumEntry* now = FindNow(entry, before, after);
    if (now == nullptr || SameName(now->name, entry.name)) continue;
    c.Report(kBreakEntryInCpp, absl::StrCat(after.name, ".", now->name), now->span, entry.span,
             entry.name);
  }
}

// What a definition of the old family is called in the new one.
template <typename T>
std::string NameNow(const std::vector<Pair<T>>& pairs, const T& definition) {
  for (const Pair<T>& pair : pairs) {
    if (pair.before == &definition && pair.after != nullptr) return pair.after->name;
  }
  return definition.name;
}

std::string Bits(bool is_signed, int bits) {
  return absl::StrCat(is_signed ? "a signed number of " : "a number of ", bits, " bits");
}

// The types of members. With a comparison those of the old family, by the names of the new one.
class TypeText {
 public:
  TypeText() = default;
  explicit TypeText(const Comparison& c) : c_(&c) {}

  std::string Of(const Attribute& attribute) const {
    const std::string element = Element(attribute, attribute.type);
    return attribute.multi ? absl::StrCat("a list of ", element) : element;
  }

  std::string Of(const StructMember& member) const {
    if (member.enumeration != nullptr) return Name(member.enumeration, member.holds_flags());
    return member.structure != nullptr ? Name(member.structure) : "plain";
  }

 private:
  std::string Element(const Attribute& attribute, AttributeType type) const {
    switch (type) {
      case AttributeType::kNestTypeValue:
        return absl::StrCat("nests by ", absl::StrJoin(attribute.type_values, " and "));
      case AttributeType::kNest: return Name(attribute.nested);
      case AttributeType::kIndexedArray:
        return absl::StrCat("a list of ", Element(attribute, attribute.sub_type));
      case AttributeType::kBinary:
        if (attribute.structure != nullptr) return Name(attribute.structure);
        if (attribute.type != type || !attribute.has_sub_type) return "bytes";
        return absl::StrCat("a list of ", Element(attribute, attribute.sub_type));
      default: break;
    }
    if (attribute.enumeration != nullptr) {
      return Name(attribute.enumeration, attribute.holds_flags());
    }
    if (IsInteger(type)) return Bits(IsSigned(type), BitWidth(type));
    return absl::StrCat("a ", genlc::TypeName(type));
  }

  std::string Name(const AttributeSet* set) const {
    return absl::StrCat("`", c_ != nullptr ? NameNow(c_->sets(), *set) : set->name, "`");
  }
  std::string Name(const Struct* structure) const {
    return absl::StrCat("`", c_ != nullptr ? NameNow(c_->structs(), *structure) : structure->name,
                        "`");
  }
  std::string Name(const Enum* e, bool flags) const {
    return absl::StrCat(flags ? "flags of `" : "`",
                        c_ != nullptr ? NameNow(c_->enums(), *e) : e->name, "`");
  }

  const Comparison* c_ = nullptr;
};

// What the wire notices is told there.
void CompareTypes(Comparison& c, const Attribute& before, const Attribute& after) {
  if (IsReserved(before)) return;
  const bool flags = before.enumeration != nullptr && after.enumeration != nullptr &&
                     before.holds_flags() != after.holds_flags();
  const bool levels = before.type_values.size() != after.type_values.size();
  const bool told = flags || levels || !TypeFits(c, before, after) || !CountFits(c, before, after);
  if (told && c.groups().wire) return;
  const std::string was = TypeText(c).Of(before);
  const std::string now = TypeText().Of(after);
  if (was != now) c.ReportKey(kBreakTypeInCpp, "type", before, after, now, was);
}

// Lists and flags are never optional.
bool CanBeOptional(const Attribute& attribute) {
  return !attribute.multi && attribute.type != AttributeType::kFlag &&
         attribute.type != AttributeType::kIndexedArray && !attribute.has_sub_type;
}

void CompareAttribute(Comparison& c, const Attribute& before, const Attribute& after) {
  if (!SameName(before.name, after.name) && !IsReserved(before)) {
    c.ReportKey(kBreakAttributeInCpp, "name", before, after, before.name);
  }
  CompareTypes(c, before, after);
  const bool read = c.uses().Of(before).reply_nest;
  if (!before.required_in_nest && after.required_in_nest && read && CanBeOptional(after)) {
    c.Report(kBreakPresenceInCpp, Comparison::PlaceOf(after), after.span, before.span);
  }
}

void CompareStructs(Comparison& c, const Struct& before, const Struct& after) {
  for (const StructMember& member : before.members) {
    const StructMember* now = FindNow(member, before, after);
    if (now == nullptr || member.kind == StructMember::Kind::kPad) continue;
    const std::string place = absl::StrCat(after.name, ".", now->name);
    if (!SameName(now->name, member.name)) {
      c.Report(kBreakMemberInCpp, place, now->span, member.span, member.name);
    }
    const std::string was = TypeText(c).Of(member);
    const std::string is = TypeText().Of(*now);
    if (was != is && member.size == now->size) {
      c.Report(kBreakTypeInCpp, place, now->span, member.span, is, was);
    }
  }
}

// Programs read what arrives through the optional; what they send they assign either way.
void ComparePresence(Comparison& c, const std::string& place, const Message& before,
                     const Message& after) {
  if (after.set == nullptr) return;
  for (const Field& was : before.fields) {
    const Attribute* attribute = FindNow(*was.attribute, *after.set);
    const Field* now = attribute != nullptr ? after.Find(attribute->name) : nullptr;
    if (now == nullptr || was.required || !now->required || !CanBeOptional(*attribute)) continue;
    c.Report(kBreakPresenceInCpp, absl::StrCat(place, ".", attribute->name), now->required_span,
             was.span);
  }
}

// What there still is, in the old order.
struct Ordered {
  const Attribute* now;
  size_t position;  // in the new order
  SourceSpan span;
  SourceSpan was;
};

// The first that stands in front of what it stood behind.
void CompareOrder(Comparison& c, const std::string& place, const std::vector<Ordered>& items) {
  for (size_t i = 1; i < items.size(); ++i) {
    const Ordered& item = items[i];
    const Ordered& previous = items[i - 1];
    if (item.position > previous.position) continue;
    c.Report(kBreakOrderInCpp, absl::StrCat(place, ".", item.now->name), item.span, item.was,
             previous.now->name);
    return;
  }
}

void CompareOrderOfRequest(Comparison& c, const std::string& place, const Message& before,
                           const Message& after) {
  if (after.set == nullptr) return;
  std::vector<Ordered> items;
  for (const Field& was : before.fields) {
    const Attribute* attribute = FindNow(*was.attribute, *after.set);
    const Field* now = attribute != nullptr ? after.Find(attribute->name) : nullptr;
    if (now == nullptr) continue;
    items.push_back(
        {attribute, static_cast<size_t>(now - after.fields.data()), now->span, was.span});
  }
  CompareOrder(c, place, items);
}

void CompareOrderOfNest(Comparison& c, const AttributeSet& before, const AttributeSet& after) {
  std::vector<Ordered> items;
  for (const auto& attribute : before.attributes) {
    const Attribute* now = FindNow(*attribute, after);
    if (now == nullptr || IsReserved(*attribute) || !c.uses().Of(*attribute).request_nest) continue;
    const auto position = std::find_if(after.attributes.begin(), after.attributes.end(),
                                       [&](const auto& a) { return a.get() == now; });
    items.push_back({now, static_cast<size_t>(position - after.attributes.begin()), now->span,
                     attribute->span});
  }
  CompareOrder(c, after.name, items);
}

// Whether the objects of a dump have a type of their own: where `do` answers with another.
bool HasDumpType(const Operation& operation) {
  if (!operation.do_exchange || !operation.do_exchange->reply) return false;
  const std::optional<Message>& reply = operation.dump->reply;
  const std::vector<Field>& fields = operation.do_exchange->reply->fields;
  return !reply || !std::equal(fields.begin(), fields.end(), reply->fields.begin(),
                               reply->fields.end(), [](const Field& a, const Field& b) {
                                 return a.attribute == b.attribute && a.required == b.required;
                               });
}

std::string DumpType(bool own) { return own ? "a type of their own" : "the type of the reply"; }

void CompareDumps(Comparison& c, const Operation& before, const Operation& after) {
  const bool was = HasDumpType(before);
  const bool now = HasDumpType(after);
  if (was == now) return;
  c.Report(kBreakDumpInCpp, after.name + ".dump", after.dump->span, before.dump->span,
           DumpType(now), DumpType(was));
}

const std::string& NameOf(const Watch::KeyPart& part) {
  return part.attribute != nullptr ? part.attribute->name : part.member->name;
}

std::string KeyText(const Watch& watch) {
  return absl::StrJoin(watch.key, " and ", [](std::string* to, const Watch::KeyPart& part) {
    absl::StrAppend(to, "`", NameOf(part), "`");
  });
}

// Parts that have another name or type are told with these.
bool SameKey(const Watch& before, const Watch& after) {
  const auto same = [](const Watch::KeyPart& was, const Watch::KeyPart& is) {
    if ((was.attribute == nullptr) != (is.attribute == nullptr)) return false;
    if (was.attribute == nullptr) return was.member->name == is.member->name;
    return FindNow(*was.attribute, *is.attribute->set) == is.attribute;
  };
  return std::equal(before.key.begin(), before.key.end(), after.key.begin(), after.key.end(), same);
}

void CompareWatches(Comparison& c, const Operation& before, const Operation& after) {
  if (!before.watch) return;
  if (!after.watch) {
    const bool told = !after.dump && c.groups().wire;
    if (!told) c.Report(kBreakWatchInCpp, after.name, after.span, before.watch->span);
  } else if (!SameKey(*before.watch, *after.watch)) {
    c.Report(kBreakWatchKeyInCpp, after.name, after.watch->span, before.watch->span,
             KeyText(*after.watch), KeyText(*before.watch));
  }
}

void CompareExchanges(Comparison& c, const std::string& place, const Exchange& before,
                      const Exchange& after) {
  CompareOrderOfRequest(c, place + ".request", before.request, after.request);
  if (before.reply && after.reply) {
    ComparePresence(c, place + ".reply", *before.reply, *after.reply);
  }
}

void CompareOperation(Comparison& c, const Operation& before, const Operation& after) {
  if (!SameName(before.name, after.name)) {
    c.Report(kBreakOperationInCpp, after.name, after.span, before.span, before.name);
  }
  if (before.do_exchange && after.do_exchange) {
    CompareExchanges(c, after.name + ".do", *before.do_exchange, *after.do_exchange);
    if (!before.do_exchange->reply && after.do_exchange->reply) {
      c.Report(kBreakReplyInCpp, after.name + ".do", after.do_exchange->reply->span,
               before.do_exchange->span);
    }
  }
  if (before.dump && after.dump) {
    CompareExchanges(c, after.name + ".dump", *before.dump, *after.dump);
    CompareDumps(c, before, after);
  }
  CompareWatches(c, before, after);
  if (before.event && after.event) {
    ComparePresence(c, after.name + ".event", *before.event, *after.event);
  }
}

// A constant that has lost its name in C too is told with those.
void CompareConstant(Comparison& c, const Pair<Constant>& pair) {
  const Constant& before = *pair.before;
  if (before.scope == Scope::kKernel) return;
  const auto& constants = c.after().constants;
  const bool in_cpp = std::any_of(constants.begin(), constants.end(), [&](const auto& constant) {
    return SameName(constant->name, before.name) && constant->scope != Scope::kKernel;
  });
  if (in_cpp) return;
  const bool in_c = std::any_of(constants.begin(), constants.end(), [&](const auto& constant) {
    return constant->c_name == before.c_name && constant->scope == Scope::kUapi;
  });
  if (c.groups().uapi && before.scope == Scope::kUapi && before.header.empty() && !in_c) return;
  c.Report(kBreakConstantInCpp, before.name,
           pair.after != nullptr ? pair.after->span : c.after().span, before.span);
}

}  // namespace

void CompareApi(Comparison& comparison) {
  Comparison& c = comparison;
  const Family& after = c.after();
  CompareFamilies(c);
  for (const auto& pair : c.constants()) CompareConstant(c, pair);
  for (const auto& pair : c.enums()) {
    CompareNames(c, kBreakEnumInCpp, pair, [&](const auto& n) { return after.FindEnum(n); });
    if (pair.after != nullptr) CompareEntries(c, *pair.before, *pair.after);
  }
  for (const auto& pair : c.structs()) {
    CompareNames(c, kBreakStructInCpp, pair, [&](const auto& n) { return after.FindStruct(n); });
    if (pair.after != nullptr) CompareStructs(c, *pair.before, *pair.after);
  }
  for (const auto& pair : c.sets()) {
    if (pair.after == nullptr || !c.uses().IsNest(*pair.before)) continue;
    CompareNames(c, kBreakSetInCpp, pair, [&](const auto& n) { return after.FindSet(n); });
    CompareOrderOfNest(c, *pair.before, *pair.after);
  }
  c.ForEachAttribute(
      [&](const Attribute& was, const Attribute& now) { CompareAttribute(c, was, now); });
  for (const auto& [was, now] : c.operations()) {
    if (now != nullptr) CompareOperation(c, *was, *now);
  }
  for (const auto& [was, now] : c.groups_of_listeners()) {
    if (now == nullptr || SameName(now->name, was->name)) continue;
    c.Report(kBreakGroupInCpp, now->name, now->span, was->span, was->name);
  }
}

}  // namespace genlc
