#include "genl/liberal.h"

#include <algorithm>

#include "genl/copy_message.h"

namespace genl {
namespace {

std::optional<Bytes> KnownBytes(const Layout& layout, const RawAttribute& raw) {
  const Field* const field = layout.Find(raw.number);
  if (field == nullptr) return std::nullopt;
  const size_t width = WireWidth(field->attribute->kind);
  return raw.payload.subspan(0, width != 0 ? std::min(raw.payload.size(), width) : Bytes::npos);
}

}  // namespace

void Tidy(const Layout& layout, Bytes payload, Writer& writer) {
  CopyMessage(layout, payload, KnownBytes, writer);
}

}  // namespace genl
