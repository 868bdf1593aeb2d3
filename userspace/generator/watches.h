// Prints what is generated for each watch.
#ifndef GENLC_USERSPACE_GENERATOR_WATCHES_H_
#define GENLC_USERSPACE_GENERATOR_WATCHES_H_

#include "family/codegen/printer.h"
#include "userspace/generator/plan.h"

namespace genlc::cpp {

// In the header: among the operations, behind them, and in the client's class.
void EmitWatchDeclarations(Printer& p, const Plan& plan);
void EmitWatches(Printer& p, const Plan& plan);
void EmitWatchMethod(Printer& p, const CppWatch& watch);
// In the source: among the tables, and among the operations.
void EmitWatchTables(Printer& p, const Plan& plan);
void EmitWatchRows(Printer& p, const Plan& plan);

}  // namespace genlc::cpp

#endif  // GENLC_USERSPACE_GENERATOR_WATCHES_H_
