// The specs of a command line, read, each with the profile that belongs to it.
#ifndef GENLC_TOOLS_GENLC_SOURCES_H_
#define GENLC_TOOLS_GENLC_SOURCES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "family/source/source.h"
#include "tools/genlc/environment.h"

namespace genlc {

struct Source {
  const SourceFile* spec = nullptr;
  const SourceFile* profile = nullptr;  // null: there is none
};

// The profile that belongs to a spec unless another is named: "dir/thermo.yaml" has
// "dir/thermo.genlc.yaml".
std::string ProfilePath(absl::string_view spec_path);

// Reads all specs, by file or family (FindSpec()), and their profiles into `manager`; with
// `profile` (not empty) that one instead of the one beside the spec. Says on standard error what
// is not there, cannot be read or is given twice, all of it; the result is empty then.
std::optional<std::vector<Source>> ReadSources(const std::vector<std::string>& specs,
                                               const std::string& profile, Environment& env,
                                               SourceManager& manager);

// Reads what git has of a spec in a revision, and of its profile (`profile` as above). The files
// are called "REVISION:PATH", as git calls them. NotFound: the revision does not have the spec.
// The message of an error is a sentence about the file.
absl::StatusOr<Source> ReadRevision(const std::string& spec_path, const std::string& profile,
                                    const std::string& revision, Environment& env,
                                    SourceManager& manager);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_SOURCES_H_
