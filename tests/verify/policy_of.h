// What a kernel says of a family whose module genlc has made.
#ifndef GENLC_TESTS_VERIFY_POLICY_OF_H_
#define GENLC_TESTS_VERIFY_POLICY_OF_H_

#include "family/model/family.h"
#include "genl/policy.h"

namespace genlc {

// Both uses of an operation share a policy, as they do in modules. An operation without attributes
// has none.
genl::FamilyPolicy PolicyOf(const Family& family);

}  // namespace genlc

#endif  // GENLC_TESTS_VERIFY_POLICY_OF_H_
