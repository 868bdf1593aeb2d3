#include <cerrno>
#include <cstring>

#include "absl/container/fixed_array.h"
#include "genl/policy_check.h"
#include "genl/value_check.h"

namespace genl {
namespace {

constexpr absl::string_view kBadLength = "length of attribute is out of range";

// In the order of a generated decoder: attribute by attribute, and then what is missing.
class RequestCheck {
 public:
  RequestCheck(bool complete, Complaint& complaint) : complete_(complete), complaint_(complaint) {}

  bool Attributes(const Layout& layout, Bytes bytes, const uint8_t* nest);

 private:
  bool One(const Field& field, const RawAttribute& raw, uint32_t& count);
  bool Value(const Attribute& attribute, Kind kind, const RawAttribute& raw, bool element);
  bool Integer(const Attribute& attribute, Kind kind, const RawAttribute& raw, bool element);
  bool Length(const Attribute& attribute, const RawAttribute& raw, size_t size, bool element);
  bool Elements(const Field& field, const RawAttribute& raw, uint32_t& count);
  bool Levels(const Field& field, const RawAttribute& raw);

  bool BadLength(const RawAttribute& raw) {
    return complaint_.Set(ERANGE, kBadLength, HeaderOf(raw));
  }

  const bool complete_;
  Complaint& complaint_;
};

bool RequestCheck::Attributes(const Layout& layout, Bytes bytes, const uint8_t* nest) {
  absl::FixedArray<uint32_t, 64> counts(layout.fields.size(), 0);
  AttributeReader reader(bytes);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    const Field* field = layout.Find(raw->number);
    if (field == nullptr) {
      if (nest != nullptr || !complete_) continue;
      return complaint_.Set(EINVAL, "attribute is not part of this request", HeaderOf(*raw));
    }
    if (!One(*field, *raw, counts[field - layout.fields.data()])) return false;
  }
  for (const Field& field : layout.fields) {
    if (field.presence == kRequired && counts[&field - layout.fields.data()] == 0) {
      return complaint_.SetMissing(NumberOf(field), nest);
    }
  }
  return true;
}

// `count` grows by what a handler will see of it.
bool RequestCheck::One(const Field& field, const RawAttribute& raw, uint32_t& count) {
  const Attribute& attribute = *field.attribute;
  switch (attribute.kind) {
    case Kind::kIndexedArray:
    case Kind::kNestTypeValue: return Elements(field, raw, count);
    case Kind::kNest: ++count; return Attributes(*field.nested, raw.payload, HeaderOf(raw));
    default: ++count; return Value(attribute, attribute.kind, raw, false);
  }
}

bool RequestCheck::Value(const Attribute& attribute, Kind kind, const RawAttribute& raw,
                         bool element) {
  const size_t size = raw.payload.size();
  switch (kind) {
    case Kind::kString: {
      const auto* text = reinterpret_cast<const char*>(raw.payload.data());
      const size_t length = strnlen(text, size);
      if (element && length == size && !LimitsOf(attribute).unterminated) return BadLength(raw);
      return Length(attribute, raw, length, element);
    }
    case Kind::kStruct:
      if (!element || LimitsOf(attribute).type != Limits::Type::kNone) break;
      return size == attribute.structure->size || BadLength(raw);
    case Kind::kArray:
      if (size % WireWidth(attribute.element) != 0) return BadLength(raw);
      break;
    case Kind::kBinary: break;
    default: return !IsInteger(kind) || Integer(attribute, kind, raw, element);
  }
  return Length(attribute, raw, size, element);
}

bool RequestCheck::Integer(const Attribute& attribute, Kind kind, const RawAttribute& raw,
                           bool element) {
  const size_t width = WireWidth(kind);
  Bytes payload = raw.payload;
  if (width != 0 && element && payload.size() != width) return BadLength(raw);
  if (width != 0) payload = payload.subspan(0, width);
  const std::optional<uint64_t> value = LoadWire(kind, attribute.order, payload);
  if (!value) return complaint_.Set(EINVAL, kInvalidLength, HeaderOf(raw), &attribute);
  return CheckInteger(attribute, kind, *value, HeaderOf(raw), complaint_) &&
         CheckMember(attribute, *value, HeaderOf(raw), complaint_);
}

bool RequestCheck::Length(const Attribute& attribute, const RawAttribute& raw, size_t size,
                          bool element) {
  const Limits& limits = LimitsOf(attribute);
  if (limits.type != Limits::Type::kLength) return true;
  // Of a string the policy knows the longest only, and of elements nothing.
  return (size >= limits.low && (!element || size <= limits.high)) || BadLength(raw);
}

bool RequestCheck::Elements(const Field& field, const RawAttribute& raw, uint32_t& count) {
  const Attribute& attribute = *field.attribute;
  AttributeReader reader(raw.payload);
  count = 0;
  while (const std::optional<RawAttribute> element = reader.Next()) {
    ++count;
    if (attribute.kind == Kind::kNestTypeValue) {
      if (!Levels(field, *element)) return false;
    } else if (attribute.element == Kind::kNest) {
      if (!Attributes(*field.nested, element->payload, HeaderOf(*element))) return false;
    } else if (!Value(attribute, attribute.element, *element, true)) {
      return false;
    }
  }
  return reader.ok() || complaint_.Set(EINVAL, kLeftover, HeaderOf(raw));
}

// The core saw the first level alone.
bool RequestCheck::Levels(const Field& field, const RawAttribute& raw) {
  RawAttribute nest = raw;
  for (int level = 1; level < field.attribute->levels; ++level) {
    AttributeReader reader(nest.payload);
    const std::optional<RawAttribute> only = reader.Next();
    if (!only || !reader.ok()) {
      return complaint_.Set(EINVAL, "exactly one attribute expected", HeaderOf(nest));
    }
    nest = *only;
  }
  if (field.attribute->levels > 1 &&
      !CheckPolicy(*field.attribute->nested, Validation::kStrict, nest.payload, complaint_)) {
    return false;
  }
  return Attributes(*field.nested, nest.payload, HeaderOf(nest));
}

}  // namespace

bool CheckRequest(const Layout& request, Bytes attributes, bool complete, Complaint& complaint) {
  return RequestCheck(complete, complaint).Attributes(request, attributes, nullptr);
}

}  // namespace genl
