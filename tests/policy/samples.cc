#include "tests/policy/samples.h"

#include <algorithm>

namespace genlc::policy {
namespace {

uint16_t TypeOf(const Attribute& attribute) {
  return static_cast<uint16_t>(attribute.number | (IsNest(attribute) ? NLA_F_NESTED : 0));
}

bool HasPlainElements(const Attribute& attribute) {
  return attribute.type == AttributeType::kIndexedArray &&
         attribute.sub_type != AttributeType::kNest;
}

}  // namespace

bool IsNest(const Attribute& attribute) {
  return attribute.type == AttributeType::kNest || attribute.type == AttributeType::kIndexedArray ||
         attribute.type == AttributeType::kNestTypeValue;
}

const std::vector<Value>& Samples::Values(const Attribute& attribute) {
  const auto [found, is_new] = values_.try_emplace(&attribute);
  if (is_new) {
    found->second = HasPlainElements(attribute) ? ValuesOf(ElementOf(attribute), true)
                                                : ValuesOf(attribute, false);
  }
  return found->second;
}

Piece Samples::Levels(const Attribute& attribute, uint16_t number, const Bytes& inside) const {
  Piece piece{.type = static_cast<uint16_t>(number | NLA_F_NESTED), .payload = inside};
  for (size_t level = attribute.type_values.size(); level > 1; --level) {
    piece = {.type = static_cast<uint16_t>(number | NLA_F_NESTED), .payload = Encode({piece})};
  }
  return piece;
}

Piece Samples::Element(const Attribute& array, uint16_t number) {
  if (HasPlainElements(array)) return {.type = number, .payload = Values(array).front().payload};
  return Levels(array, number, Encode(Required(FieldsOf(*array.nested))));
}

Piece Samples::Smallest(const Attribute& attribute) {
  Piece piece{.type = TypeOf(attribute)};
  if (attribute.type == AttributeType::kNest) {
    piece.payload = Encode(Required(FieldsOf(*attribute.nested)));
  } else if (IsNest(attribute)) {
    piece.payload = Encode({Element(attribute, 1)});
  } else {
    piece.payload = Values(attribute).front().payload;
  }
  return piece;
}

std::optional<Piece> Samples::Other(const Attribute& attribute) {
  Piece piece{.type = TypeOf(attribute)};
  if (attribute.type == AttributeType::kNest) {
    const std::optional<Bytes> other = OtherNest(*attribute.nested);
    if (!other) return std::nullopt;
    piece.payload = *other;
    return piece;
  }
  if (IsNest(attribute)) {
    piece.payload = Encode({Element(attribute, 1), Element(attribute, 2)});
    return piece;
  }
  for (const Value& value : Values(attribute)) {
    if (value.rule != Rule::kNone || value.payload == Values(attribute).front().payload) continue;
    // Two ways to say the same.
    if (value.kind == Kind::kText || value.kind == Kind::kLength) continue;
    piece.payload = value.payload;
    return piece;
  }
  return std::nullopt;
}

// With one more attribute or, where all are required, with another value of one.
std::optional<Bytes> Samples::OtherNest(const AttributeSet& set) {
  const std::vector<Field> fields = FieldsOf(set);
  for (const Field& field : fields) {
    if (field.required || IsNest(*field.attribute)) continue;
    std::vector<Piece> pieces = Required(fields);
    pieces.push_back(Smallest(*field.attribute));
    return Encode(pieces);
  }
  for (const Field& field : fields) {
    if (!field.required || IsNest(*field.attribute)) continue;
    const std::optional<Piece> other = Other(*field.attribute);
    if (!other) continue;
    std::vector<Piece> pieces = Required(fields, field.attribute);
    pieces.push_back(*other);
    return Encode(pieces);
  }
  return std::nullopt;
}

std::vector<Piece> Samples::Required(const std::vector<Field>& fields, const Attribute* but) {
  std::vector<Piece> pieces;
  for (const Field& field : fields) {
    if (field.required && field.attribute != but) pieces.push_back(Smallest(*field.attribute));
  }
  return pieces;
}

}  // namespace genlc::policy
