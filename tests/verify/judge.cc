#include "tests/verify/judge.h"

#include "tests/verify/policy_of.h"
#include "tools/policy/verify.h"

namespace genlc {

void VerifyByKernel(const Family& kernel, const Family& spec, Reporter& reporter) {
  if (!spec.is_generic()) {
    VerifyClassic(spec, {}, reporter);
  } else {
    Verify(spec, PolicyOf(kernel), {}, reporter);
  }
}

}  // namespace genlc
