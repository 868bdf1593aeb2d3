#include "genl/json/scalar.h"

#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "genl/json/values.h"

namespace genl {
namespace {

using Type = JsonNode::Type;

absl::string_view Describe(const JsonNode& node) {
  switch (node.type) {
    case Type::kNull: return "null";
    case Type::kBool: return node.boolean ? "true" : "false";
    case Type::kNumber: return "a number";
    case Type::kString: return "text";
    case Type::kArray: return "an array";
    case Type::kObject: return "an object";
    case Type::kWord: return "a single word";
  }
  return "";
}

void Append(Bytes bytes, std::vector<uint8_t>& to) {
  to.insert(to.end(), bytes.begin(), bytes.end());
}

// "u32, which holds 0 to 4294967295"
std::string TypeAndRange(Kind kind) {
  const size_t width = WireWidth(kind) != 0 ? WireWidth(kind) : 8;
  const int bits = static_cast<int>(8 * width);
  const uint64_t most = std::numeric_limits<uint64_t>::max() >> (64 - bits);
  const std::string name = WireWidth(kind) != 0 ? absl::StrCat(bits) : "int";
  if (!IsSigned(kind)) return absl::StrCat("u", name, ", which holds 0 to ", most);
  return absl::StrCat("s", name, ", which holds -", (most >> 1) + 1, " to ", most >> 1);
}

}  // namespace

bool Expected(absl::string_view what, const JsonNode& found, JsonFault& fault) {
  if (found.type == Type::kArray && found.loose) {
    return fault.Set("one value is expected, not several", found.place);
  }
  return fault.Set(absl::StrCat(what, " is expected, not ", Describe(found)), found.place);
}

bool ParseWord(const JsonNode*& node, JsonNode& storage, JsonFault& fault) {
  const std::string& text = node->text;
  if (node->type != Type::kWord || text.empty() || (text[0] != '{' && text[0] != '[')) return true;
  JsonError error;
  std::optional<JsonNode> parsed = ParseJson(text, error, node->place.offset);
  if (!parsed) return fault.Set(error.text, error.place);
  storage = *std::move(parsed);
  storage.loose = true;
  node = &storage;
  return true;
}

bool IsText(const JsonNode& node) { return node.type == Type::kString || node.type == Type::kWord; }

bool ScalarParser::LengthAllowed(const Attribute& attribute, size_t size, const JsonNode& node) {
  const Limits& limits = LimitsOf(attribute);
  if (limits_ == JsonLimits::kIgnored || limits.type != Limits::Type::kLength) return true;
  if (size >= limits.low && size <= limits.high) return true;
  const std::string allowed = limits.low == limits.high ? absl::StrCat("exactly ", limits.low)
                              : size < limits.low       ? absl::StrCat("at least ", limits.low)
                                                        : absl::StrCat("at most ", limits.high);
  return fault_.Set(absl::StrCat(size, size == 1 ? " byte" : " bytes", " where ", allowed,
                                 size < limits.low ? " are needed" : " are allowed"),
                    node.place);
}

bool ScalarParser::String(const Attribute& attribute, const JsonNode& node,
                          std::vector<uint8_t>& to) {
  if (!IsText(node)) return Expected("text", node, fault_);
  // The other side would see a shorter string than was meant.
  if (node.text.find('\0') != node.text.npos) {
    return fault_.Set("a NUL inside a string", node.place);
  }
  to.insert(to.end(), node.text.begin(), node.text.end());
  to.push_back(0);
  return LengthAllowed(attribute, node.text.size(), node);
}

bool ScalarParser::Binary(const Attribute& attribute, const JsonNode& node,
                          std::vector<uint8_t>& to) {
  const absl::string_view form = AddressForm(attribute.display);
  const absl::string_view wanted = form.empty() ? "hexadecimal text, two digits a byte," : form;
  if (!IsText(node)) return Expected(wanted, node, fault_);
  std::optional<std::vector<uint8_t>> bytes = ParseAddress(attribute.display, node.text);
  if (!bytes) bytes = ParseHex(node.text);
  if (!bytes) return fault_.Set(absl::StrCat(wanted, " is expected"), node.place);
  Append(*bytes, to);
  return LengthAllowed(attribute, bytes->size(), node);
}

bool ScalarParser::Raw(const JsonNode& node, std::vector<uint8_t>& to) {
  if (!IsText(node)) return Expected("hexadecimal text", node, fault_);
  const std::optional<std::vector<uint8_t>> bytes = ParseHex(node.text);
  if (!bytes) return fault_.Set("hexadecimal text, two digits a byte, is expected", node.place);
  Append(*bytes, to);
  return true;
}

bool ScalarParser::Integer(const Attribute& attribute, Kind kind, const JsonNode& node,
                           std::vector<uint8_t>& to) {
  const size_t start = to.size();
  if (IsText(node)) {
    // An address stands on the wire as it is, whatever the byte order.
    const auto address = ParseAddress(attribute.display, node.text);
    if (address && address->size() == WireWidth(kind)) {
      Append(*address, to);
      return ValueAllowed(attribute, kind, *address, node);
    }
  }
  Number number;
  if (!Value(attribute, node, number)) return false;
  const std::optional<std::vector<uint8_t>> bytes = StoreWire(kind, attribute.order, number);
  if (!bytes) {
    return fault_.Set(absl::StrCat("the number does not fit in ", TypeAndRange(kind)), node.place);
  }
  Append(*bytes, to);
  return ValueAllowed(attribute, kind, Bytes(to).subspan(start), node);
}

bool ScalarParser::Value(const Attribute& attribute, const JsonNode& node, Number& number) {
  const Enum* enumeration = attribute.enumeration;
  if (enumeration != nullptr && enumeration->flags) return Flags(*enumeration, node, number);
  if (enumeration != nullptr && IsText(node)) {
    return Named(*enumeration, node.text, node.place, number);
  }
  const absl::string_view form = AddressForm(attribute.display);
  const absl::string_view wanted = enumeration != nullptr ? "the name of an entry, or a number,"
                                   : form.empty()         ? "a number"
                                                          : form;
  if (!IsText(node) && node.type != Type::kNumber) return Expected(wanted, node, fault_);
  const std::optional<Number> parsed = ParseNumber(node.text);
  if (!parsed) {
    const bool fraction = node.type == Type::kNumber;
    return fault_.Set(absl::StrCat(fraction ? "a whole number" : wanted, " is expected"),
                      node.place);
  }
  number = *parsed;
  return true;
}

bool ScalarParser::Named(const Enum& enumeration, absl::string_view name, JsonPlace place,
                         Number& number) {
  for (const EnumEntry& entry : enumeration.entries) {
    if (entry.name != name) continue;
    const bool negative = static_cast<int64_t>(entry.value) < 0 && !enumeration.flags;
    number = {negative, /*huge=*/false, negative ? -entry.value : entry.value};
    return true;
  }
  if (const std::optional<Number> parsed = ParseNumber(name)) {
    number = *parsed;
    return true;
  }
  fault_.word = std::string(name);
  for (const EnumEntry& entry : enumeration.entries) fault_.candidates.push_back(entry.name);
  return fault_.Set(absl::StrCat("`", enumeration.name, "` has no entry `", name, "`"), place);
}

bool ScalarParser::Flags(const Enum& enumeration, const JsonNode& node, Number& number) {
  const auto add = [&number](const Number& more) {
    number.huge |= more.huge || (more.negative && more.magnitude != 0);
    number.magnitude |= more.magnitude;
  };
  if (node.type == Type::kArray) {
    for (const JsonNode& element : node.children) {
      if (element.type == Type::kArray) return Expected("the name of a flag", element, fault_);
      if (!Flags(enumeration, element, number)) return false;
    }
    return true;
  }
  Number more;
  if (node.type == Type::kNumber) {
    const std::optional<Number> parsed = ParseNumber(node.text);
    if (!parsed) return fault_.Set("a whole number is expected", node.place);
    add(*parsed);
    return true;
  }
  if (!IsText(node)) return Expected("an array of names of flags", node, fault_);
  if (node.type == Type::kString) {
    if (!Named(enumeration, node.text, node.place, more)) return false;
    add(more);
    return true;
  }
  JsonPlace place{node.place.offset, 0};
  for (const absl::string_view name : absl::StrSplit(node.text, ',', absl::AllowEmpty())) {
    place.length = name.size();
    if (!node.text.empty()) {
      if (!Named(enumeration, name, place, more)) return false;
      add(more);
    }
    place.offset += name.size() + 1;
  }
  return true;
}

bool ScalarParser::ValueAllowed(const Attribute& attribute, Kind kind, Bytes payload,
                                const JsonNode& node) {
  // The limits of an array concern its length; see LengthAllowed().
  if (limits_ == JsonLimits::kIgnored || !IsInteger(attribute.kind)) return true;
  const Limits& limits = LimitsOf(attribute);
  const bool is_signed = IsSigned(kind);
  const uint64_t value = *LoadWire(kind, attribute.order, payload);
  const bool hex = attribute.display == Display::kHex;
  const auto text = [&](uint64_t n) { return NumberText(n, is_signed, hex); };
  if (limits.type == Limits::Type::kMask && (value & ~limits.high) != 0) {
    return fault_.Set(absl::StrCat("the bits 0x", absl::Hex(value & ~limits.high),
                                   " are not among 0x", absl::Hex(limits.high)),
                      node.place);
  }
  if (limits.type != Limits::Type::kRange) return true;
  const auto less = [is_signed](uint64_t a, uint64_t b) {
    return is_signed ? static_cast<int64_t>(a) < static_cast<int64_t>(b) : a < b;
  };
  if (!less(value, limits.low) && !less(limits.high, value)) return true;
  return fault_.Set(absl::StrCat(text(value), " is out of range: ", text(limits.low), " to ",
                                 text(limits.high), " is allowed"),
                    node.place);
}

}  // namespace genl
