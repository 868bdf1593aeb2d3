#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "genl/encode.h"
#include "genl/json/json.h"
#include "genl/json/names.h"
#include "genl/json/printer.h"
#include "genl/json/values.h"

namespace genl {
namespace {

using Attributes = std::vector<RawAttribute>;

// Nothing where the bytes are not attributes, one behind the other.
std::optional<Attributes> Split(Bytes bytes) {
  Attributes attributes;
  AttributeReader reader(bytes);
  while (const std::optional<RawAttribute> raw = reader.Next()) attributes.push_back(*raw);
  if (!reader.ok()) return std::nullopt;
  return attributes;
}

// Brings those of the same number together, where the first of them stands.
void Group(Attributes& attributes) {
  absl::flat_hash_map<uint16_t, size_t> first;
  for (const RawAttribute& raw : attributes) first.emplace(raw.number, first.size());
  std::stable_sort(attributes.begin(), attributes.end(),
                   [&first](const RawAttribute& a, const RawAttribute& b) {
                     return first.at(a.number) < first.at(b.number);
                   });
}

// Whether the types of a nest by type and value can be walked down to the nests.
bool HasLevels(int levels, Bytes payload) {
  const std::optional<Attributes> inner = Split(payload);
  if (!inner) return false;
  return levels == 0 || std::all_of(inner->begin(), inner->end(), [levels](const RawAttribute& a) {
           return HasLevels(levels - 1, a.payload);
         });
}

class MessagePrinter {
 public:
  explicit MessagePrinter(JsonPrinter& out) : out_(out) {}

  void Message(const AttributeSet& set, Attributes attributes);

 private:
  using Run = absl::Span<const RawAttribute>;

  void Members(const AttributeSet& set, Attributes attributes);
  void Member(const AttributeSet& set, Run run);
  void Unknown(Run run);
  void Value(const Attribute& attribute, Kind kind, Bytes payload);
  bool Formed(const Attribute& attribute, Kind kind, Bytes payload);
  bool String(Bytes payload);
  bool Binary(const Attribute& attribute, Bytes payload);
  bool Nest(const Attribute& attribute, Bytes payload);
  bool Array(const Attribute& attribute, Bytes payload);
  bool IndexedArray(const Attribute& attribute, Bytes payload);
  void TypeValues(const Attribute& attribute, Run run);
  void TypeValue(const Attribute& attribute, std::vector<uint16_t>& types, Bytes payload);
  bool Bitfield32(const Attribute& attribute, Bytes payload);
  bool Integer(const Attribute& attribute, Kind kind, Bytes payload);
  void Enumerated(const Enum& enumeration, uint64_t value, bool is_signed);
  void Flags(const Enum& enumeration, uint64_t value);
  void Raw(Bytes payload);

