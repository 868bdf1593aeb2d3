// What decoders need besides the attributes of one struct: the elements of arrays, the lists that
// handlers read, nests whose types are values, and the lengths that a policy cannot hold.
#ifndef GENLC_KERNEL_GENERATOR_DECODE_LISTS_H_
#define GENLC_KERNEL_GENERATOR_DECODE_LISTS_H_

#include "family/codegen/printer.h"
#include "kernel/generator/plan.h"

namespace genlc::kernel {

// `if (err)` / `return err;`
void EmitReturnOnError(Printer& p);

// Lengths that the policy leaves open. `attr` is an element where the list is an array.
void EmitLengthChecks(Printer& p, const Member& member);

// The function that checks an integer where its policy cannot; `depth` tabs indent it.
void EmitValidation(Printer& p, const Member& member, int depth);

// The functions that check the elements of the arrays in a struct.
void EmitArrayDecoders(Printer& p, const Composite& composite);

// The decoder of an element of a nest-type-value. Each has a path of its own: what is nested in
// one of its levels is one attribute.
void EmitLevelsDecoder(Printer& p, const Family& family, const Composite& composite,
                       absl::string_view qualifiers);

// The functions by which handlers read lists, each once.
void EmitListReaders(Printer& p, const Plan& plan);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_DECODE_LISTS_H_
