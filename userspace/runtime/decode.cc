#include "genl/decode.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <vector>

#include "genl/fault.h"
#include "genl/integer.h"
#include "genl/seen.h"
#include "genl/structure.h"
#include "genl/sub_message.h"

namespace genl {
namespace {

class Decoder {
 public:
  explicit Decoder(Fault& fault) : fault_(fault) {}

  bool Message(const Layout& layout, Bytes bytes, void* value);
  bool Only(const Layout& layout, const Field& field, Bytes attributes, void* member);

 private:
  bool Member(const Field& field, Bytes payload, void* member, Seen& seen, size_t i);
  bool Element(const Field& field, Bytes payload, void* member, uint32_t& count);
  bool Payload(const Field& field, Kind kind, const MemberType& type, Bytes payload, void* value);
  bool Bits(Bytes payload, void* value);
  bool Array(const Field& field, const MemberType& type, Bytes payload, void* value);
  bool IndexedArray(const Field& field, const MemberType& type, Bytes payload, void* value);
  bool TypeValues(const Field& field, int level, Bytes payload, void* member, uint32_t* keys,
                  uint32_t& count);
  bool Header(const Layout& layout, Bytes& bytes, void* value);
  bool SubMessage(const Field& field, const MemberType& type, Bytes payload, void* value);
  bool Complete(const Layout& layout, Seen& seen, void* value);
  bool DropMissing(const Field* fields, uint64_t missing, void* value);

  Fault& fault_;
  const WireScope* scope_ = nullptr;  // where the attribute at hand stands
  int depth_ = 0;
};

// Whether the member has elements that are counted.
bool IsList(const Field& field) {
  return field.attribute->multi || field.attribute->kind == Kind::kNestTypeValue;
}

// Not a part of who calls it, which is called for each nest.
[[gnu::noinline]] bool TooDeep(Fault& fault) {
  return fault.Set("nests stand too deep in each other");
}

void* MemberOf(const Field& field, void* value) { return static_cast<char*>(value) + field.offset; }

// The value of a holder, which is made where it is not there yet. In an optional it stands first.
void* Hold(const MemberType& type, void* member) {
  const bool is_there = type.mark != 0 && IsMarked(type, member);
  return is_there ? member : type.at(member, 0);
}

// Makes the member absent.
void Drop(const Field& field, void* member) {
  const MemberType& type = *field.type;
  switch (type.shape) {
    case MemberType::Shape::kPlain:
      if (field.attribute->kind == Kind::kFlag) std::memset(member, 0, sizeof(bool));
      return;
    case MemberType::Shape::kOptionalPlain: Mark(type, member, false); return;
    case MemberType::Shape::kHolder:
      if (type.mark == 0 || IsMarked(type, member)) type.truncate(member, 0);
      return;
    case MemberType::Shape::kSequence: type.truncate(member, 0); return;
    case MemberType::Shape::kVariant: type.at(member, 0); return;
  }
}

// Whether the payload is the member's very bytes, as that of most is; it then is in `*value`. The
// widths are constants, so that no function has to be called for so few bytes.
inline bool Copy(const Field& field, Bytes payload, void* value) {
  if (payload.size() != field.copied) return false;
  char* const member = static_cast<char*>(value) + field.offset;
  switch (field.copied) {
    case 4: std::memcpy(member, payload.data(), 4); break;
    case 1: std::memcpy(member, payload.data(), 1); break;
    case 2: std::memcpy(member, payload.data(), 2); break;
    case 8: std::memcpy(member, payload.data(), 8); break;
    default: return false;
  }
  if (field.mark != 0) member[field.mark] = 1;
  return true;
}

bool Decoder::Message(const Layout& layout, Bytes bytes, void* value) {
  if (++depth_ > kMaxNesting) return TooDeep(fault_);
  if (layout.header != nullptr && !Header(layout, bytes, value)) return false;
  const WireScope scope{layout.set, bytes, scope_};
  scope_ = &scope;
  Seen seen(layout.fields.size());
  // Copies, which the compiler knows to stay as they are when a member is written.
  const Field* const fields = layout.fields.data();
  const uint16_t* const index = layout.index.data();
  const size_t numbers = layout.index.size();
  AttributeReader reader(bytes);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    if (raw->number >= numbers || index[raw->number] == 0) continue;
    const size_t i = index[raw->number] - size_t{1};
    if (Copy(fields[i], raw->payload, value)) {
      seen.Add(i);
    } else if (!Member(fields[i], raw->payload, MemberOf(fields[i], value), seen, i)) {
      return false;
    }
  }
  scope_ = scope.outer;
  --depth_;
  return (reader.ok() || IsAtEnd(reader.rest(), fault_)) && Complete(layout, seen, value);
}

// As if the message had no other member, and this one at its beginning.
bool Decoder::Only(const Layout& layout, const Field& field, Bytes attributes, void* member) {
  Field alone = field;
  alone.offset = 0;
  const WireScope scope{layout.set, attributes, nullptr};
  scope_ = &scope;
  Seen seen(1);
  AttributeReader reader(attributes);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    if (raw->number != NumberOf(field)) continue;
    if (Copy(alone, raw->payload, member)) {
      seen.Add(0);
    } else if (!Member(alone, raw->payload, member, seen, 0)) {
      return false;
    }
  }
  const Layout rest = {.set = layout.set, .fields = {&alone, 1}};
  return IsAtEnd(reader.rest(), fault_) && Complete(rest, seen, member);
}

