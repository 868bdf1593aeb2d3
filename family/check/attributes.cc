// The keys of an attribute: those that its type needs, and those that it has room for.
#include <array>

#include "family/check/rules.h"
#include "family/diag/catalogue/names.h"
#include "family/diag/catalogue/numbers.h"
#include "family/diag/catalogue/policies.h"

namespace genlc {
namespace {

// The type of a value, or of each value of an array.
AttributeType ElementType(const Attribute& attribute) {
  return attribute.has_sub_type ? attribute.sub_type : attribute.type;
}

bool HoldsNest(const Attribute& a) {
  return ElementType(a) == AttributeType::kNest || a.type == AttributeType::kNestTypeValue;
}
bool HoldsInteger(const Attribute& a) { return IsInteger(ElementType(a)); }
bool HoldsSeveralBytes(const Attribute& a) {
  const AttributeType type = ElementType(a);
  return BitWidth(type) > 8 && type != AttributeType::kUint && type != AttributeType::kSint;
}
bool HoldsEnum(const Attribute& a) {
  return HoldsInteger(a) || a.type == AttributeType::kBitfield32;
}
bool IsArray(const Attribute& a) {
  return a.type == AttributeType::kIndexedArray || a.type == AttributeType::kBinary;
}
bool IsShown(const Attribute& a) {
  const AttributeType type = ElementType(a);
  return IsInteger(type) || type == AttributeType::kBinary || type == AttributeType::kString ||
         a.type == AttributeType::kBitfield32;
}
bool IsBinary(const Attribute& a) { return ElementType(a) == AttributeType::kBinary; }
bool IsSubMessage(const Attribute& a) { return a.type == AttributeType::kSubMessage; }
bool IsTypeValue(const Attribute& a) { return a.type == AttributeType::kNestTypeValue; }
bool Repeats(const Attribute& a) {
  return a.type != AttributeType::kUnused && a.type != AttributeType::kPad &&
         a.type != AttributeType::kFlag;
}

struct KeyRule {
  absl::string_view key;
  bool (*has_room)(const Attribute&);  // types that the key says something about
  bool (*needs_it)(const Attribute&);  // types that cannot do without; null: none
  bool (*tolerated)(const Attribute&) = nullptr;  // types of old families; null: none
};

constexpr std::array kKeyRules = {
    KeyRule{"nested-attributes", HoldsNest, HoldsNest},
    KeyRule{"byte-order", HoldsSeveralBytes, nullptr, IsBinary},
    KeyRule{"enum", HoldsEnum, nullptr},
    KeyRule{"enum-as-flags", HoldsEnum, nullptr},
    KeyRule{"sub-type", IsArray,
            [](const Attribute& a) { return a.type == AttributeType::kIndexedArray; }},
    KeyRule{"type-value", IsTypeValue, IsTypeValue, HoldsInteger},
    KeyRule{"display-hint", IsShown, nullptr},
    KeyRule{"struct", IsBinary, nullptr},
    KeyRule{"sub-message", IsSubMessage, IsSubMessage},
    KeyRule{"selector", IsSubMessage, IsSubMessage},
};

// What the spec says about an attribute; of a subset, what its main set says too.
bool Has(const Attribute& attribute, absl::string_view key) {
  return attribute.places.Has(key) ||
         (attribute.origin != nullptr && attribute.origin->places.Has(key));
}

void Keys(const Attribute& a, bool old, Reporter& reporter) {
  for (const KeyRule& rule : kKeyRules) {
    const bool tolerated = old && rule.tolerated != nullptr && rule.tolerated(a);
    if (a.places.Has(rule.key) && !rule.has_room(a) && !tolerated) {
      reporter.Report(kKeyNotForType, a.places.Of(rule.key, a.span), rule.key, TypeName(a.type));
    } else if (rule.needs_it != nullptr && rule.needs_it(a) && !Has(a, rule.key)) {
      reporter.Report(kIncompleteType, a.places.Of("type", a.span), rule.key, TypeName(a.type));
    }
  }
  if (a.multi && a.places.Has("multi-attr") && !Repeats(a)) {
    reporter.Report(kMultiNotForType, a.places.Of("multi-attr", a.span), TypeName(a.type));
  }
  if (a.enum_as_flags && !Has(a, "enum")) {
    reporter.Report(kEnumAsFlagsAlone, a.places.Of("enum-as-flags", a.span));
  }
}

void SubType(const Attribute& a, Reporter& reporter) {
  if (!a.has_sub_type || !IsArray(a)) return;
  const bool element = IsInteger(a.sub_type);
  const bool attribute = element || a.sub_type == AttributeType::kNest ||
                         a.sub_type == AttributeType::kString ||
                         a.sub_type == AttributeType::kBinary;
  const bool fixed = element && a.sub_type != AttributeType::kUint &&
                     a.sub_type != AttributeType::kSint;
  if (a.type == AttributeType::kBinary ? fixed : attribute) return;
  reporter.Report(kBadSubType, a.places.Of("sub-type", a.span), TypeName(a.sub_type),
                  TypeName(a.type));
}

// Every entry of the enum has to fit the type.
void EnumWidth(const Attribute& a, Reporter& reporter) {
  const bool bitfield = a.type == AttributeType::kBitfield32;
  if (a.enumeration == nullptr || a.enumeration->entries.empty() || !HoldsEnum(a)) return;
  const Enum& e = *a.enumeration;
  const AttributeType type = bitfield ? AttributeType::kU32 : ElementType(a);
  const IntegerRange range = TypeRange(type);
  const SourceSpan span = a.places.Of("enum", a.span);
  if (a.holds_flags() || bitfield) {
    const bool bits = e.flags || (e.min() >= 0 && e.max() <= 63);
    if (bits && Integer(e.mask()) <= range.max) return;
    reporter.Report(kMaskTooWide, span, e.name, TypeName(a.type)).Label(e.span, "declared here");
    return;
  }
  for (const Integer& value : {e.min(), e.max()}) {
    if (value >= range.min && value <= range.max) continue;
    reporter.Report(kTypeTooNarrow, span, a.name, TypeName(type), e.name, value)
        .Label(e.span, "declared here");
    return;
  }
}

// One number has one form on the wire, whichever set lists it.
void Overrides(const Attribute& a, Reporter& reporter) {
  if (a.origin == nullptr) return;
  const auto same = [&](absl::string_view key, bool equal) {
    if (equal || !a.places.Has(key)) return;
    reporter.Report(kSubsetOverride, a.places.Of(key, a.span), a.name, key)
        .Label(a.origin->span, "in the main set");
  };
  same("type", a.type == a.origin->type);
  same("sub-type", a.sub_type == a.origin->sub_type);
  same("byte-order", a.byte_order == a.origin->byte_order);
}

}  // namespace

void CheckAttributes(const Family& family, Reporter& reporter) {
  for (const auto& set : family.sets) {
    for (const auto& attribute : set->attributes) {
      // A type that is missing has been reported, and everything would seem not to fit it.
      if (!Has(*attribute, "type")) continue;
      Keys(*attribute, IsOld(family), reporter);
      SubType(*attribute, reporter);
      EnumWidth(*attribute, reporter);
      if (!IsOld(family)) Overrides(*attribute, reporter);
    }
  }
}

}  // namespace genlc
