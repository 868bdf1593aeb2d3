// The phases in their order; each takes what the one before it made.
#ifndef GENLC_TOOLS_GENLC_PIPELINE_H_
#define GENLC_TOOLS_GENLC_PIPELINE_H_

#include <memory>

#include "family/diag/reporter.h"
#include "family/model/family.h"
#include "tools/genlc/sources.h"

namespace genlc {

// Spec and profile to the family. Null where there is nothing to make one of; after other
// errors, which the reporter has, only what could be understood.
std::unique_ptr<const Family> Build(const Source& source, Reporter& reporter);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_PIPELINE_H_
