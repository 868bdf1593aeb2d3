#include "kernel/generator/uapi_header.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "family/codegen/banner.h"
#include "family/codegen/printer.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/names.h"

namespace genlc::kernel {
namespace {

using Definitions = std::vector<std::pair<std::string, std::string>>;

// _UAPI_LINUX_PSP_H
std::string Guard(const Family& family) {
  absl::string_view stem = family.uapi_header;
  if (absl::StartsWith(stem, "linux/") && absl::EndsWith(stem, ".h")) {
    stem = stem.substr(6, stem.size() - 8);
  } else {
    stem = family.c_name;
  }
  return absl::StrCat("_UAPI_LINUX_",
                      absl::AsciiStrToUpper(absl::StrReplaceAll(
                          stem, {{"/", "_"}, {"-", "_"}, {".", "_"}})),
                      "_H");
}

std::string ConstantValue(const Constant& constant) {
  if (const Integer* number = std::get_if<Integer>(&constant.value)) return Decimal(*number);
  return StringLiteral(std::get<std::string>(constant.value));
}

// The comment of an enumeration: kernel-doc if its entries have documentation.
std::string EnumComment(const Enum& enumeration) {
  std::vector<std::string> items;
  for (const EnumEntry& entry : enumeration.entries) {
    if (entry.doc.empty()) continue;
    items.push_back(CommentItem(absl::StrCat("@", entry.c_name, ": ", entry.doc), "  "));
  }
  if (items.empty() && enumeration.doc.empty()) return "";
  if (items.empty() || enumeration.c_name.empty()) {
    if (!enumeration.doc.empty()) items.insert(items.begin(), CommentItem(enumeration.doc, ""));
    return absl::StrCat("/*\n", absl::StrJoin(items, "\n"), "\n */");
  }
  const std::string title =
      absl::StrCat("enum ", enumeration.c_name, enumeration.doc.empty() ? "" : " - ",
                   enumeration.doc);
  return absl::StrCat("/**\n", CommentItem(title, "  "), "\n", absl::StrJoin(items, "\n"), "\n */");
}

// One entry of a C enumeration, with its value where C would count differently.
class Counter {
 public:
  std::string Entry(absl::string_view c_name, Integer value, bool always = false) {
    const bool explicit_value = always || value != next_;
    next_ = value + 1;
    if (!explicit_value) return absl::StrCat(c_name, ",");
    return absl::StrCat(c_name, " = ", Decimal(value), ",");
  }

