#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "genl/encode.h"
#include "genl/json/json.h"
#include "genl/json/names.h"
#include "genl/json/printer.h"
#include "genl/json/scalar_printer.h"
#include "genl/json/structure.h"
#include "genl/json/values.h"
#include "genl/sub_message.h"

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
  explicit MessagePrinter(JsonPrinter& out) : out_(out), scalars_(out), structures_(out) {}

  // False, with nothing printed, where the bytes are no such message.
  bool Message(const MessageTable& message, Bytes bytes);

 private:
  using Run = absl::Span<const RawAttribute>;

  void Header(const Structure& header, Bytes bytes);
  void Members(const MessageTable& message, Attributes attributes, Bytes bytes);
  void Member(const MessageTable& message, Run run);
  void Unknown(Run run);
  void Value(const Attribute& attribute, Kind kind, Bytes payload);
  bool Formed(const Attribute& attribute, Kind kind, Bytes payload);
  bool Array(const Attribute& attribute, Bytes payload);
  bool IndexedArray(const Attribute& attribute, Bytes payload);
  bool SubMessage(const Attribute& attribute, Bytes payload);
  void TypeValues(const Attribute& attribute, Run run);
  void TypeValue(const Attribute& attribute, std::vector<uint16_t>& types, Bytes payload);
  bool Bitfield32(const Attribute& attribute, Bytes payload);

  JsonPrinter& out_;
  ScalarPrinter scalars_;
  StructurePrinter structures_;
  const WireScope* scope_ = nullptr;  // where the attribute at hand stands
  int depth_ = 0;                     // nests, and the message itself
};

bool MessagePrinter::Message(const MessageTable& message, Bytes bytes) {
  if (message.header != nullptr && bytes.size() < message.header->size) return false;
  const Bytes header = bytes.first(std::min(HeaderSize(message.header), bytes.size()));
  bytes.remove_prefix(header.size());
  std::optional<Attributes> attributes = Split(bytes);
  if (!attributes || depth_ == kMaxNesting) return false;
  out_.BeginObject();
  if (message.header != nullptr) Header(*message.header, header);
  Members(message, *std::move(attributes), bytes);
  out_.EndObject();
  return true;
}

// `bytes`: with the padding behind it.
void MessagePrinter::Header(const Structure& header, Bytes bytes) {
  out_.Key(kHeaderMember);
  const Bytes shown = IsZero(bytes.subspan(header.size)) ? bytes.first(header.size) : bytes;
  if (structures_.Print(header, shown)) return;
  // A message may end before the padding, which is sent in any case.
  std::vector<uint8_t> padded(bytes.begin(), bytes.end());
  padded.resize(HeaderSize(&header));
  scalars_.Raw(padded);
}

// Of attributes that stand in `bytes`.
void MessagePrinter::Members(const MessageTable& message, Attributes attributes, Bytes bytes) {
  const WireScope scope{message.set, bytes, scope_};
  scope_ = &scope;
  ++depth_;
  Group(attributes);
  Run rest = attributes;
  while (!rest.empty()) {
    const auto end = std::find_if(rest.begin(), rest.end(), [&](const RawAttribute& raw) {
      return raw.number != rest.front().number;
    });
    const size_t size = static_cast<size_t>(end - rest.begin());
    Member(message, rest.first(size));
    rest.remove_prefix(size);
  }
  --depth_;
  scope_ = scope.outer;
}

void MessagePrinter::Member(const MessageTable& message, Run run) {
  const Attribute* attribute = message.set->Find(run.front().number);
  // The fixed header has its name.
  const bool hidden =
      message.header != nullptr && attribute != nullptr && attribute->name == kHeaderMember;
  if (attribute == nullptr || attribute->kind == Kind::kUnused || hidden) {
    // Padding is no news.
    const bool padding =
        attribute != nullptr && !hidden && run.size() == 1 && run.front().payload.empty();
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

void MessagePrinter::Value(const Attribute& attribute, Kind kind, Bytes payload) {
  if (!Formed(attribute, kind, payload)) scalars_.Raw(payload);
}

// False, with nothing printed, where the payload does not have the form of its kind.
bool MessagePrinter::Formed(const Attribute& attribute, Kind kind, Bytes payload) {
  switch (kind) {
    case Kind::kUnused: return false;
    case Kind::kFlag:
      if (!payload.empty()) return false;
      out_.Literal("true");
      return true;
    case Kind::kString: return scalars_.String(payload);
    case Kind::kBinary: scalars_.Binary(attribute, payload); return true;
    case Kind::kStruct: return structures_.Print(*attribute.structure, payload);
    case Kind::kSubMessage: return SubMessage(attribute, payload);
    case Kind::kNest: return Message(NestedSet(attribute), payload);
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
    case Kind::kSint: return scalars_.Integer(attribute, kind, payload);
  }
  return false;
}

bool MessagePrinter::SubMessage(const Attribute& attribute, Bytes payload) {
  const Format* format = FindFormat(attribute, *scope_);
  if (format == nullptr) {
    scalars_.Binary(attribute, payload);
    return true;
  }
  if (format->set != nullptr) return Message({*format->set, format->header}, payload);
  if (format->header != nullptr) return structures_.Print(*format->header, payload);
  return payload.empty() && Message(kNoAttributes, payload);
}

bool MessagePrinter::Array(const Attribute& attribute, Bytes payload) {
  const size_t width = WireWidth(attribute.element);
  if (width == 0 || payload.size() % width != 0) return false;
  out_.BeginArray();
  for (; !payload.empty(); payload.remove_prefix(width)) {
    scalars_.Integer(attribute, attribute.element, payload.first(width));
  }
  out_.EndArray();
  return true;
}

bool MessagePrinter::Bitfield32(const Attribute& attribute, Bytes payload) {
  if (payload.size() != sizeof(Bitfield<>)) return false;
  out_.BeginObject();
  out_.Key(kValueMember);
  scalars_.Integer(attribute, Kind::kU32, payload.first(sizeof(uint32_t)));
  out_.Key(kSelectorMember);
  scalars_.Integer(attribute, Kind::kU32, payload.subspan(sizeof(uint32_t)));
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
      scalars_.Raw(raw.payload);
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
  Members(NestedSet(attribute), std::move(inner), payload);
  out_.EndObject();
}

}  // namespace

absl::Status AppendJson(const MessageTable& message, Bytes bytes, JsonStyle style,
                        std::string& to) {
  JsonPrinter printer(to, style == JsonStyle::kPretty);
  if (MessagePrinter(printer).Message(message, bytes)) return absl::OkStatus();
  if (message.header == nullptr || bytes.size() >= message.header->size) {
    return absl::DataLossError("the bytes are not attributes");
  }
  return absl::DataLossError(absl::StrCat(bytes.size(), " bytes where the header `",
                                          message.header->name, "` alone has ",
                                          message.header->size));
}

absl::StatusOr<std::string> ToJson(const MessageTable& message, Bytes bytes, JsonStyle style) {
  std::string text;
  if (absl::Status status = AppendJson(message, bytes, style, text); !status.ok()) return status;
  return text;
}

absl::StatusOr<std::string> ToJson(const Layout& layout, const void* value, JsonStyle style) {
  Writer writer;
  if (absl::Status status = Encode(layout, value, writer); !status.ok()) return status;
  return ToJson(TableOf(layout), writer.bytes(), style);
}

}  // namespace genl
