#include "genl/view.h"

#include <algorithm>
#include <cassert>

#include "absl/strings/str_cat.h"
#include "genl/decode.h"
#include "genl/fault.h"
#include "genl/integer.h"
#include "genl/structure.h"
#include "genl/sub_message.h"

namespace genl {
namespace {

absl::Status DataLoss(const Fault& fault) { return absl::DataLossError(fault.Message()); }

// Whether an integer is what Get() will take it for.
bool IsSound(const Field& field, Bytes payload, Fault& fault) {
  const Attribute& attribute = *field.attribute;
  if (!IsInteger(attribute.kind) || attribute.multi) return true;
  uint8_t value[8];
  return DecodeInteger(attribute.kind, attribute.order, field.type->width, payload, value, fault);
}

bool HasAllRequired(const Layout& layout, absl::Span<const uint32_t> places, Fault& fault) {
  for (size_t i = 0; i < places.size(); ++i) {
    if (places[i] != 0 || layout.fields[i].presence != kRequired) continue;
    fault.Set("required, but missing");
    return fault.Within(layout.fields[i].attribute->name);
  }
  return true;
}

}  // namespace

absl::Status ViewBase::Read(const Layout& layout, Bytes bytes) {
  Fault fault;
  layout_ = &layout;
  if (!HasHeader(layout, bytes, fault)) return DataLoss(fault);
  header_ = bytes.first(std::min(HeaderSize(layout), bytes.size()));
  attributes_ = bytes.subspan(header_.size());
  places_.assign(layout.fields.size(), 0);
  uint32_t* const places = places_.data();
  const uint8_t* const start = attributes_.data();
  AttributeReader reader(attributes_);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    const Field* field = layout.Find(raw->number);
    if (field == nullptr) continue;
    const bool is_copied = field->copied != 0 && raw->payload.size() == field->copied;
    if (!is_copied && !IsSound(*field, raw->payload, fault)) {
      fault.Within(field->attribute->name);
      return DataLoss(fault);
    }
    places[field - layout.fields.data()] = static_cast<uint32_t>(raw->payload.data() - start);
  }
  if (!IsAtEnd(reader.rest(), fault) || !HasAllRequired(layout, places_, fault))
    return DataLoss(fault);
  return absl::OkStatus();
}

ViewBase::Place ViewBase::Find(size_t offset) const {
  const auto& fields = layout_->fields;
  const auto field =
      std::lower_bound(fields.begin(), fields.end(), offset,
                       [](const Field& row, size_t wanted) { return row.offset < wanted; });
  assert(field != fields.end() && field->offset == offset);
  Place place{&*field, std::nullopt};
  const uint32_t at = places_[static_cast<size_t>(field - fields.begin())];
  if (at == 0) return place;
  const uint8_t* payload = attributes_.data() + at;
  place.payload = Bytes(payload, LoadBytes<uint16_t>(payload - NLA_HDRLEN) - size_t{NLA_HDRLEN});
  return place;
}

void ViewBase::GetInteger(const Place& place, void* value, size_t width) {
  if (place.field->copied == width) {
    std::memcpy(value, place.payload->data(), width);
    return;
  }
  const Attribute& attribute = *place.field->attribute;
  StoreInteger(*LoadWire(attribute.kind, attribute.order, *place.payload), value, width);
}

absl::string_view ViewBase::GetText(Bytes payload) {
  const auto* text = reinterpret_cast<const char*>(payload.data());
  return absl::string_view(text, strnlen(text, payload.size()));
}

void ViewBase::GetHeader([[maybe_unused]] size_t offset, void* header) const {
  assert(layout_->header != nullptr && offset == layout_->header_offset);
  DecodeStructure(*layout_->header, header_, header);
}

absl::Status ViewBase::DecodeMember(size_t offset, void* member) const {
  return genl::DecodeMember(*layout_, *Find(offset).field, attributes_, member);
}

absl::Status ViewBase::ReadNest(const Field& field, Bytes payload, ViewBase& nest) {
  const Attribute& attribute = *field.attribute;
  if (attribute.kind != Kind::kNest && attribute.element != Kind::kNest) {
    return absl::InvalidArgumentError(absl::StrCat("`", attribute.name, "` is no nest"));
  }
  return nest.Read(*field.nested, payload);
}

absl::Status ViewBase::ForEachElement(size_t offset, Visit visit) const {
  const Place place = Find(offset);
  if (!place.payload) return absl::OkStatus();
  const bool is_array = place.field->attribute->kind == Kind::kIndexedArray;
  AttributeReader reader(is_array ? *place.payload : attributes_);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    if (!is_array && raw->number != NumberOf(*place.field)) continue;
    const absl::Status status = visit(*place.field, raw->payload);
    if (!status.ok()) return status;
  }
  Fault fault;
  return IsAtEnd(reader.rest(), fault) ? absl::OkStatus() : DataLoss(fault);
}

}  // namespace genl
