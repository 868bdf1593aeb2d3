#include "genl/json/message_writer.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "genl/json/names.h"

namespace genl {

using Type = JsonNode::Type;

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

bool MessageWriter::Message(const MessageTable& message, const JsonNode& node) {
  if (node.type != Type::kObject) return Expected("an object", node, fault_);
  if (!Enter(node)) return false;
  if (message.header != nullptr && !Header(*message.header, FindMember(node, kHeaderMember))) {
    return fault_.Within(kHeaderMember);
  }
  const Scope scope{message.set, &node, scope_};
  scope_ = &scope;
  for (const JsonNode& member : node.children) {
    if (!Member(message, member)) return false;
  }
  scope_ = scope.outer;
  --depth_;
  return true;
}

// All zero where the object has none (`node` is null).
bool MessageWriter::Header(const Structure& header, const JsonNode* node) {
  JsonNode storage;
  if (node != nullptr) {
    if (!ParseWord(node, storage, fault_)) return false;
    if (!(IsRaw(*node) ? scalars_.Raw(node->children[0], payload_)
                       : structures_.Parse(header, *node, payload_))) {
      return false;
    }
    if (payload_.size() > HeaderSize(&header)) {
      return fault_.Set(absl::StrCat(payload_.size(), " bytes where the header has ", header.size),
                        node->place);
    }
  }
  payload_.resize(HeaderSize(&header));
  return Append(true);
}

bool MessageWriter::Member(const MessageTable& message, const JsonNode& node) {
  if (message.header != nullptr && node.name == kHeaderMember) return true;
  for (const Attribute& attribute : message.set->attributes) {
    if (attribute.kind == Kind::kUnused || attribute.name != absl::string_view(node.name)) continue;
    if (attribute.kind == Kind::kNestTypeValue) return TypeValues(attribute, node);
    return attribute.multi ? Multi(attribute, node) : Single(attribute, node, 0);
  }
  return absl::StartsWith(node.name, kNumberMark) ? Numbered(node) : Unknown(message, node);
}

bool MessageWriter::Unknown(const MessageTable& message, const JsonNode& node) {
  fault_.word = node.name;
  if (message.header != nullptr) fault_.candidates.push_back(kHeaderMember);
  for (const Attribute& attribute : message.set->attributes) {
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
  const bool parsed = attribute.kind == Kind::kString || ParseWord(array, storage, fault_);
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
  if (attribute.kind == Kind::kSubMessage) {
    return SubMessage(attribute, node) || fault_.Within(attribute, element);
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
  const bool composed =
      IsNest(kind) || kind == Kind::kArray || kind == Kind::kBitfield32 || kind == Kind::kStruct;
  if (composed && !ParseWord(value, storage, fault_)) return false;
  switch (kind) {
    case Kind::kUnused:
    case Kind::kSubMessage:  // never reached: Single() has its own way
    case Kind::kFlag: return true;
    case Kind::kString: return Append(scalars_.String(attribute, node, payload_));
    case Kind::kStruct: return Append(structures_.Parse(*attribute.structure, *value, payload_));
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

}  // namespace genl
