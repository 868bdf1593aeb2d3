// What a family with a netlink protocol of its own has in the place of a struct genl_family.
#ifndef GENLC_KERNEL_GENERATOR_CLASSIC_H_
#define GENLC_KERNEL_GENERATOR_CLASSIC_H_

#include "family/codegen/printer.h"
#include "kernel/generator/plan.h"

namespace genlc::kernel {

// The functions by which the core calls the family, which it knows by its protocol alone.
void EmitClassicEntries(Printer& p, const Plan& plan);

// The groups, and who may join them; nothing where there are none.
void EmitClassicGroups(Printer& p, const Family& family);

// The family, of kernel/runtime/genlc_classic.h.
void EmitClassicFamily(Printer& p, const Plan& plan);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_CLASSIC_H_
