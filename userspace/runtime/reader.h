// Walks the attributes in a message or nest. Never looks outside the bytes it was given.
//
//   AttributeReader reader(bytes);
//   while (std::optional<RawAttribute> a = reader.Next()) Use(a->number, a->payload);
//   if (!reader.ok()) ...   // the bytes do not add up
#ifndef GENL_READER_H_
#define GENL_READER_H_

#include <linux/netlink.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "absl/types/span.h"
#include "genl/integer.h"

namespace genl {

using Bytes = absl::Span<const uint8_t>;

struct RawAttribute {
  uint16_t number = 0;  // without the flags for nests and byte order
  Bytes payload;
};

class AttributeReader {
 public:
  explicit AttributeReader(Bytes bytes) : rest_(bytes) {}

  // Nothing at the end, and nothing where the next attribute is malformed.
  std::optional<RawAttribute> Next() {
    if (rest_.size() < NLA_HDRLEN) return std::nullopt;
    const size_t length = LoadBytes<uint16_t>(rest_.data());
    const uint16_t type = LoadBytes<uint16_t>(rest_.data() + 2);
    if (length < NLA_HDRLEN || length > rest_.size()) return std::nullopt;
    RawAttribute attribute{static_cast<uint16_t>(type & NLA_TYPE_MASK),
                           Bytes(rest_.data() + NLA_HDRLEN, length - NLA_HDRLEN)};
    rest_.remove_prefix(std::min(size_t{NLA_ALIGN(length)}, rest_.size()));
    return attribute;
  }

  // After the last attribute: whether nothing was left over.
  bool ok() const { return rest_.empty(); }
  // What has not been read yet.
  Bytes rest() const { return rest_; }

 private:
  Bytes rest_;
};

}  // namespace genl

#endif  // GENL_READER_H_