// Takes the fixed header from the front of `bytes`.
bool Decoder::Header(const Layout& layout, Bytes& bytes, void* value) {
  if (!HasHeader(layout, bytes, fault_)) return false;
  DecodeStructure(*layout.header, bytes, static_cast<char*>(value) + layout.header_offset);
  bytes.remove_prefix(std::min(HeaderSize(layout), bytes.size()));
  return true;
}

// What the message had nothing of is made absent, and lists as long as they were in it.
inline bool Decoder::Complete(const Layout& layout, Seen& seen, void* value) {
  const Field* const fields = layout.fields.data();
  const size_t members = layout.fields.size();
  for (size_t first = 0; first < members; first += 64) {
    const size_t count = std::min<size_t>(members - first, 64);
    const uint64_t missing = ~seen.word(first / 64) & (~uint64_t{0} >> (64 - count));
    if (missing != 0 && !DropMissing(fields + first, missing, value)) return false;
  }
  for (size_t i = 0; seen.has_lists() && i < members; ++i) {
    if (!seen.Has(i) || !IsList(fields[i])) continue;
    fields[i].type->truncate(MemberOf(fields[i], value), seen.count(i));
  }
  return true;
}

// `missing` has a bit for each of `fields`, from the lowest.
bool Decoder::DropMissing(const Field* fields, uint64_t missing, void* value) {
  for (; missing != 0; missing &= missing - 1) {
    const Field& field = fields[std::countr_zero(missing)];
    if (field.presence == kRequired) {
      fault_.Set("required, but missing");
      return fault_.Within(field.attribute->name);
    }
    if (field.copied != 0) {
      static_cast<char*>(MemberOf(field, value))[field.mark] = 0;
    } else {
      Drop(field, MemberOf(field, value));
    }
  }
  return true;
}

bool Decoder::Member(const Field& field, Bytes payload, void* member, Seen& seen, size_t i) {
  const MemberType& type = *field.type;
  const Kind kind = field.attribute->kind;
  if (kind == Kind::kUnused) return true;
  if (IsList(field)) {
    uint32_t& count = seen.AddList(i);
    return Element(field, payload, member, count) || fault_.Within(*field.attribute, count);
  }
  seen.Add(i);
  const bool is_holder = type.shape == MemberType::Shape::kHolder;
  void* const held = is_holder ? Hold(type, member) : member;
  if (!Payload(field, kind, is_holder ? *type.element : type, payload, held)) {
    return fault_.Within(field.attribute->name);
  }
  if (type.shape == MemberType::Shape::kOptionalPlain) Mark(type, member, true);
  return true;
}

