// Tables that say what a message looks like on the wire, apart from any C++ type.
//
//   constexpr genl::Attribute kThresholdAttributes[] = {
//       {.number = 1, .kind = genl::Kind::kU32, .name = "severity"},
//       {.number = 2, .kind = genl::Kind::kS32, .name = "temperature"},
//   };
//   constexpr genl::AttributeSet kThreshold =
//       genl::MakeSet<kThresholdAttributes>("threshold");
//
// Generated code has them as constants; a tool may build the same tables at run time from
// a spec. They own nothing: what they point to must outlive them.
#ifndef GENL_TABLE_H_
#define GENL_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace genl {

// The highest number of an attribute; the two bits above it are flags on the wire.
inline constexpr uint16_t kMaxAttributeNumber = 0x3fff;

// What an attribute carries.
enum class Kind : uint8_t {
  kUnused,  // reserved or padding: skipped
  kFlag,    // present or not
  kBinary,
  kString,
  kU8,
  kU16,
  kU32,
  kU64,
  kS8,
  kS16,
  kS32,
  kS64,
  kUint,  // 4 or 8 bytes, whichever the value needs
  kSint,
  kNest,
  kArray,          // a C array of integers of kind `element`
  kIndexedArray,   // a nest whose attributes are the elements, of kind `element`
  kNestTypeValue,  // nests whose attribute types are values, `levels` deep
  kBitfield32,     // 32 bits and which of them are meant: Bitfield
  kStruct,         // bytes with members at fixed places: `structure`
  kSubMessage,     // what it carries, another attribute says: `sub_message`
};

constexpr bool IsInteger(Kind kind) { return kind >= Kind::kU8 && kind <= Kind::kSint; }
constexpr bool IsSigned(Kind kind) {
  return (kind >= Kind::kS8 && kind <= Kind::kS64) || kind == Kind::kSint;
}
// Whether the payload is attributes (NLA_F_NESTED); of a sub-message its format decides.
constexpr bool IsNest(Kind kind) {
  return kind == Kind::kNest || kind == Kind::kIndexedArray || kind == Kind::kNestTypeValue;
}
// Bytes of an integer on the wire; 0 where it varies or where the kind is no integer.
constexpr size_t WireWidth(Kind kind) {
  switch (kind) {
    case Kind::kU8:
    case Kind::kS8: return 1;
    case Kind::kU16:
    case Kind::kS16: return 2;
    case Kind::kU32:
    case Kind::kS32: return 4;
    case Kind::kU64:
    case Kind::kS64: return 8;
    default: return 0;
  }
}

enum class ByteOrder : uint8_t { kHost, kLittle, kBig };

// How people want to read the value.
enum class Display : uint8_t { kPlain, kHex, kMac, kFddi, kIpv4, kIpv6, kIpv4OrV6, kUuid };

// One entry of an enumeration; of flags the mask, not the bit.
struct EnumEntry {
  uint64_t value = 0;
  const char* name = "";
};

struct Enum {
  const char* name = "";
  bool flags = false;
  absl::Span<const EnumEntry> entries = {};
};

// As in the spec: "infrared". Empty for a value that has no name.
absl::string_view EnumName(const Enum& enumeration, uint64_t value);

// What the spec allows beyond the type. Numbers of signed kinds are kept as their bits.
struct Limits {
  enum class Type : uint8_t { kNone, kRange, kMask, kLength };
  static constexpr uint64_t kNoMaximum = ~uint64_t{0};

  Type type = Type::kNone;
  uint64_t low = 0;           // least value or length in bytes (of a string without its NUL)
  uint64_t high = 0;          // greatest value or length, or the bits that may be set
  bool unterminated = false;  // a string may do without its NUL

  bool operator==(const Limits&) const = default;
};

inline constexpr Limits kNoLimits = {};

// A range of values of an integer, inclusive.
template <typename T>
constexpr Limits Range(T low, T high) {
  return {Limits::Type::kRange, static_cast<uint64_t>(low), static_cast<uint64_t>(high)};
}
constexpr Limits Mask(uint64_t bits) { return {Limits::Type::kMask, 0, bits}; }
constexpr Limits Length(uint64_t least, uint64_t most) {
  return {Limits::Type::kLength, least, most};
}
constexpr Limits MinLength(uint64_t least) { return Length(least, Limits::kNoMaximum); }
constexpr Limits Unterminated(Limits limits) {
  limits.unterminated = true;
  return limits;
}

// For rows: `.limits = &genl::kLimits<genl::Range<uint64_t>(1, 48)>`. Rows of the same limits
// share them.
template <Limits kValue>
static constexpr Limits kLimits = kValue;

struct AttributeSet;
struct Structure;

// One member of a binary structure. Integers have the width of their kind.
struct StructMember {
  uint16_t offset = 0;        // in bytes, from the start of the structure
  uint16_t size = 0;          // in bytes
  Kind kind = Kind::kUnused;  // an integer of fixed width, kBinary, kString, kStruct or padding
  ByteOrder order = ByteOrder::kHost;
  Display display = Display::kPlain;
  const char* name = "";
  const Structure* nested = nullptr;  // of kStruct
  const Enum* enumeration = nullptr;
};

