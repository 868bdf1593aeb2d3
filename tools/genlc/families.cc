#include "tools/genlc/families.h"

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <algorithm>
#include <utility>

#include "tools/genlc/live_family.h"
#include "tools/genlc/spec_path.h"

namespace genlc {
namespace {

// The kernel's specs of classic netlink, by their protocols.
constexpr std::pair<int, const char*> kClassic[] = {
    {NETLINK_ROUTE, "rt-link"},      {NETLINK_ROUTE, "rt-addr"},       {NETLINK_ROUTE, "rt-route"},
    {NETLINK_ROUTE, "rt-neigh"},     {NETLINK_ROUTE, "rt-rule"},       {NETLINK_ROUTE, "tc"},
    {NETLINK_NETFILTER, "nftables"}, {NETLINK_NETFILTER, "conntrack"},
};

struct Known {
  const Operation* operation = nullptr;
  const Message* message = nullptr;
};

Known FindRequest(const Family& family, uint32_t command) {
  Known found;
  for (const auto& operation : family.operations) {
    for (const std::optional<Exchange>* exchange : {&operation->do_exchange, &operation->dump}) {
      if (!exchange->has_value() || (*exchange)->request.number != command) continue;
      // Of a dump that takes no attributes the request for one object says more.
      if (found.operation == nullptr || found.message->set == nullptr) {
        found = {operation.get(), &(*exchange)->request};
      }
    }
  }
  return found;
}

Known FindReply(const Family& family, uint32_t command) {
  for (const auto& operation : family.operations) {
    for (const std::optional<Exchange>* exchange : {&operation->do_exchange, &operation->dump}) {
      if (!exchange->has_value() || !(*exchange)->reply) continue;
      if ((*exchange)->reply->number == command) return {operation.get(), &*(*exchange)->reply};
    }
  }
  const std::optional<KnownMessage> other = FindMessage(family, command);
  return other ? Known{other->operation, other->message} : FindRequest(family, command);
}

Known FindEither(const Family& family, uint32_t command, bool is_request) {
  const Known request = is_request ? FindRequest(family, command) : Known{};
  return request.operation != nullptr ? request : FindReply(family, command);
}

}  // namespace

bool Families::Add(const std::string& name) {
  std::unique_ptr<const Family> family = LoadLiveFamily(name, env_, sources_);
  if (family == nullptr) return false;
  std::unique_ptr<DecodedFamily>& known = families_[family->name];
  if (known == nullptr) known = std::make_unique<DecodedFamily>(std::move(family));
  named_.push_back(known.get());
  return true;
}

std::string Families::NameOf(uint16_t number) const {
  const auto known = names_.find(number);
  if (known != names_.end()) return known->second;
  if (number == GENL_ID_CTRL) return "nlctrl";
  // One spec was named, and its messages are what it was named for.
  const bool alone = named_.size() == 1 && named_[0]->family->is_generic();
  if (!alone || number < NLMSG_MIN_TYPE) return "";
  const std::string& name = named_[0]->family->name;
  const bool elsewhere = std::any_of(names_.begin(), names_.end(),
                                     [&](const auto& other) { return other.second == name; });
  return elsewhere ? "" : name;
}

int Families::DefaultProtocol() const {
  if (named_.empty() || named_[0]->family->is_generic()) return NETLINK_GENERIC;
  return named_[0]->family->protocol_number.value_or(NETLINK_ROUTE);
}

const DecodedFamily* Families::ByName(const std::string& name) {
  const auto known = families_.find(name);
  if (known != families_.end()) return known->second.get();
  std::unique_ptr<DecodedFamily>& place = families_[name];
  if (!FindSpec(name, env_).ok()) return nullptr;
  std::unique_ptr<const Family> family = LoadLiveFamily(name, env_, sources_);
  if (family != nullptr) place = std::make_unique<DecodedFamily>(std::move(family));
  return place.get();
}

std::vector<const DecodedFamily*> Families::OfProtocol(int protocol) {
  std::vector<const DecodedFamily*> found;
  for (const DecodedFamily* family : named_) {
    if (!family->family->is_generic() && family->family->protocol_number == protocol) {
      found.push_back(family);
    }
  }
  for (const auto& [number, name] : kClassic) {
    const DecodedFamily* family = number == protocol ? ByName(name) : nullptr;
    if (family != nullptr) found.push_back(family);
  }
  return found;
}

Meaning Families::Find(int protocol, uint16_t number, uint32_t command, bool is_request) {
  std::vector<const DecodedFamily*> candidates;
  if (protocol == NETLINK_GENERIC) {
    const std::string name = NameOf(number);
    const DecodedFamily* family = name.empty() ? nullptr : ByName(name);
    if (family != nullptr) candidates.push_back(family);
  } else {
    candidates = OfProtocol(protocol);
  }
  for (const DecodedFamily* candidate : candidates) {
    const Known known = FindEither(*candidate->family, command, is_request);
    if (known.operation != nullptr) return {candidate, known.operation, known.message};
  }
  return {candidates.empty() ? nullptr : candidates.front()};
}

}  // namespace genlc
