#include "genl/offer.h"

#include <algorithm>

#include "absl/strings/string_view.h"

namespace genl {
namespace {

// Whether nothing is looked at of what an operation without attributes is sent.
bool IgnoresAll(const ServiceTable& table, uint16_t command) {
  return std::all_of(table.operations.begin(), table.operations.end(), [&](const auto& row) {
    return row.operation->command != command || row.validation != Validation::kStrict;
  });
}

}  // namespace

Offer::Offer(Service& service, uint16_t id, uint32_t first_group)
    : service_(service), framing_(service.table().family, id), first_group_(first_group) {
  for (const ServedOperation& row : table().operations) {
    policies_.push_back(MakePolicy(row));
    if (row.operation->request != nullptr) FindDefaults(*row.operation->request, 0);
  }
}

// All that share one are of one command, or of one family.
std::shared_ptr<const RequestPolicy> Offer::MakePolicy(const ServedOperation& operation) const {
  const bool shared = table().scope == PolicyScope::kFamily;
  const uint16_t command = operation.operation->command;
  RequestPolicy policy;
  for (size_t i = 0; i < table().operations.size(); ++i) {
    const ServedOperation& other = table().operations[i];
    if (!shared && other.operation->command != command) continue;
    if (i < policies_.size()) return policies_[i];
    policy.Add(other.operation->request);
  }
  if (policy.empty() && (shared || IgnoresAll(table(), command))) policy.AllowAll();
  return std::make_shared<const RequestPolicy>(std::move(policy));
}

const ServedOperation* Offer::Find(uint16_t command, bool dump) const {
  for (const ServedOperation& row : table().operations) {
    if (row.operation->command == command && row.dump == dump) return &row;
  }
  return nullptr;
}

const RequestPolicy& Offer::PolicyOf(const ServedOperation& operation) const {
  return *policies_[static_cast<size_t>(&operation - table().operations.data())];
}

uint32_t Offer::NumberOf(size_t group) const {
  const uint32_t number = table().groups[group].group.number;
  return family().is_generic() ? first_group_ + static_cast<uint32_t>(group) : number;
}

const ServedGroup* Offer::FindGroup(uint32_t number) const {
  for (size_t i = 0; i < table().groups.size(); ++i) {
    if (NumberOf(i) == number) return &table().groups[i];
  }
  return nullptr;
}

// Notes which attributes of a request, and of what is inside, have a default.
void Offer::FindDefaults(const Layout& layout, int depth) {
  if (layout.set == nullptr || table().defaults.empty() || depth > 8) return;
  for (const Field& field : layout.fields) {
    const Attribute* attribute = field.attribute;
    for (const DefaultValue& row : table().defaults) {
      const bool is_of = row.number == attribute->number &&
                         absl::string_view(row.set) == layout.set->name &&
                         field.type->shape == MemberType::Shape::kOptionalPlain;
      const std::pair<const Attribute*, uint64_t> found(attribute, row.value);
      if (is_of && std::find(defaults_.begin(), defaults_.end(), found) == defaults_.end()) {
        defaults_.push_back(found);
      }
    }
    if (IsNest(attribute->kind) && field.nested != nullptr) FindDefaults(*field.nested, depth + 1);
  }
}

void Offer::ApplyDefaults(const Layout& layout, void* value) const {
  if (defaults_.empty()) return;
  for (const Field& field : layout.fields) {
    void* member = static_cast<char*>(value) + field.offset;
    if (IsNest(field.attribute->kind) && field.nested != nullptr) ApplyInside(field, member);
    for (const auto& [attribute, number] : defaults_) {
      if (attribute != field.attribute) continue;
      // What this message requires has a member that is always there.
      const bool optional = field.type->shape == MemberType::Shape::kOptionalPlain;
      if (!optional || IsMarked(*field.type, member)) continue;
      StoreInteger(number, member, field.type->width);
      Mark(*field.type, member, true);
    }
  }
}

void Offer::ApplyInside(const Field& field, void* member) const {
  const MemberType& type = *field.type;
  switch (type.shape) {
    case MemberType::Shape::kPlain: return ApplyDefaults(*field.nested, member);
    case MemberType::Shape::kOptionalPlain:
      if (IsMarked(type, member)) ApplyDefaults(*field.nested, member);
      return;
    case MemberType::Shape::kHolder:
    case MemberType::Shape::kSequence:
      for (size_t i = 0; i < type.size(member); ++i) {
        ApplyDefaults(*field.nested, static_cast<char*>(type.at(member, i)) + field.value_offset);
      }
      return;
    case MemberType::Shape::kVariant: return;
  }
}

}  // namespace genl
