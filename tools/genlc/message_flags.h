// The flags of netlink messages in words, those of linux/netlink.h behind NLM_F_.
#ifndef GENLC_TOOLS_GENLC_MESSAGE_FLAGS_H_
#define GENLC_TOOLS_GENLC_MESSAGE_FLAGS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "genl/request_flags.h"

namespace genlc {

// A command line's flags of a request: "create,excl".
struct RequestFlagWords {
  genl::RequestFlags flags = {};
};

bool AbslParseFlag(absl::string_view text, RequestFlagWords* to, std::string* error);

// What a message is, as far as it decides which flags a number means.
enum class FlagUse { kMake, kGet, kDelete, kAnswer };

// "request", "ack", "dump"; a bit without a name as "0x4000".
std::vector<std::string> FlagWords(uint16_t flags, FlagUse use);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_MESSAGE_FLAGS_H_
