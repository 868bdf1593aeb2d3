#include "tools/dissector/tables.h"

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "family/diag/catalogue.h"
#include "family/model/spelling.h"
#include "tools/dissector/lua.h"

namespace genlc::dissector {
namespace {

// Which enumerations name values, and which bits; one may do both.
struct EnumUses {
  std::set<const Enum*> values;
  std::set<const Enum*> bits;

  template <typename T>
  void Add(const T& holder) {
    if (holder.enumeration == nullptr) return;
    (holder.holds_flags() ? bits : values).insert(holder.enumeration);
  }
};

EnumUses UsesOf(const Family& family) {
  EnumUses uses;
  for (const auto& set : family.sets) {
    for (const auto& attribute : set->attributes) uses.Add(*attribute);
  }
  for (const auto& structure : family.structs) {
    for (const StructMember& member : structure->members) uses.Add(member);
  }
  return uses;
}

// Of `flags` the value is the mask; of another enumeration the number of the bit.
uint64_t Mask(const Enum& enumeration, const EnumEntry& entry) {
  const uint64_t value = static_cast<uint64_t>(entry.value);
  return enumeration.flags ? value : uint64_t{1} << value;
}

void EmitEnums(Printer& printer, const Family& family, const EnumUses& uses) {
  printer.Emit(R"(

    -- Enumerations: the names of values.
    local enums = {
  )");
  for (const auto& enumeration : family.enums) {
    if (!uses.values.contains(enumeration.get())) continue;
    printer.Line(absl::StrCat("  [", Quoted(enumeration->name), "] = {"));
    for (const EnumEntry& entry : enumeration->entries) {
      printer.Line(absl::StrCat("    [", Text(entry.value), "] = ", Quoted(entry.name), ","));
    }
    printer.Line("  },");
  }
  printer.Line("}");
}

void EmitFlags(Printer& printer, const Family& family, const EnumUses& uses) {
  printer.Emit(R"(

    -- Flags: the names of bits.
    local flags = {
  )");
  for (const auto& enumeration : family.enums) {
    if (!uses.bits.contains(enumeration.get())) continue;
    printer.Line(absl::StrCat("  [", Quoted(enumeration->name), "] = {"));
    for (const EnumEntry& entry : enumeration->entries) {
      printer.Line(absl::StrCat("    { 0x", absl::Hex(Mask(*enumeration, entry)), ", ",
                                Quoted(entry.name), " },"));
    }
    printer.Line("  },");
  }
  printer.Line("}");
}

// What attributes and members have alike.
template <typename T>
void AddValue(const T& holder, Row& row) {
  if (holder.byte_order != ByteOrder::kHost) {
    row.Add("order", holder.byte_order == ByteOrder::kBig ? "big" : "little");
  }
  if (holder.display_hint != DisplayHint::kNone) row.Add("display", Spelling(holder.display_hint));
  if (holder.enumeration != nullptr) {
    row.Add(holder.holds_flags() ? "flags" : "enum", holder.enumeration->name);
  }
  if (holder.structure != nullptr) row.Add("struct", holder.structure->name);
}

Row RowOf(const StructMember& member) {
  Row row;
  row.Add("name", member.name);
  row.Add("type", member.structure != nullptr ? "struct" : Spelling(member.kind));
  AddValue(member, row);
  return row.Add("offset", member.offset).Add("size", member.size);
}

void EmitStructs(Printer& printer, const Family& family) {
  printer.Emit(R"(

    -- Structures: their sizes, and their members at their places, in bytes.
    local structs = {
  )");
  for (const auto& structure : family.structs) {
    printer.Line(absl::StrCat("  [", Quoted(structure->name), "] = {"));
    printer.Line(absl::StrCat("    size = ", structure->size, ","));
    for (const StructMember& member : structure->members) {
      if (member.kind == StructMember::Kind::kPad) continue;
      printer.Line(absl::StrCat("    ", RowOf(member).text(), ","));
    }
    printer.Line("  },");
  }
  printer.Line("}");
}

absl::string_view TypeOf(const Attribute& attribute) {
  const AttributeType type = attribute.has_sub_type ? attribute.sub_type : attribute.type;
  if (attribute.structure != nullptr) return "struct";
  return type == AttributeType::kUnused ? "pad" : TypeName(type);
}

Row RowOf(const Attribute& attribute) {
  Row row;
  row.Add("name", attribute.name).Add("type", TypeOf(attribute));
  if (attribute.type == AttributeType::kIndexedArray) {
    row.Add("list", "indexed");
  } else if (attribute.has_sub_type) {
    row.Add("list", "packed");
  }
  AddValue(attribute, row);
  if (attribute.nested != nullptr) row.Add("set", attribute.nested->name);
  if (!attribute.type_values.empty()) {
    row.AddCode("levels", absl::StrCat("{ ",
                                       absl::StrJoin(attribute.type_values, ", ",
                                                     [](std::string* out, const std::string& name) {
                                                       absl::StrAppend(out, Quoted(name));
                                                     }),
                                       " }"));
  }
  if (attribute.sub_message != nullptr) {
    row.Add("formats", attribute.sub_message->name).Add("selector", attribute.selector->name);
  }
  return row;
}

void EmitSets(Printer& printer, const Family& family) {
  printer.Emit(R"(

    -- Sets of attributes, by their numbers.
    local sets = {
  )");
  for (const auto& set : family.sets) {
    printer.Line(absl::StrCat("  [", Quoted(set->name), "] = {"));
    for (const auto& attribute : set->attributes) {
      printer.Line(absl::StrCat("    [", attribute->number, "] = ", RowOf(*attribute).text(), ","));
    }
    printer.Line("  },");
  }
  printer.Emit(R"(
    }

    -- Sets whose attributes are some of another's.
    local parts = {
  )");
  for (const auto& set : family.sets) {
    if (set->subset_of == nullptr) continue;
    printer.Line(absl::StrCat("  [", Quoted(set->name), "] = ", Quoted(set->subset_of->name), ","));
  }
  printer.Line("}");
}

void EmitFormats(Printer& printer, const Family& family) {
  printer.Emit(R"(

    -- Sub-messages: their formats by what selects them.
    local formats = {
  )");
  for (const auto& message : family.sub_messages) {
    printer.Line(absl::StrCat("  [", Quoted(message->name), "] = {"));
    for (const SubMessageFormat& format : message->formats) {
      Row row;
      if (format.fixed_header != nullptr) row.Add("header", format.fixed_header->name);
      if (format.set != nullptr) row.Add("set", format.set->name);
      printer.Line(absl::StrCat("    [", Quoted(format.value), "] = ", row.text(), ","));
    }
    printer.Line("  },");
  }
  printer.Line("}");
}

bool IsDouble(uint64_t value) { return static_cast<uint64_t>(static_cast<double>(value)) == value; }

}  // namespace

bool CheckExpressible(const Family& family, Reporter& reporter) {
  constexpr int64_t kExact = int64_t{1} << 53;
  const EnumUses uses = UsesOf(family);
  bool ok = true;
  const auto refuse = [&](const EnumEntry& entry, absl::string_view what) {
    ok = reporter.Report(kNotExpressible, entry.span, "dissector", what);
  };
  for (const Enum* enumeration : uses.values) {
    for (const EnumEntry& entry : enumeration->entries) {
      if (entry.value > kExact || entry.value < -kExact) refuse(entry, "a value beyond 2^53");
    }
  }
  for (const Enum* enumeration : uses.bits) {
    for (const EnumEntry& entry : enumeration->entries) {
      if (!enumeration->flags && (entry.value < 0 || entry.value > 63)) {
        refuse(entry, "a bit beyond the 64th");
      } else if (!IsDouble(Mask(*enumeration, entry))) {
        refuse(entry, "a mask of more than 53 bits");
      }
    }
  }
  return ok;
}

void EmitTables(Printer& printer, const Family& family) {
  printer.Blank();
  Row row;
  row.Add("name", family.name);
  if (!family.is_generic()) {
    row.Add("protocol", static_cast<uint32_t>(family.protocol_number.value_or(0)));
  }
  printer.Line(absl::StrCat("local family = ", row.text()));
  const EnumUses uses = UsesOf(family);
  EmitEnums(printer, family, uses);
  EmitFlags(printer, family, uses);
  EmitStructs(printer, family);
  EmitSets(printer, family);
  EmitFormats(printer, family);
}

}  // namespace genlc::dissector
