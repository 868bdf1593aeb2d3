// Where the attributes of a message are in a C++ struct.
//
//   constexpr genl::Field kThresholdFields[] = {
//       GENL_FIELD(Threshold, severity, kThresholdAttributes[0], kRequired, nullptr),
//       GENL_FIELD(Threshold, hysteresis, kThresholdAttributes[2], kOptional, nullptr),
//   };
//   constexpr genl::Layout kThresholdLayout =
//       genl::MakeLayout<kThresholdFields>(kThresholdSet);
//
// With this, one encoder and one decoder serve all messages. MakeLayout() does not compile
// where the type of a member does not fit its attribute.
#ifndef GENL_LAYOUT_H_
#define GENL_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <type_traits>
#include <vector>

#include "absl/types/span.h"
#include "genl/bitfield.h"
#include "genl/box.h"
#include "genl/one_of.h"
#include "genl/table.h"

namespace genl {

// What the codec must know about the type of a member. A value that may be absent
// (std::optional, Box) is a sequence of at most one element.
struct MemberType {
  enum class Shape : uint8_t {
    kPlain,          // always there
    kOptionalPlain,  // std::optional of what has no memory of its own
    kHolder,         // std::optional of anything else, or Box
    kSequence,       // std::vector
    kVariant,        // OneOf: the formats of a sub-message
  };
  enum class Access : uint8_t { kLook, kMake, kTruncate };
  struct Result {
    void* element = nullptr;  // of kLook and kMake
    size_t size = 0;          // of kLook
  };

  Shape shape = Shape::kPlain;
  uint8_t width = 0;      // bytes of the integer, enumeration or bool, also inside an optional
  bool bitfield = false;  // a Bitfield
  uint32_t mark = 0;      // of kOptionalPlain: where it says whether it is there
  const MemberType* element = nullptr;  // of holders and sequences
  // Of holders, sequences and variants. One function for all: there is one for each type that
  // a family has, and the fewer they are, the smaller are its clients.
  Result (*access)(void* member, size_t i, Access access) = nullptr;

