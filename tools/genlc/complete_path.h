// What can stand in a `path=value` argument of a request.
#ifndef GENLC_TOOLS_GENLC_COMPLETE_PATH_H_
#define GENLC_TOOLS_GENLC_COMPLETE_PATH_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "genl/table.h"

namespace genlc {

// What `word`, an argument that is not finished, could become: "threshold.", "id=", "muted",
// "color=red", "habits=swims,flies". `arguments`, the finished ones, choose the formats of
// sub-messages. Some results may not begin with `word`.
std::vector<std::string> CompletePath(const genl::MessageTable& message,
                                      const std::vector<std::string>& arguments,
                                      absl::string_view word);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_COMPLETE_PATH_H_
