// JSON text as a tree that knows where in the text each part stands, so that whoever reads
// the tree can point at what is wrong.
//
//   genl::JsonError error;
//   std::optional<genl::JsonNode> root = genl::ParseJson(text, error);
//
// The grammar is RFC 8259 and nothing beyond; besides, texts must be UTF-8 without lone
// surrogates, no member may stand twice and nothing may be nested deeper than kMaxJsonDepth.
#ifndef GENL_JSON_TREE_H_
#define GENL_JSON_TREE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace genl {

inline constexpr int kMaxJsonDepth = 100;

// A piece of the text, in bytes.
struct JsonPlace {
  size_t offset = 0;
  size_t length = 0;
};

struct JsonNode {
  enum class Type : uint8_t {
    kNull,
    kBool,
    kNumber,
    kString,
    kArray,
    kObject,
    kWord,  // never in JSON: a value of a command line, whose type its attribute decides
  };

  Type type = Type::kNull;
  bool boolean = false;
  // From a command line: a single value may stand for an array of one.
  bool loose = false;
  // What a string says, escapes resolved; a number as it is written; a word.
  std::string text = {};
  JsonPlace place = {};
  std::string name = {};  // of a member of an object
  JsonPlace name_place = {};
  std::vector<JsonNode> children = {};  // elements or members, in their order
};

struct JsonError {
  std::string text;
  JsonPlace place;
};

// `base` is added to every place: for text that is itself a part of something longer.
std::optional<JsonNode> ParseJson(absl::string_view text, JsonError& error, size_t base = 0);

// Where the attribute with this path stands, `threshold[1].hysteresis`, or the innermost
// thing around it that the tree has; nothing where it has not even the first step.
std::optional<JsonPlace> FindPath(const JsonNode& root, absl::string_view path);

// How many bytes the character at the start of `text` has; 0: the bytes are not UTF-8.
size_t Utf8Length(absl::string_view text);
bool IsUtf8(absl::string_view text);

}  // namespace genl

#endif  // GENL_JSON_TREE_H_
