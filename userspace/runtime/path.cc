#include "genl/path.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "genl/fault.h"
#include "genl/sub_message.h"

namespace genl {
namespace {

// Looks for the attribute at one address of a message.
class Resolver {
 public:
  explicit Resolver(const uint8_t* target) : target_(target) {}

  // `outer`: what the set stands in.
  bool InSet(const AttributeSet* set, Bytes bytes, const WireScope* outer);
  AttributePath Take() { return std::move(found_); }

 private:
  enum class Position { kBefore, kAt, kInside };

  Position Compare(const uint8_t* start, Bytes payload) const;
  bool InAttribute(const Attribute& attribute, Bytes payload, const WireScope& scope);
  bool InArray(const Attribute& attribute, Bytes payload, const WireScope& scope);
  bool InLevels(const Attribute& attribute, int level, Bytes payload, const WireScope& scope);
  bool InSubMessage(const Attribute& attribute, Bytes payload, const WireScope& scope);

  const uint8_t* const target_;
  AttributePath found_;
  int depth_ = 0;
};

Resolver::Position Resolver::Compare(const uint8_t* start, Bytes payload) const {
  if (target_ == start) return Position::kAt;
  const bool inside = target_ > start && target_ < payload.data() + payload.size();
  return inside ? Position::kInside : Position::kBefore;
}

// How many attributes of this number stand before the address.
size_t CountBefore(Bytes bytes, uint16_t number, const uint8_t* end) {
  size_t count = 0;
  AttributeReader reader(bytes);
  while (reader.rest().data() < end) {
    const std::optional<RawAttribute> raw = reader.Next();
    if (!raw) break;
    if (raw->number == number) ++count;
  }
  return count;
}

// Of a nest or sub-message: the set of what is inside.
const AttributeSet* SetInside(const Attribute& attribute, const WireScope& scope) {
  if (attribute.kind != Kind::kSubMessage) {
    return attribute.kind == Kind::kNest ? attribute.nested : nullptr;
  }
  const Format* format = FindFormat(attribute, scope);
  return format != nullptr ? format->set : nullptr;
}

bool Resolver::InSet(const AttributeSet* set, Bytes bytes, const WireScope* outer) {
  if (set == nullptr || ++depth_ > kMaxNesting) return false;
  const WireScope scope{set, bytes, outer};
  AttributeReader reader(bytes);
  for (;;) {
    const uint8_t* start = reader.rest().data();
    const std::optional<RawAttribute> raw = reader.Next();
    if (!raw) return false;
    const Position position = Compare(start, raw->payload);
    if (position == Position::kBefore) continue;
    const Attribute* attribute = set->Find(raw->number);
    absl::StrAppend(&found_.text, found_.text.empty() ? "" : ".");
    if (attribute == nullptr) {
      absl::StrAppend(&found_.text, "(", raw->number, ")");
      return true;
    }
    absl::StrAppend(&found_.text, attribute->name);
    if (attribute->multi) {
      absl::StrAppend(&found_.text, "[", CountBefore(bytes, raw->number, start), "]");
    }
    found_.attribute = attribute;
    found_.nested = SetInside(*attribute, scope);
    // Where nothing inside matches, the attribute around the place is the best answer.
    if (position == Position::kInside) InAttribute(*attribute, raw->payload, scope);
    return true;
  }
}

bool Resolver::InAttribute(const Attribute& attribute, Bytes payload, const WireScope& scope) {
  switch (attribute.kind) {
    case Kind::kNest: return InSet(attribute.nested, payload, &scope);
    case Kind::kIndexedArray: return InArray(attribute, payload, scope);
    case Kind::kNestTypeValue: return InLevels(attribute, 0, payload, scope);
    case Kind::kSubMessage: return InSubMessage(attribute, payload, scope);
    default: return false;
  }
}

bool Resolver::InSubMessage(const Attribute& attribute, Bytes payload, const WireScope& scope) {
  const Format* format = FindFormat(attribute, scope);
  if (format == nullptr) return false;
  payload.remove_prefix(std::min(HeaderSize(format->header), payload.size()));
  return InSet(format->set, payload, &scope);
}

bool Resolver::InArray(const Attribute& attribute, Bytes payload, const WireScope& scope) {
  AttributeReader reader(payload);
  for (size_t i = 0;; ++i) {
    const uint8_t* start = reader.rest().data();
    const std::optional<RawAttribute> raw = reader.Next();
    if (!raw) return false;
    const Position position = Compare(start, raw->payload);
    if (position == Position::kBefore) continue;
    absl::StrAppend(&found_.text, "[", i, "]");
    found_.attribute = nullptr;
    found_.nested = attribute.element == Kind::kNest ? attribute.nested : nullptr;
    if (position == Position::kInside) InSet(found_.nested, raw->payload, &scope);
    return true;
  }
}

bool Resolver::InLevels(const Attribute& attribute, int level, Bytes payload,
                        const WireScope& scope) {
  if (level == attribute.levels) return InSet(attribute.nested, payload, &scope);
  AttributeReader reader(payload);
  for (;;) {
    const uint8_t* start = reader.rest().data();
    const std::optional<RawAttribute> raw = reader.Next();
    if (!raw) return false;
    const Position position = Compare(start, raw->payload);
    if (position == Position::kBefore) continue;
    absl::StrAppend(&found_.text, "[", raw->number, "]");
    found_.attribute = nullptr;
    found_.nested = level + 1 == attribute.levels ? attribute.nested : nullptr;
    if (position == Position::kInside) InLevels(attribute, level + 1, raw->payload, scope);
    return true;
  }
}

}  // namespace

AttributePath ResolveOffset(const AttributeSet& set, Bytes message, size_t header, size_t offset) {
  if (header > message.size() || offset < header || offset >= message.size()) return {};
  Resolver resolver(message.data() + offset);
  resolver.InSet(&set, message.subspan(header), nullptr);
  return resolver.Take();
}

}  // namespace genl
