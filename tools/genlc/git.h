// What git has of a file.
#ifndef GENLC_TOOLS_GENLC_GIT_H_
#define GENLC_TOOLS_GENLC_GIT_H_

#include <string>

#include "absl/status/statusor.h"

namespace genlc {

// The text of a file of a working copy in a revision; runs git(1). NotFound: the revision has no
// such file. Other errors carry what git says.
absl::StatusOr<std::string> ReadFromGit(const std::string& path, const std::string& revision);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_GIT_H_
