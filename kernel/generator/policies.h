// Policies of a module: everything that the kernel can check before a handler runs.
//
// They stand on forms that all kernels from 5.10 on know; what those cannot say (integers
// of varying width, byte orders, enumerations with gaps) is checked by the decoder.
#ifndef GENLC_KERNEL_GENERATOR_POLICIES_H_
#define GENLC_KERNEL_GENERATOR_POLICIES_H_

#include <string>
#include <vector>

#include "family/codegen/printer.h"
#include "kernel/generator/plan.h"

namespace genlc::kernel {

// The initializer of an attribute's policy: `{ .type = NLA_U32 }`, `NLA_POLICY_MAX(...)`.
std::string Policy(const Family& family, const Attribute& attribute);

// thermo_location_policy, thermo_nl_sensor_get_policy
std::string PolicyName(const Family& family, const AttributeSet& set);
std::string PolicyName(const Plan& plan, const OperationPlan& operation);
// The highest number in the policy of a nest: TORTURE_A_LEAF_TEXT.
std::string PolicyEnd(const AttributeSet& set);
// What that policy of an operation, or of all, lets in.
const std::vector<const Attribute*>& PolicyAttributes(const Plan& plan,
                                                      const OperationPlan& operation);

// The policies of all nests in requests.
void EmitNestPolicies(Printer& p, const Plan& plan);
// The policy of all operations, where they share one.
void EmitGlobalPolicy(Printer& p, const Plan& plan);
// The policy of one operation, for both its sides; nothing where it takes no attributes or
// has none of its own.
void EmitOperationPolicy(Printer& p, const Plan& plan, const OperationPlan& operation);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_POLICIES_H_
