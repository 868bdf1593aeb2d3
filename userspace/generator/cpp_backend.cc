#include "userspace/generator/cpp_backend.h"

#include <optional>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "family/codegen/banner.h"
#include "family/codegen/printer.h"
#include "userspace/generator/client.h"
#include "userspace/generator/names.h"
#include "userspace/generator/plan.h"
#include "userspace/generator/service.h"
#include "userspace/generator/style.h"
#include "userspace/generator/tables.h"
#include "userspace/generator/types.h"
#include "userspace/generator/watches.h"

namespace genlc {
namespace {

// A header, and the text that cannot do without it.
struct Include {
  const char* text;
  const char* header;
};

constexpr Include kStandardIncludes[] = {
    {"std::array<", "<array>"},       {"offsetof(", "<cstddef>"},   {"int", "<cstdint>"},
    {"std::optional<", "<optional>"}, {"std::string ", "<string>"}, {"std::string>", "<string>"},
    {"std::tuple<", "<tuple>"},       {"std::move(", "<utility>"},  {"std::variant<", "<variant>"},
    {"std::monostate", "<variant>"},  {"std::vector<", "<vector>"},
};

constexpr Include kLibraryIncludes[] = {
    {"absl::Status ", "\"absl/status/status.h\""},
    {"absl::StatusOr<", "\"absl/status/statusor.h\""},
    {"absl::string_view", "\"absl/strings/string_view.h\""},
    {"absl::Span<", "\"absl/types/span.h\""},
    {"genl::Bitfield<", "\"genl/bitfield.h\""},
    {"genl::Box<", "\"genl/box.h\""},
    {"genl::Caller", "\"genl/caller.h\""},
    {"genl::ConnectOptions", "\"genl/client.h\""},
    {"genl::Dump<", "\"genl/dump.h\""},
    {"genl::Events<", "\"genl/events.h\""},
    {"genl::EventType", "\"genl/events.h\""},
    {"genl::FamilyClient", "\"genl/family_client.h\""},
    {"GENL_FLAG_OPERATORS", "\"genl/flags.h\""},
    {"genl::Layout", "\"genl/layout.h\""},
    {"genl::Objects<", "\"genl/objects.h\""},
    {"genl::OneOf<", "\"genl/one_of.h\""},
    {"genl::Operation ", "\"genl/operation.h\""},
    {"genl::TypedOperation<", "\"genl/operation.h\""},
    {"genl::RequestFlags", "\"genl/request_flags.h\""},
    {"genl::Service", "\"genl/service.h\""},
    {"genl::AttributeSet", "\"genl/table.h\""},
    {"genl::Enum", "\"genl/table.h\""},
    {"genl::Watch<", "\"genl/watch.h\""},
};

// Only what `body` needs, and not what `already` has; among them, in alphabetical order, `own`.
template <size_t N>
void EmitIncludes(Printer& p, const Include (&includes)[N], absl::string_view body,
                  absl::string_view already, absl::string_view own = "") {
  std::set<std::string> lines;
  if (!own.empty()) lines.insert(absl::StrCat("#include \"", own, "\""));
  for (const Include& include : includes) {
    const std::string line = absl::StrCat("#include ", include.header);
    if (absl::StrContains(body, include.text) && !absl::StrContains(already, line)) {
      lines.insert(line);
    }
  }
  p.Blank();
  for (const std::string& line : lines) p.Line(line);
}

// What has been printed, for use in a template, which ends the last line itself.
std::string TakePart(Printer& p) { return std::string(absl::StripSuffix(p.Take(), "\n")); }

void EmitBanner(Printer& p, const Family& family) {
  if (!family.license.empty()) {
    p.Line(absl::StrCat("// SPDX-License-Identifier: ", family.license));
  }
  for (const std::string& line : Banner(family, "--cpp_out")) p.Line(absl::StrCat("// ", line));
}

std::string HeaderBody(const cpp::Plan& plan) {
  Printer p;
  p.Emit({{"name", plan.namespace_name}}, "namespace $name$ {");
  p.Blank();
  cpp::EmitConstants(p, plan);
  cpp::EmitEnums(p, plan);
  cpp::EmitStructs(p, plan);
  cpp::EmitEvents(p, plan);
  cpp::EmitOperations(p, plan);
  cpp::EmitWatches(p, plan);
  cpp::EmitClientClass(p, plan);
  p.Blank();
  p.Emit({{"name", plan.namespace_name}}, "}  // namespace $name$");
  return TakePart(p);
}

std::string Header(const cpp::Plan& plan) {
  const std::string body = HeaderBody(plan);
  Printer p;
  EmitBanner(p, *plan.family);
  if (!plan.family->doc.empty()) {
    p.Line("//");
    cpp::EmitComment(p, plan.family->doc, 0);
  }
  const std::string guard = cpp::GuardName(plan.stem);
  p.Emit({{"guard", guard}}, R"(
    #ifndef $guard$
    #define $guard$
  )");
  EmitIncludes(p, kStandardIncludes, body, "");
  EmitIncludes(p, kLibraryIncludes, body, "");
  p.Blank();
  p.Emit({{"guard", guard}, {"body", body}}, R"(
    $body$

    #endif  // $guard$
  )");
  return p.Take();
}

std::string SourceBody(const cpp::Plan& plan) {
  Printer p;
  p.Emit({{"name", plan.namespace_name},
          {"tables", [&] { cpp::EmitTables(p, plan); }},
          {"operations", [&] { cpp::EmitOperationTables(p, plan); }},
          {"names", [&] { cpp::EmitEnumNames(p, plan); }},
          {"methods", [&] { cpp::EmitMethods(p, plan); }}},
         R"(
           namespace $name$ {
           namespace {
           namespace table {

           // One row an attribute.
           // clang-format off
           $tables$
           // clang-format on

           }  // namespace table
           }  // namespace

           $operations$

           $names$
           $methods$

           }  // namespace $name$
         )");
  return TakePart(p);
}

std::string Source(const cpp::Plan& plan, absl::string_view header) {
  const std::string body = SourceBody(plan);
  Printer p;
  EmitBanner(p, *plan.family);
  p.Emit({{"stem", plan.stem}}, "#include \"$stem$.genl.h\"");
  EmitIncludes(p, kStandardIncludes, body, header);
  EmitIncludes(p, kLibraryIncludes, body, header);
  p.Blank();
  p.Emit({{"body", body}}, "$body$");
  return p.Take();
}

std::string ServiceBody(const cpp::Plan& plan) {
  Printer p;
  p.Emit({{"name", plan.namespace_name}, {"class", [&] { cpp::EmitServiceClass(p, plan); }}}, R"(
    namespace $name$ {

    $class$

    }  // namespace $name$
  )");
  return TakePart(p);
}

std::string ServiceHeader(const cpp::Plan& plan, absl::string_view client) {
  const std::string body = ServiceBody(plan);
  Printer p;
  EmitBanner(p, *plan.family);
  const std::string guard = cpp::GuardName(absl::StrCat(plan.stem, "-service"));
  p.Emit({{"guard", guard}}, R"(
    #ifndef $guard$
    #define $guard$
  )");
  EmitIncludes(p, kStandardIncludes, body, client);
  EmitIncludes(p, kLibraryIncludes, body, client, absl::StrCat(plan.stem, ".genl.h"));
  p.Blank();
  p.Emit({{"guard", guard}, {"body", body}}, R"(
    $body$

    #endif  // $guard$
  )");
  return p.Take();
}

std::string ServiceSource(const cpp::Plan& plan) {
  Printer p;
  EmitBanner(p, *plan.family);
  p.Emit({{"stem", plan.stem},
          {"name", plan.namespace_name},
          {"tables", [&] { cpp::EmitServiceTables(p, plan); }}},
         R"(
           #include "$stem$.service.h"

           namespace $name$ {
           namespace {

           $tables$

           }  // namespace

           Service::Service() : genl::Service(kTable) {}

           }  // namespace $name$
         )");
  return p.Take();
}

class CppBackend : public Backend {
 public:
  absl::string_view name() const override { return "cpp"; }
  absl::string_view description() const override { return "a typed C++20 client and service"; }

  bool Generate(const Family& family, OutputFiles& files, Reporter& reporter) const override {
    const std::optional<cpp::Plan> plan = cpp::MakePlan(family, reporter);
    if (!plan) return false;
    const std::string header = Header(*plan);
    files.Add(absl::StrCat(plan->stem, ".genl.cc"), Source(*plan, header));
    files.Add(absl::StrCat(plan->stem, ".genl.h"), header);
    files.Add(absl::StrCat(plan->stem, ".service.cc"), ServiceSource(*plan));
    files.Add(absl::StrCat(plan->stem, ".service.h"), ServiceHeader(*plan, header));
    return true;
  }
};

}  // namespace

std::unique_ptr<Backend> MakeCppBackend() { return std::make_unique<CppBackend>(); }

}  // namespace genlc
