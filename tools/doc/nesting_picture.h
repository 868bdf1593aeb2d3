// A picture of how the messages of a family and its attribute sets nest.
#ifndef GENLC_TOOLS_DOC_NESTING_PICTURE_H_
#define GENLC_TOOLS_DOC_NESTING_PICTURE_H_

#include <optional>

#include "family/model/family.h"
#include "tools/doc/document.h"

namespace genlc {

// Operations at the left, and what their messages contain to the right of them: each set
// stands in the first column that is behind all it is contained in. Null where nothing nests.
std::optional<Picture> NestingPicture(const Family& family);

}  // namespace genlc

#endif  // GENLC_TOOLS_DOC_NESTING_PICTURE_H_
