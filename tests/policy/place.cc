#include "tests/policy/place.h"

#include "absl/strings/str_cat.h"
#include "genl/integer.h"

namespace genlc::policy {
namespace {

bool IsValue(const Attribute& attribute) {
  return attribute.type != AttributeType::kUnused && attribute.type != AttributeType::kPad;
}

void Append(uint16_t value, Bytes& to) {
  to.resize(to.size() + sizeof(value));
  genl::StoreInteger(value, to.data() + to.size() - sizeof(value), sizeof(value));
}

}  // namespace

Bytes Encode(const std::vector<Piece>& pieces) {
  Bytes bytes;
  for (const Piece& piece : pieces) {
    const size_t length = NLA_HDRLEN + piece.payload.size();
    Append(piece.length.value_or(static_cast<uint16_t>(length)), bytes);
    Append(piece.type, bytes);
    bytes.insert(bytes.end(), piece.payload.begin(), piece.payload.end());
    bytes.resize(NLA_ALIGN(bytes.size()));
  }
  return bytes;
}

std::string Place::PathOf(absl::string_view name) const {
  return absl::StrCat(path, path.empty() ? "" : ".", name);
}

Place PlaceOf(const Message& request) {
  Place place{.set = request.set, .around = {request.set}};
  for (const Field& field : request.fields) {
    if (IsValue(*field.attribute)) place.fields.push_back(field);
  }
  const size_t header = request.fixed_header != nullptr ? request.fixed_header->size : 0;
  place.request = [header](const Bytes& attributes) -> std::optional<Bytes> {
    return Followed(Bytes(NLMSG_ALIGN(header)), attributes);
  };
  return place;
}

std::vector<Field> FieldsOf(const AttributeSet& set) {
  std::vector<Field> fields;
  for (const auto& attribute : set.attributes) {
    if (!IsValue(*attribute)) continue;
    Field field;
    field.attribute = attribute.get();
    field.required = attribute->required_in_nest;
    fields.push_back(field);
  }
  return fields;
}

}  // namespace genlc::policy
