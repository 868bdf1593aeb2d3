#include "tests/verify/policy_of.h"

#include <linux/genetlink.h>

#include <algorithm>
#include <map>

namespace genlc {
namespace {

using genl::PolicyType;

PolicyType TypeOf(const Attribute& attribute) {
  switch (attribute.type) {
    case AttributeType::kFlag: return PolicyType::kFlag;
    case AttributeType::kU8: return PolicyType::kU8;
    case AttributeType::kU16: return PolicyType::kU16;
    case AttributeType::kU32: return PolicyType::kU32;
    case AttributeType::kU64: return PolicyType::kU64;
    case AttributeType::kS8: return PolicyType::kS8;
    case AttributeType::kS16: return PolicyType::kS16;
    case AttributeType::kS32: return PolicyType::kS32;
    case AttributeType::kS64: return PolicyType::kS64;
    case AttributeType::kUint: return PolicyType::kUint;
    case AttributeType::kSint: return PolicyType::kSint;
    case AttributeType::kBitfield32: return PolicyType::kBitfield32;
    case AttributeType::kBinary: return PolicyType::kBinary;
    case AttributeType::kString:
      return attribute.checks.unterminated_ok ? PolicyType::kString : PolicyType::kNulString;
    case AttributeType::kIndexedArray:
      return attribute.nested != nullptr ? PolicyType::kNestedArray : PolicyType::kNested;
    case AttributeType::kNestTypeValue:
      return attribute.type_values.size() == 1 ? PolicyType::kNestedArray : PolicyType::kNested;
    default: return PolicyType::kNested;
  }
}

genl::Limits IntegerLimits(const Attribute& attribute) {
  const bool told = (attribute.byte_order == ByteOrder::kHost || BitWidth(attribute.type) == 8) &&
                    attribute.type != AttributeType::kUint &&
                    attribute.type != AttributeType::kSint;
  if (told && attribute.ValueMask() && !IsSigned(attribute.type)) {
    return genl::Mask(*attribute.ValueMask());
  }
  const IntegerRange range =
      told && !attribute.ValueMask() ? attribute.Range() : TypeRange(attribute.type);
  if (IsSigned(attribute.type)) {
    return genl::Range(static_cast<int64_t>(range.min), static_cast<int64_t>(range.max));
  }
  return genl::Range(static_cast<uint64_t>(range.min), static_cast<uint64_t>(range.max));
}

genl::Limits LengthLimits(const Attribute& attribute) {
  const Checks& checks = attribute.checks;
  const auto bytes = [](const Limit& limit) { return static_cast<uint64_t>(limit.value); };
  if (attribute.structure != nullptr && !checks.HasLength()) {
    return genl::Length(attribute.structure->size, attribute.structure->size);
  }
  uint64_t least = 0;
  uint64_t most = genl::Limits::kNoMaximum;
  if (checks.exact_len) least = most = bytes(*checks.exact_len);
  if (checks.min_len) least = bytes(*checks.min_len);
  if (checks.max_len) most = bytes(*checks.max_len);
  if (attribute.type == AttributeType::kString) least = 0;
  if (least == 0 && most == genl::Limits::kNoMaximum) return {};
  return genl::Length(least, most);
}

class Maker {
 public:
  explicit Maker(const Family& family) : family_(family) {}

  genl::FamilyPolicy Run() {
    policy_.name = family_.name;
    policy_.id = 0x20;
    policy_.version = family_.version;
    for (const auto& group : family_.groups) policy_.groups.push_back(group->name);
    for (const auto& operation : family_.operations) AddOperation(*operation);
    return std::move(policy_);
  }

 private:
  void AddOperation(const Operation& operation) {
    std::vector<const Attribute*> taken;
    for (const auto* exchange : {&operation.do_exchange, &operation.dump}) {
      if (!*exchange) continue;
      for (const Field& field : (*exchange)->request.fields) taken.push_back(field.attribute);
      const Struct* header = (*exchange)->request.fixed_header;
      if (header != nullptr) policy_.header_size = header->size;
    }
    if (!operation.do_exchange && !operation.dump) return;
    genl::OperationPolicy made = {.command = operation.number};
    if (operation.admin_perm) made.flags |= GENL_ADMIN_PERM;
    if (operation.uns_admin_perm) made.flags |= GENL_UNS_ADMIN_PERM;
    if (operation.do_exchange) made.flags |= GENL_CMD_CAP_DO;
    if (operation.dump) made.flags |= GENL_CMD_CAP_DUMP;
    if (!taken.empty()) {
      made.flags |= GENL_CMD_CAP_HASPOL;
      const uint32_t set = AddSet(taken);
      if (operation.do_exchange) made.do_set = set;
      if (operation.dump) made.dump_set = set;
    }
    policy_.operations.push_back(made);
  }

  uint32_t AddSet(const std::vector<const Attribute*>& attributes) {
    const auto index = static_cast<uint32_t>(policy_.sets.size());
    policy_.sets.emplace_back();
    Fill(index, attributes);
    return index;
  }

  uint32_t AddNest(const AttributeSet& set) {
    const auto known = nests_.find(&set);
    if (known != nests_.end()) return known->second;
    const auto index = static_cast<uint32_t>(policy_.sets.size());
    nests_[&set] = index;
    policy_.sets.emplace_back();
    std::vector<const Attribute*> attributes;
    for (const auto& attribute : set.attributes) attributes.push_back(attribute.get());
    Fill(index, attributes);
    return index;
  }

  void Fill(uint32_t index, const std::vector<const Attribute*>& attributes) {
    std::map<uint32_t, genl::AttributePolicy> rows;
    for (const Attribute* attribute : attributes) {
      if (attribute->type == AttributeType::kUnused || attribute->type == AttributeType::kPad) {
        continue;
      }
      rows[attribute->number] = Row(*attribute);
    }
    for (const auto& [number, row] : rows) policy_.sets[index].push_back(row);
  }

  genl::AttributePolicy Row(const Attribute& attribute) {
    genl::AttributePolicy row = {.number = static_cast<uint16_t>(attribute.number),
                                 .type = TypeOf(attribute)};
    if (IsInteger(attribute.type)) row.limits = IntegerLimits(attribute);
    if (attribute.type == AttributeType::kString || attribute.type == AttributeType::kBinary) {
      row.limits = LengthLimits(attribute);
    }
    if (attribute.type == AttributeType::kBitfield32) {
      const Enum* bits = attribute.enumeration;
      row.limits = genl::Mask(bits != nullptr ? bits->mask() : uint64_t{0xffffffff});
    }
    if (attribute.nested != nullptr && attribute.type_values.size() <= 1) {
      row.nested = AddNest(*attribute.nested);
    }
    return row;
  }

  const Family& family_;
  genl::FamilyPolicy policy_;
  std::map<const AttributeSet*, uint32_t> nests_;
};

}  // namespace

genl::FamilyPolicy PolicyOf(const Family& family) { return Maker(family).Run(); }

}  // namespace genlc
