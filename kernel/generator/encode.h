// Replies, events and their nests from structs into attributes, in exactly the bytes that
// they take.
#ifndef GENLC_KERNEL_GENERATOR_ENCODE_H_
#define GENLC_KERNEL_GENERATOR_ENCODE_H_

#include "family/codegen/printer.h"
#include "kernel/generator/plan.h"

namespace genlc::kernel {

// Size and put functions of all that leaves the kernel.
void EmitEncoders(Printer& p, const Plan& plan);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_ENCODE_H_
