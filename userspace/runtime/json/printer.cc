#include "genl/json/printer.h"

#include "absl/strings/str_cat.h"

namespace genl {

void JsonPrinter::NewLine() {
  if (!pretty_) return;
  out_.push_back('\n');
  out_.append(2 * static_cast<size_t>(depth_), ' ');
}

// What stands between a value and the one before it.
void JsonPrinter::Separate(bool new_line) {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (!first_) out_.push_back(',');
  if (new_line && depth_ > 0) {
    NewLine();
  } else if (pretty_ && !first_) {
    out_.push_back(' ');
  }
}

void JsonPrinter::Begin(char bracket) {
  Separate(bracket == '{');
  out_.push_back(bracket);
  ++depth_;
  first_ = true;
  on_lines_ = false;
}

void JsonPrinter::End(char bracket) {
  --depth_;
  // Arrays of plain values stay on one line.
  const bool lines = !first_ && (bracket == '}' || on_lines_);
  if (lines) NewLine();
  out_.push_back(bracket);
  first_ = false;
  on_lines_ = lines || bracket == '}';
}

void JsonPrinter::Key(absl::string_view name) {
  Separate(/*new_line=*/true);
  Quoted(name);
  out_.append(pretty_ ? ": " : ":");
  first_ = false;
  after_key_ = true;
}

void JsonPrinter::String(absl::string_view utf8) {
  Separate(/*new_line=*/false);
  Quoted(utf8);
  first_ = false;
  on_lines_ = false;
}

void JsonPrinter::Literal(absl::string_view text) {
  Separate(/*new_line=*/false);
  absl::StrAppend(&out_, text);
  first_ = false;
  on_lines_ = false;
}

void JsonPrinter::Quoted(absl::string_view utf8) {
  constexpr absl::string_view kMeanings = "\"\\\b\f\n\r\t";
  constexpr absl::string_view kLetters = "\"\\bfnrt";
  out_.push_back('"');
  for (const char c : utf8) {
    const size_t letter = kMeanings.find(c);
    if (letter != kMeanings.npos) {
      out_.push_back('\\');
      out_.push_back(kLetters[letter]);
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      absl::StrAppend(&out_, "\\u", absl::Hex(static_cast<unsigned char>(c), absl::kZeroPad4));
    } else {
      out_.push_back(c);
    }
  }
  out_.push_back('"');
}

}  // namespace genl