 private:
  Integer next_ = 0;
};

// What the count and the maximum of an enumeration are called.
struct Bounds {
  std::string count;
  std::string max;
};

// An enumeration whose entries are followed by its count and maximum.
void EmitNumbers(Printer& p, absl::string_view tag, const std::vector<std::string>& entries,
                 const Bounds& bounds, bool max_by_define) {
  const std::string max = absl::StrCat("(", bounds.count, " - 1)");
  p.Blank();
  p.Line(absl::StrCat("enum ", tag, tag.empty() ? "" : " ", "{"));
  {
    const Printer::Indent indent(p, "\t");
    for (const std::string& entry : entries) p.Line(entry);
    if (!entries.empty()) p.Blank();
    p.Line(absl::StrCat(bounds.count, max_by_define ? "" : ","));
    if (!max_by_define) p.Line(absl::StrCat(bounds.max, " = ", max));
  }
  p.Line("};");
  if (max_by_define) p.Line(absl::StrCat("#define ", bounds.max, " ", max));
}

void EmitDefinitions(Printer& p, const Family& family) {
  Definitions constants;
  const auto flush = [&] {
    if (constants.empty()) return;
    p.Blank();
    p.Emit({{"defines", Defines(constants)}}, "$defines$\n");
    constants.clear();
  };
  for (const auto& definition : family.definitions) {
    if (const auto* constant = std::get_if<const Constant*>(&definition)) {
      if ((*constant)->scope != Scope::kUapi || !(*constant)->header.empty()) continue;
      constants.emplace_back((*constant)->c_name, ConstantValue(**constant));
    } else if (const auto* enumeration = std::get_if<const Enum*>(&definition)) {
      flush();
      if ((*enumeration)->scope != Scope::kUapi || !(*enumeration)->header.empty()) continue;
      p.Blank();
      p.Emit({{"definition", EnumDefinition(**enumeration)}}, "$definition$\n");
    }
  }
  flush();
}

void EmitAttributeSets(Printer& p, const Family& family) {
  for (const auto& set : family.sets) {
    if (set->subset_of != nullptr || !set->header.empty()) continue;
    Counter counter;
    std::vector<std::string> entries;
    for (const auto& attribute : set->attributes) {
      entries.push_back(counter.Entry(attribute->c_name, attribute->number));
    }
    EmitNumbers(p, set->c_name, entries, {set->c_count_name, set->c_max_name},
                family.max_by_define);
  }
}

void EmitUnifiedCommands(Printer& p, const Family& family) {
  Counter commands;
  Counter asyncs;
  std::vector<std::string> command_entries;
  std::vector<std::string> async_entries;
  for (const auto& operation : family.operations) {
    if (family.has_async_enum && operation->is_async()) {
      async_entries.push_back(asyncs.Entry(operation->c_name, operation->number));
    } else {
      command_entries.push_back(commands.Entry(operation->c_name, operation->number));
    }
  }
  EmitNumbers(p, family.command_enum, command_entries,
              {family.command_count_name, family.command_max_name}, family.max_by_define);
  if (async_entries.empty()) return;
  p.Blank();
  p.Line(absl::StrCat("enum ", family.async_enum, family.async_enum.empty() ? "" : " ", "{"));
  for (const std::string& entry : async_entries) p.Line(absl::StrCat("\t", entry));
  p.Line("};");
}

// Families that number the two directions apart have an enumeration for each.
void EmitDirectionalCommands(Printer& p, const Family& family) {
  const std::string family_upper = absl::AsciiStrToUpper(family.c_name);
  for (const bool from_user : {true, false}) {
    const char* side = from_user ? "USER" : "KERNEL";
    Counter counter;
    std::vector<std::string> entries = {absl::StrCat(family_upper, "_MSG_", side, "_NONE = 0,")};
    for (const auto& operation : family.operations) {
      const Message* async = operation->async_message();
      const Exchange* exchange =
          operation->do_exchange ? &*operation->do_exchange : nullptr;
      if (from_user && exchange != nullptr && async == nullptr) {
        entries.push_back(counter.Entry(operation->c_name, exchange->request.number));
      } else if (!from_user && async != nullptr) {
        entries.push_back(counter.Entry(operation->c_name, operation->number));
      } else if (!from_user && exchange != nullptr && exchange->reply) {
        entries.push_back(counter.Entry(absl::StrCat(operation->c_name, "_REPLY"),
                                        exchange->reply->number));
      }
    }
    EmitNumbers(p, "", entries,
                {absl::StrCat("__", family.command_prefix, side, "_CNT"),
                 absl::StrCat(family.command_prefix, side, "_MAX")},
                family.max_by_define);
  }
}

void EmitGroups(Printer& p, const Family& family) {
  Definitions groups;
  for (const auto& group : family.groups) {
    groups.emplace_back(group->c_name, StringLiteral(group->name));
  }
  if (groups.empty()) return;
  p.Blank();
  p.Emit({{"defines", Defines(groups)}}, "$defines$\n");
}

}  // namespace

std::string EnumDefinition(const Enum& enumeration) {
  std::vector<std::string> lines;
  Counter counter;
  for (const EnumEntry& entry : enumeration.entries) {
    lines.push_back(
        absl::StrCat("\t", counter.Entry(entry.c_name, entry.value, enumeration.flags)));
  }
  if (enumeration.render_max) {
    lines.push_back("");
    lines.push_back("\t/* private: */");
    if (enumeration.flags) {
      lines.push_back(absl::StrCat("\t", enumeration.c_max_name, " = ", enumeration.mask(), ","));
    } else {
      lines.push_back(absl::StrCat("\t", enumeration.c_count_name, ","));
      lines.push_back(absl::StrCat("\t", enumeration.c_max_name, " = (", enumeration.c_count_name,
                                   " - 1)"));
    }
  }
  const std::string comment = EnumComment(enumeration);
  return absl::StrCat(comment, comment.empty() ? "" : "\n", "enum ", enumeration.c_name,
                      enumeration.c_name.empty() ? "" : " ", "{\n", absl::StrJoin(lines, "\n"),
                      "\n};");
}

std::string ScopedConstants(const Family& family, Scope scope) {
  Definitions constants;
  for (const auto& constant : family.constants) {
    if (constant->scope != scope || !constant->header.empty()) continue;
    constants.emplace_back(constant->c_name, ConstantValue(*constant));
  }
  return Defines(constants);
}

std::string UapiHeader(const Family& family, absl::string_view flag) {
  Printer p;
  const std::string version = absl::StrCat(family.version);
  p.Emit({{"license", family.license},
          {"banner", BlockComment(Banner(family, flag))},
          {"guard", Guard(family)},
          {"family", Defines({{family.c_family_name, StringLiteral(family.name)},
                              {family.c_version_name, version}})},
          {"definitions", [&] { EmitDefinitions(p, family); }},
          {"sets", [&] { EmitAttributeSets(p, family); }},
          {"commands",
           [&] {
             if (family.directional) {
               EmitDirectionalCommands(p, family);
             } else {
               EmitUnifiedCommands(p, family);
             }
           }},
          {"groups", [&] { EmitGroups(p, family); }}},
         R"(
    /* SPDX-License-Identifier: $license$ */
    $banner$

    #ifndef $guard$
    #define $guard$

    $family$
    $definitions$
    $sets$
    $commands$
    $groups$

    #endif /* $guard$ */
  )");
  return p.Take();
}

}  // namespace genlc::kernel
