#include "genl/decode.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "absl/container/fixed_array.h"
#include "genl/fault.h"
#include "genl/integer.h"
#include "genl/structure.h"
#include "genl/sub_message.h"

namespace genl {
namespace {

// How many elements of each member the message has had so far. On the stack for all but
// the largest sets, so that decoding needs no memory of its own.
using Counts = absl::FixedArray<uint32_t, 512>;

class Decoder {
 public:
  explicit Decoder(Fault& fault) : fault_(fault) {}

  bool Message(const Layout& layout, Bytes bytes, void* value);

 private:
  bool Member(const Field& field, Bytes payload, void* member, uint32_t& count);
  bool Payload(const Field& field, Kind kind, const MemberType& type, Bytes payload, void* value);
  bool Integer(const Field& field, Kind kind, size_t width, Bytes payload, void* value);
  bool Bits(Bytes payload, void* value);
  bool Array(const Field& field, const MemberType& type, Bytes payload, void* value);
  bool IndexedArray(const Field& field, const MemberType& type, Bytes payload, void* value);
  bool TypeValues(const Field& field, int level, Bytes payload, void* member, uint32_t* keys,
                  uint32_t& count);
  bool Header(const Layout& layout, Bytes& bytes, void* value);
  bool SubMessage(const Field& field, const MemberType& type, Bytes payload, void* value);
  bool Complete(const Layout& layout, const Counts& counts, void* value);
  bool AtEnd(const AttributeReader& reader);

  Fault& fault_;
  const WireScope* scope_ = nullptr;  // where the attribute at hand stands
  int depth_ = 0;
};

void* MemberOf(const Field& field, void* value) { return static_cast<char*>(value) + field.offset; }

// Makes the member absent.
void Drop(const Field& field, void* member) {
  const MemberType& type = *field.type;
  switch (type.shape) {
    case MemberType::Shape::kPlain:
      if (field.attribute->kind == Kind::kFlag) std::memset(member, 0, sizeof(bool));
      return;
    case MemberType::Shape::kOptionalPlain: Mark(type, member, false); return;
    case MemberType::Shape::kHolder:
    case MemberType::Shape::kSequence: type.truncate(member, 0); return;
    case MemberType::Shape::kVariant: type.at(member, 0); return;
  }
}

bool Decoder::Message(const Layout& layout, Bytes bytes, void* value) {
  if (++depth_ > kMaxNesting) return fault_.Set("nests stand too deep in each other");
  if (layout.header != nullptr && !Header(layout, bytes, value)) return false;
  const WireScope scope{layout.set, bytes, scope_};
  scope_ = &scope;
  Counts counts(layout.fields.size(), 0);
  AttributeReader reader(bytes);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    const Field* field = layout.Find(raw->number);
    if (field == nullptr) continue;
    uint32_t& count = counts[field - layout.fields.data()];
    if (!Member(*field, raw->payload, MemberOf(*field, value), count)) {
      return fault_.Within(*field->attribute, count);
    }
  }
  scope_ = scope.outer;
  --depth_;
  return AtEnd(reader) && Complete(layout, counts, value);
}

// Takes the fixed header from the front of `bytes`.
bool Decoder::Header(const Layout& layout, Bytes& bytes, void* value) {
  const Structure& header = *layout.header->structure;
  if (bytes.size() < header.size) {
    return fault_.Set(absl::StrCat(bytes.size(), " bytes where the header `", header.name,
                                   "` alone has ", header.size));
  }
  DecodeStructure(*layout.header, bytes, static_cast<char*>(value) + layout.header_offset);
  bytes.remove_prefix(std::min(HeaderSize(layout), bytes.size()));
  return true;
}

bool Decoder::AtEnd(const AttributeReader& reader) {
  if (reader.ok()) return true;
  return fault_.Set(absl::StrCat("an attribute does not fit in the last ", reader.rest().size(),
                                 " bytes of what contains it"));
}

bool Decoder::Complete(const Layout& layout, const Counts& counts, void* value) {
  for (size_t i = 0; i < layout.fields.size(); ++i) {
    const Field& field = layout.fields[i];
    void* member = MemberOf(field, value);
    if (counts[i] == 0) {
      if (field.presence == kRequired) {
        fault_.Set("required, but missing");
        return fault_.Within(field.attribute->name);
      }
      Drop(field, member);
    } else if (field.attribute->multi || field.attribute->kind == Kind::kNestTypeValue) {
      field.type->truncate(member, counts[i]);
    }
  }
  return true;
}

bool Decoder::Member(const Field& field, Bytes payload, void* member, uint32_t& count) {
  const MemberType& type = *field.type;
  const Kind kind = field.attribute->kind;
  if (kind == Kind::kUnused) return true;
  if (kind == Kind::kNestTypeValue) {
    uint32_t keys[255];
    return TypeValues(field, 0, payload, member, keys, count);
  }
  if (field.attribute->multi) {
    if (!Payload(field, kind, *type.element, payload, type.at(member, count))) return false;
    ++count;
    return true;
  }
  count = 1;
  if (type.shape == MemberType::Shape::kHolder) {
    return Payload(field, kind, *type.element, payload, type.at(member, 0));
  }
  if (!Payload(field, kind, type, payload, member)) return false;
  if (type.shape == MemberType::Shape::kOptionalPlain) Mark(type, member, true);
  return true;
}

bool Decoder::Payload(const Field& field, Kind kind, const MemberType& type, Bytes payload,
                      void* value) {
  switch (kind) {
    case Kind::kUnused: return true;
    case Kind::kFlag:
      if (type.width == 1) *static_cast<bool*>(value) = true;
      return true;
    case Kind::kString: {
      // The sender may pad with several NULs, or leave it out.
      const auto* text = reinterpret_cast<const char*>(payload.data());
      static_cast<std::string*>(value)->assign(text, strnlen(text, payload.size()));
      return true;
    }
    case Kind::kBinary:
      static_cast<std::vector<uint8_t>*>(value)->assign(payload.begin(), payload.end());
      return true;
    case Kind::kNest: return Message(*field.nested, payload, value);
    case Kind::kArray: return Array(field, type, payload, value);
    case Kind::kIndexedArray: return IndexedArray(field, type, payload, value);
    case Kind::kBitfield32: return Bits(payload, value);
    case Kind::kStruct: DecodeStructure(*field.nested->header, payload, value); return true;
    case Kind::kSubMessage: return SubMessage(field, type, payload, value);
    case Kind::kNestTypeValue: return true;  // never reached: Member() has its own way
    default: return Integer(field, kind, type.width, payload, value);
  }
}

// Whether the payload is the member's very bytes, as that of most is; it then is in `to`. The
// widths are constants, so that no function has to be called for so few bytes.
bool CopyInteger(const Field& field, Kind kind, size_t width, Bytes payload, void* to) {
  if (payload.size() != width || WireWidth(kind) != width || IsForeign(field.attribute->order)) {
    return false;
  }
  switch (width) {
    case 1: std::memcpy(to, payload.data(), 1); return true;
    case 2: std::memcpy(to, payload.data(), 2); return true;
    case 4: std::memcpy(to, payload.data(), 4); return true;
    case 8: std::memcpy(to, payload.data(), 8); return true;
    default: return false;
  }
}

bool Decoder::Integer(const Field& field, Kind kind, size_t width, Bytes payload, void* value) {
  if (CopyInteger(field, kind, width, payload, value)) return true;
  const std::optional<uint64_t> number = LoadWire(kind, field.attribute->order, payload);
  if (!number) {
    const size_t expected = WireWidth(kind);
    return fault_.Set(absl::StrCat(payload.size(), " bytes where an integer has ",
                                   expected == 0 ? "4 or 8" : absl::StrCat(expected)));
  }
  if (!FitsIn(*number, width, IsSigned(kind))) {
    return fault_.Set(absl::StrCat("the value does not fit in ", 8 * width, " bits"));
  }
  StoreInteger(*number, value, width);
  return true;
}

bool Decoder::Bits(Bytes payload, void* value) {
  if (payload.size() != sizeof(Bitfield<>)) {
    return fault_.Set(absl::StrCat(payload.size(), " bytes where a bitfield has 8"));
  }
  std::memcpy(value, payload.data(), payload.size());
  return true;
}

bool Decoder::Array(const Field& field, const MemberType& type, Bytes payload, void* value) {
  const Kind kind = field.attribute->element;
  const size_t width = WireWidth(kind);
  if (width == 0 || payload.size() % width != 0) {
    return fault_.Set(
        absl::StrCat(payload.size(), " bytes are no array of ", 8 * width, "-bit integers"));
  }
  const size_t count = payload.size() / width;
  for (size_t i = 0; i < count; ++i) {
    if (!Payload(field, kind, *type.element, payload.subspan(i * width, width),
                 type.at(value, i))) {
      return fault_.AtElement(i);
    }
  }
  type.truncate(value, count);
  return true;
}

bool Decoder::IndexedArray(const Field& field, const MemberType& type, Bytes payload, void* value) {
  size_t count = 0;
  AttributeReader reader(payload);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    if (!Payload(field, field.attribute->element, *type.element, raw->payload,
                 type.at(value, count))) {
      return fault_.AtElement(count);
    }
    ++count;
  }
  type.truncate(value, count);
  return AtEnd(reader);
}

