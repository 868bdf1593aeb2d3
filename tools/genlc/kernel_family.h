// A family that has no spec, as the running kernel describes it.
#ifndef GENLC_TOOLS_GENLC_KERNEL_FAMILY_H_
#define GENLC_TOOLS_GENLC_KERNEL_FAMILY_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "family/model/family.h"
#include "family/source/source.h"
#include "genl/client.h"
#include "tools/genlc/environment.h"

namespace genlc {

// The family of the spec that `genlc import` would write (tools/policy/import.h): operations are
// called `op-3`, attributes `attr-1`, by their numbers. Commands that take a Family work with it as
// with any other: they can describe it, ask it, and decode its messages as far as the kernel tells.
// NotFound where the kernel does not have it. `manager` outlives the family.
absl::StatusOr<std::unique_ptr<const Family>> FamilyFromKernel(const std::string& name,
                                                               const genl::ConnectOptions& options,
                                                               SourceManager& manager);

// Of its spec or, where there is none, from the kernel. Null after saying on standard error what is
// missing or wrong. `manager` outlives the family.
std::unique_ptr<const Family> LoadFamily(const std::string& name,
                                         const genl::ConnectOptions& options, Environment& env,
                                         SourceManager& manager);

// What to say where a family could not be asked for: "the kernel has no family `thermo`; is its
// module loaded?"
std::string NoKernelFamily(const std::string& name, const absl::Status& status);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_KERNEL_FAMILY_H_
