// What one looks up in a spec, as text for a terminal.
#ifndef GENLC_TOOLS_GENLC_DESCRIPTION_H_
#define GENLC_TOOLS_GENLC_DESCRIPTION_H_

#include <string>

#include "family/model/family.h"

namespace genlc {

// The operations, notifications and groups, a line each.
std::string DescribeFamily(const Family& family);

// Each message as a tree of attributes, and the enumerations in it that are too long for a line.
std::string DescribeOperation(const Family& family, const Operation& operation);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_DESCRIPTION_H_
