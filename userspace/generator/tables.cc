#include "userspace/generator/tables.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "userspace/generator/names.h"
#include "userspace/generator/style.h"
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
  const bool array = attribute.type == AttributeType::kBinary && attribute.has_sub_type;
  return array ? "kArray" : KindName(attribute.type);
}

std::string OrderName(ByteOrder order) {
  return order == ByteOrder::kBig ? "kBig" : order == ByteOrder::kLittle ? "kLittle" : "kHost";
}

std::string DisplayName(DisplayHint hint) {
  static constexpr const char* kNames[] = {"kPlain", "kHex",  "kMac",      "kFddi",
                                           "kIpv4",  "kIpv6", "kIpv4OrV6", "kUuid"};
  return kNames[static_cast<int>(hint)];
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

class TablePrinter {
 public:
  TablePrinter(Printer& p, const Plan& plan) : p_(p), plan_(plan) {
    for (const AttributeSet* set : plan.sets) {
      set_names_[set] = sets_.Claim(cpp::TypeName(set->name));
    }
  }

  void Run();

 private:
  void FamilyRow();
  void EnumTable(const CppEnum& type);
  void ForwardSets();
  void SetTable(const AttributeSet& set);
  std::string Row(const Attribute& attribute) const;
  void LayoutTable(const CppStruct& type);
  void FieldRow(const CppStruct& type, const CppMember& member);
  void OperationRow(const CppOperation& operation);
  void Groups();
  void Events();

  Printer& p_;
  const Plan& plan_;
  Scope sets_;
  std::map<const AttributeSet*, std::string> set_names_;
};

void TablePrinter::Run() {
  FamilyRow();
  for (const CppEnum& type : plan_.enums) EnumTable(type);
  ForwardSets();
  for (const AttributeSet* set : plan_.sets) SetTable(*set);
  for (const CppStruct* type : plan_.forward) {
    p_.Blank();
    p_.Line(absl::StrCat("extern const genl::Layout k", type->name, "Layout;"));
  }
  for (const auto& type : plan_.structs) {
    if (type->base == nullptr && type->value == nullptr) LayoutTable(*type);
  }
  p_.Blank();
  for (const CppOperation& operation : plan_.operations) OperationRow(operation);
  if (!plan_.groups.empty()) {
    Groups();
    Events();
  }
}

void TablePrinter::FamilyRow() {
  const Family& family = *plan_.family;
  const std::string protocol =
      family.is_generic() ? "" : absl::StrCat(", ", family.protocol_number.value_or(0));
  p_.Emit({{"name", Quoted(family.name)}, {"version", family.version}, {"protocol", protocol}},
          "constexpr genl::Family kFamily = {$name$, $version$$protocol$};");
}

// Nobody would look at the table of flags that no attribute has.
void TablePrinter::EnumTable(const CppEnum& type) {
  if (type.flags && !type.used) return;
  p_.Blank();
  const std::string flags = type.flags ? "true" : "false";
  const Printer::Variables names = {
      {"name", type.name}, {"spec", Quoted(type.definition->name)}, {"flags", flags}};
  if (type.entries.empty()) {
    p_.Emit(names, "constexpr genl::Enum k$name$Enum = {$spec$, $flags$, {}};");
    return;
  }
  p_.Line(absl::StrCat("constexpr genl::EnumEntry k", type.name, "Entries[] = {"));
  for (const CppEnum::Entry& entry : type.entries) {
    p_.Line(absl::StrCat("    {static_cast<uint64_t>(", type.name, "::", entry.name, "), ",
                         Quoted(entry.definition->name), "},"));
  }
  p_.Emit(names, R"(
    };
    constexpr genl::Enum k$name$Enum = {$spec$, $flags$, k$name$Entries};
  )");
}

// A set that is named by one that stands before it.
void TablePrinter::ForwardSets() {
  std::set<const AttributeSet*> done;
  std::set<const AttributeSet*> forward;
  for (const AttributeSet* set : plan_.sets) {
    for (const auto& attribute : set->attributes) {
      const AttributeSet* nested = attribute->nested;
      if (nested == nullptr || done.count(nested) != 0) continue;
      if (!forward.insert(nested).second) continue;
      p_.Blank();
      p_.Line(absl::StrCat("extern const genl::AttributeSet k", set_names_[nested], "Set;"));
    }
    done.insert(set);
  }
}

void TablePrinter::SetTable(const AttributeSet& set) {
  const Printer::Variables names = {{"name", set_names_[&set]}, {"spec", Quoted(set.name)}};
  p_.Blank();
  if (set.attributes.empty()) {
    p_.Emit(names, "constexpr genl::AttributeSet k$name$Set = {$spec$, {}, {}};");
    return;
  }
  p_.Line(absl::StrCat("constexpr genl::Attribute k", set_names_[&set], "Attributes[] = {"));
  for (const auto& attribute : set.attributes) {
    p_.Line(absl::StrCat("    ", Row(*attribute), ","));
  }
  p_.Emit(names, R"(
    };
    constexpr genl::AttributeSet k$name$Set = genl::MakeSet<k$name$Attributes>($spec$);
  )");
}

