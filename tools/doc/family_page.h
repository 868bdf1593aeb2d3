// The documentation of a family.
#ifndef GENLC_TOOLS_DOC_FAMILY_PAGE_H_
#define GENLC_TOOLS_DOC_FAMILY_PAGE_H_

#include "family/model/family.h"
#include "tools/doc/document.h"
#include "userspace/generator/plan.h"

namespace genlc {

// `plan` has the names of the C++ client for the same family.
Document FamilyPage(const Family& family, const cpp::Plan& plan);

}  // namespace genlc

#endif  // GENLC_TOOLS_DOC_FAMILY_PAGE_H_
