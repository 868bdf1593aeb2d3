// Text to raw tree: the first phase of a compilation.
#ifndef GENLC_FAMILY_LOAD_LOAD_H_
#define GENLC_FAMILY_LOAD_LOAD_H_

#include <optional>

#include "family/diag/reporter.h"
#include "family/load/raw.h"
#include "family/source/source.h"

namespace genlc {

// Reads a spec of any level. Everything that the schema refuses is reported, all of it in
// one run; the result is empty only where nothing sensible can follow (text that is not
// YAML, a required key that is missing).
std::optional<RawFamily> LoadSpec(const SourceFile& file, Reporter& reporter);

// Reads a profile. An empty file is an empty profile.
std::optional<RawProfile> LoadProfile(const SourceFile& file, Reporter& reporter);

}  // namespace genlc

#endif  // GENLC_FAMILY_LOAD_LOAD_H_
