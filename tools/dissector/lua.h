// Pieces of Lua.
#ifndef GENLC_TOOLS_DISSECTOR_LUA_H_
#define GENLC_TOOLS_DISSECTOR_LUA_H_

#include <cstdint>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace genlc::dissector {

inline std::string Quoted(absl::string_view text) {
  return absl::StrCat("\"", absl::CHexEscape(text), "\"");
}

// `{ name = "id", type = "u32" }`
class Row {
 public:
  Row& Add(absl::string_view key, absl::string_view value) { return AddCode(key, Quoted(value)); }
  Row& Add(absl::string_view key, uint32_t value) { return AddCode(key, absl::StrCat(value)); }
  Row& AddCode(absl::string_view key, absl::string_view code) {
    absl::StrAppend(&members_, members_.empty() ? " " : ", ", key, " = ", code);
    return *this;
  }

  std::string text() const { return absl::StrCat("{", members_, " }"); }

 private:
  std::string members_;
};

}  // namespace genlc::dissector

#endif  // GENLC_TOOLS_DISSECTOR_LUA_H_
