// Raw tree to resolved family: the second phase of a compilation.
#ifndef GENLC_FAMILY_MODEL_BUILD_H_
#define GENLC_FAMILY_MODEL_BUILD_H_

#include <memory>

#include "family/diag/reporter.h"
#include "family/load/raw.h"
#include "family/model/family.h"

namespace genlc {

// Links every name, numbers what has no number, and applies defaults and the profile
// (null: none).
//
// What cannot be resolved is reported; a family is returned all the same, with that link
// left out, so that the checks can find everything else that is wrong in the same run.
// Generators must not see it when the reporter has errors.
std::unique_ptr<Family> BuildFamily(const RawFamily& raw, const RawProfile* profile,
                                    Reporter& reporter);

}  // namespace genlc

#endif  // GENLC_FAMILY_MODEL_BUILD_H_