  JsonPrinter& out_;
  int depth_ = 1;  // nests, and the message itself
};

void MessagePrinter::Message(const AttributeSet& set, Attributes attributes) {
  out_.BeginObject();
  Members(set, std::move(attributes));
  out_.EndObject();
}

void MessagePrinter::Members(const AttributeSet& set, Attributes attributes) {
  Group(attributes);
  Run rest = attributes;
  while (!rest.empty()) {
    const auto end = std::find_if(rest.begin(), rest.end(), [&](const RawAttribute& raw) {
      return raw.number != rest.front().number;
    });
    const size_t size = static_cast<size_t>(end - rest.begin());
    Member(set, rest.first(size));
    rest.remove_prefix(size);
  }
}

void MessagePrinter::Member(const AttributeSet& set, Run run) {
  const Attribute* attribute = set.Find(run.front().number);
  if (attribute == nullptr || attribute->kind == Kind::kUnused) {
    // Padding is no news.
    const bool padding = attribute != nullptr && run.size() == 1 && run.front().payload.empty();
    if (!padding) Unknown(run);
    return;
  }
  out_.Key(attribute->name);
  if (attribute->kind == Kind::kNestTypeValue) {
    TypeValues(*attribute, run);
  } else if (attribute->multi) {
    out_.BeginArray();
    for (const RawAttribute& raw : run) Value(*attribute, attribute->kind, raw.payload);
    out_.EndArray();
  } else {
    Value(*attribute, attribute->kind, run.back().payload);
  }
}

void MessagePrinter::Unknown(Run run) {
  out_.Key(absl::StrCat(kNumberMark, run.front().number));
  if (run.size() > 1) out_.BeginArray();
  for (const RawAttribute& raw : run) out_.String(HexText(raw.payload));
  if (run.size() > 1) out_.EndArray();
}

void MessagePrinter::Raw(Bytes payload) {
  out_.BeginObject();
  out_.Key(kRawMember);
  out_.String(HexText(payload));
  out_.EndObject();
}

void MessagePrinter::Value(const Attribute& attribute, Kind kind, Bytes payload) {
  if (!Formed(attribute, kind, payload)) Raw(payload);
}

// False, with nothing printed, where the payload does not have the form of its kind.
bool MessagePrinter::Formed(const Attribute& attribute, Kind kind, Bytes payload) {
  switch (kind) {
    case Kind::kUnused: return false;
    case Kind::kFlag:
      if (!payload.empty()) return false;
      out_.Literal("true");
      return true;
    case Kind::kString: return String(payload);
    case Kind::kStruct:
    case Kind::kSubMessage:
    case Kind::kBinary: return Binary(attribute, payload);
    case Kind::kNest: return Nest(attribute, payload);
    case Kind::kArray: return Array(attribute, payload);
    case Kind::kIndexedArray: return IndexedArray(attribute, payload);
    case Kind::kBitfield32: return Bitfield32(attribute, payload);
    case Kind::kNestTypeValue: return false;  // only as an attribute, see Member()
    case Kind::kU8:
    case Kind::kU16:
    case Kind::kU32:
    case Kind::kU64:
    case Kind::kS8:
    case Kind::kS16:
    case Kind::kS32:
    case Kind::kS64:
    case Kind::kUint:
    case Kind::kSint: return Integer(attribute, kind, payload);
  }
  return false;
}

bool MessagePrinter::String(Bytes payload) {
  // The sender may pad with several NULs, or leave it out.
  const auto end = std::find(payload.begin(), payload.end(), uint8_t{0});
  if (std::any_of(end, payload.end(), [](uint8_t byte) { return byte != 0; })) return false;
  const absl::string_view text(reinterpret_cast<const char*>(payload.data()),
                               static_cast<size_t>(end - payload.begin()));
  if (!IsUtf8(text)) return false;
  out_.String(text);
  return true;
}

bool MessagePrinter::Binary(const Attribute& attribute, Bytes payload) {
  const std::optional<std::string> address = AddressText(attribute.display, payload);
  out_.String(address ? *address : HexText(payload));
  return true;
}

bool MessagePrinter::Nest(const Attribute& attribute, Bytes payload) {
  std::optional<Attributes> inner = Split(payload);
  if (!inner || depth_ == kMaxNesting) return false;
  ++depth_;
  Message(NestedSet(attribute), *std::move(inner));
  --depth_;
  return true;
}

bool MessagePrinter::Array(const Attribute& attribute, Bytes payload) {
  const size_t width = WireWidth(attribute.element);
  if (width == 0 || payload.size() % width != 0) return false;
  out_.BeginArray();
  for (; !payload.empty(); payload.remove_prefix(width)) {
    Integer(attribute, attribute.element, payload.first(width));
  }
  out_.EndArray();
  return true;
}

bool MessagePrinter::Bitfield32(const Attribute& attribute, Bytes payload) {
  if (payload.size() != sizeof(Bitfield<>)) return false;
  out_.BeginObject();
  out_.Key(kValueMember);
  Integer(attribute, Kind::kU32, payload.first(sizeof(uint32_t)));
  out_.Key(kSelectorMember);
  Integer(attribute, Kind::kU32, payload.subspan(sizeof(uint32_t)));
  out_.EndObject();
  return true;
}

bool MessagePrinter::IndexedArray(const Attribute& attribute, Bytes payload) {
  const std::optional<Attributes> elements = Split(payload);
  if (!elements || depth_ == kMaxNesting) return false;
  out_.BeginArray();
  ++depth_;
  for (const RawAttribute& raw : *elements) Value(attribute, attribute.element, raw.payload);
  --depth_;
  out_.EndArray();
  return true;
}

void MessagePrinter::TypeValues(const Attribute& attribute, Run run) {
  out_.BeginArray();
  for (const RawAttribute& raw : run) {
    std::vector<uint16_t> types;
    if (depth_ < kMaxNesting && HasLevels(attribute.levels, raw.payload)) {
      TypeValue(attribute, types, raw.payload);
    } else {
      Raw(raw.payload);
    }
  }
  out_.EndArray();
}

void MessagePrinter::TypeValue(const Attribute& attribute, std::vector<uint16_t>& types,
                               Bytes payload) {
  Attributes inner = *Split(payload);  // HasLevels() has seen that it can be
  if (types.size() < attribute.levels) {
    for (const RawAttribute& raw : inner) {
      types.push_back(raw.number);
      TypeValue(attribute, types, raw.payload);
      types.pop_back();
    }
    return;
  }
  out_.BeginObject();
  for (int level = 0; level < attribute.levels; ++level) {
    out_.Key(LevelName(attribute, level));
    out_.Literal(absl::StrCat(types[static_cast<size_t>(level)]));
  }
  ++depth_;
  Members(NestedSet(attribute), std::move(inner));
  --depth_;
  out_.EndObject();
}

bool MessagePrinter::Integer(const Attribute& attribute, Kind kind, Bytes payload) {
  const std::optional<uint64_t> value = LoadWire(kind, attribute.order, payload);
  if (!value) return false;
  if (const std::optional<std::string> address = AddressText(attribute.display, payload)) {
    out_.String(*address);
  } else if (attribute.enumeration != nullptr && attribute.enumeration->flags) {
    Flags(*attribute.enumeration, *value);
  } else if (attribute.enumeration != nullptr) {
    Enumerated(*attribute.enumeration, *value, IsSigned(kind));
  } else if (attribute.display == Display::kHex) {
    out_.String(NumberText(*value, IsSigned(kind), /*hex=*/true));
  } else {
    out_.Literal(NumberText(*value, IsSigned(kind), /*hex=*/false));
  }
  return true;
}

void MessagePrinter::Enumerated(const Enum& enumeration, uint64_t value, bool is_signed) {
  const absl::string_view name = EnumName(enumeration, value);
  if (name.empty()) {
    out_.Literal(NumberText(value, is_signed, /*hex=*/false));
  } else {
    out_.String(name);
  }
}

void MessagePrinter::Flags(const Enum& enumeration, uint64_t value) {
  out_.BeginArray();
  for (const EnumEntry& entry : enumeration.entries) {
    if (entry.value == 0 || (value & entry.value) != entry.value) continue;
    out_.String(entry.name);
    value &= ~entry.value;
  }
  if (value != 0) out_.Literal(absl::StrCat(value));
  out_.EndArray();
}

}  // namespace

absl::Status AppendJson(const AttributeSet& set, Bytes attributes, JsonStyle style,
                        std::string& to) {
  std::optional<Attributes> split = Split(attributes);
  if (!split) return absl::DataLossError("the bytes are not attributes");
  JsonPrinter printer(to, style == JsonStyle::kPretty);
  MessagePrinter(printer).Message(set, *std::move(split));
  return absl::OkStatus();
}

absl::StatusOr<std::string> ToJson(const AttributeSet& set, Bytes attributes, JsonStyle style) {
  std::string text;
  if (absl::Status status = AppendJson(set, attributes, style, text); !status.ok()) return status;
  return text;
}

absl::StatusOr<std::string> ToJson(const Layout& layout, const void* value, JsonStyle style) {
  Writer writer;
  if (absl::Status status = Encode(layout, value, writer); !status.ok()) return status;
  return ToJson(layout.set != nullptr ? *layout.set : kNoAttributes, writer.bytes(), style);
}

}  // namespace genl
