// Policies of integers: ranges, masks, and functions for what no entry of a table can say.
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

// Whether the attribute's policy calls a function, and so the elements of an array of
// such integers have to.
bool NeedsValidator(const Attribute& attribute);

// Ranges and functions for all attributes that requests carry.
void EmitPolicyHelpers(Printer& p, const Plan& plan);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_INTEGER_POLICIES_H_