// What stands in a binary attribute, or as a fixed header before attributes. Members are packed:
// they stand where the spec puts them, whatever a compiler would align.
struct Structure {
  const char* name = "";
  uint32_t size = 0;  // in bytes
  absl::Span<const StructMember> members = {};
};

// Bytes before the attributes of a message or sub-message: its fixed header, padded as on the
// wire (NLMSG_ALIGN); 0 where it has none.
constexpr size_t HeaderSize(const Structure* header) {
  return header != nullptr ? (header->size + size_t{3}) & ~size_t{3} : 0;
}

// One thing that a sub-message can be: a structure, attributes, both, or empty.
struct Format {
  const char* value = "";  // of the selector: "vlan"; of an enumeration the entry's name
  const Structure* header = nullptr;
  const AttributeSet* set = nullptr;
};

struct SubMessage {
  const char* name = "";
  absl::Span<const Format> formats = {};
};

// One attribute of a set.
struct Attribute {
  uint16_t number = 0;
  Kind kind = Kind::kUnused;
  Kind element = Kind::kUnused;  // of kArray and kIndexedArray
  ByteOrder order = ByteOrder::kHost;
  bool multi = false;  // may stand several times
  uint8_t levels = 0;  // of kNestTypeValue
  Display display = Display::kPlain;
  const char* name = "";
  const AttributeSet* nested = nullptr;  // of nests and arrays of nests
  const Enum* enumeration = nullptr;
  const Limits* limits = nullptr;        // null: whatever the type can hold
  const char* level_names = nullptr;     // of kNestTypeValue, for people: "policy-id attr-id"
  const Structure* structure = nullptr;  // of kStruct and arrays of structures
  const SubMessage* sub_message = nullptr;
  // Of kSubMessage: the name of the attribute that says which format it has, a string or an
  // enumeration. It stands beside this one or, if none is there, in the nearest set around it.
  const char* selector = nullptr;
};

constexpr const Limits& LimitsOf(const Attribute& attribute) {
  return attribute.limits != nullptr ? *attribute.limits : kNoLimits;
}

// The attributes of a nest or message and how to find one by its number.
struct AttributeSet {
  const char* name = "";
  absl::Span<const Attribute> attributes = {};
  // At [number]: 1 + the position in `attributes`, or 0. Empty: they stand in the order of their
  // numbers.
  absl::Span<const uint16_t> index = {};

  constexpr const Attribute* Find(uint16_t number) const {
    if (!index.empty()) {
      if (number >= index.size() || index[number] == 0) return nullptr;
      return &attributes[index[number] - 1];
    }
    size_t first = 0;
    for (size_t end = attributes.size(); first < end;) {
      const size_t middle = (first + end) / 2;
      if (attributes[middle].number == number) return &attributes[middle];
      if (attributes[middle].number < number) {
        first = middle + 1;
      } else {
        end = middle;
      }
    }
    return nullptr;
  }
};

// A message: its attributes, and the fixed header before them, if it has one.
struct MessageTable {
  constexpr MessageTable(const AttributeSet& attributes,  // NOLINT: most messages are a set
                         const Structure* fixed_header = nullptr)
      : set(&attributes), header(fixed_header) {}

  const AttributeSet* set;
  const Structure* header;
};

constexpr uint16_t NumberOf(const Attribute& attribute) { return attribute.number; }

namespace table_internal {

template <typename Row>
constexpr size_t IndexSize(absl::Span<const Row> rows) {
  size_t size = 0;
  for (const Row& row : rows) {
    if (NumberOf(row) >= size) size = NumberOf(row) + size_t{1};
  }
  return size;
}

constexpr bool InOrder(absl::Span<const Attribute> rows) {
  for (size_t i = 1; i < rows.size(); ++i) {
    if (rows[i - 1].number >= rows[i].number) return false;
  }
  return true;
}

template <const auto& kRows>
constexpr auto MakeIndex() {
  constexpr absl::Span kSpan(kRows);
  std::array<uint16_t, IndexSize(kSpan)> index = {};
  for (size_t i = 0; i < kSpan.size(); ++i) {
    index[NumberOf(kSpan[i])] = static_cast<uint16_t>(i + 1);
  }
  return index;
}

template <const auto& kRows>
static constexpr auto kIndex = MakeIndex<kRows>();

}  // namespace table_internal

template <const auto& kAttributes>
constexpr AttributeSet MakeSet(const char* name) {
  if constexpr (table_internal::InOrder(absl::MakeConstSpan(kAttributes))) {
    return {name, kAttributes, {}};
  } else {
    return {name, kAttributes, table_internal::kIndex<kAttributes>};
  }
}

}  // namespace genl

#endif  // GENL_TABLE_H_
