// The service of a family.
#ifndef GENLC_USERSPACE_GENERATOR_SERVICE_H_
#define GENLC_USERSPACE_GENERATOR_SERVICE_H_

#include "family/codegen/printer.h"
#include "userspace/generator/plan.h"

namespace genlc::cpp {

// For its header, and for its source.
void EmitServiceClass(Printer& p, const Plan& plan);
void EmitServiceTables(Printer& p, const Plan& plan);

}  // namespace genlc::cpp

#endif  // GENLC_USERSPACE_GENERATOR_SERVICE_H_
