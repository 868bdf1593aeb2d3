#include <cctype>
#include <cstring>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tools/capture/capture.h"

namespace genlc {
namespace {

bool IsHex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

// The bytes of a line without what programs print beside them: `00000010: 1c00 0500  ....` of xxd,
// `00000010  1c 00 05 00  |....|` of hexdump.
absl::string_view WithoutColumns(absl::string_view line) {
  line = line.substr(0, line.find('|'));
  // The declaration of an array.
  const size_t brace = line.find('{');
  if (brace != line.npos) line = line.substr(brace + 1);
  size_t digits = 0;
  while (digits < line.size() && IsHex(line[digits])) ++digits;
  const absl::string_view rest = line.substr(digits);
  if (digits > 0 && rest.substr(0, 1) == ":") {
    line = absl::StripPrefix(rest.substr(1), " ");
    return line.substr(0, line.find("  "));
  }
  // The last line of hexdump is an offset alone.
  if (digits == 8 && rest.substr(0, 2) == "  ") return rest;
  return line;
}

// One message, and nothing else.
bool IsMessage(const std::string& bytes) {
  uint32_t length = 0;
  if (bytes.size() < 16) return false;
  std::memcpy(&length, bytes.data(), sizeof length);
  return length == bytes.size() || ((length + 3) & ~3u) == bytes.size();
}

class Reader {
 public:
  void Read(absl::string_view line) {
    ++line_;
    const bool dump = WithoutColumns(line) != line;
    const std::string digits = absl::StrReplaceAll(WithoutColumns(line), {{"0x", ""},
                                                                          {"\\x", ""},
                                                                          {" ", ""},
                                                                          {"\t", ""},
                                                                          {"\r", ""},
                                                                          {",", ""},
                                                                          {"{", ""},
                                                                          {"}", ""},
                                                                          {";", ""},
                                                                          {"\"", ""}});
    if (digits.empty() || line.substr(0, 1) == "#") return End();
    if (in_dump_ && !dump && digits.size() == 8) return End();
    in_dump_ = dump;
    for (const char c : digits) {
      if (IsHex(c)) continue;
      return Problem(absl::StrCat("`", std::string(1, c), "` is no hexadecimal digit"));
    }
    if (digits.size() % 2 != 0) return Problem("an odd number of hexadecimal digits");
    const std::string bytes = absl::HexStringToBytes(digits);
    const bool whole = !dump && IsMessage(bytes);
    if (whole) End();
    if (bytes_.empty()) place_ = absl::StrCat("line ", line_);
    bytes_ += bytes;
    if (whole) End();
  }

  Capture Take() {
    End();
    return std::move(capture_);
  }

 private:
  void End() {
    in_dump_ = false;
    if (bytes_.empty()) return;
    capture_.packets.push_back({.place = place_, .bytes = std::move(bytes_)});
    bytes_.clear();
  }
  void Problem(absl::string_view what) {
    capture_.problems.push_back(absl::StrCat("line ", line_, ": ", what));
  }

  int line_ = 0;
  bool in_dump_ = false;
  std::string place_;
  std::string bytes_;
  Capture capture_;
};

}  // namespace

Capture ReadHex(absl::string_view input) {
  Reader reader;
  for (const absl::string_view line : absl::StrSplit(input, '\n')) reader.Read(line);
  return reader.Take();
}

}  // namespace genlc
