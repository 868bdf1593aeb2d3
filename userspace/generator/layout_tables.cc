// Where in the structs is what is on the wire.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "userspace/generator/tables.h"

namespace genlc::cpp {
namespace {

std::string LayoutType(const CppStruct& type) {
  uint32_t highest = 0;
  for (const CppMember& member : type.members) {
    highest = std::max(highest, member.attribute->number);
  }
  return absl::StrCat("genl::LayoutOf<", type.members.size(), ", ", highest + 1, ">");
}

class LayoutTables {
 public:
  LayoutTables(Printer& p, const Plan& plan) : p_(p), plan_(plan) {}

  void Run() {
    for (const CppStruct* type : plan_.forward) {
      p_.Blank();
      p_.Line(absl::StrCat("extern const ", LayoutType(*type), " k", type->name, "Layout;"));
    }
    for (const auto& structure : plan_.structures) {
      if (structure->used) StructureTable(*structure);
    }
    for (const auto& type : plan_.structs) {
      for (const CppVariant* variant : type->variants) VariantTable(*variant);
      if (type->base == nullptr && type->value == nullptr) LayoutTable(*type);
    }
  }

 private:
  void StructureTable(const CppStructure& structure);
  void VariantTable(const CppVariant& variant);
  void LayoutTable(const CppStruct& type);
  std::string FieldRow(const CppStruct& type, const CppMember& member) const;

  Printer& p_;
  const Plan& plan_;
};

std::string AddressOfLayout(const CppMember& member) {
  if (member.nested != nullptr) return absl::StrCat("&k", member.nested->name, "Layout");
  if (member.structure != nullptr) return absl::StrCat("&k", member.structure->name, "Layout");
  return "nullptr";
}

void LayoutTables::StructureTable(const CppStructure& structure) {
  const Printer::Variables name = {{"name", structure.name}};
  p_.Blank();
  if (structure.members.empty()) {
    p_.Emit(name, "constexpr genl::StructLayout k$name$Struct = {&k$name$Structure, {}};");
  } else {
    p_.Line(absl::StrCat("constexpr genl::StructField k", structure.name, "Fields[] = {"));
    for (size_t i = 0; i < structure.members.size(); ++i) {
      const CppStructure::Member& member = structure.members[i];
      const CppStructure* nested = member.nested;
      p_.Line(absl::StrCat(
          "    GENL_STRUCT_FIELD(", structure.name, ", ", member.name, ", k", structure.name,
          "Members[", i, "], ",
          nested != nullptr ? absl::StrCat("&k", nested->name, "Struct") : "nullptr", "),"));
    }
    p_.Emit(name, R"(
      };
      constexpr genl::StructLayout k$name$Struct = {&k$name$Structure, k$name$Fields};
    )");
  }
  if (!structure.as_value) return;
  p_.Emit(name, "constexpr genl::Layout k$name$Layout = {nullptr, {}, {}, &k$name$Struct, 0};");
}

void LayoutTables::VariantTable(const CppVariant& variant) {
  p_.Blank();
  p_.Line(absl::StrCat("constexpr const genl::Layout* k", variant.name, "Alternatives[] = {"));
  p_.Line("    nullptr,");
  for (const CppVariant::Alternative& alternative : variant.alternatives) {
    p_.Line(absl::StrCat("    &k", alternative.name(), "Layout,"));
  }
  p_.Emit({{"name", variant.name}, {"of_format", absl::StrJoin(variant.of_format, ", ")}}, R"(
    };
    constexpr uint16_t k$name$OfFormat[] = {$of_format$};
    constexpr genl::VariantLayout k$name$Variant = {k$name$Alternatives, k$name$OfFormat};
  )");
}

void LayoutTables::LayoutTable(const CppStruct& type) {
  p_.Blank();
  const std::string set =
      type.set != nullptr ? absl::StrCat("k", plan_.set_names.at(type.set), "Set") : "";
  const std::string header =
      type.header == nullptr
          ? ""
          : absl::StrCat("k", type.header->name, "Struct, offsetof(", type.name, ", header)");
  if (type.members.empty()) {
    p_.Emit({{"name", type.name},
             {"set", set.empty() ? "nullptr" : absl::StrCat("&", set)},
             {"header", header.empty() ? "" : absl::StrCat(", &", header)}},
            "constexpr genl::Layout k$name$Layout = {$set$, {}, {}$header$};");
    return;
  }
  p_.Line(absl::StrCat("constexpr ", LayoutType(type), " k", type.name, "Layout(", set, ", {"));
  for (const CppMember& member : type.members) p_.Line(FieldRow(type, member));
  p_.Line(absl::StrCat("}", header.empty() ? "" : ", ", header, ");"));
}

std::string LayoutTables::FieldRow(const CppStruct& type, const CppMember& member) const {
  const std::vector<const Attribute*>& attributes = plan_.FindSet(type.set).attributes;
  const auto position = std::find(attributes.begin(), attributes.end(), member.attribute);
  std::string row =
      absl::StrCat("GENL_FIELD(", type.name, ", ", member.name, ", k", plan_.set_names.at(type.set),
                   "Attributes[", position - attributes.begin(), "], ",
                   member.required ? "kRequired" : "kOptional", ", ", AddressOfLayout(member), ")");
  if (member.attribute->type == AttributeType::kNestTypeValue) {
    // std::vector<Entry>, without the outer part.
    const std::string entry = member.type.substr(12, member.type.size() - 13);
    row = absl::StrCat("genl::WithValueAt(", row, ", offsetof(", entry, ", value))");
  }
  if (member.variant != nullptr) {
    row = absl::StrCat("genl::WithVariant(", row, ", k", member.variant->name, "Variant)");
  }
  return absl::StrCat("    ", row, ",");
}

}  // namespace

void EmitLayoutTables(Printer& p, const Plan& plan) { LayoutTables(p, plan).Run(); }

}  // namespace genlc::cpp
