#include "genl/encode.h"

#include <algorithm>
#include <string>
#include <vector>

#include "genl/fault.h"
#include "genl/integer.h"
#include "genl/structure.h"
#include "genl/sub_message.h"

namespace genl {
namespace {

// Whether a sub-message is attributes and nothing else.
bool HoldsNest(const Field& field, const MemberType& type, const void* variant) {
  const Layout* layout = field.variant->alternatives[type.size(variant)];
  return layout != nullptr && layout->set != nullptr && layout->header == nullptr;
}

class Encoder {
 public:
  Encoder(Writer& writer, Fault& fault) : writer_(writer), fault_(fault) {}

  bool Message(const Layout& layout, const void* value);

 private:
  bool Member(const Field& field, const void* member);
  bool Value(const Field& field, const MemberType& type, const void* value, size_t element);
  bool Payload(const Field& field, Kind kind, const MemberType& type, const void* value);
  bool Integer(const Attribute& attribute, Kind kind, uint64_t value);
  bool String(const std::string& value);
  bool Array(const Field& field, const MemberType& type, const void* value);
  bool IndexedArray(const Field& field, const MemberType& type, const void* value);
  bool TypeValues(const Field& field, const MemberType& type, const void* value);
  bool SubMessage(const Field& field, const MemberType& type, const void* value);
  bool FormatIs(size_t alternative, const Field& field);
  bool End(Writer::Mark mark);

