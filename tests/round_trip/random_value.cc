#include "tests/round_trip/random_value.h"

#include <algorithm>
#include <cstring>

#include "genl/bitfield.h"
#include "genl/integer.h"

namespace genl::test {
namespace {

bool IsDeep(Kind kind) {
  return kind == Kind::kNest || kind == Kind::kIndexedArray || kind == Kind::kNestTypeValue ||
         kind == Kind::kSubMessage;
}

}  // namespace

void RandomValue::FindSelectors(const Layout& layout, int depth) {
  if (depth > kMaxDepth) return;
  for (const Field& field : layout.fields) {
    if (field.attribute->kind != Kind::kSubMessage) {
      if (field.nested != nullptr) FindSelectors(*field.nested, depth + 1);
      continue;
    }
    std::vector<std::string>& values = selectors_[field.attribute->selector];
    for (const Format& format : field.attribute->sub_message->formats) {
      values.push_back(format.value);
    }
    for (const Layout* alternative : field.variant->alternatives) {
      if (alternative != nullptr) FindSelectors(*alternative, depth + 1);
    }
  }
}

// What is plain first: it may say what the rest is.
void RandomValue::Message(const Layout& layout, void* value, const ValueScope* outer) {
  ++depth_;
  const auto member = [value](uint32_t offset) { return static_cast<char*>(value) + offset; };
  if (layout.header != nullptr) Structure(*layout.header, member(layout.header_offset));
  const ValueScope scope{&layout, value, outer};
  for (const bool deep : {false, true}) {
    for (const Field& field : layout.fields) {
      if (IsDeep(field.attribute->kind) == deep) Member(field, member(field.offset), scope);
    }
  }
  --depth_;
}

void RandomValue::Structure(const StructLayout& layout, void* value) {
  ForEachMember(layout, [&](const StructMember& wire, const StructField& field) {
    char* member = static_cast<char*>(value) + field.offset;
    if (wire.kind == Kind::kStruct) {
      Structure(*field.nested, member);
    } else if (IsInteger(wire.kind)) {
      Integer(wire.kind, member, field.width);
    } else {
      for (size_t i = 0; i < wire.size; ++i) member[i] = static_cast<char>(random_());
    }
    return true;
  });
}

// A few members of a large message, most of a small one.
void RandomValue::Member(const Field& field, void* member, const ValueScope& scope) {
  const Kind kind = field.attribute->kind;
  const MemberType& type = *field.type;
  const bool wanted =
      Below(1 + scope.layout->fields.size() / 8) == 0 && !(IsDeep(kind) && depth_ >= kMaxDepth);
  if (field.presence == kOptional && !wanted) return;
  if (field.attribute->multi || kind == Kind::kNestTypeValue) {
    // A list that must be there has an element: on the wire an empty one is none.
    for (size_t i = field.presence == kRequired ? 1 + Below(3) : Below(4); i > 0; --i) {
      void* element = type.at(member, type.size(member));
      if (kind == Kind::kNestTypeValue) {
        TypeValue(field, element, scope);
      } else {
        Value(field, kind, *type.element, element, scope);
      }
    }
    return;
  }
  switch (type.shape) {
    case MemberType::Shape::kHolder:
      Value(field, kind, *type.element, type.at(member, 0), scope);
      return;
    case MemberType::Shape::kOptionalPlain:
      Value(field, kind, type, member, scope);
      Mark(type, member, true);
      return;
    default: Value(field, kind, type, member, scope); return;
  }
}

void RandomValue::Value(const Field& field, Kind kind, const MemberType& type, void* value,
                        const ValueScope& scope) {
  switch (kind) {
    case Kind::kUnused: return;
    case Kind::kFlag:
      if (type.width == 1) *static_cast<bool*>(value) = Below(2) == 1;
      return;
    case Kind::kString: *static_cast<std::string*>(value) = String(*field.attribute); return;
    case Kind::kBinary: *static_cast<std::vector<uint8_t>*>(value) = Bytes(); return;
    case Kind::kNest: Message(*field.nested, value, &scope); return;
    case Kind::kStruct: Structure(*field.nested->header, value); return;
    case Kind::kArray:
    case Kind::kIndexedArray: Sequence(field, field.attribute->element, type, value, scope); return;
    case Kind::kSubMessage: SubMessage(field, type, value, scope); return;
    case Kind::kBitfield32:
      for (const size_t half : {0, 4}) Integer(Kind::kU32, static_cast<char*>(value) + half, 4);
      return;
    case Kind::kNestTypeValue: return;  // Member() has its own way
    default: Integer(kind, value, type.width); return;
  }
}

void RandomValue::Sequence(const Field& field, Kind element, const MemberType& type, void* value,
                           const ValueScope& scope) {
  for (size_t i = Below(4); i > 0; --i) {
    Value(field, element, *type.element, type.at(value, type.size(value)), scope);
  }
}

void RandomValue::TypeValue(const Field& field, void* element, const ValueScope& scope) {
  for (int level = 0; level < field.attribute->levels; ++level) {
    const uint32_t key = static_cast<uint32_t>(Below(kMaxAttributeNumber + 1));
    std::memcpy(static_cast<char*>(element) + level * sizeof(key), &key, sizeof(key));
  }
  Message(*field.nested, static_cast<char*>(element) + field.value_offset, &scope);
}

void RandomValue::SubMessage(const Field& field, const MemberType& type, void* variant,
                             const ValueScope& scope) {
  const auto selector = FindSelector(*field.attribute, scope);
  const size_t alternative =
      AlternativeOf(field, FindFormat(*field.attribute->sub_message, selector));
  void* held = type.at(variant, alternative);
  if (alternative == 0) {
    *static_cast<std::vector<uint8_t>*>(held) = Bytes();
    return;
  }
  const Layout& layout = *field.variant->alternatives[alternative];
  if (layout.set != nullptr) return Message(layout, held, &scope);
  Structure(*layout.header, held);
}

// Small and large numbers alike. The member may be wider than the attribute: an enumeration that
// several attributes share.
void RandomValue::Integer(Kind kind, void* to, size_t width) {
  uint64_t value = random_() >> (8 * Below(8));
  const size_t spare = 64 - 8 * std::min(width, WireWidth(kind) == 0 ? width : WireWidth(kind));
  value = IsSigned(kind) ? static_cast<uint64_t>(static_cast<int64_t>(value << spare) >> spare)
                         : value << spare >> spare;
  StoreInteger(value, to, width);
}

std::string RandomValue::String(const Attribute& attribute) {
  const auto known = selectors_.find(attribute.name);
  if (known != selectors_.end() && Below(8) != 0) {
    return known->second[Below(known->second.size())];
  }
  std::string text(Below(20), '\0');
  for (char& c : text) c = static_cast<char>(1 + Below(255));
  return text;
}

std::vector<uint8_t> RandomValue::Bytes() {
  std::vector<uint8_t> bytes(Below(20));
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random_());
  return bytes;
}

}  // namespace genl::test
