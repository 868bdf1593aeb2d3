// What is on the wire: structures, sub-messages and sets.
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "family/model/spelling.h"
#include "userspace/generator/element.h"
#include "userspace/generator/names.h"
#include "userspace/generator/style.h"
#include "userspace/generator/tables.h"
#include "userspace/generator/types.h"

namespace genlc::cpp {
namespace {

// Of genl::Kind, in the order of AttributeType.
std::string KindName(AttributeType type) {
  switch (type) {
    case AttributeType::kUnused:
    case AttributeType::kPad: return "kUnused";
    default: return ConstantName(genlc::TypeName(type));
  }
}

std::string WireKind(const Attribute& attribute) {
  if (attribute.type != AttributeType::kBinary) return KindName(attribute.type);
  return attribute.has_sub_type ? "kArray" : attribute.structure != nullptr ? "kStruct" : "kBinary";
}

std::string ElementKind(const Attribute& attribute) {
  return attribute.structure != nullptr ? "kStruct" : KindName(attribute.sub_type);
}

std::string StructKind(const CppStructure::Member& member) {
  if (member.nested != nullptr) return "kStruct";
  return ConstantName(Spelling(member.definition->kind));
}

std::string LengthLimits(const Checks& checks) {
  if (checks.exact_len) {
    const std::string exact = Literal(checks.exact_len->value);
    return absl::StrCat("Length(", exact, ", ", exact, ")");
  }
  const std::string least = checks.min_len ? Literal(checks.min_len->value) : "0";
  if (checks.max_len) {
    return absl::StrCat("Length(", least, ", ", Literal(checks.max_len->value), ")");
  }
  return checks.min_len ? absl::StrCat("MinLength(", least, ")") : "";
}

// A call of one of the functions of genl/table.h; empty: whatever the type can hold.
std::string LimitsOf(const Attribute& attribute) {
  if (attribute.checks.unterminated_ok) {
    const std::string length = LengthLimits(attribute.checks);
    return absl::StrCat("Unterminated(genl::", length.empty() ? "kNoLimits" : length, ")");
  }
  if (attribute.type == AttributeType::kIndexedArray && IsInteger(attribute.sub_type)) {
    return LimitsOf(ElementOf(attribute));
  }
  if (!IsInteger(attribute.type)) return LengthLimits(attribute.checks);
  if (const std::optional<uint64_t> mask = attribute.ValueMask()) {
    return absl::StrCat("Mask(0x", absl::Hex(*mask), ")");
  }
  const bool by_enum = attribute.enumeration != nullptr && !attribute.enumeration->entries.empty();
  if (!attribute.checks.min && !attribute.checks.max && !by_enum) return "";
  const IntegerRange range = attribute.Range();
  return absl::StrCat("Range<", IsSigned(attribute.type) ? "int64_t" : "uint64_t", ">(",
                      Literal(range.min), ", ", Literal(range.max), ")");
}

// One row of a table: {.name = value, ...}.
class Row {
 public:
  void Add(absl::string_view member, absl::string_view value) {
    absl::StrAppend(&text_, text_.empty() ? "" : ", ", ".", member, " = ", value);
  }
  void AddOrder(ByteOrder order) {
    if (order == ByteOrder::kBig) Add("order", "genl::ByteOrder::kBig");
    if (order == ByteOrder::kLittle) Add("order", "genl::ByteOrder::kLittle");
  }
  void AddDisplay(DisplayHint hint) {
    static constexpr const char* kNames[] = {"kPlain", "kHex",  "kMac",      "kFddi",
                                             "kIpv4",  "kIpv6", "kIpv4OrV6", "kUuid"};
    if (hint == DisplayHint::kNone) return;
    Add("display", absl::StrCat("genl::Display::", kNames[static_cast<int>(hint)]));
  }
  void AddEnum(const CppEnum* type) {
    if (type != nullptr) Add("enumeration", absl::StrCat("&k", type->name, "Enum"));
  }
  std::string text() const { return absl::StrCat("    {", text_, "},"); }

 private:
  std::string text_;
};

class SetTables {
 public:
  SetTables(Printer& p, const Plan& plan) : p_(p), plan_(plan) {}

  void Run() {
    for (const auto& structure : plan_.structures) StructureTable(*structure);
    ForwardSets();
    for (const ReachableSet& set : plan_.sets) {
      for (const Attribute* attribute : set.attributes) SubMessageTable(attribute->sub_message);
      SetTable(set);
    }
  }

 private:
  void StructureTable(const CppStructure& structure);
  Row StructureRow(const CppStructure::Member& member) const;
  void ForwardSets();
  void SubMessageTable(const SubMessage* sub_message);
  void SetTable(const ReachableSet& set);
  Row AttributeRow(const Attribute& attribute) const;