bool Decoder::SubMessage(const Field& field, const MemberType& type, Bytes payload, void* value) {
  const size_t alternative = AlternativeOf(field, FindFormat(*field.attribute, *scope_));
  void* held = type.at(value, alternative);
  if (alternative == 0) {
    static_cast<std::vector<uint8_t>*>(held)->assign(payload.begin(), payload.end());
    return true;
  }
  const Layout& layout = *field.variant->alternatives[alternative];
  if (layout.set != nullptr) return Message(layout, payload, held);
  DecodeStructure(*layout.header, payload, held);
  return true;
}

bool Decoder::TypeValues(const Field& field, int level, Bytes payload, void* member, uint32_t* keys,
                         uint32_t& count) {
  const int levels = field.attribute->levels;
  if (level == levels) {
    char* element = static_cast<char*>(field.type->at(member, count));
    std::memcpy(element, keys, levels * sizeof(uint32_t));
    if (!Message(*field.nested, payload, element + field.value_offset)) return false;
    ++count;
    return true;
  }
  AttributeReader reader(payload);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    keys[level] = raw->number;
    if (!TypeValues(field, level + 1, raw->payload, member, keys, count)) return false;
  }
  return AtEnd(reader);
}

}  // namespace

absl::Status Decode(const Layout& layout, Bytes bytes, void* value) {
  Fault fault;
  if (Decoder(fault).Message(layout, bytes, value)) return absl::OkStatus();
  return absl::DataLossError(fault.Message());
}

}  // namespace genl
