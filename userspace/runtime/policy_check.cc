#include "genl/policy_check.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "genl/value_check.h"

namespace genl {
namespace {

// MAX_POLICY_RECURSION_DEPTH of the kernel's lib/nlattr.c.
constexpr int kMaxDepth = 10;

// The attributes of a nest, by their numbers, as RequestPolicy has those of a request.
class NestPolicy {
 public:
  explicit NestPolicy(const AttributeSet& set) : set_(set) {
    for (const Attribute& attribute : set.attributes) {
      if (attribute.kind != Kind::kUnused) last_ = std::max(last_, attribute.number);
    }
  }
  bool empty() const { return last_ == 0; }
  uint16_t last() const { return last_; }
  const Attribute* Find(uint16_t number) const {
    const Attribute* attribute = set_.Find(number);
    return attribute != nullptr && attribute->kind != Kind::kUnused ? attribute : nullptr;
  }

 private:
  const AttributeSet& set_;
  uint16_t last_ = 0;
};

class PolicyCheck {
 public:
  PolicyCheck(Validation validation, Complaint& complaint)
      : strict_(validation == Validation::kStrict), complaint_(complaint) {}

  template <typename Policy>
  bool Attributes(const Policy& policy, Bytes bytes, int depth);

 private:
  template <typename Policy>
  bool Known(const Policy& policy, const RawAttribute& raw, int depth);
  bool One(const Attribute& attribute, const RawAttribute& raw, int depth);
  bool Integer(const Attribute& attribute, const RawAttribute& raw);
  bool Bits(const Attribute& attribute, const RawAttribute& raw);
  bool String(const Attribute& attribute, const RawAttribute& raw);
  bool Binary(const Attribute& attribute, const RawAttribute& raw);
  bool Nest(const Attribute& attribute, const RawAttribute& raw, int depth);
  bool Elements(const Attribute& attribute, Bytes payload, int depth);

  bool Failed(int error, const Attribute& attribute, const RawAttribute& raw) {
    return complaint_.Set(error, kFailedPolicy, HeaderOf(raw), &attribute);
  }

