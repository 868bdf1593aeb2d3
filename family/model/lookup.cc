// Names of the spec to parts of the family.
#include <limits>

#include "absl/strings/strip.h"
#include "family/model/builder.h"

namespace genlc {
namespace {

// What else a name is defined as, in the words of the spec; empty: nothing.
std::string DefinedAs(const Family& family, absl::string_view name) {
  if (const Enum* e = family.FindEnum(name)) return e->flags ? "flags" : "enum";
  if (family.FindConstant(name) != nullptr) return "const";
  if (family.FindStruct(name) != nullptr) return "struct";
  return "";
}

// `u8-min` ... `s64-max`: the limits of the types of fixed width.
std::optional<Integer> TypeLimit(absl::string_view name) {
  for (AttributeType type :
       {AttributeType::kU8, AttributeType::kU16, AttributeType::kU32, AttributeType::kU64,
        AttributeType::kS8, AttributeType::kS16, AttributeType::kS32, AttributeType::kS64}) {
    absl::string_view rest = name;
    if (!absl::ConsumePrefix(&rest, TypeName(type))) continue;
    if (rest == "-min") return TypeRange(type).min;
    if (rest == "-max") return TypeRange(type).max;
  }
  return std::nullopt;
}

}  // namespace

const Enum* Builder::FindEnum(const Maybe<std::string>& name) {
  if (!name) return nullptr;
  if (const Enum* e = family.FindEnum(name->value)) return e;
  const std::string other = DefinedAs(family, name->value);
  if (!other.empty()) {
    reporter.Report(kWrongDefinition, name->span, name->value, other, "an enum or flags");
  } else {
    reporter.Report(kUnknownEnum, name->span, name->value)
        .Hint(DidYouMean(name->value, NamesOf(family.enums)));
  }
  return nullptr;
}

const Struct* Builder::FindStruct(const Maybe<std::string>& name) {
  if (!name) return nullptr;
  if (const Struct* structure = family.FindStruct(name->value)) return structure;
  const std::string other = DefinedAs(family, name->value);
  if (!other.empty()) {
    reporter.Report(kWrongDefinition, name->span, name->value, other, "a struct");
  } else {
    reporter.Report(kUnknownStruct, name->span, name->value)
        .Hint(DidYouMean(name->value, NamesOf(family.structs)));
  }
  return nullptr;
}

const AttributeSet* Builder::FindSet(const Maybe<std::string>& name) {
  if (!name) return nullptr;
  if (const AttributeSet* set = family.FindSet(name->value)) return set;
  reporter.Report(kUnknownSet, name->span, name->value)
      .Hint(DidYouMean(name->value, NamesOf(family.sets)));
  return nullptr;
}

const Attribute* Builder::FindAttribute(const AttributeSet& set, const RawText& name) {
  if (const Attribute* attribute = set.Find(name.value)) return attribute;
  reporter.Report(kUnknownAttribute, name.span, name.value, set.name)
      .Hint(DidYouMean(name.value, NamesOf(set.attributes)));
  return nullptr;
}

const Constant* Builder::FindConstant(absl::string_view name) {
  if (const Constant* constant = family.FindConstant(name)) return constant;
  // Some specs write the C name, in lower case: `wg-key-len` for WG_KEY_LEN.
  for (const auto& constant : family.constants) {
    if (constant->c_name == CUpper(name)) return constant.get();
  }
  return nullptr;
}

std::optional<Limit> Builder::ResolveLimit(const Maybe<RawNumber>& number) {
  if (!number) return std::nullopt;
  Limit limit;
  limit.text = number->value.text;
  limit.span = number->span;
  if (const Integer* value = std::get_if<Integer>(&number->value.value)) {
    limit.value = *value;
    return limit;
  }
  // The schema lets a length be one less than a constant.
  absl::string_view name = limit.text;
  const bool one_less = absl::ConsumeSuffix(&name, " - 1");
  limit.constant = FindConstant(name);
  if (limit.constant != nullptr) {
    if (!limit.constant->places.Has("value")) return std::nullopt;  // reported there
    const Integer* value = std::get_if<Integer>(&limit.constant->value);
    if (value == nullptr) {
      reporter.Report(kLimitIsText, limit.span, name);
      return std::nullopt;
    }
    limit.value = *value - (one_less ? 1 : 0);
    return limit;
  }
  if (const std::optional<Integer> value = TypeLimit(name)) {
    limit.value = *value;
    return limit;
  }
  const std::string other = DefinedAs(family, name);
  if (!other.empty()) {
    reporter.Report(kWrongDefinition, limit.span, name, other, "a number or a constant");
  } else {
    reporter.Report(kUnknownConstant, limit.span, name)
        .Hint(DidYouMean(name, NamesOf(family.constants)));
  }
  return std::nullopt;
}

}  // namespace genlc
