#include "tools/capture/strace_syntax.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace genlc::strace {
namespace {

// Deeper is nothing that strace prints.
constexpr int kMaxDepth = 50;

class Parser {
 public:
  explicit Parser(absl::string_view text) : rest_(text) {}

  std::optional<Call> ParseCall() {
    const size_t open = rest_.find('(');
    if (open == rest_.npos) return std::nullopt;
    Call call{.name = std::string(rest_.substr(0, open))};
    rest_.remove_prefix(open + 1);
    if (!Items(')', call.arguments)) return std::nullopt;
    rest_ = absl::StripLeadingAsciiWhitespace(rest_);
    if (!absl::ConsumePrefix(&rest_, "=")) return std::nullopt;
    call.result = std::string(absl::StripAsciiWhitespace(rest_));
    return call;
  }

 private:
  // Up to `close`, which is taken.
  bool Items(char close, std::vector<Value>& items) {
    if (++depth_ > kMaxDepth) return false;
    while (true) {
      rest_ = absl::StripLeadingAsciiWhitespace(rest_);
      if (rest_.empty()) return false;
      if (rest_[0] == close) break;
      if (!Item(items.emplace_back())) return false;
      Word();  // comments, and ` => value` of what a call has changed
      if (!rest_.empty() && rest_[0] == ',') rest_.remove_prefix(1);
    }
    rest_.remove_prefix(1);
    --depth_;
    return true;
  }

  bool Item(Value& item) {
    size_t length = 0;
    while (length < rest_.size() && (absl::ascii_isalnum(rest_[length]) || rest_[length] == '_')) {
      ++length;
    }
    if (length > 0 && length < rest_.size() && rest_[length] == '=') {
      item.name = std::string(rest_.substr(0, length));
      rest_.remove_prefix(length + 1);
    }
    if (absl::ConsumePrefix(&rest_, "\"")) return String(item);
    if (absl::ConsumePrefix(&rest_, "[")) return Compound(Value::Type::kList, ']', item);
    if (absl::ConsumePrefix(&rest_, "{")) return Compound(Value::Type::kStructure, '}', item);
    item.text = Word();
    // What stands here ends nothing that has begun.
    return !item.text.empty() || !item.name.empty();
  }

  bool Compound(Value::Type type, char close, Value& item) {
    item.type = type;
    return Items(close, item.items);
  }

  bool String(Value& item) {
    item.type = Value::Type::kString;
    while (!rest_.empty() && rest_[0] != '"') {
      const char c = rest_[0];
      rest_.remove_prefix(1);
      item.text.push_back(c == '\\' ? Escaped() : c);
    }
    if (!absl::ConsumePrefix(&rest_, "\"")) return false;
    item.cut = absl::ConsumePrefix(&rest_, "...");
    return true;
  }

  char Escaped() {
    if (absl::ConsumePrefix(&rest_, "x")) return Number(16, 2);
    if (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '7') return Number(8, 3);
    const char c = rest_.empty() ? '\\' : rest_[0];
    if (!rest_.empty()) rest_.remove_prefix(1);
    switch (c) {
      case 'n': return '\n';
      case 't': return '\t';
      case 'r': return '\r';
      case 'v': return '\v';
      case 'f': return '\f';
      default: return c;
    }
  }

  char Number(int base, size_t digits) {
    const std::string text(rest_.substr(0, digits));
    char* end = nullptr;
    const long value = std::strtol(text.c_str(), &end, base);
    rest_.remove_prefix(static_cast<size_t>(end - text.c_str()));
    return static_cast<char>(value);
  }

  // Up to what ends an item at this depth.
  std::string Word() {
    size_t inside = 0;
    bool quoted = false;
    size_t at = 0;
    for (; at < rest_.size(); ++at) {
      const char c = rest_[at];
      if (c == '"') quoted = !quoted;
      if (quoted) continue;
      if (c == '(' || c == '[' || c == '{') ++inside;
      const bool closes = c == ')' || c == ']' || c == '}';
      if (inside == 0 && (closes || c == ',')) break;
      if (closes) --inside;
    }
    std::string word(absl::StripAsciiWhitespace(rest_.substr(0, at)));
    rest_.remove_prefix(at);
    return word;
  }

  absl::string_view rest_;
  int depth_ = 0;
};

}  // namespace

const Value* Value::Find(absl::string_view member) const {
  for (const Value& item : items) {
    if (item.name == member) return &item;
  }
  return nullptr;
}

std::optional<Call> ParseCall(absl::string_view text) { return Parser(text).ParseCall(); }

}  // namespace genlc::strace
