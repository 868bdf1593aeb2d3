// Which format a sub-message has. Another attribute says so, its selector: it stands beside the
// sub-message, before or behind it, or else in the nearest set around it that has one.
#ifndef GENL_SUB_MESSAGE_H_
#define GENL_SUB_MESSAGE_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "genl/layout.h"
#include "genl/reader.h"
#include "genl/table.h"

namespace genl {

// The attributes of a message or nest, and what they stand in.
struct WireScope {
  const AttributeSet* set = nullptr;  // null: none of them has a name
  Bytes attributes;                   // without a fixed header
  const WireScope* outer = nullptr;
};

// The same in C++.
struct ValueScope {
  const Layout* layout = nullptr;
  const void* value = nullptr;
  const ValueScope* outer = nullptr;
};

// What may be the selector of this name in the set; null: nothing of it.
const Attribute* FindSelector(const AttributeSet* set, absl::string_view name);
// What it says with this payload: its text, of an enumeration the name of the entry (empty: it
// has none).
absl::string_view SelectorText(const Attribute& selector, Bytes payload);

// What the selector of `attribute`, which stands in `scope`, says. Nothing where it is nowhere.
std::optional<absl::string_view> FindSelector(const Attribute& attribute, const WireScope& scope);
std::optional<absl::string_view> FindSelector(const Attribute& attribute, const ValueScope& scope);

// Null: the spec does not know it.
const Format* FindFormat(const SubMessage& sub_message, std::optional<absl::string_view> selector);

// Of a sub-message on the wire; null where its selector is missing or unknown.
inline const Format* FindFormat(const Attribute& attribute, const WireScope& scope) {
  return FindFormat(*attribute.sub_message, FindSelector(attribute, scope));
}

// The alternative of a variant that holds the format; 0, the bytes, for null.
inline size_t AlternativeOf(const Field& field, const Format* format) {
  if (format == nullptr) return 0;
  return field.variant
      ->of_format[static_cast<size_t>(format - field.attribute->sub_message->formats.data())];
}

}  // namespace genl

#endif  // GENL_SUB_MESSAGE_H_
