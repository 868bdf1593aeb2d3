#include "genl/sub_message.h"

#include <algorithm>
#include <string>

#include "genl/integer.h"

namespace genl {
namespace {

// What can say which format it is; a spec may give the name to something else further in.
bool IsSelector(const Attribute& attribute, absl::string_view name) {
  return attribute.name == name && !attribute.multi &&
         (attribute.kind == Kind::kString || IsInteger(attribute.kind));
}

const Field* FindSelector(const Layout& layout, absl::string_view name) {
  for (const Field& field : layout.fields) {
    if (IsSelector(*field.attribute, name)) return &field;
  }
  return nullptr;
}

// Of two, the last counts, as everywhere else.
std::optional<Bytes> LastPayload(Bytes attributes, uint16_t number) {
  std::optional<Bytes> payload;
  AttributeReader reader(attributes);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    if (raw->number == number) payload = raw->payload;
  }
  return payload;
}

absl::string_view EntryName(const Attribute& selector, std::optional<uint64_t> value) {
  if (!value || selector.enumeration == nullptr) return {};
  return EnumName(*selector.enumeration, *value);
}

// Nothing where the member is absent.
std::optional<absl::string_view> Text(const Field& selector, const void* member) {
  const MemberType* type = selector.type;
  if (type->shape == MemberType::Shape::kOptionalPlain) {
    if (!IsMarked(*type, member)) return std::nullopt;
  } else if (type->shape == MemberType::Shape::kHolder) {
    if (type->size(member) == 0) return std::nullopt;
    member = type->get(member, 0);
    type = type->element;
  }
  const Attribute& attribute = *selector.attribute;
  if (attribute.kind == Kind::kString) return *static_cast<const std::string*>(member);
  return EntryName(attribute, LoadInteger(member, type->width, IsSigned(attribute.kind)));
}

}  // namespace

const Attribute* FindSelector(const AttributeSet* set, absl::string_view name) {
  if (set == nullptr) return nullptr;
  for (const Attribute& attribute : set->attributes) {
    if (IsSelector(attribute, name)) return &attribute;
  }
  return nullptr;
}

absl::string_view SelectorText(const Attribute& selector, Bytes payload) {
  if (selector.kind != Kind::kString) {
    return EntryName(selector, LoadWire(selector.kind, selector.order, payload));
  }
  const auto end = std::find(payload.begin(), payload.end(), uint8_t{0});
  return {reinterpret_cast<const char*>(payload.data()),
          static_cast<size_t>(end - payload.begin())};
}

std::optional<absl::string_view> FindSelector(const Attribute& attribute, const WireScope& scope) {
  for (const WireScope* s = &scope; s != nullptr; s = s->outer) {
    const Attribute* selector = FindSelector(s->set, attribute.selector);
    if (selector == nullptr) continue;
    const std::optional<Bytes> payload = LastPayload(s->attributes, selector->number);
    if (payload) return SelectorText(*selector, *payload);
  }
  return std::nullopt;
}

std::optional<absl::string_view> FindSelector(const Attribute& attribute, const ValueScope& scope) {
  for (const ValueScope* s = &scope; s != nullptr; s = s->outer) {
    const Field* selector = FindSelector(*s->layout, attribute.selector);
    if (selector == nullptr) continue;
    const void* member = static_cast<const char*>(s->value) + selector->offset;
    if (const auto text = Text(*selector, member)) return text;
  }
  return std::nullopt;
}

const Format* FindFormat(const SubMessage& sub_message, std::optional<absl::string_view> selector) {
  if (!selector) return nullptr;
  for (const Format& format : sub_message.formats) {
    if (*selector == format.value) return &format;
  }
  return nullptr;
}

}  // namespace genl
