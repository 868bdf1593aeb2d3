// Messages that strace shows in its own words, as the bytes that they were.
#ifndef GENLC_TOOLS_CAPTURE_STRACE_MESSAGE_H_
#define GENLC_TOOLS_CAPTURE_STRACE_MESSAGE_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "tools/capture/strace_syntax.h"

namespace genlc::strace {

// By the name that strace has for it, without NETLINK_: "ROUTE". -1: none.
int ProtocolByName(absl::string_view name);

// Numbers for the generic families that strace shows by name.
class FamilyNumbers {
 public:
  uint16_t Of(absl::string_view name);
  const std::map<uint16_t, std::string>& names() const { return names_; }

 private:
  std::map<uint16_t, std::string> names_;
};

// Appends the bytes of a buffer: of a string, or of messages whose payload strace has left as
// strings. False where it shows them in words only, or not to their end; what has been appended is
// then right as far as it goes.
bool AppendBytes(const Value& buffer, FamilyNumbers& families, std::string& to);

}  // namespace genlc::strace

#endif  // GENLC_TOOLS_CAPTURE_STRACE_MESSAGE_H_
