// A spec held against the running kernel.
#ifndef GENLC_TOOLS_POLICY_VERIFY_H_
#define GENLC_TOOLS_POLICY_VERIFY_H_

#include "family/diag/reporter.h"
#include "family/model/family.h"
#include "genl/policy.h"

namespace genlc {

// What to report.
struct VerifyGroups {
  bool missing = true;  // GL15xx: the spec has it, the kernel does not
  bool unsaid = true;   // GL16xx: the kernel has it, the spec does not
  bool differs = true;  // GL17xx: both have it, and it is something else
  bool limits = true;   // GL18xx: other values or lengths are right
  bool notes = true;    // GL19xx: what the kernel does not say; no error
};

// Reports at its place in the spec what the kernel says otherwise of `family`, a generic one that
// is free of errors: operations, who may call them, groups, and for each request its attributes,
// their types and limits, inside of nests too. Of replies and notifications a kernel says nothing.
//
// Requests may share a policy in the kernel: the `do` and `dump` of an operation before 6.2, all of
// a family with a `kernel-policy` of `global`. What the spec lists for one of them may then be
// taken for all.
void Verify(const Family& family, const genl::FamilyPolicy& kernel, const VerifyGroups& groups,
            Reporter& reporter);

// Says that there is nothing to hold a family of classic netlink against.
void VerifyClassic(const Family& family, const VerifyGroups& groups, Reporter& reporter);

}  // namespace genlc

#endif  // GENLC_TOOLS_POLICY_VERIFY_H_
