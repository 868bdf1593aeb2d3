#include "tests/policy/values.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "family/model/spelling.h"
#include "genl/integer.h"

namespace genlc::policy {
namespace {

// What an entry of a policy can say of a length (nla_policy::min and max).
constexpr uint64_t kLongestInPolicy = 32767;
// More than most families send, where the spec sets no limit.
constexpr uint64_t kLong = 300;

constexpr const char* kNames[] = {
    "smallest",  "minimum",   "maximum",    "below-minimum", "above-maximum", "member",
    "no-member", "length",    "text",       "nesting",       "missing",       "duplicate",
    "unknown",   "truncated", "byte-order", "depth",
};
static_assert(std::size(kNames) == static_cast<size_t>(Kind::kEnd));

struct Lengths {
  explicit Lengths(const Attribute& attribute) {
    const Checks& checks = attribute.checks;
    const auto number = [](const Limit& limit) { return static_cast<uint64_t>(limit.value); };
    if (checks.min_len) min = number(*checks.min_len);
    if (checks.max_len) max = number(*checks.max_len);
    if (checks.exact_len) max = min = number(*checks.exact_len);
    exact = checks.exact_len.has_value();
    if (attribute.structure != nullptr && !checks.HasLength()) {
      max = min = attribute.structure->size;
      exact = true;
    }
  }

  uint64_t min = 0;
  std::optional<uint64_t> max;
  bool exact = false;
};

class Values {
 public:
  Values(const Attribute& attribute, bool element) : attribute_(attribute), element_(element) {}

  std::vector<Value> Take() &&;

 private:
  void Add(Kind kind, std::string what, Bytes payload, Rule rule = Rule::kNone) {
    values_.push_back({kind, std::move(what), std::move(payload), rule, IsForDecoder(rule)});
  }
  bool IsForDecoder(Rule rule) const;
  // In every width that can hold it.
  void AddInteger(Kind kind, Integer value, Rule rule = Rule::kNone);
  void AddLength(Kind kind, uint64_t length, Rule rule = Rule::kNone);
  Bytes Encode(Integer value, size_t width) const;

  void Integers();
  void Flags(uint64_t mask);
  void Range();
  void Members(const Enum& enumeration);
  void LengthsOfInteger();
  void Strings();
  void UnterminatedStrings();
  void Binaries();
  void Bitfields();
  void Flag();

  Rule Element(Rule alone) const { return element_ ? Rule::kLengthForDecoder : alone; }

