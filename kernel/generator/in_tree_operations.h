// Operations as the kernel's own generator writes them: their policies, the table that the family
// points at, and what is called through it.
//
// A family says by `kernel-policy` which table it has: one entry for each of `do` and `dump` with
// a policy of its own (split), one for each operation (per-op), or small ones, which leave the
// policy to the family (global). Tables of levels other than genetlink belong to a family that
// is written by hand: they are declared in the header.
#ifndef GENLC_KERNEL_GENERATOR_IN_TREE_OPERATIONS_H_
#define GENLC_KERNEL_GENERATOR_IN_TREE_OPERATIONS_H_

#include "family/codegen/printer.h"
#include "family/model/family.h"

namespace genlc::kernel {

// Whether the generated source defines the family too.
bool HasInTreeFamily(const Family& family);

// Of the header: policies and the table, where others see them, then hooks and callbacks.
void EmitInTreeDeclarations(Printer& p, const Family& family);

// Of the source.
void EmitInTreeOperationPolicies(Printer& p, const Family& family);
void EmitInTreeOperationTable(Printer& p, const Family& family);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_IN_TREE_OPERATIONS_H_