  Writer& writer_;
  Fault& fault_;
  const ValueScope* scope_ = nullptr;  // where the member at hand stands
  int depth_ = 0;
};

bool Encoder::Message(const Layout& layout, const void* value) {
  if (++depth_ > kMaxNesting) return fault_.Set("nests stand too deep in each other");
  if (layout.header != nullptr) {
    const char* header = static_cast<const char*>(value) + layout.header_offset;
    if (!EncodeStructure(*layout.header, header, writer_.Extend(HeaderSize(layout)), fault_)) {
      return fault_.Within("header");
    }
  }
  const ValueScope scope{&layout, value, scope_};
  scope_ = &scope;
  for (const Field& field : layout.fields) {
    if (!Member(field, static_cast<const char*>(value) + field.offset)) return false;
  }
  scope_ = scope.outer;
  --depth_;
  return true;
}

bool Encoder::Member(const Field& field, const void* member) {
  const MemberType& type = *field.type;
  const Attribute& attribute = *field.attribute;
  if (attribute.kind == Kind::kUnused) return true;
  if (attribute.multi) {
    for (size_t i = 0; i < type.size(member); ++i) {
      if (!Value(field, *type.element, type.get(member, i), i)) return false;
    }
    return true;
  }
  switch (type.shape) {
    case MemberType::Shape::kVariant: return Value(field, type, member, 0);
    case MemberType::Shape::kPlain:
      if (attribute.kind == Kind::kFlag && !LoadBytes<bool>(member)) return true;
      return Value(field, type, member, 0);
    case MemberType::Shape::kOptionalPlain:
      if (!IsMarked(type, member)) return true;
      return Value(field, type, member, 0);
    case MemberType::Shape::kHolder:
      if (type.size(member) == 0) return true;
      return Value(field, *type.element, type.get(member, 0), 0);
    case MemberType::Shape::kSequence:
      if (field.presence == kOptional && type.size(member) == 0) return true;
      return Value(field, type, member, 0);
  }
  return true;
}

bool Encoder::Value(const Field& field, const MemberType& type, const void* value, size_t element) {
  const Attribute& attribute = *field.attribute;
  const bool is_nest =
      attribute.kind == Kind::kSubMessage ? HoldsNest(field, type, value) : IsNest(attribute.kind);
  const Writer::Mark mark = writer_.Begin(attribute.number | (is_nest ? NLA_F_NESTED : 0));
  if (!Payload(field, attribute.kind, type, value) || !End(mark)) {
    return fault_.Within(attribute, element);
  }
  return true;
}

bool Encoder::Payload(const Field& field, Kind kind, const MemberType& type, const void* value) {
  switch (kind) {
    case Kind::kUnused:
    case Kind::kFlag: return true;
    case Kind::kString: return String(*static_cast<const std::string*>(value));
    case Kind::kBinary: {
      const auto& bytes = *static_cast<const std::vector<uint8_t>*>(value);
      writer_.Append(bytes.data(), bytes.size());
      return true;
    }
    case Kind::kNest: return Message(*field.nested, value);
    case Kind::kArray: return Array(field, type, value);
    case Kind::kIndexedArray: return IndexedArray(field, type, value);
    case Kind::kNestTypeValue: return TypeValues(field, type, value);
    case Kind::kBitfield32: writer_.Append(value, sizeof(Bitfield<>)); return true;
    case Kind::kStruct: {
      const StructLayout& layout = *field.nested->header;
      return EncodeStructure(layout, value, writer_.Extend(layout.structure->size), fault_);
    }
    case Kind::kSubMessage: return SubMessage(field, type, value);
    default: return Integer(*field.attribute, kind, LoadInteger(value, type.width, IsSigned(kind)));
  }
}

bool Encoder::Integer(const Attribute& attribute, Kind kind, uint64_t value) {
  size_t width = WireWidth(kind);
  if (width == 0) width = FitsIn(value, 4, IsSigned(kind)) ? 4 : 8;
  if (!FitsIn(value, width, IsSigned(kind))) {
    return fault_.DoesNotFit(value, IsSigned(kind), width);
  }
  if (IsForeign(attribute.order)) value = SwapBytes(value, width);
  uint8_t bytes[8];
  StoreInteger(value, bytes, width);
  writer_.Append(bytes, width);
  return true;
}

bool Encoder::String(const std::string& value) {
  // The other side would see a shorter string than was meant.
  if (value.find('\0') != value.npos) return fault_.Set("a NUL inside a string");
  writer_.Append(value.c_str(), value.size() + 1);
  return true;
}

bool Encoder::Array(const Field& field, const MemberType& type, const void* value) {
  for (size_t i = 0; i < type.size(value); ++i) {
    if (!Payload(field, field.attribute->element, *type.element, type.get(value, i))) {
      return fault_.AtElement(i);
    }
  }
  return true;
}

// Elements are numbered from 1: most families take any numbers, but tc looks for its actions there.
bool Encoder::IndexedArray(const Field& field, const MemberType& type, const void* value) {
  const Kind kind = field.attribute->element;
  if (type.size(value) > kMaxAttributeNumber) return fault_.Set("too many elements");
  for (size_t i = 0; i < type.size(value); ++i) {
    const uint16_t nest = IsNest(kind) ? NLA_F_NESTED : 0;
    const Writer::Mark mark = writer_.Begin(static_cast<uint16_t>(i + 1) | nest);
    if (!Payload(field, kind, *type.element, type.get(value, i)) || !End(mark)) {
      return fault_.AtElement(i);
    }
  }
  return true;
}

bool Encoder::TypeValues(const Field& field, const MemberType& type, const void* value) {
  const int levels = field.attribute->levels;
  for (size_t i = 0; i < type.size(value); ++i) {
    const char* element = static_cast<const char*>(type.get(value, i));
    Writer::Mark open[255];
    for (int level = 0; level < levels; ++level) {
      const uint32_t key = LoadBytes<uint32_t>(element + level * sizeof(uint32_t));
      if (key > kMaxAttributeNumber) {
        return fault_.Set(absl::StrCat(key, " is no attribute number"));
      }
      open[level] = writer_.Begin(static_cast<uint16_t>(key) | NLA_F_NESTED);
    }
    if (!Message(*field.nested, element + field.value_offset)) return fault_.AtElement(i);
    for (int level = levels; level-- > 0;) {
      if (!End(open[level])) return fault_.AtElement(i);
    }
  }
  return true;
}

bool Encoder::SubMessage(const Field& field, const MemberType& type, const void* value) {
  const size_t alternative = type.size(value);
  const void* held = type.get(value, alternative);
  if (alternative == 0) {
    const auto& bytes = *static_cast<const std::vector<uint8_t>*>(held);
    writer_.Append(bytes.data(), bytes.size());
    return true;
  }
  if (!FormatIs(alternative, field)) return false;
  const Layout& layout = *field.variant->alternatives[alternative];
  if (layout.set != nullptr) return Message(layout, held);
  uint8_t* to = writer_.Extend(layout.header->structure->size);
  return EncodeStructure(*layout.header, held, to, fault_);
}

// Whether the other side will see what is sent as what it is here.
bool Encoder::FormatIs(size_t alternative, const Field& field) {
  const Attribute& attribute = *field.attribute;
  const std::optional<absl::string_view> selector = FindSelector(attribute, *scope_);
  if (!selector) {
    return fault_.Set(absl::StrCat("its selector `", attribute.selector, "` is missing"));
  }
  const size_t meant = AlternativeOf(field, FindFormat(*attribute.sub_message, selector));
  if (meant == alternative) return true;
  return fault_.Set(absl::StrCat("not what stands for `", attribute.selector, "` \"", *selector,
                                 "\"", meant == 0 ? ", which is bytes" : ""));
}

bool Encoder::End(Writer::Mark mark) {
  if (writer_.End(mark)) return true;
  return fault_.Set("longer than the 65535 bytes that an attribute can have");
}

}  // namespace

absl::Status Encode(const Layout& layout, const void* value, Writer& writer) {
  Fault fault;
  if (Encoder(writer, fault).Message(layout, value)) return absl::OkStatus();
  return absl::InvalidArgumentError(fault.Message());
}

}  // namespace genl
