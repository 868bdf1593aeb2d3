// The checks: what a family that could be resolved can still have wrong.
#ifndef GENLC_FAMILY_CHECK_CHECK_H_
#define GENLC_FAMILY_CHECK_CHECK_H_

#include "family/diag/reporter.h"
#include "family/model/family.h"

namespace genlc {

// Runs every rule and reports all that it finds: errors for what the kernel or the compiler of the
// generated code would refuse or misread, warnings for what the kernel's maintainers advise
// against. Links of the family may be missing where building it has reported them; warnings
// wait until the spec has no errors. False if there were errors here.
bool Check(const Family& family, Reporter& reporter);

// Further warnings, of a family without errors, which not everybody wants.
void CheckPedantic(const Family& family, Reporter& reporter);

}  // namespace genlc

#endif  // GENLC_FAMILY_CHECK_CHECK_H_
