#include "kernel/generator/uapi_header.h"

#include <algorithm>
#include <optional>
#include <set>
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
  return absl::StrCat(
      "_UAPI_LINUX_",
      absl::AsciiStrToUpper(absl::StrReplaceAll(stem, {{"/", "_"}, {"-", "_"}, {".", "_"}})), "_H");
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
  const std::string title = absl::StrCat("enum ", enumeration.c_name,
                                         enumeration.doc.empty() ? "" : " - ", enumeration.doc);
  return absl::StrCat("/**\n", CommentItem(title, "  "), "\n", absl::StrJoin(items, "\n"), "\n */");
}

// The names that a header has declared. Specs of old families name some things twice, such as
// two sets that are one enumeration of C; it takes a name once.
class Declared {
 public:
  bool Add(const std::string& name) { return names_.insert(name).second; }
  // The tag of an enumeration, or none where another has it.
  std::string Tag(const std::string& tag) { return Add(absl::StrCat("enum ", tag)) ? tag : ""; }

 private:
  std::set<std::string> names_;
};

// The entries of a C enumeration, with their values where C would count differently.
class Enumerators {
 public:
  explicit Enumerators(Declared& declared) : declared_(declared) {}

  void Add(const std::string& c_name, Integer value) {
    if (value != next_) return AddNumbered(c_name, value);
    AddLine(c_name, "", value);
  }
  // With its value in any case.
  void AddNumbered(const std::string& c_name, Integer value) {
    AddLine(c_name, absl::StrCat(" = ", Decimal(value)), value);
  }
  const std::vector<std::string>& lines() const { return lines_; }
  bool complete() const { return complete_; }

 private:
  void AddLine(const std::string& c_name, const std::string& value_text, Integer value) {
    if (!declared_.Add(c_name)) {
      complete_ = false;
      return;
    }
    lines_.push_back(absl::StrCat(c_name, value_text, ","));
    next_ = value + 1;
  }

  Declared& declared_;
  std::vector<std::string> lines_;
  Integer next_ = 0;
  bool complete_ = true;
};

// What the count and the maximum of an enumeration are called, and the maximum.
struct Bounds {
  std::string count;
  std::string max;
  Integer value;
};

// An enumeration whose entries are followed by its count and maximum.
void EmitNumbers(Printer& p, const std::string& tag, const Enumerators& entries,
                 const Bounds& bounds, bool max_by_define) {
  const std::string max =
      bounds.count.empty() ? Decimal(bounds.value) : absl::StrCat("(", bounds.count, " - 1)");
  p.Blank();
  p.Line(absl::StrCat("enum ", tag, tag.empty() ? "" : " ", "{"));
  {
    const Printer::Indent indent(p, "\t");
    for (const std::string& entry : entries.lines()) p.Line(entry);
    const bool has_max = !bounds.max.empty() && !max_by_define;
    if (!entries.lines().empty() && (has_max || !bounds.count.empty())) p.Blank();
    if (!bounds.count.empty()) {
      const std::string value =
          entries.complete() ? "" : absl::StrCat(" = ", Decimal(bounds.value + 1));
      p.Line(absl::StrCat(bounds.count, value, has_max ? "," : ""));
    }
    if (has_max) p.Line(absl::StrCat(bounds.max, " = ", max));
  }
  p.Line("};");
  if (max_by_define && !bounds.max.empty()) {
    p.Line(absl::StrCat("#define ", bounds.max, " ", max));
  }
}

// Empty where all of it is declared already.
std::string EnumText(const Enum& enumeration, Declared& declared) {
  Enumerators entries(declared);
  for (const EnumEntry& entry : enumeration.entries) {
    if (enumeration.flags) {
      entries.AddNumbered(entry.c_name, entry.value);
    } else {
      entries.Add(entry.c_name, entry.value);
    }
  }
  if (entries.lines().empty() && !enumeration.entries.empty()) return "";
  std::vector<std::string> lines = entries.lines();
  if (enumeration.render_max) {
    const std::string& max = enumeration.c_max_name;
    const std::string& count = enumeration.c_count_name;
    lines.insert(lines.end(), {"", "/* private: */"});
    if (enumeration.flags) {
      lines.push_back(absl::StrCat(max, " = ", enumeration.mask(), ","));
    } else {
      lines.push_back(absl::StrCat(count, ","));
      lines.push_back(absl::StrCat(max, " = (", count, " - 1)"));
    }
  }
  const std::string comment = EnumComment(enumeration);
  std::string text = absl::StrCat(comment, comment.empty() ? "" : "\n", "enum ", enumeration.c_name,
                                  enumeration.c_name.empty() ? "" : " ", "{\n");
  for (const std::string& line : lines) {
    absl::StrAppend(&text, line.empty() ? "" : "\t", line, "\n");
  }
  return absl::StrCat(text, "};");
}