  Printer& p_;
  const Plan& plan_;
  std::map<const SubMessage*, std::string> sub_messages_;
  Scope names_;  // of sub-messages
};

void SetTables::StructureTable(const CppStructure& structure) {
  const Printer::Variables names = {{"name", structure.name},
                                    {"spec", Quoted(structure.definition->name)},
                                    {"size", structure.definition->size}};
  p_.Blank();
  if (structure.members.empty()) {
    p_.Emit(names, "constexpr genl::Structure k$name$Structure = {$spec$, $size$, {}};");
    return;
  }
  p_.Line(absl::StrCat("constexpr genl::StructMember k", structure.name, "Members[] = {"));
  for (const auto& member : structure.members) p_.Line(StructureRow(member).text());
  p_.Emit(names, R"(
    };
    constexpr genl::Structure k$name$Structure = {$spec$, $size$, k$name$Members};
  )");
}

Row SetTables::StructureRow(const CppStructure::Member& member) const {
  const StructMember& definition = *member.definition;
  Row row;
  if (definition.offset != 0) row.Add("offset", absl::StrCat(definition.offset));
  row.Add("size", absl::StrCat(definition.size));
  row.Add("kind", absl::StrCat("genl::Kind::", StructKind(member)));
  row.AddOrder(definition.byte_order);
  row.AddDisplay(definition.display_hint);
  row.Add("name", Quoted(definition.name));
  if (member.nested != nullptr) {
    row.Add("nested", absl::StrCat("&k", member.nested->name, "Structure"));
  }
  row.AddEnum(plan_.FindEnum(definition.enumeration, definition.holds_flags()));
  return row;
}

// Sets that are named by one that stands before them.
void SetTables::ForwardSets() {
  std::set<const AttributeSet*> done;
  std::set<const AttributeSet*> forward;
  for (const ReachableSet& set : plan_.sets) {
    for (const Attribute* attribute : set.attributes) {
      for (const AttributeSet* inside : SetsInside(*attribute)) {
        if (done.count(inside) != 0 || !forward.insert(inside).second) continue;
        p_.Blank();
        p_.Line(
            absl::StrCat("extern const genl::AttributeSet k", plan_.set_names.at(inside), "Set;"));
      }
    }
    done.insert(set.set);
  }
}

void SetTables::SubMessageTable(const SubMessage* sub_message) {
  if (sub_message == nullptr || sub_messages_.count(sub_message) != 0) return;
  const std::string name = sub_messages_[sub_message] = names_.Claim(TypeName(sub_message->name));
  p_.Blank();
  p_.Line(absl::StrCat("constexpr genl::Format k", name, "Formats[] = {"));
  for (const SubMessageFormat& format : sub_message->formats) {
    std::string header = "nullptr";
    if (const CppStructure* structure = plan_.FindStructure(format.fixed_header)) {
      header = absl::StrCat("&k", structure->name, "Structure");
    }
    std::string set = "nullptr";
    if (format.set != nullptr) set = absl::StrCat("&k", plan_.set_names.at(format.set), "Set");
    p_.Line(absl::StrCat("    {", Quoted(format.value), ", ", header, ", ", set, "},"));
  }
  p_.Emit({{"name", name}, {"spec", Quoted(sub_message->name)}}, R"(
    };
    constexpr genl::SubMessage k$name$SubMessage = {$spec$, k$name$Formats};
  )");
}

void SetTables::SetTable(const ReachableSet& set) {
  const std::string& name = plan_.set_names.at(set.set);
  const Printer::Variables names = {{"name", name}, {"spec", Quoted(set.set->name)}};
  p_.Blank();
  if (set.attributes.empty()) {
    p_.Emit(names, "constexpr genl::AttributeSet k$name$Set = {$spec$, {}, {}};");
    return;
  }
  p_.Line(absl::StrCat("constexpr genl::Attribute k", name, "Attributes[] = {"));
  for (const Attribute* attribute : set.attributes) p_.Line(AttributeRow(*attribute).text());
  p_.Emit(names, R"(
    };
    constexpr genl::AttributeSet k$name$Set = genl::MakeSet<k$name$Attributes>($spec$);
  )");
}

Row SetTables::AttributeRow(const Attribute& attribute) const {
  Row row;
  row.Add("number", absl::StrCat(attribute.number));
  row.Add("kind", absl::StrCat("genl::Kind::", WireKind(attribute)));
  if (attribute.has_sub_type) {
    row.Add("element", absl::StrCat("genl::Kind::", ElementKind(attribute)));
  }
  row.AddOrder(attribute.byte_order);
  if (attribute.multi) row.Add("multi", "true");
  if (!attribute.type_values.empty()) {
    row.Add("levels", absl::StrCat(attribute.type_values.size()));
  }
  row.AddDisplay(attribute.display_hint);
  row.Add("name", Quoted(attribute.name));
  if (attribute.nested != nullptr) {
    row.Add("nested", absl::StrCat("&k", plan_.set_names.at(attribute.nested), "Set"));
  }
  row.AddEnum(plan_.FindEnum(attribute.enumeration, attribute.holds_flags()));
  const std::string limits = LimitsOf(attribute);
  if (!limits.empty()) row.Add("limits", absl::StrCat("&genl::kLimits<genl::", limits, ">"));
  if (!attribute.type_values.empty()) {
    row.Add("level_names", Quoted(absl::StrJoin(attribute.type_values, " ")));
  }
  if (const CppStructure* structure = plan_.FindStructure(attribute.structure)) {
    row.Add("structure", absl::StrCat("&k", structure->name, "Structure"));
  }
  if (attribute.sub_message != nullptr) {
    row.Add("sub_message",
            absl::StrCat("&k", sub_messages_.at(attribute.sub_message), "SubMessage"));
    row.Add("selector", Quoted(attribute.selector->name));
  }
  return row;
}

}  // namespace

void EmitSetTables(Printer& p, const Plan& plan) { SetTables(p, plan).Run(); }

}  // namespace genlc::cpp
