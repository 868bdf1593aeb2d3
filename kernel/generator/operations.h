// What stands between the core and the handlers: one callback for each side of an
// operation, the functions by which handlers answer, and the table of all operations.
#ifndef GENLC_KERNEL_GENERATOR_OPERATIONS_H_
#define GENLC_KERNEL_GENERATOR_OPERATIONS_H_

#include "family/codegen/printer.h"
#include "kernel/generator/plan.h"

namespace genlc::kernel {

// The functions by which handlers reply and put objects of a dump.
void EmitReplyFunctions(Printer& p, const Plan& plan, const OperationPlan& operation);

// Policy, decoders and callbacks of one operation.
void EmitCallbacks(Printer& p, const Plan& plan, const OperationPlan& operation);

// Whether user space can ask for anything.
bool HasRequests(const Plan& plan);

// Whether the table is one of small operations: they take the policy of the family, and have
// neither begin nor end of a dump.
bool HasSmallTable(const Plan& plan);

void EmitOperationTable(Printer& p, const Plan& plan);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_OPERATIONS_H_
