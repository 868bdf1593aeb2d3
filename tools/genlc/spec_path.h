// Where the specs of families are.
#ifndef GENLC_TOOLS_GENLC_SPEC_PATH_H_
#define GENLC_TOOLS_GENLC_SPEC_PATH_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/genlc/environment.h"

namespace genlc {

// The folders with specs, separated by colons.
inline constexpr char kSpecPathVariable[] = "GENLC_SPEC_PATH";

// Where specs are looked for, the first first: the folders of GENLC_SPEC_PATH; those of a kernel's
// source that is the working directory; what is installed with genlc; and with YNL, the kernel's
// own tool.
std::vector<std::string> SpecFolders(const Environment& env);

// A word with a slash or a dot is the name of a file, and is its own result. Any other is the name
// of a family, whose spec is in the first folder that has one; hyphens and underscores are the same
// there, as are large and small letters. NotFound says where was looked, and what to do.
absl::StatusOr<std::string> FindSpec(const std::string& name, const Environment& env);

// The names that FindSpec() knows, sorted.
std::vector<std::string> SpecNames(const Environment& env);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_SPEC_PATH_H_
