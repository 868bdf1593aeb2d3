// Names of members that stand for what has no name in the spec.
#ifndef GENL_JSON_NAMES_H_
#define GENL_JSON_NAMES_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "genl/json/tree.h"
#include "genl/layout.h"
#include "genl/table.h"

namespace genl {

// The only member of an object that is a payload as it is.
inline constexpr absl::string_view kRawMember = "#hex";
// Of a bitfield.
inline constexpr absl::string_view kValueMember = "value";
inline constexpr absl::string_view kSelectorMember = "selector";
// Of a message: its fixed header.
inline constexpr absl::string_view kHeaderMember = "header";
// Of a structure: how many bytes it has where that are too few, and what stands behind it.
inline constexpr absl::string_view kSizeMember = "#size";
inline constexpr absl::string_view kRestMember = "#rest";
// Before the number of an attribute: "#17".
inline constexpr absl::string_view kNumberMark = "#";

// Of a nest by type and value: what its types at `level` are called.
inline std::string LevelName(const Attribute& attribute, int level) {
  absl::string_view names = attribute.level_names != nullptr ? attribute.level_names : "";
  for (int i = 0; i < level && !names.empty(); ++i) {
    const size_t end = names.find(' ');
    names.remove_prefix(end == names.npos ? names.size() : end + 1);
  }
  const absl::string_view name = names.substr(0, names.find(' '));
  return name.empty() ? absl::StrCat("type-", level + 1) : std::string(name);
}

// The set of a nest whose table names none.
inline constexpr AttributeSet kNoAttributes = {};

inline const AttributeSet& NestedSet(const Attribute& attribute) {
  return attribute.nested != nullptr ? *attribute.nested : kNoAttributes;
}

inline MessageTable TableOf(const Layout& layout) {
  return {layout.set != nullptr ? *layout.set : kNoAttributes,
          layout.header != nullptr ? layout.header->structure : nullptr};
}

// An object that is the payload as it stands.
inline bool IsRaw(const JsonNode& node) {
  return node.type == JsonNode::Type::kObject && node.children.size() == 1 &&
         node.children[0].name == kRawMember;
}

// Null: the object has none.
inline const JsonNode* FindMember(const JsonNode& object, absl::string_view name) {
  for (const JsonNode& member : object.children) {
    if (member.name == name) return &member;
  }
  return nullptr;
}

}  // namespace genl

#endif  // GENL_JSON_NAMES_H_
