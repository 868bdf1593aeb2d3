// Constants, enumerations, structs and variants of the generated header.
#ifndef GENLC_USERSPACE_GENERATOR_TYPES_H_
#define GENLC_USERSPACE_GENERATOR_TYPES_H_

#include "family/codegen/printer.h"
#include "userspace/generator/plan.h"

namespace genlc::cpp {

void EmitConstants(Printer& p, const Plan& plan);
void EmitEnums(Printer& p, const Plan& plan);
void EmitStructs(Printer& p, const Plan& plan);

// `value` as C++ spells it; nothing is added where the plain digits will do.
std::string Literal(Integer value);

}  // namespace genlc::cpp

#endif  // GENLC_USERSPACE_GENERATOR_TYPES_H_
