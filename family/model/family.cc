#include "family/model/family.h"

#include <algorithm>
#include <limits>
#include <set>

namespace genlc {
namespace {

struct TypeFacts {
  absl::string_view name;
  int bits;  // of an integer
  bool is_signed;
};

// In the order of AttributeType.
constexpr TypeFacts kTypes[] = {
    {"unused", 0, false},        {"pad", 0, false},
    {"flag", 0, false},          {"binary", 0, false},
    {"uint", 64, false},         {"sint", 64, true},
    {"u8", 8, false},            {"u16", 16, false},
    {"u32", 32, false},          {"u64", 64, false},
    {"s8", 8, true},             {"s16", 16, true},
    {"s32", 32, true},           {"s64", 64, true},
    {"string", 0, false},        {"nest", 0, false},
    {"indexed-array", 0, false}, {"nest-type-value", 0, false},
    {"bitfield32", 0, false},    {"sub-message", 0, false},
};

const TypeFacts& Facts(AttributeType type) { return kTypes[static_cast<int>(type)]; }

template <typename T>
const T* FindByName(const std::vector<std::unique_ptr<T>>& list, absl::string_view name) {
  for (const std::unique_ptr<T>& item : list) {
    if (item->name == name) return item.get();
  }
  return nullptr;
}

}  // namespace

Integer Enum::min() const {
  return entries.empty()
             ? Integer(0)
             : std::min_element(entries.begin(), entries.end(),
                                [](const auto& a, const auto& b) { return a.value < b.value; })
                   ->value;
}

Integer Enum::max() const {
  return entries.empty()
             ? Integer(0)
             : std::max_element(entries.begin(), entries.end(),
                                [](const auto& a, const auto& b) { return a.value < b.value; })
                   ->value;
}

uint64_t Enum::mask() const {
  uint64_t mask = 0;
  for (const EnumEntry& entry : entries) {
    if (flags) {
      mask |= static_cast<uint64_t>(entry.value);
    } else if (entry.value >= 0 && entry.value < 64) {
      mask |= uint64_t{1} << static_cast<int>(entry.value);
    }
  }
  return mask;
}

bool Enum::sparse() const {
  std::set<Integer> values;
  for (const EnumEntry& entry : entries) values.insert(entry.value);
  return !values.empty() && max() - min() + 1 != Integer(static_cast<int64_t>(values.size()));
}

const EnumEntry* Enum::Find(absl::string_view entry_name) const {
  for (const EnumEntry& entry : entries) {
    if (entry.name == entry_name) return &entry;
  }
  return nullptr;
}

const StructMember* Struct::Find(absl::string_view member_name) const {
  for (const StructMember& member : members) {
    if (member.name == member_name) return &member;
  }
  return nullptr;
}

bool IsSigned(AttributeType type) { return Facts(type).is_signed; }
bool IsInteger(AttributeType type) { return Facts(type).bits != 0; }
int BitWidth(AttributeType type) { return Facts(type).bits; }
absl::string_view TypeName(AttributeType type) { return Facts(type).name; }

IntegerRange TypeRange(AttributeType type) {
  const int bits = BitWidth(type);
  if (IsSigned(type)) {
    return {-(Integer(1) << (bits - 1)), (Integer(1) << (bits - 1)) - 1};
  }
  return {0, (Integer(1) << bits) - 1};
}

IntegerRange Attribute::Range() const {
  IntegerRange range = TypeRange(type);
  if (enumeration != nullptr && !holds_flags() && !enumeration->entries.empty()) {
    range = {std::max(range.min, enumeration->min()), std::min(range.max, enumeration->max())};
  }
  if (checks.min) range.min = std::max(range.min, checks.min->value);
  if (checks.max) range.max = std::min(range.max, checks.max->value);
  return range;
}

std::optional<uint64_t> Attribute::ValueMask() const {
  if (checks.flags_mask != nullptr) return checks.flags_mask->mask();
  if (holds_flags()) return enumeration->mask();
  return std::nullopt;
}

uint32_t AttributeSet::max_number() const {
  uint32_t max = 0;
  for (const auto& attribute : attributes) max = std::max(max, attribute->number);
  return max;
}

const Attribute* AttributeSet::Find(absl::string_view attribute_name) const {
  return FindByName(attributes, attribute_name);
}

std::vector<const AttributeSet*> SetsInside(const Attribute& attribute) {
  std::vector<const AttributeSet*> sets;
  if (attribute.nested != nullptr) sets.push_back(attribute.nested);
  if (attribute.sub_message == nullptr) return sets;
  for (const SubMessageFormat& format : attribute.sub_message->formats) {
    if (format.set != nullptr) sets.push_back(format.set);
  }
  return sets;
}

const Field* Message::Find(absl::string_view attribute_name) const {
  for (const Field& field : fields) {
    if (field.attribute->name == attribute_name) return &field;
  }
  return nullptr;
}

const Message* Operation::async_message() const {
  if (event) return &*event;
  if (notify == nullptr) return nullptr;
  for (const std::optional<Exchange>* exchange : {&notify->do_exchange, &notify->dump}) {
    if (*exchange && (*exchange)->reply) return &*(*exchange)->reply;
  }
  return nullptr;
}

std::vector<const Message*> Operation::messages() const {
  std::vector<const Message*> messages;
  for (const std::optional<Exchange>* exchange : {&do_exchange, &dump}) {
    if (!exchange->has_value()) continue;
    messages.push_back(&(*exchange)->request);
    if ((*exchange)->reply) messages.push_back(&*(*exchange)->reply);
  }
  if (event) messages.push_back(&*event);
  return messages;
}

const Constant* Family::FindConstant(absl::string_view name) const {
  return FindByName(constants, name);
}
const Enum* Family::FindEnum(absl::string_view name) const { return FindByName(enums, name); }
const Struct* Family::FindStruct(absl::string_view name) const {
  return FindByName(structs, name);
}
const AttributeSet* Family::FindSet(absl::string_view name) const {
  return FindByName(sets, name);
}
const Operation* Family::FindOperation(absl::string_view name) const {
  return FindByName(operations, name);
}
const MulticastGroup* Family::FindGroup(absl::string_view name) const {
  return FindByName(groups, name);
}

}  // namespace genlc
