// Requests and nests from attributes into structs.
//
// A decoder walks the attributes once. All that a policy cannot say is refused there with
// an extended ack, and what it accepts never fails later: lists are read from the message
// while the handler runs.
#ifndef GENLC_KERNEL_GENERATOR_DECODE_H_
#define GENLC_KERNEL_GENERATOR_DECODE_H_

#include "family/codegen/printer.h"
#include "kernel/generator/plan.h"

namespace genlc::kernel {

// The decoders of all nests, and the functions that read lists.
void EmitNestDecoders(Printer& p, const Plan& plan);

// The decoder of a request. `rejects`: see ExchangePlan.
void EmitRequestDecoder(Printer& p, const Composite& request, bool rejects);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_DECODE_H_
