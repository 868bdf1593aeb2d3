#include "genl/copy_message.h"

#include <algorithm>

#include "genl/value_check.h"

namespace genl {
namespace {

class Copier {
 public:
  Copier(Choose choose, Writer& writer) : choose_(choose), writer_(writer) {}

  void Attributes(const Layout& layout, Bytes bytes) {
    AttributeReader reader(bytes);
    while (const std::optional<RawAttribute> raw = reader.Next()) {
      const std::optional<Bytes> payload = choose_(layout, *raw);
      if (payload) One(layout.Find(raw->number), *raw, *payload);
    }
  }

 private:
  // `field` is null where the layout does not know it.
  void One(const Field* field, const RawAttribute& raw, Bytes payload) {
    const uint16_t flag = IsFlaggedAsNest(raw) ? NLA_F_NESTED : 0;
    const Writer::Mark mark = writer_.Begin(raw.number | flag);
    if (field == nullptr) {
      writer_.Append(payload.data(), payload.size());
    } else if (field->attribute->kind == Kind::kNest) {
      Attributes(*field->nested, payload);
    } else if (field->attribute->kind == Kind::kNestTypeValue) {
      Elements(*field, field->attribute->levels, payload);
    } else if (IsArrayOfNests(*field->attribute)) {
      Elements(*field, 1, payload);
    } else {
      writer_.Append(payload.data(), payload.size());
    }
    (void)writer_.End(mark);  // it is no longer than it was
  }

  // Nests in an array, or in each other by type and value.
  void Elements(const Field& field, int levels, Bytes payload) {
    if (levels == 0) return Attributes(*field.nested, payload);
    AttributeReader reader(payload);
    while (const std::optional<RawAttribute> raw = reader.Next()) {
      const Writer::Mark mark = writer_.Begin(raw->number | NLA_F_NESTED);
      Elements(field, levels - 1, raw->payload);
      (void)writer_.End(mark);
    }
  }

  const Choose choose_;
  Writer& writer_;
};

}  // namespace

void CopyMessage(const Layout& layout, Bytes payload, Choose choose, Writer& writer) {
  const size_t header = std::min(HeaderSize(layout), payload.size());
  writer.Append(payload.data(), header);
  Copier(choose, writer).Attributes(layout, payload.subspan(header));
}

}  // namespace genl
