// How the codec reaches into the member of a struct whose C++ type it does not know.
#ifndef GENL_MEMBER_TYPE_H_
#define GENL_MEMBER_TYPE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <type_traits>
#include <vector>

#include "genl/bitfield.h"
#include "genl/box.h"
#include "genl/one_of.h"

namespace genl {

// What the codec must know about the type of a member. A value that may be absent
// (std::optional, Box) is a sequence of at most one element.
struct MemberType {
  enum class Shape : uint8_t {
    kPlain,          // always there
    kOptionalPlain,  // std::optional of what has no memory of its own
    kHolder,         // std::optional of anything else, or Box
    kSequence,       // std::vector
    kVariant,        // OneOf: the formats of a sub-message
  };
  enum class Access : uint8_t { kLook, kMake, kTruncate };
  struct Result {
    void* element = nullptr;  // of kLook and kMake
    size_t size = 0;          // of kLook
  };

  Shape shape = Shape::kPlain;
  uint8_t width = 0;      // bytes of the integer, enumeration or bool, also inside an optional
  bool bitfield = false;  // a Bitfield
  uint32_t mark = 0;      // of optionals: where they say whether they are there; 0: ask `access`
  uint32_t stride = 0;    // of sequences: bytes from one element to the next
  const MemberType* element = nullptr;  // of holders and sequences
  // Of holders, sequences and variants. One function for all: there is one for each type that
  // a family has, and the fewer they are, the smaller are its clients.
  Result (*access)(void* member, size_t i, Access access) = nullptr;

