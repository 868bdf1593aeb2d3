// A service as it is offered: its numbers, and its tables in the form in which requests need them.
#ifndef GENL_OFFER_H_
#define GENL_OFFER_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "genl/discretion.h"
#include "genl/framing.h"
#include "genl/policy_check.h"
#include "genl/service.h"

namespace genl {

class Offer {
 public:
  // `id` is that of a generic family, and `first_group` that of its first group.
  Offer(Service& service, uint16_t id, uint32_t first_group);

  Service& service() const { return service_; }
  const ServiceTable& table() const { return service_.table(); }
  const Family& family() const { return table().family; }
  const Framing& framing() const { return framing_; }
  uint16_t id() const { return framing_.id(); }
  uint32_t first_group() const { return first_group_; }

  // Null: the family has no such operation.
  const ServedOperation* Find(uint16_t command, bool dump) const;
  // Operations that share a policy in a module (`kernel-policy`) share it here.
  const RequestPolicy& PolicyOf(const ServedOperation& operation) const;
  // On the wire.
  uint32_t NumberOf(size_t group) const;
  // How messages are told to who has this right.
  Discretion Telling(Permission reader) const { return {table().sensitive, reader}; }
  // Null: not of this family.
  const ServedGroup* FindGroup(uint32_t number) const;

  // Gives `*value`, of the layout, what it lacks.
  void ApplyDefaults(const Layout& layout, void* value) const;

 private:
  std::shared_ptr<const RequestPolicy> MakePolicy(const ServedOperation& operation) const;
  void FindDefaults(const Layout& layout, int depth);
  void ApplyInside(const Field& field, void* member) const;

  Service& service_;
  Framing framing_;
  uint32_t first_group_;
  std::vector<std::shared_ptr<const RequestPolicy>> policies_;  // one for each row of the table
  std::vector<std::pair<const Attribute*, uint64_t>> defaults_;
};

}  // namespace genl

#endif  // GENL_OFFER_H_
