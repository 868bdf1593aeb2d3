// Definitions of a family: constants, enumerations and binary structures.
#ifndef GENLC_FAMILY_MODEL_DEFINITION_H_
#define GENLC_FAMILY_MODEL_DEFINITION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/numeric/int128.h"
#include "family/model/places.h"
#include "family/source/source.h"

namespace genlc {

// Every integer of a spec fits: u64-max as well as s64-min.
using Integer = absl::int128;

// Which generated header shows a definition (`scope`).
enum class Scope { kUapi, kKernel, kUser };

struct Constant {
  std::string name;    // as in the spec: `label-max`
  std::string c_name;  // THERMO_LABEL_MAX
  std::string doc;
  Scope scope = Scope::kUapi;
  std::string header;  // where C code finds it already; empty: the uAPI header declares it
  std::variant<Integer, std::string> value;
  SourceSpan span;  // of the name, here and in everything else that has one
  Places places;
};

struct EnumEntry {
  std::string name;
  std::string c_name;
  std::string doc;
  // The number of the entry; for flags the mask (1 << bit).
  Integer value;
  bool explicit_value = false;  // the spec gives it
  SourceSpan span;
  Places places;
};

// `enum` and `flags`.
struct Enum {
  std::string name;
  std::string c_name;  // thermo_kind; empty: the C enumeration has no tag
  std::string doc;
  Scope scope = Scope::kUapi;
  std::string header;
  bool flags = false;
  bool render_max = false;
  std::string c_max_name;    // THERMO_KIND_MAX; flags: THERMO_FEATURE_MASK
  std::string c_count_name;  // __THERMO_KIND_MAX
  // The value (flags: the bit) of the first entry where the spec says so, else 0.
  Integer value_start;
  std::optional<std::string> value_start_text;
  std::vector<EnumEntry> entries;
  SourceSpan span;
  Places places;

  // Lowest and highest entry, and the union of all masks.
  Integer min() const;
  Integer max() const;
  uint64_t mask() const;
  // Whether the values are not one run without a gap.
  bool sparse() const;
  const EnumEntry* Find(absl::string_view entry_name) const;
};

enum class ByteOrder { kHost, kLittle, kBig };

enum class DisplayHint { kNone, kHex, kMac, kFddi, kIpv4, kIpv6, kIpv4OrV6, kUuid };

struct Struct;

// One member of a binary structure. Members follow each other without padding.
struct StructMember {
  enum class Kind { kU8, kU16, kU32, kU64, kS8, kS16, kS32, kS64, kString, kBinary, kPad };

  std::string name;
  std::string doc;
  Kind kind = Kind::kU32;
  uint32_t offset = 0;  // in bytes from the start of the structure
  uint32_t size = 0;    // in bytes
  ByteOrder byte_order = ByteOrder::kHost;
  const Enum* enumeration = nullptr;
  bool enum_as_flags = false;
  const Struct* structure = nullptr;
  DisplayHint display_hint = DisplayHint::kNone;
  SourceSpan span;
  Places places;

  // Whether the value is a combination of flags rather than one entry.
  bool holds_flags() const {
    return enumeration != nullptr && (enumeration->flags || enum_as_flags);
  }
};

struct Struct {
  std::string name;
  std::string c_name;  // name of the struct tag; empty: none
  std::string doc;
  Scope scope = Scope::kUapi;
  std::string header;
  uint32_t size = 0;  // in bytes
  std::vector<StructMember> members;
  SourceSpan span;
  Places places;

  const StructMember* Find(absl::string_view member_name) const;
};

}  // namespace genlc

#endif  // GENLC_FAMILY_MODEL_DEFINITION_H_
