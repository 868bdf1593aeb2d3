#include "genl/json/structure.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "genl/json/names.h"
#include "genl/json/values.h"

namespace genl {
namespace {

// What printing and reading a member needs to know of it.
Attribute AsAttribute(const StructMember& member) {
  return {.kind = member.kind,
          .order = member.order,
          .display = member.display,
          .name = member.name,
          .enumeration = member.enumeration};
}

// Whether all bytes that are not zero belong to members. These stand in the order of the wire.
bool PaddingIsZero(const Structure& structure, Bytes bytes) {
  size_t end = 0;
  for (const StructMember& member : structure.members) {
    if (member.kind == Kind::kUnused) continue;
    if (!IsZero(bytes.subspan(end, member.offset - end))) return false;
    const Bytes part = bytes.subspan(member.offset, member.size);
    if (member.kind == Kind::kStruct && !PaddingIsZero(*member.nested, part)) return false;
    end = size_t{member.offset} + member.size;
  }
  return IsZero(bytes.subspan(end));
}

}  // namespace

bool StructurePrinter::Print(const Structure& structure, Bytes payload) {
  std::vector<uint8_t> bytes(payload.begin(), payload.end());
  bytes.resize(structure.size);
  if (!PaddingIsZero(structure, bytes)) return false;
  out_.BeginObject();
  Members(structure, bytes, payload.size());
  if (payload.size() < structure.size) {
    out_.Key(kSizeMember);
    out_.Literal(absl::StrCat(payload.size()));
  } else if (payload.size() > structure.size) {
    out_.Key(kRestMember);
    out_.String(HexText(payload.subspan(structure.size)));
  }
  out_.EndObject();
  return true;
}

void StructurePrinter::Members(const Structure& structure, Bytes bytes, size_t present) {
  for (const StructMember& member : structure.members) {
    if (member.kind == Kind::kUnused || member.offset >= present) continue;
    out_.Key(member.name);
    Member(member, bytes.subspan(member.offset, member.size), present - member.offset);
  }
}

void StructurePrinter::Member(const StructMember& member, Bytes bytes, size_t present) {
  switch (member.kind) {
    case Kind::kStruct:
      out_.BeginObject();
      Members(*member.nested, bytes, present);
      return out_.EndObject();
    case Kind::kBinary: return scalars_.Binary(AsAttribute(member), bytes);
    case Kind::kString:
      if (!scalars_.String(bytes)) scalars_.Raw(bytes);
      return;
    default:
      if (!scalars_.Integer(AsAttribute(member), member.kind, bytes)) scalars_.Raw(bytes);
  }
}

bool StructureParser::Parse(const Structure& structure, const JsonNode& node,
                            std::vector<uint8_t>& to) {
  const size_t start = to.size();
  to.resize(start + structure.size);
  return Members(structure, node, to.data() + start) && Length(structure, node, to, start);
}

bool StructureParser::Members(const Structure& structure, const JsonNode& node, uint8_t* to) {
  if (node.type != JsonNode::Type::kObject) return Expected("an object", node, fault_);
  for (const JsonNode& child : node.children) {
    if (child.name == kSizeMember || child.name == kRestMember) continue;
    const auto member = std::find_if(
        structure.members.begin(), structure.members.end(),
        [&](const StructMember& m) { return m.kind != Kind::kUnused && m.name == child.name; });
    if (member == structure.members.end()) return Unknown(structure, child);
    if (!Member(*member, child, to + member->offset)) return fault_.Within(member->name);
  }
  return true;
}

bool StructureParser::Unknown(const Structure& structure, const JsonNode& node) {
  fault_.word = node.name;
  for (const StructMember& member : structure.members) {
    if (member.kind != Kind::kUnused) fault_.candidates.push_back(member.name);
  }
  return fault_.Set(absl::StrCat("`", structure.name, "` has no member `", node.name, "`"),
                    node.name_place);
}

bool StructureParser::Member(const StructMember& member, const JsonNode& node, uint8_t* to) {
  if (member.kind == Kind::kStruct) {
    JsonNode storage;
    const JsonNode* object = &node;
    return ParseWord(object, storage, fault_) && Members(*member.nested, *object, to);
  }
  std::vector<uint8_t> payload;
  if (!Payload(member, node, payload)) return false;
  std::copy(payload.begin(), payload.end(), to);
  return true;
}

bool StructureParser::Payload(const StructMember& member, const JsonNode& node,
                              std::vector<uint8_t>& to) {
  const Attribute attribute = AsAttribute(member);
  if (IsRaw(node)) {
    if (!scalars_.Raw(node.children[0], to)) return false;
  } else if (member.kind == Kind::kString) {
    if (!scalars_.String(attribute, node, to)) return false;
    to.pop_back();  // the NUL: a string may fill its place
    if (to.size() < member.size) to.resize(member.size);
  } else if (member.kind == Kind::kBinary) {
    if (!scalars_.Binary(attribute, node, to)) return false;
  } else {
    return scalars_.Integer(attribute, member.kind, node, to);
  }
  if (to.size() == member.size) return true;
  return fault_.Set(absl::StrCat(to.size(), " bytes where the member has ", member.size),
                    node.place);
}

// Cuts it off, or goes on behind it.
bool StructureParser::Length(const Structure& structure, const JsonNode& node,
                             std::vector<uint8_t>& to, size_t start) {
  if (const JsonNode* size = FindMember(node, kSizeMember)) {
    const std::optional<Number> number =
        size->type == JsonNode::Type::kNumber || size->type == JsonNode::Type::kWord
            ? ParseNumber(size->text)
            : std::nullopt;
    if (!number || number->negative || number->huge || number->magnitude > structure.size) {
      fault_.Set(absl::StrCat("a number from 0 to ", structure.size, " is expected"), size->place);
      return fault_.Within(kSizeMember);
    }
    to.resize(start + number->magnitude);
  }
  const JsonNode* rest = FindMember(node, kRestMember);
  return rest == nullptr || scalars_.Raw(*rest, to) || fault_.Within(kRestMember);
}

}  // namespace genl
