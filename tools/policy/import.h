// A first spec of a family that has none, from what the running kernel says of it.
#ifndef GENLC_TOOLS_POLICY_IMPORT_H_
#define GENLC_TOOLS_POLICY_IMPORT_H_

#include <string>

#include "genl/policy.h"

namespace genlc {

// The text of a spec that `genlc check` accepts, and that `genlc verify` has nothing against on the
// same kernel. What the kernel does not say has a name by its number (`op-3`, `attr-1`, `set-0`),
// and what a person has to decide ends with a comment `decide: ...`.
//
// One set serves both uses of an operation, and all operations and nests to which the kernel gives
// the same policy. Replies are not told: they are taken to have any attribute of the set.
std::string ImportSpec(const genl::FamilyPolicy& kernel);

}  // namespace genlc

#endif  // GENLC_TOOLS_POLICY_IMPORT_H_
