#include "userspace/generator/wire_tables.h"

#include <algorithm>

#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "userspace/generator/element.h"

namespace genlc {
namespace {

constexpr genl::AttributeSet kNoAttributes = {};

// Of the attribute, or of its elements.
genl::Kind KindOf(AttributeType type) {
  switch (type) {
    case AttributeType::kUnused:
    case AttributeType::kPad: return genl::Kind::kUnused;
    case AttributeType::kFlag: return genl::Kind::kFlag;
    case AttributeType::kUint: return genl::Kind::kUint;
    case AttributeType::kSint: return genl::Kind::kSint;
    case AttributeType::kU8: return genl::Kind::kU8;
    case AttributeType::kU16: return genl::Kind::kU16;
    case AttributeType::kU32: return genl::Kind::kU32;
    case AttributeType::kU64: return genl::Kind::kU64;
    case AttributeType::kS8: return genl::Kind::kS8;
    case AttributeType::kS16: return genl::Kind::kS16;
    case AttributeType::kS32: return genl::Kind::kS32;
    case AttributeType::kS64: return genl::Kind::kS64;
    case AttributeType::kString: return genl::Kind::kString;
    case AttributeType::kNest: return genl::Kind::kNest;
    case AttributeType::kIndexedArray: return genl::Kind::kIndexedArray;
    case AttributeType::kNestTypeValue: return genl::Kind::kNestTypeValue;
    case AttributeType::kBitfield32: return genl::Kind::kBitfield32;
    case AttributeType::kSubMessage: return genl::Kind::kSubMessage;
    case AttributeType::kBinary: return genl::Kind::kBinary;
  }
  return genl::Kind::kBinary;
}

genl::Kind KindOf(const StructMember& member) {
  switch (member.kind) {
    case StructMember::Kind::kU8: return genl::Kind::kU8;
    case StructMember::Kind::kU16: return genl::Kind::kU16;
    case StructMember::Kind::kU32: return genl::Kind::kU32;
    case StructMember::Kind::kU64: return genl::Kind::kU64;
    case StructMember::Kind::kS8: return genl::Kind::kS8;
    case StructMember::Kind::kS16: return genl::Kind::kS16;
    case StructMember::Kind::kS32: return genl::Kind::kS32;
    case StructMember::Kind::kS64: return genl::Kind::kS64;
    case StructMember::Kind::kString: return genl::Kind::kString;
    case StructMember::Kind::kPad: return genl::Kind::kUnused;
    case StructMember::Kind::kBinary: break;
  }
  // A `len` of its own may leave out a part of the structure.
  const bool whole = member.structure != nullptr && member.size >= member.structure->size;
  return whole ? genl::Kind::kStruct : genl::Kind::kBinary;
}

genl::ByteOrder OrderOf(ByteOrder order) {
  switch (order) {
    case ByteOrder::kHost: return genl::ByteOrder::kHost;
    case ByteOrder::kLittle: return genl::ByteOrder::kLittle;
    case ByteOrder::kBig: return genl::ByteOrder::kBig;
  }
  return genl::ByteOrder::kHost;
}

genl::Display DisplayOf(DisplayHint hint) {
  switch (hint) {
    case DisplayHint::kNone: return genl::Display::kPlain;
    case DisplayHint::kHex: return genl::Display::kHex;
    case DisplayHint::kMac: return genl::Display::kMac;
    case DisplayHint::kFddi: return genl::Display::kFddi;
    case DisplayHint::kIpv4: return genl::Display::kIpv4;
    case DisplayHint::kIpv6: return genl::Display::kIpv6;
    case DisplayHint::kIpv4OrV6: return genl::Display::kIpv4OrV6;
    case DisplayHint::kUuid: return genl::Display::kUuid;
  }
  return genl::Display::kPlain;
}

// The bits of a number, whatever its sign.
uint64_t Bits(Integer value) { return static_cast<uint64_t>(value); }

genl::Limits LengthLimits(const Checks& checks) {
  if (checks.exact_len) {
    return genl::Length(Bits(checks.exact_len->value), Bits(checks.exact_len->value));
  }
  if (!checks.min_len && !checks.max_len) return {};
  return genl::Length(checks.min_len ? Bits(checks.min_len->value) : 0,
                      checks.max_len ? Bits(checks.max_len->value) : genl::Limits::kNoMaximum);
}

// None: whatever the type can hold.
genl::Limits LimitsOf(const Attribute& attribute) {
  if (attribute.checks.unterminated_ok) {
    return genl::Unterminated(LengthLimits(attribute.checks));
  }
  if (attribute.type == AttributeType::kIndexedArray && IsInteger(attribute.sub_type)) {
    return LimitsOf(ElementOf(attribute));
  }
  if (!IsInteger(attribute.type)) return LengthLimits(attribute.checks);
  if (const std::optional<uint64_t> mask = attribute.ValueMask()) return genl::Mask(*mask);
  const bool by_enum = attribute.enumeration != nullptr && !attribute.enumeration->entries.empty();
  if (!attribute.checks.min && !attribute.checks.max && !by_enum) return {};
  const IntegerRange range = attribute.Range();
  return genl::Range<uint64_t>(Bits(range.min), Bits(range.max));
}

}  // namespace

void OwnedSet::Assign(const char* name, const std::vector<genl::Attribute>& rows) {
  index_.assign(genl::table_internal::IndexSize(absl::Span<const genl::Attribute>(rows)), 0);
  rows_.clear();
  for (const genl::Attribute& row : rows) {
    uint16_t& position = index_[row.number];
    // Some specs name an attribute twice in a list.
    if (position != 0 && absl::string_view(rows_[position - 1u].name) == row.name) continue;
    rows_.push_back(row);
    position = static_cast<uint16_t>(rows_.size());
  }
  set_ = {name, rows_, index_};
}

WireTables::WireTables(const Family& family) {
  // They name each other, and sets themselves: all have their address before the first row.
  for (const auto& set : family.sets) sets_.try_emplace(set.get());
  for (const auto& structure : family.structs) structures_.try_emplace(structure.get());
  for (const auto& message : family.sub_messages) sub_messages_.try_emplace(message.get());
  for (const auto& structure : family.structs) AddStructure(*structure);
  for (const auto& message : family.sub_messages) AddSubMessage(*message);
  for (const auto& set : family.sets) {
    std::vector<genl::Attribute> rows;
    rows.reserve(set->attributes.size());
    for (const auto& attribute : set->attributes) rows.push_back(Row(*attribute));
    sets_.at(set.get()).Assign(set->name.c_str(), rows);
  }
}

void WireTables::AddStructure(const Struct& structure) {
  OwnedStructure& owned = structures_.at(&structure);
  for (const StructMember& member : structure.members) owned.members.push_back(Row(member));
  owned.table = {structure.name.c_str(), structure.size, owned.members};
}

genl::StructMember WireTables::Row(const StructMember& member) {
  const Enum* enumeration = member.enumeration;
  const bool flags = enumeration != nullptr && (enumeration->flags || member.enum_as_flags);
  return {.offset = static_cast<uint16_t>(member.offset),
          .size = static_cast<uint16_t>(member.size),
          .kind = KindOf(member),
          .order = OrderOf(member.byte_order),
          .display = DisplayOf(member.display_hint),
          .name = member.name.c_str(),
          .nested = Find(member.structure),
          .enumeration = EnumOf(enumeration, flags)};
}

void WireTables::AddSubMessage(const SubMessage& message) {
  OwnedSubMessage& owned = sub_messages_.at(&message);
  for (const SubMessageFormat& format : message.formats) {
    owned.formats.push_back({.value = format.value.c_str(),
                             .header = Find(format.fixed_header),
                             .set = format.set != nullptr ? Find(*format.set) : nullptr});
  }
  owned.table = {message.name.c_str(), owned.formats};
}

// Its kind, and what that kind needs.
void WireTables::SetPayload(const Attribute& attribute, genl::Attribute& row) {
  row.kind = KindOf(attribute.type);
  if (attribute.has_sub_type) {
    row.element = KindOf(attribute.sub_type);
    if (attribute.type == AttributeType::kBinary) row.kind = genl::Kind::kArray;
  }
  if (attribute.structure != nullptr) {
    row.structure = Find(attribute.structure);
    genl::Kind& kind = row.kind == genl::Kind::kIndexedArray ? row.element : row.kind;
    if (kind == genl::Kind::kBinary) kind = genl::Kind::kStruct;
  }
  if (attribute.nested != nullptr) row.nested = Find(*attribute.nested);
  if (attribute.sub_message != nullptr) {
    row.sub_message = &sub_messages_.at(attribute.sub_message).table;
    row.selector = attribute.selector->name.c_str();
  }
}

genl::Attribute WireTables::Row(const Attribute& attribute) {
  genl::Attribute row;
  row.number = static_cast<uint16_t>(attribute.number);
  SetPayload(attribute, row);
  row.order = OrderOf(attribute.byte_order);
  row.multi = attribute.multi;
  row.levels = static_cast<uint8_t>(attribute.type_values.size());
  row.display = DisplayOf(attribute.display_hint);
  row.name = attribute.name.c_str();
  row.enumeration = EnumOf(attribute.enumeration, attribute.holds_flags());
  const genl::Limits limits = LimitsOf(attribute);
  if (limits != genl::Limits()) row.limits = &limits_.emplace_back(limits);
  if (row.levels > 0) {
    row.level_names = level_names_.emplace_back(absl::StrJoin(attribute.type_values, " ")).c_str();
  }
  return row;
}

const genl::Enum* WireTables::EnumOf(const Enum* definition, bool flags) {
  if (definition == nullptr) return nullptr;
  const auto [place, is_new] = enums_.try_emplace({definition, flags});
  OwnedEnum& result = place->second;
  if (!is_new) return &result.table;
  for (const EnumEntry& entry : definition->entries) {
    // What serves as flags without being `flags` counts bits.
    const bool is_bit = flags && !definition->flags;
    if (is_bit && (entry.value < 0 || entry.value > 63)) continue;
    const uint64_t value = Bits(entry.value);
    result.entries.push_back({is_bit ? uint64_t{1} << value : value, entry.name.c_str()});
  }
  result.table = {definition->name.c_str(), flags, result.entries};
  return &result.table;
}

const genl::AttributeSet* WireTables::Find(const AttributeSet& set) const {
  const auto found = sets_.find(&set);
  return found != sets_.end() ? &found->second.set() : nullptr;
}

const genl::Structure* WireTables::Find(const Struct* structure) const {
  return structure != nullptr ? &structures_.at(structure).table : nullptr;
}

genl::MessageTable WireTables::All(const Message& message) const {
  const genl::AttributeSet* set = message.set != nullptr ? Find(*message.set) : nullptr;
  return {set != nullptr ? *set : kNoAttributes, Find(message.fixed_header)};
}

genl::MessageTable WireTables::List(const Message& message, OwnedSet& to) const {
  const genl::MessageTable table = All(message);
  const genl::AttributeSet& all = *table.set;
  std::vector<genl::Attribute> rows;
  for (const Field& field : message.fields) {
    const auto row = std::find_if(all.attributes.begin(), all.attributes.end(),
                                  [&field](const genl::Attribute& candidate) {
                                    return candidate.name == field.attribute->name;
                                  });
    if (row != all.attributes.end()) rows.push_back(*row);
  }
  to.Assign(all.name, rows);
  return {to.set(), table.header};
}

}  // namespace genlc
