// Policies of integers: ranges and masks; functions for what no entry of a table can say.
//
// Decoders call these functions. As a part of a policy (NLA_VALIDATE_FUNCTION) they make kernels
// warn that tell user space of the policy of an integer, since they take half of the function's
// address for its range (nla_get_range_unsigned() in lib/nlattr.c; seen up to 6.12).
#ifndef GENLC_KERNEL_GENERATOR_INTEGER_POLICIES_H_
#define GENLC_KERNEL_GENERATOR_INTEGER_POLICIES_H_

#include <string>

#include "family/codegen/printer.h"
#include "kernel/generator/plan.h"

namespace genlc::kernel {

// What fits into an entry itself.
inline constexpr int kShortMin = -32768;
inline constexpr int kShortMax = 32767;

// The initializer of an integer attribute's policy.
std::string IntegerPolicy(const Attribute& attribute);

// Whether the decoder has to call ValidatorName() for each value.
bool NeedsValidator(const Attribute& attribute);

// Ranges and functions for all attributes that requests carry.
void EmitPolicyHelpers(Printer& p, const Plan& plan);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_INTEGER_POLICIES_H_
