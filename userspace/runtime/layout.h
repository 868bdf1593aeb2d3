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
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "absl/types/span.h"
#include "genl/bitfield.h"
#include "genl/box.h"
#include "genl/table.h"

namespace genl {

// What the codec must know about the type of a member. The functions see a value that may
// be absent (std::optional, Box) as a sequence of at most one element.
struct MemberType {
  enum class Shape : uint8_t {
    kPlain,           // always there
    kOptionalScalar,  // std::optional of an integer or enumeration: see ScalarIn()
    kHolder,          // std::optional or Box of anything else
    kSequence,        // std::vector
    kVariant,         // std::variant: the formats of a sub-message
  };

  Shape shape = Shape::kPlain;
  uint8_t width = 0;      // bytes of the integer, enumeration or bool, also inside an optional
  bool bitfield = false;  // a Bitfield
  const MemberType* element = nullptr;  // of holders and sequences

  // Of a variant: which alternative it holds.
  size_t (*size)(const void* member) = nullptr;
  // Of a variant: its value, if `i` is the alternative that it holds.
  const void* (*get)(const void* member, size_t i) = nullptr;
  // The element `i` <= size, which is made where it does not exist yet. Of a variant: the
  // value of its alternative `i`, which it holds from then on.
  void* (*at)(void* member, size_t i) = nullptr;
  // Drops all elements but the first `size`.
  void (*truncate)(void* member, size_t size) = nullptr;
};

// Integers and enumerations are read and written as bytes: their C++ type is not known
// here. In a std::optional of one of them the value stands first and is followed by the
// mark that it is there; layout_test.cc holds this for each width.
template <typename T>
constexpr bool OptionalHasKnownLayout() {
  return std::is_trivially_copyable_v<std::optional<T>> &&
         sizeof(std::optional<T>) == 2 * sizeof(T) && sizeof(bool) == 1;
}

namespace layout_internal {

template <typename T>
constexpr bool kIsScalar = std::is_integral_v<T> || std::is_enum_v<T>;

template <typename T>
struct Traits {
  static constexpr MemberType kType = {.width = kIsScalar<T> ? sizeof(T) : uint8_t{0}};
};

template <typename T>
struct Traits<Bitfield<T>> {
  static constexpr MemberType kType = {.bitfield = true};
};

template <typename H>
constexpr MemberType HolderOf(const MemberType* element) {
  return {.shape = MemberType::Shape::kHolder,
          .element = element,
          .size = [](const void* m) -> size_t { return static_cast<const H*>(m)->has_value(); },
          .get = [](const void* m, size_t) -> const void* { return &**static_cast<const H*>(m); },
          .at = [](void* m, size_t) -> void* {
            H& holder = *static_cast<H*>(m);
            return holder ? &*holder : &holder.emplace();
          },
          .truncate =
              [](void* m, size_t size) {
                if (size == 0) static_cast<H*>(m)->reset();
              }};
}

template <typename T>
struct Traits<std::optional<T>> {
  static constexpr MemberType Make() {
    if constexpr (kIsScalar<T>) {
      static_assert(OptionalHasKnownLayout<T>());
      return {.shape = MemberType::Shape::kOptionalScalar, .width = sizeof(T)};
    } else {
      return HolderOf<std::optional<T>>(&Traits<T>::kType);
    }
  }
  static constexpr MemberType kType = Make();
};

template <typename T>
struct Traits<Box<T>> {
  static constexpr MemberType kType = HolderOf<Box<T>>(&Traits<T>::kType);
};

template <typename T>
struct Traits<std::vector<T>> {
  using V = std::vector<T>;
  static constexpr MemberType kType = {
      .shape = MemberType::Shape::kSequence,
      .element = &Traits<T>::kType,
      .size = [](const void* m) { return static_cast<const V*>(m)->size(); },
      .get = [](const void* m, size_t i) -> const void* {
        return static_cast<const V*>(m)->data() + i;
      },
      .at = [](void* m, size_t i) -> void* {
        V& vector = *static_cast<V*>(m);
        return i < vector.size() ? &vector[i] : &vector.emplace_back();
      },
      .truncate =
          [](void* m, size_t size) {
            V& vector = *static_cast<V*>(m);
            if (size < vector.size()) vector.resize(size);
          }};
};

template <typename T>
constexpr bool kIsBox = false;
template <typename T>
constexpr bool kIsBox<Box<T>> = true;

// The value of the alternative `I`, also where it stands in a Box.
template <size_t I, typename V>
const void* AlternativeIn(const V& variant) {
  const auto& value = *std::get_if<I>(&variant);
  if constexpr (kIsBox<std::variant_alternative_t<I, V>>) {
    return value ? &*value : nullptr;
  } else {
    return &value;
  }
}

template <size_t I, typename V>
void* MakeAlternative(V& variant) {
  auto& value = variant.index() == I ? *std::get_if<I>(&variant) : variant.template emplace<I>();
  if constexpr (kIsBox<std::variant_alternative_t<I, V>>) {
    return value ? &*value : &value.emplace();
  } else {
    return &value;
  }
}

template <typename V, size_t... I>
constexpr MemberType VariantOf(std::index_sequence<I...>) {
  return {.shape = MemberType::Shape::kVariant,
          .size = [](const void* m) -> size_t { return static_cast<const V*>(m)->index(); },
          .get = [](const void* m, size_t i) -> const void* {
            static constexpr const void* (*kGet[])(const V&) = {&AlternativeIn<I, V>...};
            return kGet[i](*static_cast<const V*>(m));
          },
          .at = [](void* m, size_t i) -> void* {
            static constexpr void* (*kMake[])(V&) = {&MakeAlternative<I, V>...};
            return kMake[i](*static_cast<V*>(m));
          }};
}

template <typename... T>
struct Traits<std::variant<T...>> {
  static constexpr MemberType kType =
      VariantOf<std::variant<T...>>(std::index_sequence_for<T...>());
};

}  // namespace layout_internal

template <typename T>
inline constexpr const MemberType* kMember = &layout_internal::Traits<T>::kType;

enum Presence : bool { kOptional = false, kRequired = true };

struct Layout;

// A member of a struct that is a binary structure on the wire: an integer or enumeration of the
// same width, a std::array of the same bytes, or the struct of the structure inside.
struct StructField {
  const StructMember* wire = nullptr;
  uint32_t offset = 0;
  const struct StructLayout* nested = nullptr;
};

struct StructLayout {
  const Structure* structure = nullptr;
  absl::Span<const StructField> fields = {};  // without padding
};

// A row for a member of type `T`; see GENL_STRUCT_FIELD.
template <typename T>
constexpr StructField StructFieldAt(const StructMember& wire, uint32_t offset,
                                    const StructLayout* nested) {
  static_assert(std::is_trivially_copyable_v<T>, "what a structure has inside is plain bytes");
  if (wire.kind == Kind::kStruct) {
    if (nested == nullptr || nested->structure != wire.nested) throw "not the structure inside";
  } else if (nested != nullptr || sizeof(T) != wire.size) {
    throw "the type of a member does not have the size of its bytes";
  } else if (IsInteger(wire.kind) != layout_internal::kIsScalar<T>) {
    throw "the type of a member does not fit its kind";
  }
  return {&wire, offset, nested};
}

// How a std::variant holds a sub-message. Its first alternative is the bytes, for formats that
// are empty or that the spec does not know.
struct VariantLayout {
  absl::Span<const Layout* const> alternatives = {};  // null at 0
  // At the position of a format in SubMessage::formats: its alternative. Formats of the same
  // content share one.
  absl::Span<const uint16_t> of_format = {};
};

// One member of a struct.
struct Field {
  const Attribute* attribute = nullptr;
  uint32_t offset = 0;
  Presence presence = kOptional;
  const MemberType* type = nullptr;
  const Layout* nested = nullptr;  // of the struct that a nest, or binary structure, is
  // kNestTypeValue: an element is `levels` numbers (uint32_t) and, at this offset, the nest.
  uint32_t value_offset = 0;
  const VariantLayout* variant = nullptr;  // of a sub-message
};

// `field`, of nests by type and value, with the place of the nest in an element.
constexpr Field WithValueAt(Field field, uint32_t offset) {
  field.value_offset = offset;
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
  } else if (field.presence == kOptional) {
    if (IsInteger(kind)) return type->shape == Shape::kOptionalScalar;
    if (type->shape != Shape::kHolder) return false;
    type = type->element;
  }
  if (type->bitfield != (kind == Kind::kBitfield32)) return false;
  if ((type->shape == Shape::kVariant) != (kind == Kind::kSubMessage)) return false;
  return !IsInteger(kind) || (type->shape == Shape::kPlain && type->width != 0);
}

// `field`, of a sub-message, with the alternatives of its variant.
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

// A row for the member `member` of `Struct`; `presence` is kOptional or kRequired.
#define GENL_FIELD(Struct, member, wire, presence, nested) \
  ::genl::Field {                                          \
    &(wire), offsetof(Struct, member), ::genl::presence,   \
        ::genl::kMember<decltype(Struct::member)>, nested  \
  }

// A row for the member `member` of `Struct`, which is a binary structure on the wire; `nested` is
// the StructLayout of a member that is a structure itself, else null.
#define GENL_STRUCT_FIELD(Struct, member, wire, nested) \
  ::genl::StructFieldAt<decltype(Struct::member)>(wire, offsetof(Struct, member), nested)

}  // namespace genl

#endif  // GENL_LAYOUT_H_
