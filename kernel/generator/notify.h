// Typed senders of notifications and events, and the groups that they go to.
#ifndef GENLC_KERNEL_GENERATOR_NOTIFY_H_
#define GENLC_KERNEL_GENERATOR_NOTIFY_H_

#include "family/codegen/printer.h"
#include "kernel/generator/plan.h"

namespace genlc::kernel {

// The indices of the groups, which senders and the table share.
void EmitGroupIndices(Printer& p, const Plan& plan);
// Where messages wait that cannot be sent at once, if there are any to send.
void EmitOutbox(Printer& p, const Plan& plan);
void EmitSenders(Printer& p, const Plan& plan);
void EmitGroupTable(Printer& p, const Plan& plan);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_NOTIFY_H_
