// Policies as the kernel's own generator writes them, entry for entry.
//
// It derives them from the spec by rules of its own, which are kept here even where the
// module's policies (policies.h) do better: what is committed in the kernel has to come
// out again.
#ifndef GENLC_KERNEL_GENERATOR_IN_TREE_POLICIES_H_
#define GENLC_KERNEL_GENERATOR_IN_TREE_POLICIES_H_

#include <string>
#include <vector>

#include "family/codegen/printer.h"
#include "family/model/family.h"
#include "kernel/generator/usage.h"

namespace genlc::kernel {

// psp_keys: what the policy of a nested set is named after.
std::string InTreeSetName(const Family& family, const AttributeSet& set);

// `struct nla_policy psp_keys_nl_policy[PSP_A_KEYS_SPI + 1]` without the first word.
std::string InTreePolicyArray(const std::string& name,
                              const std::vector<const Attribute*>& attributes);

// `extern const struct nla_policy ...;`
std::string InTreePolicyDeclaration(const std::string& name,
                                    const std::vector<const Attribute*>& attributes);

// One policy table. `qualifiers`: "static const" or "const".
void EmitInTreePolicy(Printer& p, const Family& family, const std::string& qualifiers,
                      const std::string& name, const std::vector<const Attribute*>& attributes);

// The ranges and functions that policies refer to.
void EmitInTreeRanges(Printer& p, const Family& family, const Usage& usage);
void EmitInTreeValidators(Printer& p, const Family& family, const Usage& usage);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_IN_TREE_POLICIES_H_
