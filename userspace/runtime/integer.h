// Integers of any width and byte order in unaligned memory. All travel as 64 bits: what is
// signed is extended with its sign.
#ifndef GENL_INTEGER_H_
#define GENL_INTEGER_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

#include "absl/types/span.h"
#include "genl/table.h"

namespace genl {

constexpr bool IsForeign(ByteOrder order) {
  constexpr ByteOrder kForeign =
      std::endian::native == std::endian::little ? ByteOrder::kBig : ByteOrder::kLittle;
  return order == kForeign;
}

template <typename U>
inline U LoadBytes(const void* from) {
  U value;
  std::memcpy(&value, from, sizeof(value));
  return value;
}

// `width` is 1, 2, 4 or 8 bytes, in the order of the host.
inline uint64_t LoadInteger(const void* from, size_t width, bool is_signed) {
  switch (width) {
    case 1: return is_signed ? uint64_t(LoadBytes<int8_t>(from)) : LoadBytes<uint8_t>(from);
    case 2: return is_signed ? uint64_t(LoadBytes<int16_t>(from)) : LoadBytes<uint16_t>(from);
    case 4: return is_signed ? uint64_t(LoadBytes<int32_t>(from)) : LoadBytes<uint32_t>(from);
    default: return LoadBytes<uint64_t>(from);
  }
}

// Stores the lowest bytes of `value`.
inline void StoreInteger(uint64_t value, void* to, size_t width) {
  if constexpr (std::endian::native == std::endian::big) {
    value <<= 8 * (sizeof(value) - width);
  }
  std::memcpy(to, &value, width);
}

// Whether `width` bytes can hold the value.
inline bool FitsIn(uint64_t value, size_t width, bool is_signed) {
  if (width >= sizeof(value)) return true;
  const int spare = static_cast<int>(64 - 8 * width);
  if (is_signed) {
    return static_cast<uint64_t>(static_cast<int64_t>(value << spare) >> spare) == value;
  }
  return value << spare >> spare == value;
}

// Exchanges the first and last, second and last but one, ... of `width` bytes.
inline uint64_t SwapBytes(uint64_t value, size_t width) {
  return __builtin_bswap64(value) >> (64 - 8 * width);
}

// The integer in the payload of an attribute; nothing where the payload has not the width of
// the kind.
inline std::optional<uint64_t> LoadWire(Kind kind, ByteOrder order,
                                        absl::Span<const uint8_t> payload) {
  const size_t width = WireWidth(kind);
  const size_t size = payload.size();
  if (width == 0 ? size != 4 && size != 8 : size != width) return std::nullopt;
  const bool is_signed = IsSigned(kind);
  const uint64_t value = LoadInteger(payload.data(), size, is_signed);
  if (!IsForeign(order)) return value;
  const uint64_t swapped = SwapBytes(value, size);
  if (!is_signed) return swapped;
  const int spare = static_cast<int>(64 - 8 * size);
  return static_cast<uint64_t>(static_cast<int64_t>(swapped << spare) >> spare);
}

}  // namespace genl

#endif  // GENL_INTEGER_H_