  const bool strict_;
  Complaint& complaint_;
};

template <typename Policy>
bool PolicyCheck::Attributes(const Policy& policy, Bytes bytes, int depth) {
  if (depth >= kMaxDepth) {
    return complaint_.Set(EINVAL, "allowed policy recursion depth exceeded", nullptr);
  }
  AttributeReader reader(bytes);
  while (const std::optional<RawAttribute> raw = reader.Next()) {
    if (!Known(policy, *raw, depth)) return false;
  }
  return reader.ok() || !strict_ || complaint_.Set(EINVAL, kLeftover, nullptr);
}

template <typename Policy>
bool PolicyCheck::Known(const Policy& policy, const RawAttribute& raw, int depth) {
  // The policy of a request without attributes has one entry, which refuses the first.
  const uint16_t last = policy.empty() ? uint16_t{1} : policy.last();
  if (raw.number == 0 || raw.number > last) {
    return !strict_ || complaint_.Set(EINVAL, "Unknown attribute type", HeaderOf(raw));
  }
  if (const Attribute* attribute = policy.Find(raw.number)) return One(*attribute, raw, depth);
  if (!policy.empty()) {
    return !strict_ || complaint_.Set(EINVAL, "Unsupported attribute", HeaderOf(raw));
  }
  const bool nest = strict_ && IsFlaggedAsNest(raw);
  return complaint_.Set(EINVAL, nest ? "NLA_F_NESTED not expected" : kFailedPolicy, HeaderOf(raw));
}

bool PolicyCheck::One(const Attribute& attribute, const RawAttribute& raw, int depth) {
  const bool nest = IsNest(attribute.kind);
  if (IsInteger(attribute.kind) && strict_ && WireWidth(attribute.kind) != 0 &&
      raw.payload.size() != WireWidth(attribute.kind)) {
    return complaint_.Set(EINVAL, kInvalidLength, HeaderOf(raw), &attribute);
  }
  if (strict_ && attribute.kind != Kind::kSubMessage && nest != IsFlaggedAsNest(raw)) {
    return complaint_.Set(EINVAL, nest ? "NLA_F_NESTED is missing" : "NLA_F_NESTED not expected",
                          HeaderOf(raw), &attribute);
  }
  switch (attribute.kind) {
    case Kind::kFlag: return raw.payload.empty() || Failed(ERANGE, attribute, raw);
    case Kind::kString: return String(attribute, raw);
    case Kind::kBinary:
    case Kind::kArray:
    case Kind::kStruct: return Binary(attribute, raw);
    case Kind::kBitfield32: return Bits(attribute, raw);
    case Kind::kNest:
    case Kind::kIndexedArray:
    case Kind::kNestTypeValue: return Nest(attribute, raw, depth);
    case Kind::kUnused:
    case Kind::kSubMessage: return true;  // what it carries, its selector says
    default: return Integer(attribute, raw);
  }
}

bool PolicyCheck::Integer(const Attribute& attribute, const RawAttribute& raw) {
  const size_t width = WireWidth(attribute.kind);
  const size_t size = raw.payload.size();
  if (width == 0) {
    return size == 4 || size == 8 ||
           complaint_.Set(EINVAL, kInvalidLength, HeaderOf(raw), &attribute);
  }
  if (size < width) return Failed(ERANGE, attribute, raw);
  if (!IsInPolicy(attribute, attribute.kind)) return true;
  const uint64_t value = LoadInteger(raw.payload.data(), width, IsSigned(attribute.kind));
  return CheckInteger(attribute, attribute.kind, value, HeaderOf(raw), complaint_);
}

bool PolicyCheck::Bits(const Attribute& attribute, const RawAttribute& raw) {
  if (raw.payload.size() != 8) return Failed(ERANGE, attribute, raw);
  const uint32_t known = BitsOf(attribute);
  const uint32_t value = LoadBytes<uint32_t>(raw.payload.data());
  const uint32_t selector = LoadBytes<uint32_t>(raw.payload.data() + 4);
  if ((selector & ~known) == 0 && (value & ~(known & selector)) == 0) return true;
  return Failed(EINVAL, attribute, raw);
}

bool PolicyCheck::String(const Attribute& attribute, const RawAttribute& raw) {
  const Limits& limits = LimitsOf(attribute);
  const bool limited = limits.type == Limits::Type::kLength && limits.high != Limits::kNoMaximum;
  size_t size = raw.payload.size();
  if (!limits.unterminated) {
    const size_t most = limited ? std::min<uint64_t>(size, limits.high + 1) : size;
    if (most == 0 || std::memchr(raw.payload.data(), 0, most) == nullptr) {
      return Failed(EINVAL, attribute, raw);
    }
  }
  if (size == 0) return Failed(ERANGE, attribute, raw);
  if (!limited) return true;
  if (raw.payload[size - 1] == 0) --size;
  return size <= limits.high || Failed(ERANGE, attribute, raw);
}

bool PolicyCheck::Binary(const Attribute& attribute, const RawAttribute& raw) {
  const Limits& limits = LimitsOf(attribute);
  const size_t size = raw.payload.size();
  const auto out_of_range = [&] {
    return complaint_.Set(ERANGE, "binary attribute size out of range", HeaderOf(raw), &attribute);
  };
  if (limits.type != Limits::Type::kLength) {
    if (attribute.kind != Kind::kStruct) return true;
    return size == attribute.structure->size || out_of_range();
  }
  if (limits.low > 0 && LengthIsInPolicy(limits)) {
    return (size >= limits.low && size <= limits.high) || out_of_range();
  }
  return size <= limits.high || Failed(ERANGE, attribute, raw);
}

bool PolicyCheck::Nest(const Attribute& attribute, const RawAttribute& raw, int depth) {
  if (raw.payload.empty()) return true;
  if (raw.payload.size() < NLA_HDRLEN) return Failed(ERANGE, attribute, raw);
  if (attribute.kind == Kind::kNest) {
    return Attributes(NestPolicy(*attribute.nested), raw.payload, depth + 1);
  }
  return !IsArrayOfNests(attribute) || Elements(attribute, raw.payload, depth + 1);
}

bool PolicyCheck::Elements(const Attribute& attribute, Bytes payload, int depth) {
  const NestPolicy policy(*attribute.nested);
  AttributeReader reader(payload);
  while (const std::optional<RawAttribute> element = reader.Next()) {
    if (element->payload.empty()) continue;
    if (element->payload.size() < NLA_HDRLEN) {
      return complaint_.Set(ERANGE, "Array element too short", HeaderOf(*element), &attribute);
    }
    if (!Attributes(policy, element->payload, depth)) return false;
  }
  return true;
}

}  // namespace

void RequestPolicy::Add(const Layout* request) {
  if (request == nullptr) return;
  for (const Field& field : request->fields) {
    const uint16_t number = NumberOf(field);
    if (number >= by_number_.size()) by_number_.resize(number + size_t{1});
    by_number_[number] = field.attribute;
  }
}

bool CheckPolicy(const RequestPolicy& policy, Validation validation, Bytes attributes,
                 Complaint& complaint) {
  return policy.allows_all() ||
         PolicyCheck(validation, complaint).Attributes(policy, attributes, 0);
}

bool CheckPolicy(const AttributeSet& set, Validation validation, Bytes attributes,
                 Complaint& complaint) {
  return PolicyCheck(validation, complaint).Attributes(NestPolicy(set), attributes, 0);
}

}  // namespace genl