  const Attribute& attribute_;
  const bool element_;
  std::vector<Value> values_;
};

// Policies limit numbers of fixed width and host order, and know masks for those without a sign.
bool Values::IsForDecoder(Rule rule) const {
  const AttributeType type = attribute_.type;
  const bool varies = type == AttributeType::kUint || type == AttributeType::kSint;
  const bool is_foreign = attribute_.byte_order != ByteOrder::kHost && BitWidth(type) > 8;
  if (rule == Rule::kRange) return varies || is_foreign;
  return rule == Rule::kUnknownBit && (varies || is_foreign || IsSigned(type));
}

Bytes Values::Encode(Integer value, size_t width) const {
  uint64_t bits = static_cast<uint64_t>(value);
  if (attribute_.byte_order == ByteOrder::kBig) bits = genl::SwapBytes(bits, width);
  Bytes bytes(width);
  genl::StoreInteger(bits, bytes.data(), width);
  return bytes;
}

void Values::AddInteger(Kind kind, Integer value, Rule rule) {
  const AttributeType type = attribute_.type;
  if (type != AttributeType::kUint && type != AttributeType::kSint) {
    return Add(kind, Text(value), Encode(value, BitWidth(type) / 8), rule);
  }
  const IntegerRange narrow =
      TypeRange(type == AttributeType::kUint ? AttributeType::kU32 : AttributeType::kS32);
  const bool fits = value >= narrow.min && value <= narrow.max;
  if (fits) Add(kind, Text(value), Encode(value, 4), rule);
  // The same value once more, and no other one.
  if (fits && rule == Rule::kNone) kind = Kind::kLength;
  Add(kind, absl::StrCat(Text(value), " in 8 bytes"), Encode(value, 8), rule);
}

void Values::AddLength(Kind kind, uint64_t length, Rule rule) {
  if (length > kLongestPayload) return;
  Bytes bytes(length);
  std::iota(bytes.begin(), bytes.end(), 1);
  Add(kind, absl::StrCat(length, " bytes"), std::move(bytes), rule);
}

void Values::Integers() {
  if (const std::optional<uint64_t> mask = attribute_.ValueMask()) {
    Flags(*mask);
  } else {
    Range();
  }
  LengthsOfInteger();
}

void Values::Flags(uint64_t mask) {
  const int bits = BitWidth(attribute_.type);
  AddInteger(Kind::kMinimum, 0);
  AddInteger(Kind::kMaximum, Integer(mask));
  for (int i = 0; i < bits; ++i) {
    const bool known = (mask >> i & 1) != 0;
    Integer value = Integer(1) << i;
    if (IsSigned(attribute_.type) && i == bits - 1) value = -value;
    AddInteger(known ? Kind::kMember : Kind::kNoMember, value,
               known ? Rule::kNone : Rule::kUnknownBit);
  }
}

void Values::Range() {
  const IntegerRange range = attribute_.Range();
  const IntegerRange possible = TypeRange(attribute_.type);
  const Enum* enumeration = attribute_.enumeration;
  const bool gaps = enumeration != nullptr && enumeration->sparse();
  if (gaps) Members(*enumeration);
  const auto is_member = [&](Integer value) {
    return !gaps || std::any_of(enumeration->entries.begin(), enumeration->entries.end(),
                                [&](const EnumEntry& entry) { return entry.value == value; });
  };
  for (const auto& [kind, value] :
       {std::pair(Kind::kMinimum, range.min), std::pair(Kind::kMaximum, range.max)}) {
    AddInteger(kind, value, is_member(value) ? Rule::kNone : Rule::kUnknownValue);
  }
  if (range.min > possible.min) AddInteger(Kind::kBelowMinimum, range.min - 1, Rule::kRange);
  if (range.max < possible.max) AddInteger(Kind::kAboveMaximum, range.max + 1, Rule::kRange);
}

// Each entry of the enumeration and the numbers beside it, within the range.
void Values::Members(const Enum& enumeration) {
  const IntegerRange range = attribute_.Range();
  std::set<Integer> members;
  for (const EnumEntry& entry : enumeration.entries) members.insert(entry.value);
  for (const Integer& member : members) {
    if (member >= range.min && member <= range.max) AddInteger(Kind::kMember, member);
  }
  for (const Integer& member : members) {
    for (const Integer& beside : {member - 1, member + 1}) {
      if (beside < range.min || beside > range.max || members.count(beside) > 0) continue;
      AddInteger(Kind::kNoMember, beside, Rule::kUnknownValue);
    }
  }
}

void Values::LengthsOfInteger() {
  const Bytes good = values_.front().payload;
  const bool varies =
      attribute_.type == AttributeType::kUint || attribute_.type == AttributeType::kSint;
  const size_t width = BitWidth(attribute_.type) / 8;
  std::set<size_t> wrong = {0, 1, width - 1, width + 1, 2 * width};
  if (varies) wrong.insert({3, 5});
  wrong.erase(width);
  for (const size_t length : wrong) {
    Bytes bytes = good;
    bytes.resize(length);
    Rule rule = length < width ? Rule::kIntegerTooShort : Rule::kIntegerTooLong;
    if (element_) rule = Rule::kLengthForDecoder;
    if (varies) rule = Rule::kVaryingLength;
    Add(Kind::kLength, absl::StrCat(length, " bytes"), std::move(bytes), rule);
  }
}

Bytes Characters(uint64_t count) { return Bytes(count, 'x'); }

Bytes Characters(uint64_t count, const Bytes& behind) {
  return Followed(Characters(count), behind);
}

// A string ends at its first NUL. What stands behind that is not part of it, but its bytes count
// where the spec limits the length.
void Values::Strings() {
  const Lengths lengths(attribute_);
  const uint64_t least = lengths.min;
  const auto in_words = [](uint64_t count) { return absl::StrCat(count, " characters"); };
  Add(Kind::kMinimum, in_words(least), Characters(least, {0}));
  Add(Kind::kMaximum, in_words(lengths.max.value_or(kLong)),
      Characters(lengths.max.value_or(kLong), {0}));
  if (least > 0) {
    Add(Kind::kBelowMinimum, in_words(least - 1), Characters(least - 1, {0}),
        Element(Rule::kStringTooShort));
  }
  const bool has_room = !lengths.max || least + 2 <= *lengths.max;
  if (lengths.max) {
    Add(Kind::kAboveMaximum, in_words(*lengths.max + 1), Characters(*lengths.max + 1, {0}),
        Element(Rule::kUnterminated));
    Add(Kind::kText, "two NUL behind the longest", Characters(*lengths.max, {0, 0}),
        element_ ? Rule::kNone : Rule::kStringBytes);
    Add(Kind::kText, "the longest without NUL", Characters(*lengths.max),
        Element(Rule::kUnterminated));
  }
  Add(Kind::kText, "nothing", {}, Element(Rule::kUnterminated));
  Add(Kind::kText, "no NUL", Characters(std::max<uint64_t>(least, 1)),
      Element(Rule::kUnterminated));
  Add(Kind::kText, "text behind the NUL", Characters(least, {0, 'y', 0}),
      has_room || element_ ? Rule::kNone : Rule::kStringBytes);
  Add(Kind::kText, "text behind the NUL, without another", Characters(least, {0, 'y'}),
      has_room || element_ ? Rule::kNone : Rule::kStringBytes);
}

// `unterminated-ok`: with or without one NUL, which does not count.
void Values::UnterminatedStrings() {
  const Lengths lengths(attribute_);
  const uint64_t least = std::max<uint64_t>(lengths.min, 1);
  for (const Bytes& end : {Bytes(), Bytes{0}}) {
    const auto in_words = [&](uint64_t count) {
      return absl::StrCat(count, " characters", end.empty() ? "" : " and NUL");
    };
    Add(Kind::kMinimum, in_words(least), Characters(least, end));
    const uint64_t most = lengths.max.value_or(kLong);
    Add(Kind::kMaximum, in_words(most), Characters(most, end));
    if (lengths.max) {
      Add(Kind::kAboveMaximum, in_words(most + 1), Characters(most + 1, end),
          Element(Rule::kStringBytes));
    }
    if (lengths.min > 1) {
      Add(Kind::kBelowMinimum, in_words(least - 1), Characters(least - 1, end),
          Element(Rule::kStringTooShort));
    }
  }
  if (!element_) Add(Kind::kText, "nothing", {}, Rule::kStringBytes);
}

void Values::Binaries() {
  const Lengths lengths(attribute_);
  const uint64_t width =
      attribute_.has_sub_type ? std::max(BitWidth(attribute_.sub_type) / 8, 1) : 1;
  const uint64_t least = (lengths.min + width - 1) / width * width;
  const uint64_t most = std::min(lengths.max.value_or(std::max(least, kLong)), kLongestPayload);
  const bool fits = lengths.max.value_or(lengths.min) <= kLongestInPolicy;
  const bool has_min = attribute_.checks.min_len.has_value() || lengths.exact;
  AddLength(Kind::kMinimum, least);
  AddLength(Kind::kMaximum, most / width * width);
  if (lengths.min > 0) {
    const bool in_policy = fits && lengths.min <= kLongestInPolicy;
    AddLength(Kind::kBelowMinimum, lengths.min - 1,
              Element(in_policy ? Rule::kLength : Rule::kLengthForDecoder));
  }
  if (lengths.max) {
    AddLength(Kind::kAboveMaximum, *lengths.max + 1,
              Element(fits && has_min ? Rule::kLength : Rule::kTooLong));
  }
  if (width > 1 && least + 1 <= most) AddLength(Kind::kLength, least + 1, Rule::kLengthForDecoder);
}

void Values::Bitfields() {
  const uint32_t mask = attribute_.enumeration != nullptr
                            ? static_cast<uint32_t>(attribute_.enumeration->mask())
                            : ~uint32_t{0};
  const uint32_t known = mask & -mask;
  const uint32_t unknown = ~mask & -~mask;
  const auto add = [&](Kind kind, const char* what, uint32_t value, uint32_t selector, Rule rule) {
    Bytes bytes(8);
    genl::StoreInteger(value, bytes.data(), 4);
    genl::StoreInteger(selector, bytes.data() + 4, 4);
    Add(kind, what, std::move(bytes), rule);
  };
  add(Kind::kMinimum, "all off", 0, mask, Rule::kNone);
  add(Kind::kMaximum, "all on", mask, mask, Rule::kNone);
  add(Kind::kMember, "one on", known, known, Rule::kNone);
  add(Kind::kNoMember, "a bit that is not selected", known, mask & ~known, Rule::kBits);
  if (unknown != 0) {
    add(Kind::kNoMember, "an unknown bit off", 0, unknown, Rule::kBits);
    add(Kind::kNoMember, "an unknown bit on", unknown, unknown, Rule::kBits);
  }
  for (const uint64_t length : {0, 4, 7, 9, 12}) {
    AddLength(Kind::kLength, length, Rule::kLengthOfBitfield);
  }
}

void Values::Flag() {
  AddLength(Kind::kMember, 0);
  AddLength(Kind::kLength, 1, Rule::kPayloadOfFlag);
  AddLength(Kind::kLength, 4, Rule::kPayloadOfFlag);
}

std::vector<Value> Values::Take() && {
  switch (attribute_.type) {
    case AttributeType::kFlag: Flag(); break;
    case AttributeType::kBinary: Binaries(); break;
    case AttributeType::kBitfield32: Bitfields(); break;
    case AttributeType::kString:
      attribute_.checks.unterminated_ok ? UnterminatedStrings() : Strings();
      break;
    default: Integers(); break;
  }
  return std::move(values_);
}

}  // namespace

Bytes Followed(Bytes bytes, const Bytes& by) {
  bytes.insert(bytes.end(), by.begin(), by.end());
  return bytes;
}

const char* Name(Kind kind) { return kNames[static_cast<size_t>(kind)]; }

std::vector<Value> ValuesOf(const Attribute& attribute, bool element) {
  return Values(attribute, element).Take();
}

Attribute ElementOf(const Attribute& array) {
  Attribute element = array;
  element.type = array.sub_type;
  element.has_sub_type = false;
  return element;
}

}  // namespace genlc::policy
