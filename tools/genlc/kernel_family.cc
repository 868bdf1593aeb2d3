#include "tools/genlc/kernel_family.h"

#include "absl/strings/str_cat.h"
#include "family/diag/render.h"
#include "genl/kernel_error.h"
#include "genl/policy.h"
#include "tools/genlc/live_family.h"
#include "tools/genlc/pipeline.h"
#include "tools/genlc/spec_path.h"
#include "tools/policy/import.h"

namespace genlc {

absl::StatusOr<std::unique_ptr<const Family>> FamilyFromKernel(const std::string& name,
                                                               const genl::ConnectOptions& options,
                                                               SourceManager& manager) {
  const absl::StatusOr<genl::FamilyPolicy> kernel = genl::ReadPolicy(name, options);
  if (!kernel.ok()) return kernel.status();
  Reporter reporter;
  const SourceFile* file = manager.Add(absl::StrCat(name, ".imported"), ImportSpec(*kernel));
  std::unique_ptr<const Family> family = Analyze({file}, reporter);
  // A kernel can say what no spec can, such as numbers beyond all limits.
  if (family == nullptr) return absl::InternalError(Render(reporter.Sorted()));
  return family;
}

std::unique_ptr<const Family> LoadFamily(const std::string& name,
                                         const genl::ConnectOptions& options, Environment& env,
                                         SourceManager& manager) {
  if (!FindSpec(name, env).ok()) {
    auto family = FamilyFromKernel(name, options, manager);
    if (family.ok()) return *std::move(family);
    if (!absl::IsNotFound(family.status())) {
      env.Err(absl::StrCat("genlc: there is no spec of `", name,
                           "`, and what the kernel tells of it cannot be used\n",
                           family.status().message(), "\n"));
      return nullptr;
    }
  }
  return LoadLiveFamily(name, env, manager);
}

std::string NoKernelFamily(const std::string& name, const absl::Status& status) {
  // A network namespace may not be there, either.
  if (!absl::IsNotFound(status) || !genl::GetKernelError(status)) {
    return absl::StrCat(name, ": ", status.message());
  }
  return absl::StrCat("the kernel has no family `", name, "`; is its module loaded?");
}

}  // namespace genlc
