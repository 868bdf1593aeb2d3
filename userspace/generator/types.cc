#include "userspace/generator/types.h"

#include <limits>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "userspace/generator/style.h"

namespace genlc::cpp {
namespace {

void EmitConstant(Printer& p, const CppConstant& constant) {
  EmitComment(p, constant.definition->doc, 0);
  if (const std::string* text = std::get_if<std::string>(&constant.definition->value)) {
    p.Emit({{"name", constant.name}, {"text", Quoted(*text)}},
           "inline constexpr char $name$[] = $text$;");
    return;
  }
  const Integer number = std::get<Integer>(constant.definition->value);
  p.Emit({{"type", constant.type}, {"name", constant.name}, {"value", Literal(number)}},
         "inline constexpr $type$ $name$ = $value$;");
}

std::string EntryValue(const CppEnum& type, const CppEnum::Entry& entry) {
  if (!type.flags) return Literal(entry.value);
  return absl::StrCat("0x", absl::Hex(static_cast<uint64_t>(entry.value)));
}

void EmitEntries(Printer& p, const CppEnum& type) {
  for (const CppEnum::Entry& entry : type.entries) {
    EmitComment(p, entry.definition->doc, 2);
    p.Line(absl::StrCat(entry.name, " = ", EntryValue(type, entry), ","));
  }
}

void EmitEnum(Printer& p, const CppEnum& type) {
  EmitComment(p, type.definition->doc, 0);
  if (type.entries.empty()) {
    p.Emit({{"name", type.name}, {"underlying", type.underlying}},
           "enum class $name$ : $underlying$ {};");
  } else {
    p.Emit({{"name", type.name},
            {"underlying", type.underlying},
            {"entries", [&] { EmitEntries(p, type); }}},
           R"(
             enum class $name$ : $underlying$ {
               $entries$
             };
           )");
  }
  if (type.flags) p.Line(absl::StrCat("GENL_FLAG_OPERATORS(", type.name, ")"));
}

void EmitMember(Printer& p, absl::string_view doc, absl::string_view type, absl::string_view name,
                absl::string_view initializer) {
  EmitComment(p, doc, 2);
  p.Line(absl::StrCat(type, " ", name, initializer.empty() ? "" : " = ", initializer, ";"));
}

void EmitMembers(Printer& p, const CppStruct& type) {
  if (type.value != nullptr) {
    for (const std::string& level : type.levels) EmitMember(p, "", "uint32_t", level, "0");
    EmitMember(p, "", type.value->name, "value", "{}");
  }
  if (type.header != nullptr) EmitMember(p, "", type.header->name, "header", "{}");
  for (const CppMember& m : type.members) {
    EmitMember(p, m.attribute->doc, m.type, m.name, m.initializer);
  }
  if (type.value != nullptr || type.header != nullptr || !type.members.empty()) p.Blank();
}

void EmitMembers(Printer& p, const CppStructure& type) {
  for (const CppStructure::Member& m : type.members) {
    EmitMember(p, m.definition->doc, m.type, m.name, m.initializer);
  }
  if (!type.members.empty()) p.Blank();
}

template <typename T>
void EmitStruct(Printer& p, const T& type, absl::string_view doc, const std::string& base) {
  EmitComment(p, doc, 0);
  p.Emit({{"name", type.name}, {"base", base}, {"members", [&] { EmitMembers(p, type); }}}, R"(
    struct $name$$base$ {
      $members$
      bool operator==(const $name$&) const = default;
    };
  )");
}

void EmitVariant(Printer& p, const CppVariant& variant) {
  std::vector<std::string> types;
  for (const CppVariant::Alternative& alternative : variant.alternatives) {
    types.push_back(alternative.name());
  }
  EmitComment(p,
              absl::StrCat("The formats of `", variant.definition->name,
                           "`; bytes, where one is empty or not known."),
              0);
  p.Line(AliasOfTemplate(variant.name, "genl::OneOf", types));
}

}  // namespace

std::string Literal(Integer value) {
  if (value == std::numeric_limits<int64_t>::min()) return "INT64_MIN";
  std::ostringstream digits;
  digits << value;
  return value > std::numeric_limits<int64_t>::max() ? digits.str() + "u" : digits.str();
}

void EmitConstants(Printer& p, const Plan& plan) {
  for (const CppConstant& constant : plan.constants) EmitConstant(p, constant);
}

void EmitEnums(Printer& p, const Plan& plan) {
  bool named = false;
  for (const CppEnum& type : plan.enums) {
    p.Blank();
    EmitEnum(p, type);
    named = named || !type.flags;
  }
  if (!named) return;
  p.Blank();
  EmitComment(p, "An entry's name in the spec; empty for a value that has none.", 0);
  for (const CppEnum& type : plan.enums) {
    if (!type.flags) p.Line(absl::StrCat("absl::string_view Name(", type.name, " value);"));
  }
}

void EmitStructs(Printer& p, const Plan& plan) {
  p.Blank();
  for (const CppStruct* type : plan.forward) p.Line(absl::StrCat("struct ", type->name, ";"));
  for (const auto& type : plan.structures) {
    p.Blank();
    EmitStruct(p, *type, type->definition->doc, "");
  }
  for (const auto& type : plan.structs) {
    for (const CppVariant* variant : type->variants) {
      p.Blank();
      EmitVariant(p, *variant);
    }
    p.Blank();
    const CppStruct* base = type->base;
    EmitStruct(p, *type, type->doc, base != nullptr ? absl::StrCat(" : ", base->name) : "");
  }
}

}  // namespace genlc::cpp