// One more of a member that may stand several times.
bool Decoder::Element(const Field& field, Bytes payload, void* member, uint32_t& count) {
  if (field.attribute->kind == Kind::kNestTypeValue) {
    // As of everything that cannot be repeated, of two the last counts.
    if (!field.attribute->multi) count = 0;
    uint32_t keys[255];
    return TypeValues(field, 0, payload, member, keys, count);
  }
  const MemberType& type = *field.type;
  void* const element = type.at(member, count);
  if (!Payload(field, field.attribute->kind, *type.element, payload, element)) return false;
  ++count;
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
    default: return DecodeInteger(kind, field.attribute->order, type.width, payload, value, fault_);
  }
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
  if (count != 0) type.at(value, count - 1);
  Elements elements(type, value);
  if (count < elements.size()) type.truncate(value, count);
  if (type.element->width == width && !IsForeign(field.attribute->order)) {
    if (count != 0) std::memcpy(elements.at(0), payload.data(), payload.size());
    return true;
  }
  for (size_t i = 0; i < count; ++i) {
    if (!Payload(field, kind, *type.element, payload.subspan(i * width, width), elements.at(i))) {
      return fault_.AtElement(i);
    }
  }
  return true;
}

bool Decoder::IndexedArray(const Field& field, const MemberType& type, Bytes payload, void* value) {
  const Kind kind = field.attribute->element;
  size_t count = 0;
  Elements elements(type, value);
  AttributeReader reader(payload);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    void* const element = elements.at(count);
    const bool good = kind == Kind::kNest
                          ? Message(*field.nested, raw->payload, element)
                          : Payload(field, kind, *type.element, raw->payload, element);
    if (!good) return fault_.AtElement(count);
    ++count;
  }
  if (count < elements.size()) type.truncate(value, count);
  return reader.ok() || IsAtEnd(reader.rest(), fault_);
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
  return IsAtEnd(reader.rest(), fault_);
}

}  // namespace

bool DecodeInteger(Kind kind, ByteOrder order, size_t width, Bytes payload, void* value,
                   Fault& fault) {
  const std::optional<uint64_t> number = LoadWire(kind, order, payload);
  if (!number) {
    const size_t expected = WireWidth(kind);
    return fault.Set(absl::StrCat(payload.size(), " bytes where an integer has ",
                                  expected == 0 ? "4 or 8" : absl::StrCat(expected)));
  }
  if (!FitsIn(*number, width, IsSigned(kind))) {
    return fault.Set(absl::StrCat("the value does not fit in ", 8 * width, " bits"));
  }
  StoreInteger(*number, value, width);
  return true;
}

bool HasHeader(const Layout& layout, Bytes bytes, Fault& fault) {
  if (layout.header == nullptr) return true;
  const Structure& header = *layout.header->structure;
  if (bytes.size() >= header.size) return true;
  return fault.Set(absl::StrCat(bytes.size(), " bytes where the header `", header.name,
                                "` alone has ", header.size));
}

bool IsAtEnd(Bytes rest, Fault& fault) {
  if (rest.empty()) return true;
  return fault.Set(absl::StrCat("an attribute does not fit in the last ", rest.size(),
                                " bytes of what contains it"));
}

absl::Status DecodeMember(const Layout& layout, const Field& field, Bytes attributes,
                          void* member) {
  Fault fault;
  if (Decoder(fault).Only(layout, field, attributes, member)) return absl::OkStatus();
  return absl::DataLossError(fault.Message());
}

absl::Status Decode(const Layout& layout, Bytes bytes, void* value) {
  Fault fault;
  if (Decoder(fault).Message(layout, bytes, value)) return absl::OkStatus();
  return absl::DataLossError(fault.Message());
}

}  // namespace genl
