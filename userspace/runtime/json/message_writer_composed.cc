#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "genl/json/message_writer.h"
#include "genl/json/names.h"
#include "genl/json/values.h"

namespace genl {
namespace {

using Type = JsonNode::Type;

int LevelOf(const Attribute& attribute, absl::string_view name) {
  for (int level = 0; level < attribute.levels; ++level) {
    if (LevelName(attribute, level) == name) return level;
  }
  return -1;
}

}  // namespace

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
    const JsonNode* member = FindMember(node, name);
    if (member == nullptr) {
      return fault_.Set(absl::StrCat("`", name, "` is missing"), node.place);
    }
    if (!Append(scalars_.Integer(attribute, Kind::kU32, *member, payload_))) {
      return fault_.Within(name);
    }
  }
  return true;
}

// Elements are numbered from 1, as in encode.cc.
bool MessageWriter::IndexedArray(const Attribute& attribute, const JsonNode& node) {
  Elements elements;
  if (!GetElements(node, elements) || !Enter(node)) return false;
  if (elements.size() > kMaxAttributeNumber) return fault_.Set("too many elements", node.place);
  const uint16_t nest = IsNest(attribute.element) ? NLA_F_NESTED : 0;
  for (size_t i = 0; i < elements.size(); ++i) {
    const Writer::Mark mark = writer_.Begin(static_cast<uint16_t>(i + 1) | nest);
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
  if (!ParseWord(array, storage, fault_) || !GetElements(*array, elements)) {
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
  const Scope scope{&NestedSet(attribute), &node, scope_};
  scope_ = &scope;
  for (const JsonNode& member : node.children) {
    if (LevelOf(attribute, member.name) >= 0) continue;
    if (!Member(NestedSet(attribute), member)) return false;
  }
  scope_ = scope.outer;
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
    const JsonNode* member = FindMember(node, name);
    if (member == nullptr) {
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

}  // namespace genl