std::string TablePrinter::Row(const Attribute& attribute) const {
  std::string row =
      absl::StrCat("{.number = ", attribute.number, ", .kind = genl::Kind::", WireKind(attribute));
  const auto add = [&row](absl::string_view member, absl::string_view value) {
    absl::StrAppend(&row, ", .", member, " = ", value);
  };
  if (attribute.has_sub_type) {
    add("element", absl::StrCat("genl::Kind::", KindName(attribute.sub_type)));
  }
  if (attribute.byte_order != ByteOrder::kHost) {
    add("order", absl::StrCat("genl::ByteOrder::", OrderName(attribute.byte_order)));
  }
  if (attribute.multi) add("multi", "true");
  if (!attribute.type_values.empty()) add("levels", absl::StrCat(attribute.type_values.size()));
  if (attribute.display_hint != DisplayHint::kNone) {
    add("display", absl::StrCat("genl::Display::", DisplayName(attribute.display_hint)));
  }
  add("name", Quoted(attribute.name));
  if (attribute.nested != nullptr) {
    add("nested", absl::StrCat("&k", set_names_.at(attribute.nested), "Set"));
  }
  if (attribute.enumeration != nullptr) {
    const CppEnum* type = plan_.FindEnum(attribute.enumeration, attribute.holds_flags());
    if (type != nullptr) add("enumeration", absl::StrCat("&k", type->name, "Enum"));
  }
  const std::string limits = LimitsOf(attribute);
  if (!limits.empty()) add("limits", absl::StrCat("genl::", limits));
  if (!attribute.type_values.empty()) {
    add("level_names", Quoted(absl::StrJoin(attribute.type_values, " ")));
  }
  return row + "}";
}

void TablePrinter::LayoutTable(const CppStruct& type) {
  p_.Blank();
  const std::string set = type.set != nullptr ? absl::StrCat("k", set_names_[type.set], "Set") : "";
  if (type.members.empty()) {
    p_.Emit({{"name", type.name}, {"set", set.empty() ? "nullptr" : absl::StrCat("&", set)}},
            "constexpr genl::Layout k$name$Layout = {$set$, {}, {}};");
    return;
  }
  p_.Line(absl::StrCat("constexpr genl::Field k", type.name, "Fields[] = {"));
  for (const CppMember& member : type.members) FieldRow(type, member);
  p_.Emit({{"name", type.name}, {"set", set}}, R"(
    };
    constexpr genl::Layout k$name$Layout = genl::MakeLayout<k$name$Fields>($set$);
  )");
}

void TablePrinter::FieldRow(const CppStruct& type, const CppMember& member) {
  const auto& attributes = type.set->attributes;
  const auto position = std::find_if(attributes.begin(), attributes.end(),
                                     [&](const auto& a) { return a.get() == member.attribute; });
  std::string row = absl::StrCat(
      "GENL_FIELD(", type.name, ", ", member.name, ", k", set_names_[type.set], "Attributes[",
      position - attributes.begin(), "], ", member.required ? "kRequired" : "kOptional", ", ",
      member.nested != nullptr ? absl::StrCat("&k", member.nested->name, "Layout") : "nullptr",
      ")");
  if (member.attribute->type == AttributeType::kNestTypeValue) {
    // std::vector<Entry>, without the outer part.
    const std::string entry = member.type.substr(12, member.type.size() - 13);
    row = absl::StrCat("genl::WithValueAt(", row, ", offsetof(", entry, ", value))");
  }
  p_.Line(absl::StrCat("    ", row, ","));
}

void TablePrinter::OperationRow(const CppOperation& operation) {
  const auto layout = [](const CppStruct* type) {
    return type != nullptr ? absl::StrCat("&k", type->body().name, "Layout") : "nullptr";
  };
  std::string row = absl::StrCat(Quoted(operation.operation->name), ", ", operation.number);
  if (operation.request != nullptr || operation.reply != nullptr) {
    absl::StrAppend(&row, ", ", layout(operation.request));
  }
  if (operation.reply != nullptr) {
    absl::StrAppend(&row, ", ", operation.reply_number, ", ", layout(operation.reply));
  }
  p_.Emit({{"method", operation.method}, {"row", row}},
          "constexpr genl::Operation k$method$Operation = {$row$};");
}

void TablePrinter::Groups() {
  p_.Blank();
  p_.Line("constexpr genl::MulticastGroup kGroups[] = {");
  for (const CppGroup& group : plan_.groups) {
    const std::optional<uint32_t>& number = group.group->number;
    p_.Line(absl::StrCat("    {", Quoted(group.group->name),
                         number ? absl::StrCat(", ", *number) : "", "},"));
  }
  p_.Line("};");
}

void TablePrinter::Events() {
  p_.Blank();
  if (plan_.events.empty()) {
    p_.Line("constexpr absl::Span<const genl::EventType<Event>> kEvents = {};");
    return;
  }
  p_.Line("constexpr genl::EventType<Event> kEvents[] = {");
  for (const CppEvent& event : plan_.events) {
    const std::string& body = event.type->body().name;
    p_.Line(absl::StrCat("    genl::EventRow<Event, ", event.type->name, ", ", body, ">(",
                         event.operation->number, ", k", body, "Layout),"));
  }
  p_.Line("};");
}

}  // namespace

void EmitTables(Printer& p, const Plan& plan) { TablePrinter(p, plan).Run(); }

}  // namespace genlc::cpp
