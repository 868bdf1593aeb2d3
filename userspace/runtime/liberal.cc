#include "genl/liberal.h"

#include <algorithm>

#include "genl/value_check.h"

namespace genl {
namespace {

void TidyAttributes(const Layout& layout, Bytes bytes, Writer& writer);

// Nests in an array, or in each other by type and value.
void TidyElements(const Field& field, int levels, Bytes payload, Writer& writer) {
  if (levels == 0) return TidyAttributes(*field.nested, payload, writer);
  AttributeReader reader(payload);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    const Writer::Mark mark = writer.Begin(raw->number | NLA_F_NESTED);
    TidyElements(field, levels - 1, raw->payload, writer);
    (void)writer.End(mark);  // it is no longer than it was
  }
}

void TidyOne(const Field& field, const RawAttribute& raw, Writer& writer) {
  const Attribute& attribute = *field.attribute;
  const size_t width = WireWidth(attribute.kind);
  const Writer::Mark mark = writer.Begin(raw.number);
  if (attribute.kind == Kind::kNest) {
    TidyAttributes(*field.nested, raw.payload, writer);
  } else if (attribute.kind == Kind::kNestTypeValue) {
    TidyElements(field, attribute.levels, raw.payload, writer);
  } else if (attribute.kind == Kind::kIndexedArray && attribute.element == Kind::kNest) {
    TidyElements(field, 1, raw.payload, writer);
  } else {
    const size_t size = raw.payload.size();
    writer.Append(raw.payload.data(), width != 0 ? std::min(size, width) : size);
  }
  (void)writer.End(mark);
}

void TidyAttributes(const Layout& layout, Bytes bytes, Writer& writer) {
  AttributeReader reader(bytes);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    if (const Field* field = layout.Find(raw->number)) TidyOne(*field, *raw, writer);
  }
}

}  // namespace

void Tidy(const Layout& layout, Bytes payload, Writer& writer) {
  const size_t header = std::min(HeaderSize(layout), payload.size());
  writer.Append(payload.data(), header);
  TidyAttributes(layout, payload.subspan(header), writer);
}

}  // namespace genl