  // Of a variant: which alternative it holds.
  size_t size(const void* member) const {
    return access(const_cast<void*>(member), 0, Access::kLook).size;
  }
  // The element `i` < size; the value of the alternative that a variant holds.
  const void* get(const void* member, size_t i) const {
    return access(const_cast<void*>(member), i, Access::kLook).element;
  }
  // The element `i` <= size, which is made where it does not exist yet. Of a variant: the
  // value of its alternative `i`, which it holds from then on.
  void* at(void* member, size_t i) const { return access(member, i, Access::kMake).element; }
  // Drops all elements but the first `size`. Not of a variant.
  void truncate(void* member, size_t size) const { access(member, size, Access::kTruncate); }
};

// What has no memory of its own is read and written as bytes: its C++ type is not known here. In a
// std::optional of it the value stands first and is followed by the mark that it is there;
// layout_test.cc holds this for each width.
template <typename T>
constexpr bool OptionalHasKnownLayout() {
  return std::is_trivially_copyable_v<std::optional<T>> &&
         sizeof(std::optional<T>) == sizeof(T) + alignof(T) && sizeof(bool) == 1;
}

// Whether the value of an optional of this type is there.
inline bool IsMarked(const MemberType& type, const void* member) {
  bool marked;
  std::memcpy(&marked, static_cast<const char*>(member) + type.mark, sizeof(marked));
  return marked;
}
inline void Mark(const MemberType& type, void* member, bool marked) {
  std::memcpy(static_cast<char*>(member) + type.mark, &marked, sizeof(marked));
}

// Functions and tables for types of members. They are static, so that each object file has its
// own: names and sections by which the linker merges them take several times the room of the few
// that two families share.
namespace layout_internal {

using Access = MemberType::Access;

template <typename T>
constexpr bool kIsScalar = std::is_integral_v<T> || std::is_enum_v<T>;

template <typename T>
constexpr bool kIsBitfield = false;
template <typename T>
constexpr bool kIsBitfield<Bitfield<T>> = true;

// Types of the same form share one.
template <uint8_t kWidth, bool kBitfield>
static constexpr MemberType kPlain = {.width = kWidth, .bitfield = kBitfield};
template <uint8_t kWidth, bool kBitfield, uint32_t kMark>
static constexpr MemberType kOptionalPlain = {.shape = MemberType::Shape::kOptionalPlain,
                                              .width = kWidth,
                                              .bitfield = kBitfield,
                                              .mark = kMark};

template <typename T>
static constexpr uint8_t kWidthOf = kIsScalar<T> ? sizeof(T) : 0;

// Of a member of type `T`; told apart by overloads.
template <typename T>
static constexpr const MemberType* TypeOf(const T*) {
  return &kPlain<kWidthOf<T>, kIsBitfield<T>>;
}
template <typename T>
static constexpr const MemberType* TypeOf(const std::optional<T>*);
template <typename T>
static constexpr const MemberType* TypeOf(const Box<T>*);
template <typename T>
static constexpr const MemberType* TypeOf(const std::vector<T>*);
template <typename... T>
static constexpr const MemberType* TypeOf(const OneOf<T...>*);

template <typename T>
static constexpr const MemberType* kTypeOf = TypeOf(static_cast<const T*>(nullptr));

template <typename H>
static MemberType::Result AccessHolder(void* member, size_t i, Access access) {
  H& holder = *static_cast<H*>(member);
  if (access == Access::kTruncate) {
    if (i == 0) holder.reset();
    return {};
  }
  if (access == Access::kMake && !holder) holder.emplace();
  return {holder ? &*holder : nullptr, holder.has_value()};
}

template <typename H>
static constexpr MemberType kHolder = {.shape = MemberType::Shape::kHolder,
                                       .element = kTypeOf<typename H::value_type>,
                                       .access = &AccessHolder<H>};

template <typename T>
static constexpr const MemberType* TypeOf(const std::optional<T>*) {
  if constexpr (std::is_trivially_copyable_v<T>) {
    static_assert(OptionalHasKnownLayout<T>());
    return &kOptionalPlain<kWidthOf<T>, kIsBitfield<T>, sizeof(T)>;
  } else {
    return &kHolder<std::optional<T>>;
  }
}

template <typename T>
static constexpr const MemberType* TypeOf(const Box<T>*) {
  return &kHolder<Box<T>>;
}

template <typename V>
static MemberType::Result AccessVector(void* member, size_t i, Access access) {
  V& vector = *static_cast<V*>(member);
  if (access == Access::kTruncate) {
    while (vector.size() > i) vector.pop_back();
    return {};
  }
  if (access == Access::kMake && i >= vector.size()) vector.emplace_back();
  return {vector.data() + i, vector.size()};
}

template <typename V>
static constexpr MemberType kVector = {.shape = MemberType::Shape::kSequence,
                                       .element = kTypeOf<typename V::value_type>,
                                       .access = &AccessVector<V>};

template <typename T>
static constexpr const MemberType* TypeOf(const std::vector<T>*) {
  return &kVector<std::vector<T>>;
}

template <typename T>
static void* Manage(void* value) {
  if (value == nullptr) return new T();
  delete static_cast<T*>(value);
  return nullptr;
}

template <typename... T>
static MemberType::Result AccessOneOf(void* member, size_t i, Access access) {
  static constexpr OneOfBase::Manager kManagers[] = {&Manage<T>...};
  OneOfBase& variant = *static_cast<OneOf<T...>*>(member);
  const size_t index = access == Access::kMake ? i : variant.index();
  return {variant.Make(index, kManagers), index};
}

template <typename... T>
static constexpr MemberType kOneOf = {.shape = MemberType::Shape::kVariant,
                                      .access = &AccessOneOf<T...>};

template <typename... T>
static constexpr const MemberType* TypeOf(const OneOf<T...>*) {
  return &kOneOf<T...>;
}

}  // namespace layout_internal

template <typename T>
static constexpr const MemberType* kMember = layout_internal::kTypeOf<T>;

enum Presence : bool { kOptional = false, kRequired = true };

struct Layout;

// A member of a struct that is a binary structure on the wire: an integer or enumeration of at
// least the same width, a std::array of the same bytes, or the struct of the structure inside.
struct StructField {
  uint32_t offset = 0;
  uint8_t width = 0;  // bytes of the integer or enumeration
  const struct StructLayout* nested = nullptr;
};

struct StructLayout {
  const Structure* structure = nullptr;
  absl::Span<const StructField> fields = {};  // one for each member, but for padding
};

// Calls `visit(member, field)` for all of them; stops where it returns false, and returns that.
template <typename F>
bool ForEachMember(const StructLayout& layout, F visit) {
  const StructField* field = layout.fields.data();
  for (const StructMember& member : layout.structure->members) {
    if (member.kind != Kind::kUnused && !visit(member, *field++)) return false;
  }
  return true;
}

// A row for a member of type `T`; see GENL_STRUCT_FIELD.
template <typename T>
constexpr StructField StructFieldAt(const StructMember& wire, uint32_t offset,
                                    const StructLayout* nested) {
  static_assert(std::is_trivially_copyable_v<T>, "what a structure has inside is plain bytes");
  const bool is_integer = IsInteger(wire.kind);
  if (wire.kind == Kind::kStruct) {
    if (nested == nullptr || nested->structure != wire.nested) throw "not the structure inside";
  } else if (nested != nullptr || is_integer != layout_internal::kIsScalar<T>) {
    throw "the type of a member does not fit its kind";
  } else if (is_integer ? sizeof(T) < wire.size : sizeof(T) != wire.size) {
    throw "the type of a member does not have the size of its bytes";
  }
  return {offset, is_integer ? static_cast<uint8_t>(sizeof(T)) : uint8_t{0}, nested};
}

// How a OneOf holds a sub-message: as bytes where the format is empty or not in the spec.
struct VariantLayout {
  absl::Span<const Layout* const> alternatives = {};  // null at 0, the bytes
  // At the position of a format in SubMessage::formats: its alternative. Formats of the same
  // content share one.
  absl::Span<const uint16_t> of_format = {};
};

// One member of a struct.
struct Field {
  const Attribute* attribute = nullptr;
  uint32_t offset = 0;
  Presence presence = kOptional;
  // kNestTypeValue: an element is `levels` numbers (uint32_t) and, at this offset, the nest.
  uint16_t value_offset = 0;
  const MemberType* type = nullptr;
  // What it consists of, by the kind of the attribute.
  union {
    const Layout* nested = nullptr;  // the struct that a nest, or binary structure, is
    const VariantLayout* variant;    // of a sub-message
  };
};

// A row for a member of this type at `offset`; see GENL_FIELD.
constexpr Field FieldAt(size_t offset, const MemberType* type, const Attribute& attribute,
                        Presence presence, const Layout* nested) {
  Field field;
  field.attribute = &attribute;
  field.offset = static_cast<uint32_t>(offset);
  field.presence = presence;
  field.type = type;
  field.nested = nested;
  return field;
}

// `field`, of nests by type and value, with the place of the nest in an element.
constexpr Field WithValueAt(Field field, size_t offset) {
  if (offset > std::numeric_limits<uint16_t>::max()) throw "too many levels";
  field.value_offset = static_cast<uint16_t>(offset);
  return field;
}

constexpr uint16_t NumberOf(const Field& field) { return field.attribute->number; }

// A struct: a message, a nest or a binary structure.
struct Layout {
  const AttributeSet* set = nullptr;
  absl::Span<const Field> fields = {};
  absl::Span<const uint16_t> index = {};  // as in AttributeSet
  // What stands before the attributes, and in which member. A binary structure is a layout
  // that has nothing else: the struct itself, at 0.
  const StructLayout* header = nullptr;
  uint32_t header_offset = 0;

