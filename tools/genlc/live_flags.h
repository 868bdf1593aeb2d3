// How live commands reach the kernel.
#ifndef GENLC_TOOLS_GENLC_LIVE_FLAGS_H_
#define GENLC_TOOLS_GENLC_LIVE_FLAGS_H_

#include <string>

#include "absl/strings/match.h"
#include "genl/client.h"
#include "genl/network_namespace.h"
#include "tools/genlc/environment.h"
#include "tools/genlc/flags.h"

namespace genlc {

// --netns: whose kernel side answers.
class NetworkNamespace {
 public:
  // This object outlives it.
  Flag flag() {
    return {"netns", "NAME", "ask in this network namespace of `ip netns`, or that of a file",
            &name_};
  }

  // How a live command reaches the kernel.
  genl::ConnectOptions Options(const Environment& env) const {
    genl::ConnectOptions options{.transport = env.kernel()};
    if (absl::StrContains(name_, '/')) {
      options.network_namespace = genl::NetworkNamespace::File(name_);
    } else if (!name_.empty()) {
      options.network_namespace = genl::NetworkNamespace::Named(name_);
    }
    return options;
  }

 private:
  std::string name_;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_LIVE_FLAGS_H_
