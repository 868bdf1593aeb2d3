#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "genl/decode.h"
#include "genl/json/arguments.h"
#include "genl/json/json.h"
#include "genl/json/names.h"
#include "genl/json/scalar.h"
#include "genl/json/values.h"

namespace genl {
namespace {

using Type = JsonNode::Type;
using Elements = absl::Span<const JsonNode>;

bool IsNest(Kind kind) {
  return kind == Kind::kNest || kind == Kind::kIndexedArray || kind == Kind::kNestTypeValue;
}

// An object that is the payload as it stands.
bool IsRaw(const JsonNode& node) {
  return node.type == Type::kObject && node.children.size() == 1 &&
         node.children[0].name == kRawMember;
}

int LevelOf(const Attribute& attribute, absl::string_view name) {
  for (int level = 0; level < attribute.levels; ++level) {
    if (LevelName(attribute, level) == name) return level;
  }
  return -1;
}

class MessageWriter {
 public:
  MessageWriter(Writer& writer, JsonFault& fault, JsonLimits limits)
      : writer_(writer), fault_(fault), scalars_(fault, limits) {}

  bool Message(const AttributeSet& set, const JsonNode& node);

 private:
  bool Member(const AttributeSet& set, const JsonNode& node);
  bool Unknown(const AttributeSet& set, const JsonNode& node);
  bool Numbered(const JsonNode& node);
  bool Multi(const Attribute& attribute, const JsonNode& node);
  bool Single(const Attribute& attribute, const JsonNode& node, size_t element);
  bool Payload(const Attribute& attribute, Kind kind, const JsonNode& node);
  bool Flag(const JsonNode& node, bool& present);
  bool Array(const Attribute& attribute, const JsonNode& node);
  bool Bitfield32(const Attribute& attribute, const JsonNode& node);
  bool IndexedArray(const Attribute& attribute, const JsonNode& node);
  bool TypeValues(const Attribute& attribute, const JsonNode& node);
  bool TypeValue(const Attribute& attribute, const JsonNode& node);
  bool OpenLevels(const Attribute& attribute, const JsonNode& node,
                  std::vector<Writer::Mark>& open);

  bool GetElements(const JsonNode& node, Elements& elements);
  bool ParseWord(const JsonNode*& node, JsonNode& storage);
  bool Append(bool ok);
  bool Enter(const JsonNode& node);
  bool End(Writer::Mark mark, const JsonNode& node);

