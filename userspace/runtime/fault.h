// What was wrong with a value or with bytes, and where: collected on the way out of nests.
#ifndef GENL_FAULT_H_
#define GENL_FAULT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "genl/table.h"

namespace genl {

// How deep nests may stand in each other; more is refused in both directions.
inline constexpr int kMaxNesting = 32;

struct Fault {
  std::string path;  // `threshold[1].hysteresis`, without the quotes; empty: the message
  std::string text;

  // All return false, so that what fails can return them.
  bool Set(std::string what) {
    text = std::move(what);
    return false;
  }
  // An integer that `width` bytes cannot hold.
  bool DoesNotFit(uint64_t number, bool is_signed, size_t width) {
    return Set(
        absl::StrCat(is_signed ? absl::StrCat(static_cast<int64_t>(number)) : absl::StrCat(number),
                     " does not fit in ", 8 * width, " bits"));
  }
  bool Within(absl::string_view step) {
    const bool joined = path.empty() || path[0] == '[';
    path = absl::StrCat(step, joined ? "" : ".", path);
    return false;
  }
  // An element is named only where there can be several.
  bool Within(const Attribute& attribute, size_t element) {
    return attribute.multi ? Within(absl::StrCat(attribute.name, "[", element, "]"))
                           : Within(attribute.name);
  }
  // Directly behind the name: `keys[3]`.
  bool AtElement(size_t element) { return Within(absl::StrCat("[", element, "]")); }

  std::string Message() const {
    return path.empty() ? text : absl::StrCat("attribute `", path, "`: ", text);
  }
};

}  // namespace genl

#endif  // GENL_FAULT_H_
