// Enumerations whose entries are bits.
//
//   enum class Feature : uint32_t { kLatching = 0x2, kRedundant = 0x4 };
//   GENL_FLAG_OPERATORS(Feature)
//
//   Feature features = Feature::kLatching | Feature::kRedundant;
//   if (genl::Has(features, Feature::kLatching)) ...
#ifndef GENL_FLAGS_H_
#define GENL_FLAGS_H_

#include <type_traits>

namespace genl {

// Whether all of `bits` are set.
template <typename E>
constexpr bool Has(E flags, E bits) {
  return (flags & bits) == bits;
}

}  // namespace genl

// In the namespace of the enumeration, where the operators are looked for.
#define GENL_FLAG_OPERATORS(E)                                                          \
  constexpr E operator|(E a, E b) {                                                     \
    return static_cast<E>(std::underlying_type_t<E>(a) | std::underlying_type_t<E>(b)); \
  }                                                                                     \
  constexpr E operator&(E a, E b) {                                                     \
    return static_cast<E>(std::underlying_type_t<E>(a) & std::underlying_type_t<E>(b)); \
  }                                                                                     \
  constexpr E operator^(E a, E b) {                                                     \
    return static_cast<E>(std::underlying_type_t<E>(a) ^ std::underlying_type_t<E>(b)); \
  }                                                                                     \
  constexpr E operator~(E a) { return static_cast<E>(~std::underlying_type_t<E>(a)); }  \
  constexpr E& operator|=(E& a, E b) { return a = a | b; }                              \
  constexpr E& operator&=(E& a, E b) { return a = a & b; }

#endif  // GENL_FLAGS_H_
