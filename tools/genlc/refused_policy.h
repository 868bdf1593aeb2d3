// What the running kernel accepts where it has refused something.
#ifndef GENLC_TOOLS_GENLC_REFUSED_POLICY_H_
#define GENLC_TOOLS_GENLC_REFUSED_POLICY_H_

#include <string>

#include "absl/status/status.h"
#include "genl/dynamic/exchange.h"

namespace genlc {

// "policy: the kernel takes `pen.width` as u32 from 1 to 90", a line about the attribute that
// `refusal` names or misses. Empty where it names none.
std::string RefusedPolicy(const genl::RawRequest& request, const absl::Status& refusal,
                          const genl::ConnectOptions& options);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_REFUSED_POLICY_H_
