#include "genl/caller.h"

#include "absl/strings/str_cat.h"

namespace genl {
namespace {

using Shape = MemberType::Shape;

class MemberFinder {
 public:
  MemberFinder(const void* target, const MemberType& type) : target_(target), type_(type) {}

  // Empty: not in here.
  std::string InStruct(const Layout& layout, const void* value) const {
    for (const Field& field : layout.fields) {
      std::string path =
          InMember(field, *field.type, static_cast<const char*>(value) + field.offset);
      if (!path.empty()) return path;
    }
    return "";
  }

 private:
  // What is first in a struct lies where the struct does, but is of another type.
  bool Is(const MemberType& type, const void* member) const {
    if (member != target_ || type.width != type_.width) return false;
    return (type.shape == Shape::kSequence) == (type_.shape == Shape::kSequence);
  }

  std::string InMember(const Field& field, const MemberType& type, const void* member) const {
    const std::string name = field.attribute->name;
    if (Is(type, member)) return name;
    if (type.shape == Shape::kPlain) return Inside(field, member, name);
    if (type.shape != Shape::kHolder && type.shape != Shape::kSequence) return "";
    for (size_t i = 0; i < type.size(member); ++i) {
      const void* element = type.get(member, i);
      const std::string step =
          type.shape == Shape::kSequence ? absl::StrCat(name, "[", i, "]") : name;
      if (Is(*type.element, element)) return step;
      std::string path = Inside(field, element, step);
      if (!path.empty()) return path;
    }
    return "";
  }

  std::string Inside(const Field& field, const void* value, const std::string& step) const {
    const Attribute& attribute = *field.attribute;
    const bool nest = attribute.kind == Kind::kNest ||
                      (attribute.kind == Kind::kIndexedArray && attribute.element == Kind::kNest);
    if (!nest) return "";
    const std::string path = InStruct(*field.nested, value);
    return path.empty() ? path : absl::StrCat(step, ".", path);
  }

  const void* const target_;
  const MemberType& type_;
};

}  // namespace

std::string Caller::PathOf(const void* member, const MemberType& type) const {
  if (layout_ == nullptr || request_ == nullptr) return "";
  return MemberFinder(member, type).InStruct(*layout_, request_);
}

}  // namespace genl
