// A family's enumerations, structures, attribute sets and sub-messages as tables of Lua.
#ifndef GENLC_TOOLS_DISSECTOR_TABLES_H_
#define GENLC_TOOLS_DISSECTOR_TABLES_H_

#include "family/codegen/printer.h"
#include "family/diag/reporter.h"
#include "family/model/family.h"

namespace genlc::dissector {

// Reports the values that Lua, whose numbers are doubles, cannot hold; false where there is one.
bool CheckExpressible(const Family& family, Reporter& reporter);

void EmitTables(Printer& printer, const Family& family);

}  // namespace genlc::dissector

#endif  // GENLC_TOOLS_DISSECTOR_TABLES_H_
