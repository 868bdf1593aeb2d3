#include "userspace/generator/service.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "userspace/generator/style.h"
#include "userspace/generator/tables.h"
#include "userspace/generator/types.h"

namespace genlc::cpp {
namespace {

std::string ResultType(const CppOperation& operation) {
  if (operation.dump) return absl::StrCat("genl::Objects<", operation.reply->name, ">");
  if (operation.reply == nullptr) return "absl::Status";
  return absl::StrCat("absl::StatusOr<", operation.reply->name, ">");
}

void EmitMethod(Printer& p, const CppOperation& operation) {
  std::vector<std::string> parameters;
  if (operation.request != nullptr) {
    parameters.push_back(absl::StrCat("const ", operation.request->name, "&"));
  }
  parameters.push_back("genl::Caller&");
  p.Blank();
  EmitComment(p, operation.operation->doc, 2);
  EmitInline(p,
             WrapCall(absl::StrCat("virtual ", ResultType(operation), "\t", operation.method),
                      parameters, " {", 2),
             "return genl::NotOffered();");
}

void EmitSenders(Printer& p, const CppEvent& event, size_t row) {
  const std::string type = absl::StrCat("const ", event.type->name, "& event");
  if (event.operation->group != nullptr) {
    EmitInline(p, WrapCall("absl::Status\tMulticast", {type}, " {", 2),
               absl::StrCat("return SendToGroup(", row, ", &event);"));
  }
  EmitInline(p, WrapCall("absl::Status\tUnicast", {"uint32_t port", type}, " {", 2),
             absl::StrCat("return SendToPort(", row, ", port, &event);"));
}

std::string PermissionRow(bool admin, bool uns_admin) {
  if (admin) return ", genl::Permission::kAdmin";
  return uns_admin ? ", genl::Permission::kUnsAdmin" : "";
}

std::string OperationRow(const CppOperation& row) {
  const Operation& operation = *row.operation;
  const bool liberal = row.dump
                           ? operation.dont_validate_dump || operation.dont_validate_dump_strict
                           : operation.dont_validate_strict;
  std::string permission = PermissionRow(operation.admin_perm, operation.uns_admin_perm);
  if (liberal && permission.empty()) permission = ", genl::Permission::kAnyone";
  return absl::StrCat("    {&operation::k", row.method, ", ", row.dump ? "true" : "false",
                      ", &genl::Serve<Service, &Service::", row.method, ">", permission,
                      liberal ? ", genl::Validation::kLiberal" : "", "},");
}

std::string GroupRow(const MulticastGroup& group) {
  return absl::StrCat("    {{", Quoted(group.name),
                      group.number ? absl::StrCat(", ", *group.number) : "", "}",
                      PermissionRow(group.admin_perm, group.uns_admin_perm), "},");
}

void EmitGroups(Printer& p, const Plan& plan) {
  p.Blank();
  p.Line("constexpr genl::ServedGroup kGroups[] = {");
  for (const CppGroup& group : plan.groups) p.Line(GroupRow(*group.group));
  p.Line("};");
  std::vector<std::string> rows;
  for (const CppEvent& event : plan.events) {
    int row = -1;
    for (size_t i = 0; i < plan.groups.size(); ++i) {
      if (plan.groups[i].group == event.operation->group) row = static_cast<int>(i);
    }
    rows.push_back(absl::StrCat(row));
  }
  if (rows.empty()) return;
  p.Blank();
  p.Line(absl::StrCat("constexpr int kGroupsOfEvents[] = {", absl::StrJoin(rows, ", "), "};"));
}

// Of all sets that a request can have.
std::vector<std::string> DefaultRows(const Plan& plan) {
  std::vector<std::string> rows;
  for (const ReachableSet& set : plan.sets) {
    for (const Attribute* attribute : set.attributes) {
      if (!attribute->default_value) continue;
      rows.push_back(absl::StrCat("    {", Quoted(set.set->name), ", ", attribute->number,
                                  ", static_cast<uint64_t>(", Literal(*attribute->default_value),
                                  ")},"));
    }
  }
  return rows;
}

// Of all sets that a message can have.
std::vector<std::string> SensitiveRows(const Plan& plan) {
  std::vector<std::string> rows;
  for (const ReachableSet& set : plan.sets) {
    for (const Attribute* attribute : set.attributes) {
      const Audience audience = attribute->audience();
      if (audience == Audience::kAnyone) continue;
      rows.push_back(absl::StrCat(
          "    {", Quoted(set.set->name), ", ", attribute->number,
          PermissionRow(audience == Audience::kAdmin, audience == Audience::kUnsAdmin), "},"));
    }
  }
  return rows;
}

// An array, where it has anything. Whether it has.
bool EmitRows(Printer& p, absl::string_view array, const std::vector<std::string>& rows) {
  if (rows.empty()) return false;
  p.Blank();
  p.Line(absl::StrCat("constexpr genl::", array, "[] = {"));
  for (const std::string& row : rows) p.Line(row);
  p.Line("};");
  return true;
}

const char* ScopeOf(KernelPolicy policy) {
  switch (policy) {
    case KernelPolicy::kGlobal: return "kFamily";
    case KernelPolicy::kSplit: return "kSide";
    default: return "kOperation";
  }
}

void EmitTable(Printer& p, const Plan& plan, bool has_defaults, bool has_secrets) {
  const auto member = [&](bool present, absl::string_view text) {
    if (present) p.Line(absl::StrCat("    .", text, ","));
  };
  p.Blank();
  p.Line("constexpr genl::ServiceTable kTable = {");
  p.Line(absl::StrCat("    .family = ", FamilyInitializer(*plan.family), ","));
  p.Line(
      absl::StrCat("    .scope = genl::PolicyScope::", ScopeOf(plan.family->kernel_policy), ","));
  member(!plan.operations.empty(), "operations = kOperations");
  member(!plan.groups.empty(), "groups = kGroups");
  member(plan.has_events(), "events = &operation::kEvents");
  member(!plan.groups.empty() && !plan.events.empty(), "groups_of_events = kGroupsOfEvents");
  member(has_defaults, "defaults = kDefaults");
  member(has_secrets, "sensitive = kSensitive");
  p.Line("};");
}

}  // namespace

void EmitServiceClass(Printer& p, const Plan& plan) {
  p.Emit({{"family", plan.family->name},
          {"methods",
           [&] {
             for (const CppOperation& operation : plan.operations) EmitMethod(p, operation);
           }},
          {"senders",
           [&] {
             if (plan.events.empty()) return;
             p.Blank();
             p.Line(plan.groups.empty()
                        ? "// Events, to one socket each."
                        : "// Events, to who has joined their group and to one socket.");
             for (size_t i = 0; i < plan.events.size(); ++i) EmitSenders(p, plan.events[i], i);
           }}},
         R"(
           // What answers the requests to the family `$family$`: a fake kernel, or another process.
           // The methods that are not overridden refuse with EOPNOTSUPP.
           class Service : public genl::Service {
            public:
             Service();
             $methods$
             $senders$
           };
         )");
}

void EmitServiceTables(Printer& p, const Plan& plan) {
  p.Line("// One row an operation, a group, an attribute.");
  p.Line("// clang-format off");
  if (!plan.operations.empty()) {
    p.Line("constexpr genl::ServedOperation kOperations[] = {");
    for (const CppOperation& operation : plan.operations) p.Line(OperationRow(operation));
    p.Line("};");
  }
  if (!plan.groups.empty()) EmitGroups(p, plan);
  const bool has_defaults = EmitRows(p, "DefaultValue kDefaults", DefaultRows(plan));
  const bool has_secrets = EmitRows(p, "SensitiveAttribute kSensitive", SensitiveRows(plan));
  EmitTable(p, plan, has_defaults, has_secrets);
  p.Line("// clang-format on");
}

}  // namespace genlc::cpp
