// What a kernel says of the limits of an attribute, made from a table.
#ifndef GENL_ATTRIBUTE_POLICY_H_
#define GENL_ATTRIBUTE_POLICY_H_

#include "genl/extack.h"
#include "genl/policy.h"
#include "genl/table.h"

namespace genl {

// As the policy of a generated module has it and net/netlink/policy.c tells it; `nested` is left
// open.
AttributePolicy PolicyOf(const Attribute& attribute);

// The same as the kernel sends it.
PolicyInfo InfoOf(const AttributePolicy& policy);

}  // namespace genl

#endif  // GENL_ATTRIBUTE_POLICY_H_
