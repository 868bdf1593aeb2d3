#include "genl/json/tree.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "genl/json/values.h"

namespace genl {
namespace {

void AppendUtf8(uint32_t code, std::string& to) {
  const auto put = [&to](uint32_t byte) { to.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
    return;
  }
  if (code < 0x800) {
    put(0xc0 | code >> 6);
  } else if (code < 0x10000) {
    put(0xe0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3f));
  } else {
    put(0xf0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3f));
    put(0x80 | (code >> 6 & 0x3f));
  }
  put(0x80 | (code & 0x3f));
}

class Parser {
 public:
  Parser(absl::string_view text, size_t base, JsonError& error)
      : text_(text), base_(base), error_(error) {}

  bool Document(JsonNode& node) {
    if (!Value(node, 0)) return false;
    SkipSpace();
    return at_ == text_.size() || Fail("nothing more is expected here", at_, text_.size() - at_);
  }

 private:
  bool Value(JsonNode& node, int depth);
  bool Object(JsonNode& node, int depth);
  bool Member(JsonNode& member, int depth);
  bool Array(JsonNode& node, int depth);
  bool Number(JsonNode& node);
  bool Literal(JsonNode& node);
  bool String(std::string& to, JsonPlace& place);
  bool Escape(std::string& to);
  bool CodePoint(size_t start, std::string& to);
  std::optional<uint32_t> FourDigits();

  bool SkipDigits();
  void SkipSpace();
  bool Accept(char c);
  JsonPlace Since(size_t start) const { return {base_ + start, at_ - start}; }
  bool Fail(std::string text, size_t offset, size_t length = 1) {
    error_ = {std::move(text), {base_ + offset, length}};
    return false;
  }

  const absl::string_view text_;
  const size_t base_;
  JsonError& error_;
  size_t at_ = 0;
};

void Parser::SkipSpace() {
  while (at_ < text_.size() && absl::StrContains(" \t\n\r", text_[at_])) ++at_;
}

// Also skips the space before it.
bool Parser::Accept(char c) {
  SkipSpace();
  if (at_ == text_.size() || text_[at_] != c) return false;
  ++at_;
  return true;
}

bool Parser::Value(JsonNode& node, int depth) {
  SkipSpace();
  if (at_ == text_.size()) return Fail("a value is expected", at_);
  if (depth > kMaxJsonDepth) return Fail("values stand too deep in each other", at_);
  const size_t start = at_;
  bool ok = false;
  switch (text_[at_]) {
    case '{': ok = Object(node, depth); break;
    case '[': ok = Array(node, depth); break;
    case '"':
      node.type = JsonNode::Type::kString;
      ok = String(node.text, node.place);
      break;
    default: ok = Literal(node); break;
  }
  if (ok) node.place = Since(start);
  return ok;
}

bool Parser::Object(JsonNode& node, int depth) {
  node.type = JsonNode::Type::kObject;
  ++at_;
  if (Accept('}')) return true;
  absl::flat_hash_set<std::string> names;
  do {
    JsonNode& member = node.children.emplace_back();
    if (!Member(member, depth)) return false;
    if (!names.insert(member.name).second) {
      return Fail(absl::StrCat("`", member.name, "` stands twice in this object"),
                  member.name_place.offset - base_, member.name_place.length);
    }
  } while (Accept(','));
  return Accept('}') || Fail("a comma or `}` is expected", at_);
}

bool Parser::Member(JsonNode& member, int depth) {
  SkipSpace();
  if (at_ == text_.size() || text_[at_] != '"') return Fail("a name in quotes is expected", at_);
  if (!String(member.name, member.name_place)) return false;
  if (!Accept(':')) return Fail("a colon is expected", at_);
  return Value(member, depth + 1);
}

bool Parser::Array(JsonNode& node, int depth) {
  node.type = JsonNode::Type::kArray;
  ++at_;
  if (Accept(']')) return true;
  do {
    if (!Value(node.children.emplace_back(), depth + 1)) return false;
  } while (Accept(','));
  return Accept(']') || Fail("a comma or `]` is expected", at_);
}

bool Parser::Literal(JsonNode& node) {
  const size_t start = at_;
  if (text_[at_] == '-' || absl::ascii_isdigit(static_cast<unsigned char>(text_[at_]))) {
    return Number(node);
  }
  while (at_ < text_.size() && absl::ascii_isalnum(static_cast<unsigned char>(text_[at_]))) ++at_;
  const absl::string_view word = text_.substr(start, at_ - start);
  if (word == "null") {
    node.type = JsonNode::Type::kNull;
  } else if (word == "true" || word == "false") {
    node.type = JsonNode::Type::kBool;
    node.boolean = word == "true";
  } else {
    return Fail(word.empty() ? "a value is expected" : "a value is expected; texts are in quotes",
                start, std::max<size_t>(word.size(), 1));
  }
  return true;
}

// At least one.
bool Parser::SkipDigits() {
  const size_t start = at_;
  while (at_ < text_.size() && absl::ascii_isdigit(static_cast<unsigned char>(text_[at_]))) ++at_;
  return at_ > start || Fail("a digit is expected", at_);
}

