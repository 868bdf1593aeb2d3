// Bits, and which of them are meant: an attribute of type `bitfield32`.
//
//   genl::Bitfield<Feature> change = {.value = Feature::kLatching,
//                                     .selector = Feature::kLatching | Feature::kRedundant};
//
// sets one feature, clears another and leaves the rest alone. On the wire it is `value` and
// `selector`, 32 bits each, in host byte order. The kernel refuses a value outside the selector.
#ifndef GENL_BITFIELD_H_
#define GENL_BITFIELD_H_

#include <cstdint>

namespace genl {

template <typename T = uint32_t>
struct Bitfield {
  static_assert(sizeof(T) == sizeof(uint32_t));

  T value = {};
  T selector = {};

  bool operator==(const Bitfield&) const = default;
};

}  // namespace genl

#endif  // GENL_BITFIELD_H_
