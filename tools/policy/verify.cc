#include "tools/policy/verify.h"

#include <algorithm>

#include "family/diag/catalogue/kernel_differs.h"
#include "family/diag/catalogue/kernel_lacks.h"
#include "family/diag/catalogue/kernel_more.h"
#include "family/diag/catalogue/kernel_silent.h"
#include "tools/policy/verification.h"

namespace genlc {
namespace {

void VerifyVersion(Verification& v) {
  const Family& family = v.family();
  // A spec cannot say 0, and nothing of netlink looks at the number.
  if (family.version == std::max<uint32_t>(v.kernel().version, 1)) return;
  v.Report(kDiffersVersion, family.places.Of("version", family.span), family.name, family.version,
           v.kernel().version);
}

void VerifyGroupNames(Verification& v) {
  const Family& family = v.family();
  const std::vector<std::string>& names = v.kernel().groups;
  for (const auto& group : family.groups) {
    if (std::find(names.begin(), names.end(), group->name) == names.end()) {
      v.Report(kLacksGroup, group->span, group->name);
    } else if (group->audience() != Audience::kAnyone) {
      v.Report(kSilentGroup, group->places.Of("flags", group->span), group->name);
    }
  }
  for (const std::string& name : names) {
    if (family.FindGroup(name) != nullptr) continue;
    v.Report(kMoreGroup, family.places.Of("mcast-groups", family.span), family.name, name);
  }
}

std::string Permission(bool admin, bool uns_admin) {
  if (admin) return "CAP_NET_ADMIN";
  return uns_admin ? "CAP_NET_ADMIN in the namespace" : "nothing";
}

void VerifyPermission(Verification& v, const Operation& operation,
                      const genl::OperationPolicy& kernel) {
  const std::string spec = Permission(operation.admin_perm, operation.uns_admin_perm);
  const std::string now = Permission(kernel.admin_perm(), kernel.uns_admin_perm());
  if (spec == now) return;
  v.Report(kDiffersPermission, operation.places.Of("flags", operation.span), operation.name, spec,
           now);
}

void VerifyHeader(Verification& v, const Operation& operation, const Message& request) {
  const uint32_t size = request.fixed_header != nullptr ? request.fixed_header->size : 0;
  if (size == v.kernel().header_size) return;
  v.Report(kDiffersHeader, operation.places.Of("fixed-header", operation.span), operation.name,
           size, v.kernel().header_size);
}

void VerifyUse(Verification& v, const Operation& operation, const char* mode,
               const std::optional<Exchange>& exchange, bool known, std::optional<uint32_t> index) {
  if (!exchange && !known) return;
  if (!exchange) {
    v.Report(kMoreMode, operation.span, operation.name, mode);
  } else if (!known) {
    v.Report(kLacksMode, exchange->span, operation.name, mode);
  } else {
    VerifyHeader(v, operation, exchange->request);
    VerifyRequest(v, {&operation, mode, &*exchange, index});
  }
  v.SetListed({});
}

void VerifyOperations(Verification& v) {
  const Family& family = v.family();
  std::set<uint32_t> numbers;
  for (const auto& operation : family.operations) {
    if (!operation->do_exchange && !operation->dump) continue;
    numbers.insert(operation->number);
    const genl::OperationPolicy* kernel = v.kernel().Find(operation->number);
    if (kernel == nullptr) {
      v.Report(kLacksOperation, operation->span, operation->name);
      continue;
    }
    VerifyPermission(v, *operation, *kernel);
    VerifyUse(v, *operation, "do", operation->do_exchange, kernel->can_do(), kernel->do_set);
    VerifyUse(v, *operation, "dump", operation->dump, kernel->can_dump(), kernel->dump_set);
  }
  for (const genl::OperationPolicy& kernel : v.kernel().operations) {
    if (numbers.contains(kernel.command)) continue;
    v.Report(kMoreOperation, family.places.Of("operations", family.span), family.name,
             kernel.command);
  }
}

}  // namespace

void Verify(const Family& family, const genl::FamilyPolicy& kernel, const VerifyGroups& groups,
            Reporter& reporter) {
  Verification verification(family, kernel, groups, reporter);
  VerifyVersion(verification);
  VerifyGroupNames(verification);
  VerifyOperations(verification);
}

void VerifyClassic(const Family& family, const VerifyGroups& groups, Reporter& reporter) {
  const genl::FamilyPolicy nothing;
  Verification(family, nothing, groups, reporter)
      .Report(kSilentProtocol, family.places.Of("protocol", family.span), family.name);
}

}  // namespace genlc
