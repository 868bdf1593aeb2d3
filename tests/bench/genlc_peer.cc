#include <linux/neighbour.h>

#include <memory>
#include <optional>

#include "tests/bench/nlctrl.genl.h"
#include "tests/bench/peers.h"
#include "tests/families/mptcp_pm.genl.h"
#include "tests/families/rt-link.genl.h"
#include "tests/families/rt-neigh.genl.h"

namespace bench {
namespace {

template <typename T>
T Must(absl::StatusOr<T> value) {
  Check(value.ok(), value.status().ToString().c_str());
  return *std::move(value);
}
void Must(const absl::Status& status) { Check(status.ok(), status.ToString().c_str()); }

template <typename T>
size_t Walk(genl::Dump<T> dump) {
  size_t count = 0;
  for ([[maybe_unused]] const T& object : dump) ++count;
  Must(dump.status());
  return count;
}

struct State {
  nlctrl::Client families = Must(nlctrl::Client::Connect());
  // Its profile says that each family has a name, so that the reply can be the end.
  nlctrl::Client unacknowledged = Must(nlctrl::Client::Connect({.acknowledge_replies = false}));
  rt_link::Client links = Must(rt_link::Client::Connect());
  std::optional<rt_neigh::Events> told;
  nlctrl::GetfamilyReply family;
  rt_neigh::Event event;

  size_t GetFamily(nlctrl::Client& client) {
    Must(client.Do(nlctrl::operation::kGetfamily, {.family_name = "nlctrl"}, &family));
    return family.ops.size() + family.mcast_groups.size();
  }
  void Listen() {
    auto client = Must(rt_neigh::Client::Connect());
    const rt_neigh::Group group = rt_neigh::Group::kRtnlgrpNeigh;
    told = Must(client.Subscribe({&group, 1}));
  }
};

struct Limits {
  explicit Limits(mptcp_pm::Client connected) : client(std::move(connected)) {
    for (auto& reply : replies) batch.Add(mptcp_pm::operation::kGetLimits, {}, &reply);
  }

  mptcp_pm::Client client;
  genl::Batch batch = client.NewBatch();
  std::array<mptcp_pm::GetLimitsReply, kTogether> replies;
};

}  // namespace

Peer MakeGenlc() {
  const auto state = std::make_shared<State>();
  Peer peer{.name = "genlc"};
  peer.run[kRequest] = [state] { return state->GetFamily(state->families); };
  peer.run[kRequestWithoutAck] = [state] { return state->GetFamily(state->unacknowledged); };
  peer.run[kDumpFamilies] = [state] { return Walk(state->families.GetfamilyDump()); };
  peer.run[kDumpLinks] = [state] { return Walk(state->links.GetlinkDump()); };
  peer.listen = [state] { state->Listen(); };
  peer.run[kNotifications] = [state] {
    size_t count = 0;
    while (count < kTogether) {
      Must(state->told->Next(absl::Seconds(1), &state->event));
      count += std::holds_alternative<rt_neigh::NewneighNtf>(state->event);
    }
    return count;
  };
  if (auto client = mptcp_pm::Client::Connect(); client.ok()) {
    const auto limits = std::make_shared<Limits>(*std::move(client));
    peer.run[kBatch] = [limits] {
      Must(limits->batch.Send());
      return kTogether;
    };
  }
  return peer;
}

Peer MakeGenlcByValue() {
  const auto state = std::make_shared<State>();
  Peer peer{.name = "genlc, by value"};
  const auto get = [](nlctrl::Client& client) {
    const auto family = Must(client.Getfamily({.family_name = "nlctrl"}));
    return family.ops.size() + family.mcast_groups.size();
  };
  peer.run[kRequest] = [state, get] { return get(state->families); };
  peer.run[kRequestWithoutAck] = [state, get] { return get(state->unacknowledged); };
  return peer;
}

}  // namespace bench