bool Parser::Number(JsonNode& node) {
  node.type = JsonNode::Type::kNumber;
  const auto next_is = [this](absl::string_view any) {
    return at_ < text_.size() && absl::StrContains(any, text_[at_]);
  };
  const size_t start = at_;
  if (next_is("-")) ++at_;
  const size_t digits = at_;
  if (!SkipDigits()) return false;
  if (at_ > digits + 1 && text_[digits] == '0') {
    return Fail("a number does not begin with 0", start, at_ - start);
  }
  if (next_is(".")) {
    ++at_;
    if (!SkipDigits()) return false;
  }
  if (next_is("eE")) {
    ++at_;
    if (next_is("+-")) ++at_;
    if (!SkipDigits()) return false;
  }
  node.text = std::string(text_.substr(start, at_ - start));
  return true;
}

bool Parser::String(std::string& to, JsonPlace& place) {
  const size_t start = at_++;
  for (;;) {
    if (at_ == text_.size()) return Fail("the text does not end", start, at_ - start);
    const unsigned char c = static_cast<unsigned char>(text_[at_]);
    if (c == '"') break;
    if (c == '\\') {
      if (!Escape(to)) return false;
      continue;
    }
    if (c < 0x20) return Fail("a control character stands in a text", at_);
    const size_t length = Utf8Length(text_.substr(at_));
    if (length == 0) return Fail("these bytes are not UTF-8", at_);
    to.append(text_.data() + at_, length);
    at_ += length;
  }
  ++at_;
  place = Since(start);
  return true;
}

bool Parser::Escape(std::string& to) {
  constexpr absl::string_view kLetters = "\"\\/bfnrt";
  constexpr absl::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const size_t start = at_++;
  if (at_ == text_.size()) return Fail("the text does not end", start);
  const char letter = text_[at_++];
  if (letter == 'u') return CodePoint(start, to);
  const size_t meaning = kLetters.find(letter);
  if (meaning == kLetters.npos) return Fail("no such escape", start, 2);
  to.push_back(kMeanings[meaning]);
  return true;
}

std::optional<uint32_t> Parser::FourDigits() {
  uint32_t value = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    const int digit = at_ < text_.size() ? HexDigit(text_[at_]) : -1;
    if (digit < 0) return std::nullopt;
    value = value << 4 | static_cast<uint32_t>(digit);
  }
  return value;
}

// Behind `\u`: one or, beyond 16 bits, two units of UTF-16.
bool Parser::CodePoint(size_t start, std::string& to) {
  const std::optional<uint32_t> first = FourDigits();
  if (!first) return Fail("four hexadecimal digits are expected", start, at_ - start);
  uint32_t code = *first;
  if (code >= 0xd800 && code < 0xe000) {
    std::optional<uint32_t> second;
    if (code < 0xdc00 && absl::StartsWith(text_.substr(at_), "\\u")) {
      at_ += 2;
      second = FourDigits();
    }
    if (!second || *second < 0xdc00 || *second >= 0xe000) {
      return Fail("half of a surrogate pair", start, at_ - start);
    }
    code = 0x10000 + ((code - 0xd800) << 10) + (*second - 0xdc00);
  }
  AppendUtf8(code, to);
  return true;
}

}  // namespace

std::optional<JsonNode> ParseJson(absl::string_view text, JsonError& error, size_t base) {
  JsonNode node;
  if (!Parser(text, base, error).Document(node)) return std::nullopt;
  return node;
}

namespace {

// The step at the start of `path`, a name or an index in brackets; taken off the path.
absl::string_view TakeStep(absl::string_view& path) {
  absl::ConsumePrefix(&path, ".");
  const size_t end = std::min(path.find_first_of(".[", 1), path.size());
  const absl::string_view step = path.substr(0, end);
  path.remove_prefix(end);
  return step;
}

const JsonNode* ChildAt(const JsonNode& node, absl::string_view step) {
  size_t index = 0;
  if (absl::ConsumePrefix(&step, "[")) {
    if (node.type != JsonNode::Type::kArray) return node.loose ? &node : nullptr;
    const bool ok = absl::ConsumeSuffix(&step, "]") && absl::SimpleAtoi(step, &index);
    return ok && index < node.children.size() ? &node.children[index] : nullptr;
  }
  for (const JsonNode& child : node.children) {
    if (child.name == step) return &child;
  }
  return nullptr;
}

}  // namespace

std::optional<JsonPlace> FindPath(const JsonNode& root, absl::string_view path) {
  const JsonNode* node = &root;
  while (!path.empty()) {
    const JsonNode* child = ChildAt(*node, TakeStep(path));
    if (child == nullptr) break;
    node = child;
  }
  if (node == &root) return std::nullopt;
  return node->place;
}

size_t Utf8Length(absl::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [text](size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) < 0x80) return 1;
  const size_t length = byte(0) >= 0xf0 ? 4 : byte(0) >= 0xe0 ? 3 : 2;
  if (byte(0) < 0xc2 || byte(0) > 0xf4 || text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  // Longer than needed, a surrogate, or beyond the last character.
  if (byte(0) == 0xe0 && byte(1) < 0xa0) return 0;
  if (byte(0) == 0xed && byte(1) >= 0xa0) return 0;
  if (byte(0) == 0xf0 && byte(1) < 0x90) return 0;
  if (byte(0) == 0xf4 && byte(1) >= 0x90) return 0;
  return length;
}

bool IsUtf8(absl::string_view text) {
  while (!text.empty()) {
    const size_t length = Utf8Length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace genl
