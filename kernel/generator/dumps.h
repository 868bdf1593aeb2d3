// The callbacks of a dump: start, the calls for one message each, done.
#ifndef GENLC_KERNEL_GENERATOR_DUMPS_H_
#define GENLC_KERNEL_GENERATOR_DUMPS_H_

#include "family/codegen/printer.h"
#include "kernel/generator/plan.h"

namespace genlc::kernel {

// Whether a dump has anything to do before its first message.
bool HasStart(const OperationPlan& operation);
// Whether the hook at its end is called by generated code, not by the core itself.
bool HasDone(const OperationPlan& operation);

// The function with which a handler puts an object.
void EmitDumpPut(Printer& p, const Plan& plan, const OperationPlan& operation);
void EmitDumpCallbacks(Printer& p, const Plan& plan, const OperationPlan& operation);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_DUMPS_H_
