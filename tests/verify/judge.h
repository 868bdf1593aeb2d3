// The old spec of a case is that of the kernel's module, the new one is held against it.
#ifndef GENLC_TESTS_VERIFY_JUDGE_H_
#define GENLC_TESTS_VERIFY_JUDGE_H_

#include "family/diag/reporter.h"
#include "family/model/family.h"

namespace genlc {

void VerifyByKernel(const Family& kernel, const Family& spec, Reporter& reporter);

}  // namespace genlc

#endif  // GENLC_TESTS_VERIFY_JUDGE_H_
