#include "genl/discretion.h"

#include <algorithm>

#include "absl/strings/string_view.h"
#include "genl/copy_message.h"
#include "genl/encode.h"

namespace genl {
namespace {

bool IsFor(const Discretion& discretion, const Layout& layout, uint16_t number) {
  return std::none_of(discretion.sensitive.begin(), discretion.sensitive.end(),
                      [&](const SensitiveAttribute& row) {
                        return row.number == number && row.audience > discretion.reader &&
                               absl::string_view(row.set) == layout.set->name;
                      });
}

}  // namespace

absl::Status EncodeFor(const Discretion& discretion, const Layout& layout, const void* value,
                       Writer& writer) {
  if (discretion.sensitive.empty() || discretion.reader == Permission::kAdmin) {
    return Encode(layout, value, writer);
  }
  Writer whole;
  const absl::Status status = Encode(layout, value, whole);
  if (!status.ok()) return status;
  const auto choose = [&](const Layout& inside, const RawAttribute& raw) -> std::optional<Bytes> {
    if (!IsFor(discretion, inside, raw.number)) return std::nullopt;
    return raw.payload;
  };
  CopyMessage(layout, whole.bytes(), choose, writer);
  return status;
}

}  // namespace genl