void EmitDefinitions(Printer& p, const Family& family, Declared& declared) {
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
      if (!declared.Add((*constant)->c_name)) continue;
      constants.emplace_back((*constant)->c_name, ConstantValue(**constant));
    } else if (const auto* enumeration = std::get_if<const Enum*>(&definition)) {
      flush();
      if ((*enumeration)->scope != Scope::kUapi || !(*enumeration)->header.empty()) continue;
      p.Blank();
      p.Emit({{"definition", EnumText(**enumeration, declared)}}, "$definition$\n");
    }
  }
  flush();
}

void EmitAttributeSets(Printer& p, const Family& family, Declared& declared) {
  for (const auto& set : family.sets) {
    if (set->subset_of != nullptr || !set->header.empty()) continue;
    Enumerators entries(declared);
    for (const auto& attribute : set->attributes) {
      entries.Add(attribute->c_name, attribute->number);
    }
    const bool has_bounds = !set->c_count_name.empty() || !set->c_max_name.empty();
    if (entries.lines().empty() && !has_bounds) continue;
    EmitNumbers(p, declared.Tag(set->c_name), entries,
                {set->c_count_name, set->c_max_name, set->max_number()}, family.max_by_define);
  }
}

void EmitUnifiedCommands(Printer& p, const Family& family, Declared& declared) {
  Enumerators commands(declared);
  Enumerators asyncs(declared);
  for (const auto& operation : family.operations) {
    const bool apart = family.has_async_enum && operation->is_async();
    (apart ? asyncs : commands).Add(operation->c_name, operation->number);
  }
  EmitNumbers(p, family.command_enum, commands,
              {family.command_count_name, family.command_max_name, 0}, family.max_by_define);
  if (asyncs.lines().empty()) return;
  p.Blank();
  p.Line(absl::StrCat("enum ", family.async_enum, family.async_enum.empty() ? "" : " ", "{"));
  for (const std::string& entry : asyncs.lines()) p.Line(absl::StrCat("\t", entry));
  p.Line("};");
}

// Families that number the two directions apart have an enumeration for each.
void EmitDirectionalCommands(Printer& p, const Family& family, Declared& declared) {
  const std::string family_upper = absl::AsciiStrToUpper(family.c_name);
  for (const bool from_user : {true, false}) {
    const char* side = from_user ? "USER" : "KERNEL";
    Enumerators entries(declared);
    entries.AddNumbered(absl::StrCat(family_upper, "_MSG_", side, "_NONE"), 0);
    // As the kernel's generator has it, the first number is written too.
    bool first = true;
    const auto add = [&](const std::string& c_name, uint32_t number) {
      first ? entries.AddNumbered(c_name, number) : entries.Add(c_name, number);
      first = false;
    };
    for (const auto& operation : family.operations) {
      const Message* async = operation->async_message();
      const std::optional<Exchange>& exchange =
          operation->do_exchange ? operation->do_exchange : operation->dump;
      if (from_user && exchange && async == nullptr) {
        add(operation->c_name, exchange->request.number);
      } else if (!from_user && async != nullptr) {
        add(operation->c_name, operation->number);
      } else if (!from_user && exchange && exchange->reply) {
        add(ReplyCommand(family, *operation), exchange->reply->number);
      }
    }
    EmitNumbers(p, "", entries,
                {absl::StrCat("__", family.command_prefix, side, "_CNT"),
                 absl::StrCat(family.command_prefix, side, "_MAX"), 0},
                family.max_by_define);
  }
}

// Classic netlink has numbers that everybody knows where generic netlink has names to ask for.
void EmitGroupNumbers(Printer& p, const Family& family) {
  const auto is_numbered = [](const auto& group) { return group->number.has_value(); };
  if (std::none_of(family.groups.begin(), family.groups.end(), is_numbered)) return;
  p.Blank();
  p.Line("enum {");
  for (const auto& group : family.groups) {
    if (!group->number) continue;
    p.Line(absl::StrCat("\t", GroupIndex(family, *group), " = ", *group->number, ","));
  }
  p.Line("};");
}

Definitions FamilyDefinitions(const Family& family) {
  const std::pair<std::string, std::string> name = {family.c_family_name,
                                                    StringLiteral(family.name)};
  if (family.is_generic()) return {name, {family.c_version_name, absl::StrCat(family.version)}};
  if (!family.protocol_number) return {name};
  return {name, {ProtocolName(family), absl::StrCat(*family.protocol_number)}};
}

void EmitGroups(Printer& p, const Family& family) {
  if (!family.is_generic()) return EmitGroupNumbers(p, family);
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
  Declared declared;
  return EnumText(enumeration, declared);
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
  Declared declared;
  p.Emit({{"license", family.license},
          {"banner", BlockComment(Banner(family, flag))},
          {"guard", Guard(family)},
          {"family", Defines(FamilyDefinitions(family))},
          {"definitions", [&] { EmitDefinitions(p, family, declared); }},
          {"sets", [&] { EmitAttributeSets(p, family, declared); }},
          {"commands",
           [&] {
             if (family.directional) {
               EmitDirectionalCommands(p, family, declared);
             } else {
               EmitUnifiedCommands(p, family, declared);
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
