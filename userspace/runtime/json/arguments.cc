#include "genl/json/arguments.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace genl {
namespace {

using Type = JsonNode::Type;

class ArgumentParser {
 public:
  ArgumentParser(JsonNode& root, JsonError& error) : root_(root), error_(error) {}

  // `base`: where the argument stands.
  bool Add(absl::string_view argument, size_t base);

 private:
  bool Path(absl::string_view path, JsonNode*& node);
  bool Name(absl::string_view path, JsonNode*& node);
  bool Index(absl::string_view path, JsonNode*& node);
  bool Put(JsonNode* node, JsonNode value);
  bool Fail(std::string text, size_t offset, size_t length) {
    error_ = {std::move(text), {base_ + offset, length}};
    return false;
  }

  JsonNode& root_;
  JsonError& error_;
  size_t base_ = 0;
  size_t at_ = 0;  // in the argument
  int depth_ = 0;
};

// A node that nothing has been said about is null.
bool Become(JsonNode& node, Type type) {
  if (node.type == Type::kNull) node.type = type;
  return node.type == type;
}

bool ArgumentParser::Add(absl::string_view argument, size_t base) {
  base_ = base;
  at_ = 0;
  depth_ = 0;
  const size_t equals = argument.find('=');
  const absl::string_view path = argument.substr(0, equals);
  JsonNode* node = &root_;
  if (!Path(path, node)) return false;
  JsonNode value;
  value.loose = true;
  if (equals == argument.npos) {
    value.type = Type::kBool;
    value.boolean = true;
    value.place = {base_, argument.size()};
  } else {
    value.type = Type::kWord;
    value.text = std::string(argument.substr(equals + 1));
    value.place = {base_ + equals + 1, value.text.size()};
  }
  return Put(node, std::move(value));
}

bool ArgumentParser::Path(absl::string_view path, JsonNode*& node) {
  for (;;) {
    if (!Name(path, node)) return false;
    while (at_ < path.size() && path[at_] == '[') {
      if (!Index(path, node)) return false;
    }
    if (at_ == path.size()) return true;
    if (path[at_] != '.') return Fail("a dot is expected", at_, 1);
    ++at_;
  }
}

bool ArgumentParser::Name(absl::string_view path, JsonNode*& node) {
  if (++depth_ > kMaxJsonDepth) return Fail("the path is too long", 0, path.size());
  const size_t start = at_;
  at_ = std::min(path.find_first_of(".[", start), path.size());
  const absl::string_view name = path.substr(start, at_ - start);
  if (name.empty()) return Fail("the name of an attribute is expected", start, 1);
  if (!Become(*node, Type::kObject)) {
    return Fail(absl::StrCat("`", path.substr(0, start - 1), "` has a value already"), 0, start);
  }
  node->loose = true;
  const auto same = [name](const JsonNode& other) { return other.name == name; };
  const auto found = std::find_if(node->children.begin(), node->children.end(), same);
  if (found != node->children.end()) {
    node = &*found;
    return true;
  }
  node = &node->children.emplace_back();
  node->name = std::string(name);
  node->name_place = {base_ + start, name.size()};
  node->place = {base_, path.size()};
  return true;
}

bool ArgumentParser::Index(absl::string_view path, JsonNode*& node) {
  if (++depth_ > kMaxJsonDepth) return Fail("the path is too long", 0, path.size());
  const size_t start = at_;
  const size_t end = path.find(']', start);
  uint32_t index = 0;
  if (end == path.npos || !absl::SimpleAtoi(path.substr(start + 1, end - start - 1), &index)) {
    return Fail("an index like [0] is expected", start, std::min(end, path.size()) - start);
  }
  at_ = end + 1;
  if (!Become(*node, Type::kArray)) {
    return Fail(absl::StrCat("`", path.substr(0, start), "` stood without an index before"), 0,
                start);
  }
  node->loose = true;
  if (index > node->children.size()) {
    return Fail(absl::StrCat("`", path.substr(0, start), "[", node->children.size(),
                             "]` has to come first"),
                start, at_ - start);
  }
  if (index == node->children.size()) {
    node->children.emplace_back().place = {base_, path.size()};
  }
  node = &node->children[index];
  return true;
}

// A second value makes an array of both.
bool ArgumentParser::Put(JsonNode* node, JsonNode value) {
  value.name = node->name;
  value.name_place = node->name_place;
  if (node->type == Type::kNull) {
    *node = std::move(value);
    return true;
  }
  if (node->type == Type::kObject) {
    return Fail("its attributes have been given already", 0, at_);
  }
  if (node->type != Type::kArray) {
    JsonNode first = std::move(*node);
    *node = {};
    node->type = Type::kArray;
    node->name = first.name;
    node->name_place = first.name_place;
    // Where one value is all there can be, the second is one too many.
    node->place = value.place;
    node->loose = true;
    node->children.push_back(std::move(first));
  }
  node->children.push_back(std::move(value));
  return true;
}

}  // namespace

std::optional<JsonNode> ParseArguments(absl::Span<const std::string> arguments, JsonError& error) {
  JsonNode root;
  root.type = Type::kObject;
  ArgumentParser parser(root, error);
  size_t base = 0;
  for (const std::string& argument : arguments) {
    if (!parser.Add(argument, base)) return std::nullopt;
    base += argument.size() + 1;
  }
  return root;
}

}  // namespace genl
