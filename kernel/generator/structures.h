// Binary structures: payloads and fixed headers that are laid out as C structs.
//
// They stand in the module's own header, packed, because the language has no padding but what a
// spec writes down; the uAPI header has none, as the kernel's own generator leaves them out. One
// that the spec finds in a header of the kernel (`header`) is taken from there.
#ifndef GENLC_KERNEL_GENERATOR_STRUCTURES_H_
#define GENLC_KERNEL_GENERATOR_STRUCTURES_H_

#include <string>

#include "family/codegen/printer.h"
#include "kernel/generator/plan.h"

namespace genlc::kernel {

// The definitions, for the module's header.
void EmitStructures(Printer& p, const Plan& plan);

// For its source: that the kernel's structs are as long as the spec's.
void EmitStructureSizes(Printer& p, const Plan& plan);

// `memcpy(header, ...)`: puts the fixed header of `value`, a pointer, into a message.
std::string CopyFixedHeader(const std::string& header, const std::string& value, int depth);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_STRUCTURES_H_