  constexpr const Field* Find(uint16_t number) const {
    if (number >= index.size() || index[number] == 0) return nullptr;
    return &fields[index[number] - 1];
  }
};

// Whether the member can hold what the attribute carries.
constexpr bool Fits(const Field& field) {
  using Shape = MemberType::Shape;
  const Attribute& attribute = *field.attribute;
  const MemberType* type = field.type;
  const Kind kind = attribute.kind;
  if (attribute.multi || kind == Kind::kNestTypeValue) {
    if (type->shape != Shape::kSequence) return false;
    type = type->element;
  } else if (kind == Kind::kArray || kind == Kind::kIndexedArray) {
    return type->shape == Shape::kSequence;
  } else if (kind == Kind::kFlag) {
    return type->shape == Shape::kPlain && type->width == 1;
  } else if (field.presence == kOptional && type->shape == Shape::kOptionalPlain) {
    if (IsInteger(kind)) return type->width != 0;
    if (kind == Kind::kBitfield32) return type->bitfield;
    return type->width == 0 && (kind == Kind::kStruct || kind == Kind::kNest);
  } else if (field.presence == kOptional) {
    if (type->shape != Shape::kHolder) return false;
    type = type->element;
  }
  if (type->bitfield != (kind == Kind::kBitfield32)) return false;
  if ((type->shape == Shape::kVariant) != (kind == Kind::kSubMessage)) return false;
  return !IsInteger(kind) || (type->shape == Shape::kPlain && type->width != 0);
}

// `field`, of a sub-message, with the layouts of what its OneOf can hold.
constexpr Field WithVariant(Field field, const VariantLayout& variant) {
  field.variant = &variant;
  return field;
}

// `layout` behind a fixed header, which is the member at `offset`.
constexpr Layout WithHeader(Layout layout, const StructLayout& header, uint32_t offset) {
  layout.header = &header;
  layout.header_offset = offset;
  return layout;
}

// Bytes before the attributes of the message; see HeaderSize(const Structure*).
constexpr size_t HeaderSize(const Layout& layout) {
  return HeaderSize(layout.header != nullptr ? layout.header->structure : nullptr);
}

template <const auto& kFields>
constexpr Layout MakeLayout(const AttributeSet& set) {
  for (const Field& field : kFields) {
    if (!Fits(field)) throw "the type of a member does not fit its attribute";
  }
  return {&set, kFields, table_internal::kIndex<kFields>};
}

// The same in one object, without names of its own for the rows and the index: generated code has
// hundreds of layouts. `kNumbers` is 1 + the highest number of an attribute.
template <size_t kFields, size_t kNumbers>
struct LayoutOf : Layout {
  constexpr LayoutOf(const AttributeSet& attributes, const Field (&members)[kFields])
      : Layout{.set = &attributes, .fields = rows, .index = numbers} {
    for (size_t i = 0; i < kFields; ++i) {
      if (!Fits(members[i])) throw "the type of a member does not fit its attribute";
      rows[i] = members[i];
      numbers[NumberOf(rows[i])] = static_cast<uint16_t>(i + 1);
    }
  }
  constexpr LayoutOf(const AttributeSet& attributes, const Field (&members)[kFields],
                     const StructLayout& fixed_header, uint32_t offset)
      : LayoutOf(attributes, members) {
    header = &fixed_header;
    header_offset = offset;
  }
  LayoutOf(const LayoutOf&) = delete;  // it points to itself
  LayoutOf& operator=(const LayoutOf&) = delete;

  Field rows[kFields];
  uint16_t numbers[kNumbers] = {};
};

// A row for the member `member` of `Struct`; `presence` is kOptional or kRequired.
#define GENL_FIELD(Struct, member, wire, presence, nested)                                     \
  ::genl::FieldAt(offsetof(Struct, member), ::genl::kMember<decltype(Struct::member)>, (wire), \
                  ::genl::presence, nested)

// A row for the member `member` of `Struct`, which is a binary structure on the wire; `nested` is
// the StructLayout of a member that is a structure itself, else null.
#define GENL_STRUCT_FIELD(Struct, member, wire, nested) \
  ::genl::StructFieldAt<decltype(Struct::member)>(wire, offsetof(Struct, member), nested)

}  // namespace genl

#endif  // GENL_LAYOUT_H_
