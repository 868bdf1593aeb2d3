#include "tests/policy/cases.h"

#include "absl/strings/str_cat.h"
#include "tests/policy/visitor.h"

namespace genlc::policy {
namespace {

Validation ValidationOf(const Operation& operation, bool dump) {
  if (!dump) return operation.dont_validate_strict ? Validation::kLiberal : Validation::kStrict;
  if (operation.dont_validate_dump) return Validation::kModule;
  return operation.dont_validate_dump_strict ? Validation::kLiberal : Validation::kStrict;
}

}  // namespace

std::vector<Request> RequestsOf(const Family& family) {
  std::vector<Request> requests;
  for (const auto& operation : family.operations) {
    for (const bool dump : {false, true}) {
      const std::optional<Exchange>& side = dump ? operation->dump : operation->do_exchange;
      if (!side || operation->is_async()) continue;
      requests.push_back({operation.get(), &*side, dump, ValidationOf(*operation, dump)});
    }
  }
  return requests;
}

void ForEachCase(const Family& family, const Request& request,
                 const std::function<void(const Case&)>& visit) {
  Visitor(family, request, visit).Run();
}

std::string Describe(const Request& request, const Case& one) {
  return absl::StrCat(request.operation->name, request.dump ? " (dump) " : " ", one.path,
                      one.path.empty() ? "" : " ", Name(one.kind), ": ", one.what);
}

}  // namespace genlc::policy