  Writer& writer_;
  JsonFault& fault_;
  ScalarParser scalars_;
  std::vector<uint8_t> payload_;  // of the scalar at hand
  int depth_ = 0;
};

bool MessageWriter::Enter(const JsonNode& node) {
  if (++depth_ <= kMaxNesting) return true;
  return fault_.Set("nests stand too deep in each other", node.place);
}

bool MessageWriter::End(Writer::Mark mark, const JsonNode& node) {
  if (writer_.End(mark)) return true;
  return fault_.Set("longer than the 65535 bytes that an attribute can have", node.place);
}

// What the scalar parser has left in payload_.
bool MessageWriter::Append(bool ok) {
  writer_.Append(payload_.data(), payload_.size());
  payload_.clear();
  return ok;
}

// On a command line a nest or array may be JSON.
bool MessageWriter::ParseWord(const JsonNode*& node, JsonNode& storage) {
  const std::string& text = node->text;
  if (node->type != Type::kWord || text.empty() || (text[0] != '{' && text[0] != '[')) return true;
  JsonError error;
  std::optional<JsonNode> parsed = ParseJson(text, error, node->place.offset);
  if (!parsed) return fault_.Set(error.text, error.place);
  storage = *std::move(parsed);
  storage.loose = true;
  node = &storage;
  return true;
}

bool MessageWriter::GetElements(const JsonNode& node, Elements& elements) {
  if (node.type == Type::kArray) {
    elements = node.children;
  } else if (node.loose) {
    elements = Elements(&node, 1);
  } else {
    return Expected("an array", node, fault_);
  }
  return true;
}

bool MessageWriter::Message(const AttributeSet& set, const JsonNode& node) {
  if (node.type != Type::kObject) return Expected("an object", node, fault_);
  if (!Enter(node)) return false;
  for (const JsonNode& member : node.children) {
    if (!Member(set, member)) return false;
  }
  --depth_;
  return true;
}

bool MessageWriter::Member(const AttributeSet& set, const JsonNode& node) {
  for (const Attribute& attribute : set.attributes) {
    if (attribute.kind == Kind::kUnused || attribute.name != absl::string_view(node.name)) continue;
    if (attribute.kind == Kind::kNestTypeValue) return TypeValues(attribute, node);
    return attribute.multi ? Multi(attribute, node) : Single(attribute, node, 0);
  }
  return absl::StartsWith(node.name, kNumberMark) ? Numbered(node) : Unknown(set, node);
}

bool MessageWriter::Unknown(const AttributeSet& set, const JsonNode& node) {
  fault_.word = node.name;
  for (const Attribute& attribute : set.attributes) {
    if (attribute.kind != Kind::kUnused) fault_.candidates.push_back(attribute.name);
  }
  return fault_.Set(absl::StrCat("there is no attribute `", node.name, "` here"), node.name_place);
}

// "#17": the payload itself.
bool MessageWriter::Numbered(const JsonNode& node) {
  uint32_t number = 0;
  const absl::string_view digits = absl::string_view(node.name).substr(kNumberMark.size());
  if (!absl::SimpleAtoi(digits, &number) || number > kMaxAttributeNumber) {
    return fault_.Set(absl::StrCat("`", node.name, "` is no number of an attribute"),
                      node.name_place);
  }
  const Elements elements =
      node.type == Type::kArray ? Elements(node.children) : Elements(&node, 1);
  for (const JsonNode& element : elements) {
    const Writer::Mark mark = writer_.Begin(static_cast<uint16_t>(number));
    if (!Append(scalars_.Raw(element, payload_)) || !End(mark, element)) {
      return fault_.Within(node.name);
    }
  }
  return true;
}

bool MessageWriter::Multi(const Attribute& attribute, const JsonNode& node) {
  JsonNode storage;
  const JsonNode* array = &node;
  Elements elements;
  // A string may begin with a bracket, say, that of an IPv6 address.
  const bool parsed = attribute.kind == Kind::kString || ParseWord(array, storage);
  if (!parsed || !GetElements(*array, elements)) return fault_.Within(attribute.name);
  for (size_t i = 0; i < elements.size(); ++i) {
    if (!Single(attribute, elements[i], i)) return false;
  }
  return true;
}

bool MessageWriter::Single(const Attribute& attribute, const JsonNode& node, size_t element) {
  if (attribute.kind == Kind::kFlag && !IsRaw(node)) {
    bool present = false;
    if (!Flag(node, present)) return fault_.Within(attribute, element);
    if (!present) return true;
  }
  const uint16_t nest = IsNest(attribute.kind) ? NLA_F_NESTED : 0;
  const Writer::Mark mark = writer_.Begin(attribute.number | nest);
  if (!Payload(attribute, attribute.kind, node) || !End(mark, node)) {
    return fault_.Within(attribute, element);
  }
  return true;
}

bool MessageWriter::Flag(const JsonNode& node, bool& present) {
  if (node.type == Type::kBool) {
    present = node.boolean;
    return true;
  }
  present = node.type == Type::kWord && node.text == "true";
  if (present || (node.type == Type::kWord && node.text == "false")) return true;
  return Expected("true or false", node, fault_);
}

bool MessageWriter::Payload(const Attribute& attribute, Kind kind, const JsonNode& node) {
  if (IsRaw(node)) return Append(scalars_.Raw(node.children[0], payload_));
  JsonNode storage;
  const JsonNode* value = &node;
  const bool composed = IsNest(kind) || kind == Kind::kArray || kind == Kind::kBitfield32;
  if (composed && !ParseWord(value, storage)) return false;
  switch (kind) {
    case Kind::kUnused:
    case Kind::kFlag: return true;
    case Kind::kString: return Append(scalars_.String(attribute, node, payload_));
    case Kind::kStruct:
    case Kind::kSubMessage:
    case Kind::kBinary: return Append(scalars_.Binary(attribute, node, payload_));
    case Kind::kNest: return Message(NestedSet(attribute), *value);
    case Kind::kArray: return Array(attribute, *value);
    case Kind::kIndexedArray: return IndexedArray(attribute, *value);
    case Kind::kNestTypeValue: return TypeValues(attribute, *value);
    case Kind::kBitfield32: return Bitfield32(attribute, *value);
    case Kind::kU8:
    case Kind::kU16:
    case Kind::kU32:
    case Kind::kU64:
    case Kind::kS8:
    case Kind::kS16:
    case Kind::kS32:
    case Kind::kS64:
    case Kind::kUint:
    case Kind::kSint: return Append(scalars_.Integer(attribute, kind, node, payload_));
  }
  return false;
}

bool MessageWriter::Array(const Attribute& attribute, const JsonNode& node) {
  Elements elements;
  if (!GetElements(node, elements)) return false;
  for (size_t i = 0; i < elements.size(); ++i) {
    if (!Append(scalars_.Integer(attribute, attribute.element, elements[i], payload_))) {
      return fault_.AtElement(i);
    }
  }
  return scalars_.LengthAllowed(attribute, elements.size() * WireWidth(attribute.element), node);
}

bool MessageWriter::Bitfield32(const Attribute& attribute, const JsonNode& node) {
  if (node.type != Type::kObject) return Expected("an object", node, fault_);
  for (const JsonNode& member : node.children) {
    if (member.name == kValueMember || member.name == kSelectorMember) continue;
    return fault_.Set(absl::StrCat("a bitfield has no member `", member.name, "`"),
                      member.name_place);
  }
  for (const absl::string_view name : {kValueMember, kSelectorMember}) {
    const auto member = std::find_if(node.children.begin(), node.children.end(),
                                     [&](const JsonNode& m) { return m.name == name; });
    if (member == node.children.end()) {
      return fault_.Set(absl::StrCat("`", name, "` is missing"), node.place);
    }
    if (!Append(scalars_.Integer(attribute, Kind::kU32, *member, payload_))) {
      return fault_.Within(name);
    }
  }
  return true;
}

bool MessageWriter::IndexedArray(const Attribute& attribute, const JsonNode& node) {
  Elements elements;
  if (!GetElements(node, elements) || !Enter(node)) return false;
  if (elements.size() > kMaxAttributeNumber + size_t{1}) {
    return fault_.Set("too many elements", node.place);
  }
  const uint16_t nest = IsNest(attribute.element) ? NLA_F_NESTED : 0;
  for (size_t i = 0; i < elements.size(); ++i) {
    const Writer::Mark mark = writer_.Begin(static_cast<uint16_t>(i) | nest);
    if (!Payload(attribute, attribute.element, elements[i]) || !End(mark, elements[i])) {
      return fault_.AtElement(i);
    }
  }
  --depth_;
  return true;
}

// All elements in one attribute, except those that are the payload of one.
bool MessageWriter::TypeValues(const Attribute& attribute, const JsonNode& node) {
  JsonNode storage;
  const JsonNode* array = &node;
  Elements elements;
  if (!ParseWord(array, storage) || !GetElements(*array, elements)) {
    return fault_.Within(attribute.name);
  }
  const auto begin = [&] { return writer_.Begin(attribute.number | NLA_F_NESTED); };
  std::optional<Writer::Mark> open;
  if (elements.empty()) open = begin();
  for (size_t i = 0; i < elements.size(); ++i) {
    bool ok = true;
    if (IsRaw(elements[i]) && open) {
      ok = End(*open, node);
      open.reset();
    }
    if (!open) open = begin();
    ok = ok && (IsRaw(elements[i]) ? Payload(attribute, attribute.kind, elements[i])
                                   : TypeValue(attribute, elements[i]));
    if (ok && IsRaw(elements[i])) {
      ok = End(*open, node);
      open.reset();
    }
    if (!ok) return fault_.AtElement(i) || fault_.Within(attribute.name);
  }
  if (open && !End(*open, node)) return fault_.Within(attribute.name);
  return true;
}

bool MessageWriter::TypeValue(const Attribute& attribute, const JsonNode& node) {
  if (node.type != Type::kObject) return Expected("an object", node, fault_);
  std::vector<Writer::Mark> open;
  if (!OpenLevels(attribute, node, open) || !Enter(node)) return false;
  for (const JsonNode& member : node.children) {
    if (LevelOf(attribute, member.name) >= 0) continue;
    if (!Member(NestedSet(attribute), member)) return false;
  }
  --depth_;
  for (; !open.empty(); open.pop_back()) {
    if (!End(open.back(), node)) return false;
  }
  return true;
}

// One nest inside the other for each type.
bool MessageWriter::OpenLevels(const Attribute& attribute, const JsonNode& node,
                               std::vector<Writer::Mark>& open) {
  for (int level = 0; level < attribute.levels; ++level) {
    const std::string name = LevelName(attribute, level);
    const auto member = std::find_if(node.children.begin(), node.children.end(),
                                     [&](const JsonNode& m) { return m.name == name; });
    if (member == node.children.end()) {
      return fault_.Set(absl::StrCat("`", name, "` is missing"), node.place);
    }
    const bool scalar = member->type == Type::kNumber || member->type == Type::kString ||
                        member->type == Type::kWord;
    const std::optional<Number> type = scalar ? ParseNumber(member->text) : std::nullopt;
    if (!type || type->huge || type->negative || type->magnitude > kMaxAttributeNumber) {
      fault_.Set(absl::StrCat("a number from 0 to ", kMaxAttributeNumber, " is expected"),
                 member->place);
      return fault_.Within(name);
    }
    open.push_back(writer_.Begin(static_cast<uint16_t>(type->magnitude) | NLA_F_NESTED));
  }
  return true;
}

absl::Status Write(const AttributeSet& set, const std::optional<JsonNode>& tree,
                   const JsonError& error, Writer& writer, JsonFault* fault, JsonLimits limits) {
  JsonFault own;
  JsonFault& said = fault != nullptr ? *fault : own;
  said = {};
  bool ok = false;
  if (tree) {
    ok = MessageWriter(writer, said, limits).Message(set, *tree);
  } else {
    said.Set(error.text, error.place);
  }
  return ok ? absl::OkStatus() : absl::InvalidArgumentError(said.Message());
}

}  // namespace

absl::Status FromJson(const AttributeSet& set, absl::string_view json, Writer& writer,
                      JsonFault* fault, JsonLimits limits) {
  JsonError error;
  const std::optional<JsonNode> tree = ParseJson(json, error);
  return Write(set, tree, error, writer, fault, limits);
}

absl::Status FromJson(const Layout& layout, absl::string_view json, void* value, JsonFault* fault) {
  Writer writer;
  const AttributeSet& set = layout.set != nullptr ? *layout.set : kNoAttributes;
  if (absl::Status status = FromJson(set, json, writer, fault); !status.ok()) return status;
  return Decode(layout, writer.bytes(), value);
}

absl::Status FromArguments(const AttributeSet& set, absl::Span<const std::string> arguments,
                           Writer& writer, JsonFault* fault, JsonLimits limits) {
  JsonError error;
  const std::optional<JsonNode> tree = ParseArguments(arguments, error);
  return Write(set, tree, error, writer, fault, limits);
}

}  // namespace genl
