#include "userspace/generator/tables.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "userspace/generator/style.h"
#include "userspace/generator/watches.h"

namespace genlc::cpp {
namespace {

// The members of a genl::Operation.
std::string RowOf(const CppOperation& operation) {
  const auto layout = [](const CppStruct* type) {
    return type != nullptr ? absl::StrCat("&table::k", type->body().name, "Layout") : "nullptr";
  };
  std::string row = absl::StrCat(Quoted(operation.operation->name), ", ", operation.number);
  if (operation.request != nullptr || operation.reply != nullptr) {
    absl::StrAppend(&row, ", ", layout(operation.request));
  }
  if (operation.reply != nullptr) {
    absl::StrAppend(&row, ", ", operation.reply_number, ", ", layout(operation.reply));
  }
  return row;
}

class TablePrinter {
 public:
  TablePrinter(Printer& p, const Plan& plan) : p_(p), plan_(plan) {}

  void Run();

 private:
  void FamilyRow();
  void EnumTable(const CppEnum& type);
  void Groups();
  void Events();

  Printer& p_;
  const Plan& plan_;
};

void TablePrinter::Run() {
  FamilyRow();
  for (const CppEnum& type : plan_.enums) EnumTable(type);
  EmitSetTables(p_, plan_);
  EmitLayoutTables(p_, plan_);
  if (!plan_.groups.empty()) Groups();
  if (plan_.has_events()) Events();
  EmitWatchTables(p_, plan_);
}

void TablePrinter::FamilyRow() {
  p_.Line(absl::StrCat("constexpr genl::Family kFamily = ", FamilyInitializer(*plan_.family), ";"));
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
    p_.Line("constexpr absl::Span<const genl::EventType> kEvents = {};");
    return;
  }
  p_.Line("constexpr genl::EventType kEvents[] = {");
  // The first alternatives of the variant are genl::Overrun and genl::Restarted.
  size_t alternative = 1;
  for (const CppEvent& event : plan_.events) {
    p_.Line(absl::StrCat("    {", event.operation->number, ", &k", event.type->body().name,
                         "Layout, ", ++alternative, "},"));
  }
  p_.Line("};");
}

}  // namespace

std::string FamilyInitializer(const Family& family) {
  const std::string protocol =
      family.is_generic() ? "" : absl::StrCat(", ", family.protocol_number.value_or(0));
  return absl::StrCat("{", Quoted(family.name), ", ", family.version, protocol, "}");
}

void EmitTables(Printer& p, const Plan& plan) { TablePrinter(p, plan).Run(); }

void EmitOperationTables(Printer& p, const Plan& plan) {
  p.Line("// clang-format off");
  for (const CppOperation& operation : plan.operations) {
    const std::string types = absl::StrJoin(operation.TypeNames(), ", ");
    const std::string row = absl::StrCat("{", RowOf(operation), "}");
    p.Emit({{"type", operation.dump ? "Operation" : absl::StrCat("TypedOperation<", types, ">")},
            {"method", operation.method},
            {"row", operation.dump ? row : absl::StrCat("{", row, ", &table::kFamily}")}},
           "constexpr genl::$type$ operation::k$method$ = $row$;");
  }
  EmitWatchRows(p, plan);
  p.Line("// clang-format on");
  if (!plan.has_events()) return;
  p.Line("constexpr absl::Span<const genl::EventType> operation::kEvents = table::kEvents;");
}

}  // namespace genlc::cpp
