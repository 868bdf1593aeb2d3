// Appends JSON to a text, piece by piece.
#ifndef GENL_JSON_PRINTER_H_
#define GENL_JSON_PRINTER_H_

#include <string>

#include "absl/strings/string_view.h"

namespace genl {

class JsonPrinter {
 public:
  // `pretty`: a line for each member, indented by two spaces; else one line in all.
  JsonPrinter(std::string& out, bool pretty) : out_(out), pretty_(pretty) {}

  void BeginObject() { Begin('{'); }
  void EndObject() { End('}'); }
  void BeginArray() { Begin('['); }
  void EndArray() { End(']'); }

  // Of the value that follows.
  void Key(absl::string_view name);

  void String(absl::string_view utf8);
  // A number, true, false or null.
  void Literal(absl::string_view text);

 private:
  void Begin(char bracket);
  void End(char bracket);
  void Separate(bool new_line);
  void NewLine();
  void Quoted(absl::string_view utf8);

  std::string& out_;
  const bool pretty_;
  int depth_ = 0;
  bool first_ = true;  // nothing stands in this object or array yet
  bool after_key_ = false;
  bool on_lines_ = false;  // the last value closed is one that took several lines
};

}  // namespace genl

#endif  // GENL_JSON_PRINTER_H_
