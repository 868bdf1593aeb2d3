#include "genl/unknown.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "genl/fault.h"
#include "genl/sub_message.h"

namespace genl {
namespace {

class Finder {
 public:
  explicit Finder(const std::function<void(const UnknownAttribute&)>& found) : found_(found) {}

  void InMessage(const Layout& layout, Bytes bytes, const std::string& path,
                 const WireScope* outer);

 private:
  void InField(const Field& field, Bytes payload, const std::string& path, const WireScope& scope);
  void InLevels(const Field& field, int level, Bytes payload, const std::string& path,
                const WireScope& scope);

  const std::function<void(const UnknownAttribute&)>& found_;
  int depth_ = 0;
};

void Finder::InMessage(const Layout& layout, Bytes bytes, const std::string& path,
                       const WireScope* outer) {
  if (layout.set == nullptr || depth_ == kMaxNesting) return;
  ++depth_;
  bytes.remove_prefix(std::min(HeaderSize(layout), bytes.size()));
  const WireScope scope{layout.set, bytes, outer};
  std::vector<size_t> counts(layout.fields.size());
  AttributeReader reader(bytes);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    const Attribute* attribute = layout.set->Find(raw->number);
    std::string step = absl::StrCat(path, path.empty() ? "" : ".");
    if (attribute != nullptr) {
      absl::StrAppend(&step, attribute->name);
    } else {
      absl::StrAppend(&step, "(", raw->number, ")");
    }
    const Field* field = layout.Find(raw->number);
    if (field == nullptr) {
      // Padding says nothing.
      if (attribute == nullptr || attribute->kind != Kind::kUnused) found_({step, raw->payload});
      continue;
    }
    const size_t element = counts[static_cast<size_t>(field - layout.fields.data())]++;
    if (attribute->multi) absl::StrAppend(&step, "[", element, "]");
    InField(*field, raw->payload, step, scope);
  }
  --depth_;
}

void Finder::InField(const Field& field, Bytes payload, const std::string& path,
                     const WireScope& scope) {
  const Attribute& attribute = *field.attribute;
  if (attribute.kind == Kind::kNest) {
    InMessage(*field.nested, payload, path, &scope);
  } else if (attribute.kind == Kind::kNestTypeValue) {
    InLevels(field, 0, payload, path, scope);
  } else if (attribute.kind == Kind::kIndexedArray && attribute.element == Kind::kNest) {
    AttributeReader reader(payload);
    for (size_t i = 0; const std::optional<RawAttribute> raw = reader.Next(); ++i) {
      InMessage(*field.nested, raw->payload, absl::StrCat(path, "[", i, "]"), &scope);
    }
  } else if (attribute.kind == Kind::kSubMessage) {
    const size_t alternative = AlternativeOf(field, FindFormat(attribute, scope));
    if (alternative == 0) return;
    InMessage(*field.variant->alternatives[alternative], payload, path, &scope);
  }
}

void Finder::InLevels(const Field& field, int level, Bytes payload, const std::string& path,
                      const WireScope& scope) {
  if (level == field.attribute->levels) return InMessage(*field.nested, payload, path, &scope);
  AttributeReader reader(payload);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    InLevels(field, level + 1, raw->payload, absl::StrCat(path, "[", raw->number, "]"), scope);
  }
}

}  // namespace

void FindUnknown(const Layout& layout, Bytes bytes,
                 const std::function<void(const UnknownAttribute&)>& found) {
  Finder(found).InMessage(layout, bytes, "", nullptr);
}

}  // namespace genl
