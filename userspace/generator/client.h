// The client of a family.
#ifndef GENLC_USERSPACE_GENERATOR_CLIENT_H_
#define GENLC_USERSPACE_GENERATOR_CLIENT_H_

#include "family/codegen/printer.h"
#include "userspace/generator/plan.h"

namespace genlc::cpp {

// For the header: groups, the variant of events, the operations, the class.
void EmitEvents(Printer& p, const Plan& plan);
void EmitOperations(Printer& p, const Plan& plan);
void EmitClientClass(Printer& p, const Plan& plan);

// For the source.
void EmitEnumNames(Printer& p, const Plan& plan);
void EmitMethods(Printer& p, const Plan& plan);

}  // namespace genlc::cpp

#endif  // GENLC_USERSPACE_GENERATOR_CLIENT_H_
