// How live commands print JSON, and the flag for it.
#ifndef GENLC_TOOLS_GENLC_JSON_OUTPUT_H_
#define GENLC_TOOLS_GENLC_JSON_OUTPUT_H_

#include "genl/json/json.h"
#include "tools/genlc/environment.h"
#include "tools/genlc/flags.h"

namespace genlc {

class JsonOutput {
 public:
  // This object outlives it.
  Flag flag() { return {"pretty", "", "one member a line, as on a terminal", &pretty_}; }

  genl::JsonStyle style(const Environment& env) const {
    return pretty_ || env.terminal() ? genl::JsonStyle::kPretty : genl::JsonStyle::kCompact;
  }

 private:
  bool pretty_ = false;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_JSON_OUTPUT_H_
