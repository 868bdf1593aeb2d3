// Attributes and the sets they stand in.
#ifndef GENLC_FAMILY_MODEL_ATTRIBUTE_H_
#define GENLC_FAMILY_MODEL_ATTRIBUTE_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "family/model/definition.h"

namespace genlc {

struct AttributeSet;
struct SubMessage;

// The `type` of an attribute.
enum class AttributeType {
  kUnused,  // a number that is reserved; never on the wire
  kPad,     // aligns a 64-bit attribute behind it; carries nothing
  kFlag,    // present or not, no payload
  kBinary,
  kUint,  // 32 or 64 bits on the wire, whichever the value needs
  kSint,
  kU8,
  kU16,
  kU32,
  kU64,
  kS8,
  kS16,
  kS32,
  kS64,
  kString,
  kNest,
  kIndexedArray,   // a nest whose attribute types count 0, 1, 2 ...
  kNestTypeValue,  // nests whose attribute types are values, one level for each `type-value`
  kBitfield32,
  kSubMessage,
};

bool IsSigned(AttributeType type);
bool IsInteger(AttributeType type);  // uint, sint and the eight of fixed width
// Width of the value in bits: 8 to 64 for integers (uint and sint: 64), 0 for all others.
int BitWidth(AttributeType type);
// As the spec spells it: "indexed-array".
absl::string_view TypeName(AttributeType type);

// One limit of `checks`: the number, and how the spec wrote it.
struct Limit {
  Integer value;
  std::string text;                    // "3600000", "label-max", "u16-max"
  const Constant* constant = nullptr;  // where it names one
  SourceSpan span;
};

// `checks` as the spec gives them. What an enum implies is not among them; see
// Attribute::Range().
struct Checks {
  std::optional<Limit> min;
  std::optional<Limit> max;
  const Enum* flags_mask = nullptr;
  std::optional<Limit> min_len;
  std::optional<Limit> max_len;
  std::optional<Limit> exact_len;
  bool unterminated_ok = false;
  Places places;

  bool HasLength() const { return min_len || max_len || exact_len; }
};

// The values that an integer attribute may have, inclusive.
struct IntegerRange {
  Integer min;
  Integer max;
};

// Who is told something, from the weakest right to the strongest: everybody; CAP_NET_ADMIN in the
// user namespace of the network namespace (`uns-admin-perm`); in the initial one (`admin-perm`).
enum class Audience { kAnyone, kUnsAdmin, kAdmin };

// Attributes are owned by their set and keep their address.
struct Attribute {
  std::string name;
  std::string c_name;  // THERMO_A_SENSOR_LABEL
  std::string doc;
  const AttributeSet* set = nullptr;
  // In a subset: the attribute of the main set that this one stands for.
  const Attribute* origin = nullptr;

  uint32_t number = 0;  // on the wire (NLA_TYPE)
  bool explicit_number = false;
  AttributeType type = AttributeType::kUnused;
  bool multi = false;  // may stand several times, each one element
  ByteOrder byte_order = ByteOrder::kHost;

  const AttributeSet* nested = nullptr;  // nest, nest-type-value, indexed-array of nests
  AttributeType sub_type = AttributeType::kUnused;  // of indexed-array; of binary: a C array
  bool has_sub_type = false;
  std::vector<std::string> type_values;   // nest-type-value: names of the levels
  const Enum* enumeration = nullptr;
  bool enum_as_flags = false;             // values are combinations of the enum's bits
  const Struct* structure = nullptr;      // binary
  const SubMessage* sub_message = nullptr;
  const Attribute* selector = nullptr;    // sub-message: names the format
  DisplayHint display_hint = DisplayHint::kNone;
  Checks checks;

  // From the profile.
  bool required_in_nest = false;  // whenever the set is nested
  std::optional<Integer> default_value;
  Audience sensitive = Audience::kAnyone;  // left out for others than these; see audience()

  SourceSpan span;
  Places places;

  // Who is told the value; the main set's attribute decides for those that stand for it too.
  Audience audience() const {
    return origin == nullptr ? sensitive : std::max(sensitive, origin->audience());
  }
  bool is_big_endian() const { return byte_order == ByteOrder::kBig; }
  // Whether the value is a combination of flags rather than one entry.
  bool holds_flags() const {
    return enumeration != nullptr && (enumeration->flags || enum_as_flags);
  }
  // The value (not the wire) range that the spec allows: type, enum and checks together.
  // Only for integers; flags are masked instead, see ValueMask().
  IntegerRange Range() const;
  // The bits that may be set, where flags or `flags-mask` restrict them.
  std::optional<uint64_t> ValueMask() const;
};

// The values that the wire format of an integer type holds.
IntegerRange TypeRange(AttributeType type);

struct AttributeSet {
  std::string name;
  std::string c_name;        // tag of the C enumeration; empty: none
  // THERMO_A_SENSOR_MAX, __THERMO_A_SENSOR_MAX. Empty: another set of an old family has the name.
  std::string c_max_name;
  std::string c_count_name;
  std::string doc;
  std::string header;
  const AttributeSet* subset_of = nullptr;
  // In the order of the spec; numbers rise unless the spec says otherwise.
  std::vector<std::unique_ptr<Attribute>> attributes;
  // Names of the attributes that identify an object (profile).
  std::vector<const Attribute*> key;
  SourceSpan span;
  Places places;

  uint32_t max_number() const;  // highest number, 0 for an empty set
  const Attribute* Find(absl::string_view attribute_name) const;
  // Whether a message of this set can contain the set again.
  bool recursive = false;
};

// A payload whose format another attribute names (netlink-raw).
struct SubMessageFormat {
  std::string value;  // of the selector
  const Struct* fixed_header = nullptr;
  const AttributeSet* set = nullptr;
  SourceSpan span;
};

struct SubMessage {
  std::string name;
  std::vector<SubMessageFormat> formats;
  SourceSpan span;
};

// The sets that can stand inside an attribute: that of a nest, those of a sub-message's formats.
std::vector<const AttributeSet*> SetsInside(const Attribute& attribute);

}  // namespace genlc

#endif  // GENLC_FAMILY_MODEL_ATTRIBUTE_H_
