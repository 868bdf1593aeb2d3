#include "genl/family_policy.h"

#include <linux/genetlink.h>

#include <algorithm>
#include <utility>

#include "genl/attribute_policy.h"
#include "genl/value_check.h"

namespace genl {
namespace {

using Attributes = std::vector<const Attribute*>;

// In the order of their numbers.
Attributes AttributesOf(const RequestPolicy& policy) {
  Attributes attributes;
  for (uint32_t number = 1; !policy.empty() && number <= policy.last(); ++number) {
    const Attribute* attribute = policy.Find(static_cast<uint16_t>(number));
    if (attribute != nullptr && attribute->kind != Kind::kUnused) attributes.push_back(attribute);
  }
  return attributes;
}

Attributes AttributesOf(const AttributeSet& set) {
  Attributes attributes;
  for (const Attribute& attribute : set.attributes) {
    if (attribute.kind != Kind::kUnused) attributes.push_back(&attribute);
  }
  std::sort(attributes.begin(), attributes.end(),
            [](const Attribute* a, const Attribute* b) { return a->number < b->number; });
  return attributes;
}

// The sets that a kernel numbers: those of requests, and behind them what is nested in these, each
// once (netlink_policy_dump_add_policy()).
class Sets {
 public:
  template <typename Source>
  uint32_t IndexOf(const Source& source) {
    Attributes attributes = AttributesOf(source);
    // All that accept nothing are one, genlc_no_attrs_policy.
    const void* key = attributes.empty() ? nullptr : &source;
    const auto known = std::find(keys_.begin(), keys_.end(), key);
    if (known != keys_.end()) return static_cast<uint32_t>(known - keys_.begin());
    keys_.push_back(key);
    contents_.push_back(std::move(attributes));
    return static_cast<uint32_t>(keys_.size() - 1);
  }

  std::vector<PolicySet> Fill() {
    std::vector<PolicySet> sets;
    for (size_t i = 0; i < contents_.size(); ++i) {
      PolicySet& set = sets.emplace_back();
      for (const Attribute* attribute : Attributes(contents_[i])) set.push_back(Row(*attribute));
    }
    return sets;
  }

 private:
  AttributePolicy Row(const Attribute& attribute) {
    AttributePolicy policy = PolicyOf(attribute);
    if (attribute.kind == Kind::kNest || IsArrayOfNests(attribute)) {
      policy.nested = IndexOf(*attribute.nested);
    }
    return policy;
  }

  std::vector<const void*> keys_;
  std::vector<Attributes> contents_;
};

uint32_t FlagsOf(const Offer& offer, const ServedOperation& row) {
  uint32_t flags = row.dump ? GENL_CMD_CAP_DUMP : GENL_CMD_CAP_DO;
  if (row.permission == Permission::kAdmin) flags |= GENL_ADMIN_PERM;
  if (row.permission == Permission::kUnsAdmin) flags |= GENL_UNS_ADMIN_PERM;
  return flags | (offer.PolicyOf(row).allows_all() ? 0 : GENL_CMD_CAP_HASPOL);
}

// Both sides of a command stand in one entry, where the first is.
OperationPolicy& EntryOf(FamilyPolicy& policy, uint32_t command) {
  for (OperationPolicy& operation : policy.operations) {
    if (operation.command == command) return operation;
  }
  return policy.operations.emplace_back(OperationPolicy{.command = command});
}

}  // namespace

FamilyPolicy PolicyOf(const Offer& offer, std::optional<uint32_t> command) {
  const Family& family = offer.family();
  FamilyPolicy policy = {.name = family.name, .id = offer.id(), .version = family.version};
  Sets sets;
  for (const ServedOperation& row : offer.table().operations) {
    const Operation& operation = *row.operation;
    if (command && operation.command != *command) continue;
    OperationPolicy& entry = EntryOf(policy, operation.command);
    entry.flags |= FlagsOf(offer, row);
    const Layout* const request = operation.request;
    if (request != nullptr && request->header != nullptr) {
      policy.header_size = request->header->structure->size;
    }
    const RequestPolicy& accepted = offer.PolicyOf(row);
    if (!accepted.allows_all()) {
      (row.dump ? entry.dump_set : entry.do_set) = sets.IndexOf(accepted);
    }
  }
  for (const ServedGroup& group : offer.table().groups) policy.groups.push_back(group.group.name);
  policy.sets = sets.Fill();
  return policy;
}

controller::Family NewFamilyMessage(const FamilyPolicy& policy, uint32_t first_group) {
  controller::Family family = {.name = policy.name,
                               .id = policy.id,
                               .version = policy.version,
                               .header_size = policy.header_size};
  for (const OperationPolicy& operation : policy.operations) {
    family.operations.push_back({.id = operation.command, .flags = operation.flags});
  }
  for (const std::string& group : policy.groups) {
    family.groups.push_back({.name = group, .id = first_group++});
  }
  return family;
}

std::vector<controller::Policy> PolicyMessages(const FamilyPolicy& policy) {
  std::vector<controller::Policy> messages;
  for (const OperationPolicy& operation : policy.operations) {
    if (!operation.do_set && !operation.dump_set) continue;
    messages.push_back(
        {.family_id = policy.id,
         .operations = {
             {operation.command, {.of_do = operation.do_set, .of_dump = operation.dump_set}}}});
  }
  for (uint32_t i = 0; i < policy.sets.size(); ++i) {
    for (const AttributePolicy& attribute : policy.sets[i]) {
      PolicyInfo info = InfoOf(attribute);
      if (const PolicySet* inside = policy.Set(attribute.nested)) {
        info.last_nested = inside->empty() ? 1 : inside->back().number;
      }
      messages.push_back({.family_id = policy.id, .attributes = {{i, attribute.number, info}}});
    }
  }
  return messages;
}

}  // namespace genl
