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
#include <limits>
#include <type_traits>

#include "absl/types/span.h"
#include "genl/integer.h"
#include "genl/member_type.h"
#include "genl/table.h"

namespace genl {

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
  constexpr StructLayout(const Structure* of, absl::Span<const StructField> rows);

  const Structure* structure;
  absl::Span<const StructField> fields;  // one for each member, but for padding
  // Whether the struct is in memory as it is on the wire, so that its bytes need only be copied.
  bool as_on_wire;
};

// Calls `visit(member, field)` for all of them; stops where it returns false, and returns that.
template <typename F>
constexpr bool ForEachMember(const StructLayout& layout, F visit) {
  const StructField* field = layout.fields.data();
  for (const StructMember& member : layout.structure->members) {
    if (member.kind != Kind::kUnused && !visit(member, *field++)) return false;
  }
  return true;
}

constexpr StructLayout::StructLayout(const Structure* of, absl::Span<const StructField> rows)
    : structure(of), fields(rows), as_on_wire(false) {
  as_on_wire = ForEachMember(*this, [](const StructMember& wire, const StructField& field) {
    if (field.offset != wire.offset) return false;
    if (wire.kind == Kind::kStruct) return field.nested->as_on_wire;
    return !IsInteger(wire.kind) || (field.width == wire.size && !IsForeign(wire.order));
  });
}

// A row for a member of type `T`; see GENL_STRUCT_FIELD.
template <typename T>
constexpr StructField StructFieldAt(const StructMember& wire, uint32_t offset,
                                    const StructLayout* nested) {
  static_assert(std::is_trivially_copyable_v<T>, "what a structure has inside is plain bytes");
  const bool is_integer = IsInteger(wire.kind);
  if (wire.kind == Kind::kStruct) {
    if (nested == nullptr || nested->structure != wire.nested) throw "not the structure inside";
  } else if (nested != nullptr || is_integer != member_internal::kIsScalar<T>) {
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
  // Of an integer of as many bytes here as on the wire, in the same order: so many bytes, which
  // need only be copied. 0: whatever else.
  uint8_t copied = 0;
  union {
    // kNestTypeValue: an element is `levels` numbers (uint32_t) and, at this offset, the nest.
    uint16_t value_offset = 0;
    // Where `copied` is not 0: where the member says that it is there; 0: nowhere, it always is.
    uint16_t mark;
  };
  const MemberType* type = nullptr;
  // What it consists of, by the kind of the attribute.
  union {
    const Layout* nested = nullptr;  // the struct that a nest, or binary structure, is
    const VariantLayout* variant;    // of a sub-message
  };
};

// Field::copied.
constexpr uint8_t CopiedBytes(const Attribute& attribute, const MemberType& type) {
  const size_t width = WireWidth(attribute.kind);
  const bool is_one = type.shape <= MemberType::Shape::kOptionalPlain && !attribute.multi;
  if (!is_one || type.width != width || IsForeign(attribute.order)) return 0;
  return static_cast<uint8_t>(width);
}

// A row for a member of this type at `offset`; see GENL_FIELD.
constexpr Field FieldAt(size_t offset, const MemberType* type, const Attribute& attribute,
                        Presence presence, const Layout* nested) {
  Field field;
  field.attribute = &attribute;
  field.offset = static_cast<uint32_t>(offset);
  field.presence = presence;
  field.type = type;
  field.nested = nested;
  field.copied = CopiedBytes(attribute, *type);
  if (field.copied != 0) field.mark = static_cast<uint16_t>(type->mark);
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
  absl::Span<const Field> fields = {};    // in the order of the members
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

constexpr void CheckFields(absl::Span<const Field> fields) {
  for (size_t i = 0; i < fields.size(); ++i) {
    if (!Fits(fields[i])) throw "the type of a member does not fit its attribute";
    if (i > 0 && fields[i - 1].offset >= fields[i].offset)
      throw "the rows are not in the order of the members";
  }
}

template <const auto& kFields>
constexpr Layout MakeLayout(const AttributeSet& set) {
  CheckFields(kFields);
  return {&set, kFields, table_internal::kIndex<kFields>};
}

// The same in one object, without names of its own for the rows and the index: generated code has
// hundreds of layouts. `kNumbers` is 1 + the highest number of an attribute.
template <size_t kFields, size_t kNumbers>
struct LayoutOf : Layout {
  constexpr LayoutOf(const AttributeSet& attributes, const Field (&members)[kFields])
      : Layout{.set = &attributes, .fields = rows, .index = numbers} {
    CheckFields(members);
    for (size_t i = 0; i < kFields; ++i) {
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
