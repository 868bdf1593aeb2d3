#include "userspace/generator/client.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "userspace/generator/style.h"
#include "userspace/generator/watches.h"

namespace genlc::cpp {
namespace {

std::string ResultType(const CppOperation& operation) {
  if (operation.dump) return absl::StrCat("genl::Dump<", operation.reply->name, ">");
  if (operation.reply == nullptr) return "absl::Status";
  return absl::StrCat("absl::StatusOr<", operation.reply->name, ">");
}

std::vector<std::string> Parameters(const CppOperation& operation) {
  std::vector<std::string> parameters;
  if (operation.request != nullptr) {
    const auto& members = operation.request->members;
    const bool all_optional =
        std::none_of(members.begin(), members.end(), [](const CppMember& m) { return m.required; });
    parameters.push_back(
        absl::StrCat("const ", operation.request->name, "& request", all_optional ? " = {}" : ""));
  }
  if (operation.has_flags) parameters.push_back("genl::RequestFlags flags = {}");
  return parameters;
}

std::string Permission(const Operation& operation) {
  if (operation.admin_perm) return "Needs CAP_NET_ADMIN.";
  if (operation.uns_admin_perm) return "Needs CAP_NET_ADMIN in the network namespace.";
  return "";
}

// The call that the method is.
std::string Body(const CppOperation& operation) {
  const std::string row = absl::StrCat("operation::k", operation.method);
  const std::string request = operation.request != nullptr ? "&request" : "nullptr";
  if (operation.dump) return absl::StrCat("return {client_, ", row, ", ", request, "};");
  std::vector<std::string> arguments = {row, request};
  std::string call = "return client_.Do";
  if (operation.reply != nullptr) {
    call = absl::StrCat("return client_.Call<", operation.reply->name, ">");
  } else {
    arguments.push_back("nullptr");
  }
  if (operation.has_flags) arguments.push_back("flags");
  return WrapCall(call, arguments, ";", 4);
}

void EmitMethod(Printer& p, const CppOperation& operation) {
  EmitComment(p, operation.operation->doc, 2);
  EmitComment(p, Permission(*operation.operation), 2);
  EmitInline(p,
             WrapCall(absl::StrCat(ResultType(operation), "\t", operation.method),
                      Parameters(operation), " {", 2),
             Body(operation));
}

bool HasRequests(const Plan& plan) {
  return std::any_of(plan.operations.begin(), plan.operations.end(),
                     [](const CppOperation& operation) { return !operation.dump; });
}

std::string GroupDoc(const MulticastGroup& group) {
  if (group.admin_perm) return "Needs CAP_NET_ADMIN.";
  if (group.uns_admin_perm) return "Needs CAP_NET_ADMIN in the network namespace.";
  return "";
}

void EmitGroups(Printer& p, const Plan& plan) {
  if (plan.groups.empty()) return;
  p.Blank();
  EmitComment(p, "Multicast groups, for Client::Subscribe().", 0);
  p.Line("enum class Group {");
  for (const CppGroup& group : plan.groups) {
    Printer::Indent indent(p, "  ");
    EmitComment(p, GroupDoc(*group.group), 2);
    p.Line(absl::StrCat(group.name, ","));
  }
  p.Line("};");
}

void EmitSubscribe(Printer& p, const Plan& plan) {
  p.Blank();
  if (plan.groups.empty()) {
    p.Line("// Events for one socket, that of the subscription.");
    p.Line("absl::StatusOr<Events> Subscribe();");
    return;
  }
  p.Line("// Events of these groups from now on, on a socket of their own.");
  p.Line("absl::StatusOr<Events> Subscribe(absl::Span<const Group> groups,");
  p.Line("                                 const genl::SubscribeOptions& options = {});");
}

}  // namespace

void EmitEvents(Printer& p, const Plan& plan) {
  if (!plan.has_events()) return;
  EmitGroups(p, plan);
  p.Blank();
  std::vector<std::string> types = {"genl::Overrun", "genl::Restarted"};
  for (const CppEvent& event : plan.events) types.push_back(event.type->name);
  p.Line(AliasOfTemplate("Event", "std::variant", types));
  p.Line(absl::StrCat("using Events = genl::Events<Event", plan.groups.empty() ? "" : ", Group",
                      ">;"));
}

void EmitOperations(Printer& p, const Plan& plan) {
  if (plan.operations.empty() && !plan.has_events()) return;
  p.Blank();
  p.Line(
      HasRequests(plan)
          ? "// The requests, for what takes any of them (see genl::FamilyClient), and the dumps."
          : "// The dumps, for Client.");
  p.Line("namespace operation {");
  for (const CppOperation& operation : plan.operations) {
    const std::string name = absl::StrCat("k", operation.method);
    if (operation.dump) {
      p.Line(absl::StrCat("extern const genl::Operation ", name, ";"));
      continue;
    }
    p.Emit({{"text",
             VariableOfTemplate("extern const genl::TypedOperation", operation.TypeNames(), name)}},
           "$text$");
  }
  if (plan.has_events()) p.Line("extern const absl::Span<const genl::EventType> kEvents;");
  EmitWatchDeclarations(p, plan);
  p.Line("}  // namespace operation");
}

void EmitClientClass(Printer& p, const Plan& plan) {
  p.Blank();
  p.Emit(
      {{"family", plan.family->name},
       {"absent", plan.family->is_generic() ? "NotFound where the kernel does not know the family."
                                            : "Unavailable where the kernel lacks the protocol."},
       {"methods",
        [&] {
          for (const CppOperation& operation : plan.operations) {
            p.Blank();
            EmitMethod(p, operation);
          }
          for (const CppWatch& watch : plan.watches) EmitWatchMethod(p, watch);
        }},
       {"subscribe",
        [&] {
          if (plan.has_events()) EmitSubscribe(p, plan);
        }}},
      R"(
           // Requests to the family `$family$`. Safe for several threads at once.
           class Client : public genl::FamilyClient {
            public:
             // $absent$
             static absl::StatusOr<Client> Connect(const genl::ConnectOptions& options = {});
             $methods$
             $subscribe$

            private:
             using FamilyClient::FamilyClient;
           };
         )");
}

void EmitEnumNames(Printer& p, const Plan& plan) {
  p.Blank();
  for (const CppEnum& type : plan.enums) {
    if (type.flags) continue;
    p.Emit({{"name", type.name}}, R"(
      absl::string_view Name($name$ value) {
        return genl::EnumName(table::k$name$Enum, static_cast<uint64_t>(value));
      }
    )");
    p.Blank();
  }
}

void EmitMethods(Printer& p, const Plan& plan) {
  p.Emit(R"(
    absl::StatusOr<Client> Client::Connect(const genl::ConnectOptions& options) {
      absl::StatusOr<genl::Client> client = genl::Client::Connect(table::kFamily, options);
      if (!client.ok()) return client.status();
      return Client(*std::move(client));
    }
  )");
  if (!plan.has_events()) return;
  p.Blank();
  if (plan.groups.empty()) {
    p.Emit(R"(
      absl::StatusOr<Events> Client::Subscribe() {
        return genl::Subscribe<Event>(client_, table::kEvents);
      }
    )");
    return;
  }
  p.Emit(R"(
    absl::StatusOr<Events> Client::Subscribe(absl::Span<const Group> groups,
                                             const genl::SubscribeOptions& options) {
      return genl::Subscribe<Event>(client_, groups, table::kGroups, table::kEvents, options);
    }
  )");
}

}  // namespace genlc::cpp
