// The tables of the generated source: what is on the wire, and where it is in the structs.
#ifndef GENLC_USERSPACE_GENERATOR_TABLES_H_
#define GENLC_USERSPACE_GENERATOR_TABLES_H_

#include <string>

#include "family/codegen/printer.h"
#include "userspace/generator/plan.h"

namespace genlc::cpp {

// A genl::Family: {"thermo", 1}.
std::string FamilyInitializer(const Family& family);

void EmitTables(Printer& p, const Plan& plan);

// The operations that the header declares.
void EmitOperationTables(Printer& p, const Plan& plan);

// Parts of the tables: what is on the wire, behind the enumerations, and where that is in the
// structs.
void EmitSetTables(Printer& p, const Plan& plan);
void EmitLayoutTables(Printer& p, const Plan& plan);

}  // namespace genlc::cpp

#endif  // GENLC_USERSPACE_GENERATOR_TABLES_H_
