// The values in what strace prints.
#ifndef GENLC_TOOLS_CAPTURE_STRACE_SYNTAX_H_
#define GENLC_TOOLS_CAPTURE_STRACE_SYNTAX_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace genlc::strace {

struct Value {
  enum class Type { kWord, kString, kList, kStructure };

  Type type = Type::kWord;
  std::string name = {};  // of a member of a structure
  std::string text = {};  // a word as it is written; the bytes of a string
  bool cut = false;       // of a string: strace has printed only its beginning
  std::vector<Value> items = {};

  bool is_word() const { return type == Type::kWord; }
  bool is_string() const { return type == Type::kString; }
  // Null: a structure has no such member.
  const Value* Find(absl::string_view member) const;
};

// `recvmsg(3, {...}, 0) = 36`
struct Call {
  std::string name;
  std::vector<Value> arguments = {};
  std::string result = {};
};

// The call that stands in `text` from its beginning; nothing where it is no whole call.
std::optional<Call> ParseCall(absl::string_view text);

}  // namespace genlc::strace

#endif  // GENLC_TOOLS_CAPTURE_STRACE_SYNTAX_H_
