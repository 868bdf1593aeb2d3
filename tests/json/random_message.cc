#include "tests/json/random_message.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>

#include "genl/integer.h"

namespace genlc {
namespace {

using genl::Attribute;
using genl::IsNest;
using genl::Kind;
using genl::Limits;
using genl::Writer;

// Sets may contain themselves.
constexpr int kMaxDepth = 5;

void End(Writer& writer, Writer::Mark mark) {
  // Random messages are far from the longest attribute.
  if (!writer.End(mark)) std::abort();
}

uint64_t LowBits(size_t width) { return ~uint64_t{0} >> (64 - 8 * width); }

}  // namespace

void RandomMessage::Fill(const genl::MessageTable& message, Writer& writer) {
  if (message.header != nullptr) Header(*message.header, writer);
  Attributes(*message.set, writer);
}

std::vector<const Attribute*> RandomMessage::Choose(const genl::AttributeSet& set) {
  std::vector<const Attribute*> chosen;
  // A few of a large set, most of a small one.
  const uint64_t one_in = 1 + set.attributes.size() / 8;
  for (const Attribute& attribute : set.attributes) {
    const bool inside = IsNest(attribute.kind) || attribute.kind == Kind::kSubMessage;
    // Some specs name an attribute twice; it may still stand only once.
    const bool usable = attribute.kind != Kind::kUnused && set.Find(attribute.number) == &attribute;
    if (usable && !(inside && depth_ >= kMaxDepth) && OneIn(one_in)) chosen.push_back(&attribute);
  }
  std::shuffle(chosen.begin(), chosen.end(), random_);
  return chosen;
}

void RandomMessage::Attributes(const genl::AttributeSet& set, Writer& writer) {
  ++depth_;
  const std::vector<const Attribute*> chosen = Choose(set);
  // Wherever a selector stands, it is made first: others depend on it.
  std::map<const Attribute*, Writer> selectors;
  Writer all;
  for (const Attribute* attribute : chosen) {
    if (genl::FindSelector(&set, attribute->name) != attribute) continue;
    Writer& own = selectors[attribute];
    Selector(set, *attribute, own);
    all.Append(own.bytes().data(), own.bytes().size());
  }
  const genl::WireScope scope{&set, all.bytes(), scope_};
  scope_ = &scope;
  for (const Attribute* attribute : chosen) {
    if (const auto made = selectors.find(attribute); made != selectors.end()) {
      writer.Append(made->second.bytes().data(), made->second.bytes().size());
      continue;
    }
    // One value of what may be repeated stands behind the other: JSON has them together.
    const uint64_t times =
        attribute->multi && attribute->kind != Kind::kNestTypeValue ? 1 + Below(3) : 1;
    for (uint64_t i = 0; i < times; ++i) Add(*attribute, writer);
  }
  if (OneIn(16)) Unknown(writer);
  scope_ = scope.outer;
  --depth_;
}

void RandomMessage::Add(const Attribute& attribute, Writer& writer) {
  if (attribute.kind == Kind::kSubMessage) return SubMessage(attribute, writer);
  const uint16_t nest = IsNest(attribute.kind) ? NLA_F_NESTED : 0;
  const Writer::Mark mark = writer.Begin(attribute.number | nest);
  Payload(attribute, attribute.kind, writer);
  End(writer, mark);
}

// A value that may say which format a sub-message of the set has, and mostly does.
void RandomMessage::Selector(const genl::AttributeSet& set, const Attribute& attribute,
                             Writer& writer) {
  for (const Attribute& other : set.attributes) {
    const bool selects = other.kind == Kind::kSubMessage && attribute.kind == Kind::kString &&
                         absl::string_view(other.selector) == attribute.name;
    if (!selects || OneIn(8)) continue;
    const auto& formats = other.sub_message->formats;
    const std::string value = formats[Below(formats.size())].value;
    const Writer::Mark mark = writer.Begin(attribute.number);
    writer.Append(value.c_str(), value.size() + 1);
    return End(writer, mark);
  }
  Add(attribute, writer);
}

void RandomMessage::SubMessage(const Attribute& attribute, Writer& writer) {
  const genl::Format* format = genl::FindFormat(attribute, *scope_);
  const bool is_nest = format != nullptr && format->set != nullptr && format->header == nullptr;
  const Writer::Mark mark = writer.Begin(attribute.number | (is_nest ? NLA_F_NESTED : 0));
  if (format == nullptr) {
    Noise(Below(12), writer);
  } else if (format->set != nullptr) {
    Fill({*format->set, format->header}, writer);
  } else if (format->header != nullptr) {
    const std::vector<uint8_t> bytes = StructureOfAnyLength(*format->header);
    writer.Append(bytes.data(), bytes.size());
  }
  End(writer, mark);
}

void RandomMessage::Header(const genl::Structure& header, Writer& writer) {
  std::vector<uint8_t> bytes = Structure(header);
  bytes.resize(genl::HeaderSize(&header));
  writer.Append(bytes.data(), bytes.size());
}

std::vector<uint8_t> RandomMessage::Structure(const genl::Structure& structure) {
  std::vector<uint8_t> bytes(structure.size);
  for (const genl::StructMember& member : structure.members) {
    uint8_t* to = bytes.data() + member.offset;
    if (member.kind == Kind::kStruct) {
      const std::vector<uint8_t> inside = Structure(*member.nested);
      std::copy(inside.begin(), inside.end(), to);
    } else if (member.kind == Kind::kString) {
      std::fill_n(to, Below(member.size + 1u), uint8_t{'x'});
    } else if (member.kind != Kind::kUnused) {
      std::generate_n(to, member.size, [this] { return static_cast<uint8_t>(random_()); });
    }
  }
  return bytes;
}

// Mostly that of the spec.
std::vector<uint8_t> RandomMessage::StructureOfAnyLength(const genl::Structure& structure) {
  std::vector<uint8_t> bytes = Structure(structure);
  if (OneIn(8)) bytes.resize(Below(bytes.size() + 1));
  if (OneIn(8)) bytes.resize(bytes.size() + Below(12), 7);
  return bytes;
}

void RandomMessage::Noise(size_t size, Writer& writer) {
  for (; size > 0; --size) {
    const uint8_t byte = static_cast<uint8_t>(random_());
    writer.Append(&byte, 1);
  }
}

void RandomMessage::Unknown(Writer& writer) {
  const uint16_t number = static_cast<uint16_t>(genl::kMaxAttributeNumber - Below(1000));
  for (uint64_t times = 1 + Below(2); times > 0; --times) {
    const uint64_t noise = random_();
    const Writer::Mark mark = writer.Begin(number);
    writer.Append(&noise, Below(sizeof(noise) + 1));
    End(writer, mark);
  }
}

void RandomMessage::Payload(const Attribute& attribute, Kind kind, Writer& writer) {
  switch (kind) {
    case Kind::kUnused:
    case Kind::kFlag: return;
    case Kind::kString: return String(LimitsOf(attribute), writer);
    case Kind::kBinary: return Binary(attribute, writer);
    case Kind::kNest:
      if (attribute.nested != nullptr) Attributes(*attribute.nested, writer);
      return;
    case Kind::kStruct: {
      const std::vector<uint8_t> bytes = StructureOfAnyLength(*attribute.structure);
      return writer.Append(bytes.data(), bytes.size());
    }
    case Kind::kArray: return Array(attribute, writer);
    case Kind::kBitfield32:
      Integer(attribute, Kind::kU32, writer);
      return Integer(attribute, Kind::kU32, writer);
    case Kind::kIndexedArray: return IndexedArray(attribute, writer);
    case Kind::kNestTypeValue: return TypeValues(attribute, writer);
    default: return Integer(attribute, kind, writer);
  }
}

// Of `likely` bytes where the limits allow it; now and then as short or long as they do.
size_t RandomMessage::Length(const Limits& limits, size_t likely) {
  if (limits.type != Limits::Type::kLength) return likely;
  const uint64_t high = std::min<uint64_t>(limits.high, limits.low + 200);
  if (OneIn(4)) return OneIn(2) ? limits.low : high;
  return std::clamp<uint64_t>(likely, limits.low, high);
}

void RandomMessage::String(const Limits& limits, Writer& writer) {
  static constexpr const char* kPieces[] = {"a", "Z", "0", " ", "\"", "\\", "\n", "\x01", "{", "é"};
  const size_t length = Length(limits, Below(12));
  std::string text;
  while (text.size() < length) {
    const std::string piece = kPieces[Below(std::size(kPieces))];
    text += text.size() + piece.size() <= length ? piece : "x";
  }
  writer.Append(text.c_str(), text.size() + 1);
}

void RandomMessage::Binary(const Attribute& attribute, Writer& writer) {
  size_t likely = Below(20);
  switch (attribute.display) {
    case genl::Display::kMac:
    case genl::Display::kFddi: likely = 6; break;
    case genl::Display::kIpv4: likely = 4; break;
    case genl::Display::kIpv6:
    case genl::Display::kUuid: likely = 16; break;
    case genl::Display::kIpv4OrV6: likely = OneIn(2) ? 4 : 16; break;
    case genl::Display::kPlain:
    case genl::Display::kHex: break;
  }
  Noise(Length(LimitsOf(attribute), likely), writer);
}

uint64_t RandomMessage::Value(const Attribute& attribute, Kind kind) {
  const size_t width = genl::WireWidth(kind) != 0 ? genl::WireWidth(kind) : sizeof(uint64_t);
  const Limits limits = genl::IsInteger(attribute.kind) ? LimitsOf(attribute) : Limits{};
  if (limits.type == Limits::Type::kMask) return random_() & limits.high;
  if (limits.type == Limits::Type::kRange) {
    if (OneIn(4)) return OneIn(2) ? limits.low : limits.high;
    const uint64_t size = limits.high - limits.low;
    return size == ~uint64_t{0} ? random_() : limits.low + Below(size + 1);
  }
  // Edges are as likely as all the rest.
  uint64_t value = random_();
  if (OneIn(3)) value = 0;
  if (OneIn(3)) value = ~value;
  if (OneIn(3)) value >>= Below(64);
  value &= LowBits(width);
  if (!genl::IsSigned(kind)) return value;
  const int spare = static_cast<int>(64 - 8 * width);
  return static_cast<uint64_t>(static_cast<int64_t>(value << spare) >> spare);
}

void RandomMessage::Integer(const Attribute& attribute, Kind kind, Writer& writer) {
  uint64_t value = Value(attribute, kind);
  size_t width = genl::WireWidth(kind);
  if (width == 0) width = genl::FitsIn(value, 4, genl::IsSigned(kind)) ? 4 : 8;
  if (genl::IsForeign(attribute.order)) value = genl::SwapBytes(value, width);
  uint8_t bytes[sizeof(value)];
  genl::StoreInteger(value, bytes, width);
  writer.Append(bytes, width);
}

void RandomMessage::Array(const Attribute& attribute, Writer& writer) {
  const size_t width = genl::WireWidth(attribute.element);
  for (size_t i = Length(LimitsOf(attribute), width * Below(5)) / width; i > 0; --i) {
    Integer(attribute, attribute.element, writer);
  }
}

void RandomMessage::IndexedArray(const Attribute& attribute, Writer& writer) {
  const uint64_t size = Below(4);
  for (uint64_t i = 1; i <= size; ++i) {
    const uint16_t nest = IsNest(attribute.element) ? NLA_F_NESTED : 0;
    const Writer::Mark mark = writer.Begin(static_cast<uint16_t>(i) | nest);
    Payload(attribute, attribute.element, writer);
    End(writer, mark);
  }
}

void RandomMessage::TypeValues(const Attribute& attribute, Writer& writer) {
  for (uint64_t i = Below(4); i > 0; --i) {
    std::vector<Writer::Mark> open;
    for (int level = 0; level < attribute.levels; ++level) {
      const uint64_t type = Below(genl::kMaxAttributeNumber + 1);
      open.push_back(writer.Begin(static_cast<uint16_t>(type) | NLA_F_NESTED));
    }
    if (attribute.nested != nullptr) Attributes(*attribute.nested, writer);
    for (; !open.empty(); open.pop_back()) End(writer, open.back());
  }
}

}  // namespace genlc
