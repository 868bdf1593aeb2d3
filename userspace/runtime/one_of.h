// What a sub-message holds: the struct of one of its formats, or bytes.
//
//   using Options = genl::OneOf<HtbAttrs, FqCodelAttrs>;
//
//   Options options = HtbAttrs{.direct_qlen = 5};
//   if (const HtbAttrs* htb = options.get_if<HtbAttrs>()) Use(htb->direct_qlen);
//
// Like std::variant it is a value: it copies deeply and compares by content. The struct lives
// on the heap: so a message is not as large as the largest of dozens of formats, and a format
// may contain the sub-message again.
#ifndef GENL_ONE_OF_H_
#define GENL_ONE_OF_H_

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace genl {

// The part that does not know the types.
class OneOfBase {
 public:
  // 0: bytes. From 1: the type at this position.
  size_t index() const { return index_; }
  // Null where it holds a struct.
  const std::vector<uint8_t>* bytes() const { return index_ == 0 ? &bytes_ : nullptr; }

  // Makes a value where it gets null, else destroys the one that it gets.
  using Manager = void* (*)(void* value);
  // The value at `index`, which it holds from then on: the bytes or a struct. One that is there
  // is left as it is. `managers` are those of the types, in their order.
  void* Make(size_t index, const Manager* managers) {
    if (index == index_) return value();
    if (value_ != nullptr) manager_(value_);
    bytes_.clear();
    manager_ = index == 0 ? nullptr : managers[index - 1];
    value_ = index == 0 ? nullptr : manager_(nullptr);
    index_ = index;
    return value();
  }

 protected:
  OneOfBase() = default;
  explicit OneOfBase(std::vector<uint8_t> bytes) : bytes_(std::move(bytes)) {}
  OneOfBase(size_t index, void* value, Manager manager)
      : index_(index), value_(value), manager_(manager) {}
  OneOfBase(OneOfBase&& other) noexcept { Swap(other); }
  ~OneOfBase() {
    if (value_ != nullptr) manager_(value_);
  }

  void Swap(OneOfBase& other) noexcept {
    std::swap(index_, other.index_);
    std::swap(value_, other.value_);
    std::swap(manager_, other.manager_);
    bytes_.swap(other.bytes_);
  }
  const void* value() const { return value_; }
  void* value() { return index_ == 0 ? &bytes_ : value_; }

 private:
  size_t index_ = 0;
  void* value_ = nullptr;
  Manager manager_ = nullptr;
  std::vector<uint8_t> bytes_;
};

template <typename... T>
class OneOf : public OneOfBase {
  template <typename U>
  static constexpr bool kHas = (std::is_same_v<T, U> || ...);

 public:
  OneOf() = default;
  OneOf(std::vector<uint8_t> bytes) : OneOfBase(std::move(bytes)) {}  // NOLINT: as a variant
  template <typename U, typename = std::enable_if_t<kHas<U>>>
  OneOf(U value)  // NOLINT
      : OneOfBase(kIndex<U>, new U(std::move(value)), &Delete<U>) {}
  OneOf(const OneOf& other) : OneOf(Copy(other)) {}
  OneOf(OneOf&& other) noexcept = default;
  OneOf& operator=(OneOf other) noexcept {
    Swap(other);
    return *this;
  }
  ~OneOf() = default;

  // Null where it holds something else.
  template <typename U>
  const U* get_if() const {
    return index() == kIndex<U> ? static_cast<const U*>(value()) : nullptr;
  }
  template <typename U>
  U* get_if() {
    return index() == kIndex<U> ? static_cast<U*>(value()) : nullptr;
  }

  friend bool operator==(const OneOf& a, const OneOf& b) {
    if (a.index() != b.index()) return false;
    return a.index() == 0 ? *a.bytes() == *b.bytes() : (a.EqualIf<T>(b) && ...);
  }

 private:
  // A manager of a value that is there.
  template <typename U>
  static void* Delete(void* value) {
    delete static_cast<U*>(value);
    return nullptr;
  }

  // From 1, in the order of T.
  template <typename U>
  static constexpr size_t kIndex = [] {
    size_t index = 0;
    (void)((++index, std::is_same_v<T, U>) || ...);
    return index;
  }();

  template <typename U>
  bool EqualIf(const OneOf& other) const {
    const U* value = get_if<U>();
    return value == nullptr || *value == *other.template get_if<U>();
  }

  static OneOf Copy(const OneOf& other) {
    if (other.index() == 0) return *other.bytes();
    OneOf copy;
    (void)((other.index() == kIndex<T> && (copy = *other.template get_if<T>(), true)) || ...);
    return copy;
  }
};

}  // namespace genl

#endif  // GENL_ONE_OF_H_
