#include "genl/supports.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "genl/layout.h"
#include "genl/link.h"
#include "genl/policy.h"

namespace genl {
namespace {

// The attributes on the way from the request to the one that is meant.
using Way = std::vector<const Attribute*>;

absl::Status NoSuchAttribute(const Operation& operation, absl::string_view name) {
  return absl::InvalidArgumentError(
      absl::StrCat(operation.name, ": no attribute `", name, "` in the request"));
}

absl::StatusOr<Way> Resolve(const Operation& operation, absl::string_view path) {
  Way way;
  const Layout* layout = operation.request;
  if (path.empty()) return way;
  for (const absl::string_view name : absl::StrSplit(path, '.')) {
    const Field* found = nullptr;
    for (const Field& field : layout != nullptr ? layout->fields : absl::Span<const Field>()) {
      if (field.attribute->name == name) found = &field;
    }
    if (found == nullptr) return NoSuchAttribute(operation, path);
    way.push_back(found->attribute);
    layout = IsNest(found->attribute->kind) ? found->nested : nullptr;
  }
  return way;
}

absl::StatusOr<Way> Resolve(const Operation& operation, absl::Span<const size_t> members) {
  Way way;
  const Layout* layout = operation.request;
  for (const size_t offset : members) {
    const Field* found = nullptr;
    for (const Field& field : layout != nullptr ? layout->fields : absl::Span<const Field>()) {
      if (field.offset == offset) found = &field;
    }
    if (found == nullptr) return NoSuchAttribute(operation, absl::StrCat("at ", offset));
    way.push_back(found->attribute);
    layout = IsNest(found->attribute->kind) ? found->nested : nullptr;
  }
  return way;
}

// See PolicySet: what is not told may be known.
bool MayBeHidden(const Attribute& attribute) {
  const size_t width = WireWidth(attribute.kind);
  return attribute.order == ByteOrder::kBig && (width == 2 || width == 4);
}

Support Answer(const FamilyPolicy& policy, const Operation& operation, Use use, const Way& way) {
  const OperationPolicy* known = policy.Find(operation.command);
  if (known == nullptr) return Support::kNo;
  if (!(use == Use::kDo ? known->can_do() : known->can_dump())) return Support::kNo;
  std::optional<uint32_t> index = use == Use::kDo ? known->do_set : known->dump_set;
  for (const Attribute* attribute : way) {
    const PolicySet* set = policy.Set(index);
    if (set == nullptr) return Support::kNotSaid;
    const AttributePolicy* found = FindAttribute(*set, attribute->number);
    if (found == nullptr) return MayBeHidden(*attribute) ? Support::kNotSaid : Support::kNo;
    index = found->nested;
  }
  return Support::kYes;
}

absl::StatusOr<Support> Ask(Client& client, const Operation& operation, Use use,
                            const absl::StatusOr<Way>& way) {
  if (!way.ok()) return way.status();
  if (!client.link().family().is_generic()) return Support::kNotSaid;
  const auto policy = client.link().Policy();
  if (!policy.ok()) return policy.status();
  return Answer(**policy, operation, use, *way);
}

}  // namespace

absl::StatusOr<std::shared_ptr<const FamilyPolicy>> Client::Link::Policy() {
  const std::lock_guard<std::mutex> guard(policy_lock_);
  if (policy_ != nullptr && policy_->id == family_id_) return policy_;
  absl::StatusOr<FamilyPolicy> read = ReadPolicy(family().name, endpoint_, options_);
  if (absl::IsNotFound(read.status())) {
    return absl::UnavailableError("the family is gone: its module has been unloaded");
  }
  if (!read.ok()) return read.status();
  family_id_ = read->id;
  policy_ = std::make_shared<const FamilyPolicy>(*std::move(read));
  return policy_;
}

absl::StatusOr<Support> Supports(Client& client, const Operation& operation, Use use,
                                 absl::string_view path) {
  return Ask(client, operation, use, Resolve(operation, path));
}

absl::StatusOr<Support> Supports(Client& client, const Operation& operation, Use use,
                                 absl::Span<const size_t> members) {
  return Ask(client, operation, use, Resolve(operation, members));
}

}  // namespace genl
