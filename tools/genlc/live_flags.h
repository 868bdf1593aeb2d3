// Flags that live commands have in common.
#ifndef GENLC_TOOLS_GENLC_LIVE_FLAGS_H_
#define GENLC_TOOLS_GENLC_LIVE_FLAGS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "genl/json/json.h"
#include "tools/genlc/environment.h"
#include "tools/genlc/flags.h"

namespace genlc {

// --pretty: how JSON is printed.
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

// --netns: whose kernel side answers.
class NetworkNamespace {
 public:
  // This object outlives it.
  Flag flag() {
    return {"netns", "NAME", "ask in this network namespace of `ip netns`, or that of a file",
            &name_};
  }

  // Before a socket is opened.
  absl::Status Enter(Environment& env) const {
    if (name_.empty()) return absl::OkStatus();
    const absl::Status status = env.EnterNamespace(name_);
    if (status.ok()) return status;
    return absl::Status(status.code(), absl::StrCat("cannot enter the network namespace `", name_,
                                                    "`: ", status.message()));
  }

 private:
  std::string name_;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_LIVE_FLAGS_H_
