#include "tools/genlc/refused_policy.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "genl/kernel_error.h"
#include "genl/policy.h"

namespace genlc {
namespace {

using genl::AttributePolicy;
using genl::Limits;
using genl::PolicyType;

std::string TypeWords(PolicyType type) {
  static constexpr absl::string_view kWords[] = {"what it refuses",
                                                 "a flag",
                                                 "u8",
                                                 "u16",
                                                 "u32",
                                                 "u64",
                                                 "s8",
                                                 "s16",
                                                 "s32",
                                                 "s64",
                                                 "bytes",
                                                 "a string",
                                                 "a string",
                                                 "a nest",
                                                 "an array",
                                                 "flags",
                                                 "sint",
                                                 "uint"};
  const size_t index = static_cast<size_t>(type);
  return index < std::size(kWords) ? std::string(kWords[index])
                                   : absl::StrCat("type ", index, " of a newer kernel");
}

bool IsSigned(PolicyType type) {
  return (type >= PolicyType::kS8 && type <= PolicyType::kS64) || type == PolicyType::kSint;
}

std::string LimitWords(const AttributePolicy& policy) {
  const Limits& limits = policy.limits;
  switch (limits.type) {
    case Limits::Type::kNone: return "";
    case Limits::Type::kMask: return absl::StrFormat(" with bits of %#x", limits.high);
    case Limits::Type::kRange:
      if (IsSigned(policy.type)) {
        return absl::StrCat(" from ", static_cast<int64_t>(limits.low), " to ",
                            static_cast<int64_t>(limits.high));
      }
      return absl::StrCat(" from ", limits.low, " to ", limits.high);
    case Limits::Type::kLength: break;
  }
  std::string least = limits.low == 0 ? "" : absl::StrCat(" of at least ", limits.low, " bytes");
  if (limits.high == Limits::kNoMaximum) return least;
  return absl::StrCat(least, least.empty() ? " of" : " and", " at most ", limits.high, " bytes");
}

// Of the attribute at the end of the path; null where the kernel does not tell it.
const AttributePolicy* Find(const genl::FamilyPolicy& kernel, const genl::RawRequest& request,
                            absl::string_view path) {
  const genl::OperationPolicy* operation = kernel.Find(request.command);
  if (operation == nullptr) return nullptr;
  std::optional<uint32_t> inside = request.dump ? operation->dump_set : operation->do_set;
  const genl::AttributeSet* names = request.set;
  const AttributePolicy* found = nullptr;
  for (const absl::string_view step : absl::StrSplit(path, '.')) {
    const genl::PolicySet* set = kernel.Set(inside);
    if (set == nullptr || names == nullptr) return nullptr;
    const absl::string_view name = step.substr(0, step.find('['));
    const auto attribute =
        std::find_if(names->attributes.begin(), names->attributes.end(),
                     [&](const genl::Attribute& candidate) { return candidate.name == name; });
    if (attribute == names->attributes.end()) return nullptr;
    found = genl::FindAttribute(*set, attribute->number);
    if (found == nullptr) return nullptr;
    inside = found->nested;
    names = attribute->nested;
  }
  return found;
}

}  // namespace

std::string RefusedPolicy(const genl::RawRequest& request, const absl::Status& refusal,
                          const genl::ConnectOptions& options) {
  const std::optional<genl::KernelError> error = genl::GetKernelError(refusal);
  if (!error) return "";
  const std::string& path = error->attribute.empty() ? error->missing_attribute : error->attribute;
  if (path.empty()) return "";
  if (!request.family.is_generic()) {
    return "policy: the kernel does not tell those of classic netlink\n";
  }
  const absl::StatusOr<genl::FamilyPolicy> kernel = genl::ReadPolicy(request.family.name, options);
  if (!kernel.ok()) return absl::StrCat("policy: ", kernel.status().message(), "\n");
  const AttributePolicy* policy = Find(*kernel, request, path);
  if (policy == nullptr) return absl::StrCat("policy: the kernel tells none of `", path, "`\n");
  return absl::StrCat("policy: the kernel takes `", path, "` as ", TypeWords(policy->type),
                      LimitWords(*policy), "\n");
}

}  // namespace genlc
