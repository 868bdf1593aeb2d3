// An optional value that lives on the heap, for a struct that can contain itself.
//
//   struct Action {
//     std::optional<uint32_t> index = {};
//     genl::Box<Action> next = {};
//   };
//
// Like std::optional it is a value: it copies deeply and compares by content.
#ifndef GENL_BOX_H_
#define GENL_BOX_H_

#include <memory>
#include <utility>

namespace genl {

template <typename T>
class Box {
 public:
  using value_type = T;

  Box() = default;
  Box(const T& value) : value_(new T(value)) {}        // NOLINT: implicit like std::optional
  Box(T&& value) : value_(new T(std::move(value))) {}  // NOLINT
  Box(const Box& other) : value_(other ? new T(*other) : nullptr) {}
  Box(Box&& other) noexcept = default;
  Box& operator=(Box other) noexcept {
    value_ = std::move(other.value_);
    return *this;
  }

  T& emplace() {
    value_ = std::make_unique<T>();
    return *value_;
  }
  void reset() { value_.reset(); }

  bool has_value() const { return value_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return value_.get(); }
  const T* operator->() const { return value_.get(); }

  friend bool operator==(const Box& a, const Box& b) {
    return a.has_value() == b.has_value() && (!a || *a == *b);
  }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace genl

#endif  // GENL_BOX_H_
