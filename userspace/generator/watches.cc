#include "userspace/generator/watches.h"

#include <algorithm>
#include <limits>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "userspace/generator/style.h"
#include "userspace/generator/types.h"

namespace genlc::cpp {
namespace {

std::string RowOf(const CppWatch& watch) { return absl::StrCat("k", watch.method); }

// The rows of an array, or nothing.
std::string Braced(const std::vector<std::string>& rows) {
  return absl::StrCat("{", absl::StrJoin(rows, ", "), "}");
}

std::string Commands(const Watch& watch) {
  std::vector<std::string> rows;
  for (const Operation* operation : watch.changed) {
    rows.push_back(absl::StrCat("{", operation->told_number(), ", false}"));
  }
  for (const Operation* operation : watch.removed) {
    rows.push_back(absl::StrCat("{", operation->told_number(), ", true}"));
  }
  return Braced(rows);
}

std::string Groups(const Plan& plan, const Watch& watch) {
  std::vector<std::string> rows;
  for (const MulticastGroup* group : watch.groups) {
    const auto row = std::find_if(plan.groups.begin(), plan.groups.end(),
                                  [&](const CppGroup& g) { return g.group == group; });
    rows.push_back(absl::StrCat("kGroups[", row - plan.groups.begin(), "]"));
  }
  return Braced(rows);
}

std::string Key(const Watch& watch) {
  std::vector<std::string> numbers;
  for (const Watch::KeyPart& part : watch.key) {
    if (part.attribute != nullptr) numbers.push_back(absl::StrCat(part.attribute->number));
  }
  return Braced(numbers);
}

std::string KeyType(const CppWatch& watch) {
  if (watch.key.size() == 1) return absl::StrCat("using Key = ", watch.key.front().type, ";");
  std::vector<std::string> types;
  for (const CppWatch::KeyPart& part : watch.key) types.push_back(part.type);
  return AliasOfTemplate("Key", "std::tuple", types);
}

std::string KeyOf(const CppWatch& watch) {
  std::vector<std::string> values;
  for (const CppWatch::KeyPart& part : watch.key) {
    values.push_back(absl::StrCat("object.", part.member));
  }
  if (values.size() == 1) return absl::StrCat("return ", values.front(), ";");
  return WrapCall("return Key", values, ";", 4);
}

std::string Includes(const CppWatch& watch) {
  std::vector<std::string> conditions;
  for (const CppWatch::Condition& condition : watch.only) {
    const bool large = condition.value > std::numeric_limits<int64_t>::max();
    conditions.push_back(absl::StrCat("static_cast<", large ? "u" : "", "int64_t>(object.",
                                      condition.member, ") == ", Literal(condition.value)));
  }
  return absl::StrJoin(conditions, " &&\n       ");
}

// A static function of one statement.
void EmitFunction(Printer& p, absl::string_view head, const std::string& statement) {
  const std::string line = absl::StrCat("static ", head, " { ", statement, " }");
  if (!absl::StrContains(line, '\n') && line.size() + 2 <= static_cast<size_t>(kColumns)) {
    p.Line(line);
    return;
  }
  p.Emit({{"head", head}, {"statement", statement}}, R"(
    static $head$ {
      $statement$
    }
  )");
}

void EmitTraits(Printer& p, const CppWatch& watch) {
  const CppOperation& dump = *watch.dump;
  p.Blank();
  EmitComment(p, absl::StrCat("What ", watch.name, " knows of its objects."), 0);
  p.Emit({{"traits", watch.traits},
          {"name", watch.name},
          {"key", KeyType(watch)},
          {"object", dump.reply->name},
          {"request", dump.request != nullptr ? dump.request->name : "std::monostate"},
          {"key_of", [&] { EmitFunction(p, "Key KeyOf(const Object& object)", KeyOf(watch)); }},
          {"includes",
           [&] {
             const bool all = watch.only.empty();
             EmitFunction(p, absl::StrCat("bool Includes(const Object&", all ? ")" : " object)"),
                          absl::StrCat("return ", all ? "true" : Includes(watch), ";"));
           }}},
         R"(
           struct $traits$ {
             $key$
             using Object = $object$;
             using Request = $request$;

             $key_of$
             $includes$
           };
           using $name$ = genl::Watch<$traits$>;
         )");
}

}  // namespace

void EmitWatches(Printer& p, const Plan& plan) {
  for (const CppWatch& watch : plan.watches) EmitTraits(p, watch);
}

void EmitWatchDeclarations(Printer& p, const Plan& plan) {
  for (const CppWatch& watch : plan.watches) {
    p.Line(absl::StrCat("extern const genl::WatchTable ", RowOf(watch), ";"));
  }
}

void EmitWatchMethod(Printer& p, const CppWatch& watch) {
  p.Blank();
  EmitComment(p, absl::StrCat("The objects of ", watch.dump->method, "(), and their changes."), 2);
  const std::string head =
      WrapCall(absl::StrCat("absl::StatusOr<", watch.name, ">\t", watch.method),
               {"const genl::WatchOptions& options = {}"}, " {", 2);
  p.Emit({{"head", head}, {"name", watch.name}, {"row", RowOf(watch)}}, R"(
    $head$
      return $name$::Open(client_, operation::$row$, options);
    }
  )");
}

void EmitWatchTables(Printer& p, const Plan& plan) {
  for (const CppWatch& watch : plan.watches) {
    const std::string key = Key(*watch.watch);
    const bool none = key == "{}";
    p.Blank();
    p.Emit({{"row", RowOf(watch)},
            {"commands", Commands(*watch.watch)},
            {"groups", Groups(plan, *watch.watch)},
            {"type", none ? "absl::Span<const uint16_t>" : "uint16_t"},
            {"array", none ? "" : "[]"},
            {"key", key}},
           R"(
             constexpr genl::WatchedCommand $row$Commands[] = $commands$;
             constexpr genl::MulticastGroup $row$Groups[] = $groups$;
             constexpr $type$ $row$Key$array$ = $key$;
           )");
  }
}

void EmitWatchRows(Printer& p, const Plan& plan) {
  for (const CppWatch& watch : plan.watches) {
    p.Emit({{"row", RowOf(watch)}, {"dump", watch.dump->method}},
           "constexpr genl::WatchTable operation::$row$ = {&operation::k$dump$, "
           "table::$row$Commands, table::$row$Groups, table::$row$Key};");
  }
}

}  // namespace genlc::cpp
