// What the kernel side cannot be made of, reported where the spec says it.
#ifndef GENLC_KERNEL_GENERATOR_EXPRESSIBLE_H_
#define GENLC_KERNEL_GENERATOR_EXPRESSIBLE_H_

#include "family/diag/reporter.h"
#include "family/model/family.h"

namespace genlc::kernel {

// False, with diagnostics, where the uAPI header would not say what the spec does.
bool CheckUapi(const Family& family, Reporter& reporter);

// The same for the in-tree style.
bool CheckInTree(const Family& family, Reporter& reporter);

// And for the module style.
bool CheckModule(const Family& family, Reporter& reporter);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_EXPRESSIBLE_H_
