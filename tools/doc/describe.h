// The facts of attributes and operations in words.
#ifndef GENLC_TOOLS_DOC_DESCRIBE_H_
#define GENLC_TOOLS_DOC_DESCRIBE_H_

#include <string>

#include "family/model/family.h"

namespace genlc {

// "list of nest `threshold`", "big-endian u32"
std::string DescribeType(const Attribute& attribute);
// "big-endian u32", "6 bytes as mac", "struct `tc-ratespec`"
std::string DescribeType(const StructMember& member);

// "1 to 48", "at most 31 bytes", "`thermistor`, `thermocouple` or `infrared`"; empty where
// the type says all.
std::string DescribeLimits(const Attribute& attribute);

// Whether its entries are too many to stand in DescribeLimits(), which names the enumeration then.
bool IsLong(const Enum& enumeration);

// "told to CAP_NET_ADMIN in the initial user namespace"; empty: to everybody.
std::string DescribeAudience(const Attribute& attribute);

// Whether a message has the attribute: "required", "default 500", "always", or to whom a reply
// tells it; empty: it may.
// `required` is that of the field or, in a nest, of the attribute.
std::string DescribePresence(const Attribute& attribute, bool required, bool request);

// A value that the kernel would accept, as `genlc do` takes it: "1", "infrared", "text".
std::string SampleValue(const Attribute& attribute);

// "CAP_NET_ADMIN in the initial user namespace"; empty: anybody.
std::string DescribePermission(bool admin_perm, bool uns_admin_perm);

// "Only in kernels with `CONFIG_PAGE_POOL`."; empty: in all.
std::string DescribeCondition(const Operation& operation);

}  // namespace genlc

#endif  // GENLC_TOOLS_DOC_DESCRIBE_H_