  // Of a variant: which alternative it holds.
  size_t size(const void* member) const {
    return access(const_cast<void*>(member), 0, Access::kLook).size;
  }
  // The element `i` < size; the value of the alternative that a variant holds.
  const void* get(const void* member, size_t i) const {
    return access(const_cast<void*>(member), i, Access::kLook).element;
  }
  // The element `i`, which is made where it does not exist yet, with all before it. Of a variant:
  // the value of its alternative `i`, which it holds from then on.
  void* at(void* member, size_t i) const { return access(member, i, Access::kMake).element; }
  // Drops all elements but the first `size`. Not of a variant.
  void truncate(void* member, size_t size) const { access(member, size, Access::kTruncate); }
};

// What has no memory of its own is read and written as bytes: its C++ type is not known here. In a
// std::optional the value stands first and is followed by the mark that it is there;
// layout_test.cc holds this for each width.
template <typename T>
constexpr bool OptionalHasKnownLayout() {
  return sizeof(std::optional<T>) == sizeof(T) + alignof(T) && sizeof(bool) == 1;
}

// Whether the value of an optional of this type is there.
inline bool IsMarked(const MemberType& type, const void* member) {
  bool marked;
  std::memcpy(&marked, static_cast<const char*>(member) + type.mark, sizeof(marked));
  return marked;
}
inline void Mark(const MemberType& type, void* member, bool marked) {
  std::memcpy(static_cast<char*>(member) + type.mark, &marked, sizeof(marked));
}

// Functions and tables for types of members. They are static, so that each object file has its
// own: names and sections by which the linker merges them take several times the room of the few
// that two families share.
namespace member_internal {

using Access = MemberType::Access;

template <typename T>
constexpr bool kIsScalar = std::is_integral_v<T> || std::is_enum_v<T>;

template <typename T>
constexpr bool kIsBitfield = false;
template <typename T>
constexpr bool kIsBitfield<Bitfield<T>> = true;

// Types of the same form share one.
template <uint8_t kWidth, bool kBitfield>
static constexpr MemberType kPlain = {.width = kWidth, .bitfield = kBitfield};
template <uint8_t kWidth, bool kBitfield, uint32_t kMark>
static constexpr MemberType kOptionalPlain = {.shape = MemberType::Shape::kOptionalPlain,
                                              .width = kWidth,
                                              .bitfield = kBitfield,
                                              .mark = kMark};

template <typename T>
static constexpr uint8_t kWidthOf = kIsScalar<T> ? sizeof(T) : 0;

// Of a member of type `T`; told apart by overloads.
template <typename T>
static constexpr const MemberType* TypeOf(const T*) {
  return &kPlain<kWidthOf<T>, kIsBitfield<T>>;
}
template <typename T>
static constexpr const MemberType* TypeOf(const std::optional<T>*);
template <typename T>
static constexpr const MemberType* TypeOf(const Box<T>*);
template <typename T>
static constexpr const MemberType* TypeOf(const std::vector<T>*);
template <typename... T>
static constexpr const MemberType* TypeOf(const OneOf<T...>*);

template <typename T>
static constexpr const MemberType* kTypeOf = TypeOf(static_cast<const T*>(nullptr));

template <typename H>
static MemberType::Result AccessHolder(void* member, size_t i, Access access) {
  H& holder = *static_cast<H*>(member);
  if (access == Access::kTruncate) {
    if (i == 0) holder.reset();
    return {};
  }
  if (access == Access::kMake && !holder) holder.emplace();
  return {holder ? &*holder : nullptr, holder.has_value()};
}

// Where a Box says whether it is there, only its function knows.
template <typename T>
constexpr uint32_t kMarkOf = 0;
template <typename T>
constexpr uint32_t kMarkOf<std::optional<T>> = sizeof(T);

template <typename H>
static constexpr MemberType kHolder = {.shape = MemberType::Shape::kHolder,
                                       .mark = kMarkOf<H>,
                                       .element = kTypeOf<typename H::value_type>,
                                       .access = &AccessHolder<H>};

template <typename T>
static constexpr const MemberType* TypeOf(const std::optional<T>*) {
  static_assert(OptionalHasKnownLayout<T>());
  if constexpr (std::is_trivially_copyable_v<std::optional<T>>) {
    return &kOptionalPlain<kWidthOf<T>, kIsBitfield<T>, sizeof(T)>;
  } else {
    return &kHolder<std::optional<T>>;
  }
}

template <typename T>
static constexpr const MemberType* TypeOf(const Box<T>*) {
  return &kHolder<Box<T>>;
}

template <typename V>
static MemberType::Result AccessVector(void* member, size_t i, Access access) {
  V& vector = *static_cast<V*>(member);
  if (access == Access::kTruncate) {
    if (vector.size() > i) vector.resize(i);
    return {};
  }
  if (access == Access::kMake && i >= vector.size()) vector.resize(i + 1);
  return {vector.data() + i, vector.size()};
}

template <typename V>
static constexpr MemberType kVector = {.shape = MemberType::Shape::kSequence,
                                       .stride = sizeof(typename V::value_type),
                                       .element = kTypeOf<typename V::value_type>,
                                       .access = &AccessVector<V>};

template <typename T>
static constexpr const MemberType* TypeOf(const std::vector<T>*) {
  return &kVector<std::vector<T>>;
}

template <typename T>
static void* Manage(void* value) {
  if (value == nullptr) return new T();
  delete static_cast<T*>(value);
  return nullptr;
}

template <typename... T>
static MemberType::Result AccessOneOf(void* member, size_t i, Access access) {
  static constexpr OneOfBase::Manager kManagers[] = {&Manage<T>...};
  OneOfBase& variant = *static_cast<OneOf<T...>*>(member);
  const size_t index = access == Access::kMake ? i : variant.index();
  return {variant.Make(index, kManagers), index};
}

template <typename... T>
static constexpr MemberType kOneOf = {.shape = MemberType::Shape::kVariant,
                                      .access = &AccessOneOf<T...>};

template <typename... T>
static constexpr const MemberType* TypeOf(const OneOf<T...>*) {
  return &kOneOf<T...>;
}

}  // namespace member_internal

template <typename T>
static constexpr const MemberType* kMember = member_internal::kTypeOf<T>;

}  // namespace genl

#endif  // GENL_MEMBER_TYPE_H_
