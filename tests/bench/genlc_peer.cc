#include <linux/genetlink.h>
#include <linux/neighbour.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>

#include "genl/decode.h"
#include "genl/encode.h"
#include "genl/framing.h"
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
size_t Walk(genl::Dump<T> dump, T& object) {
  size_t count = 0;
  while (dump.Next(&object)) ++count;
  Must(dump.status());
  return count;
}

// As Client::Do() does it.
size_t Encode(genl::Writer& writer) {
  const genl::Framing framing({.name = "nlctrl"}, GENL_ID_CTRL);
  const auto& operation = nlctrl::operation::kGetfamily;
  const nlctrl::GetfamilyRequest request = {.family_name = "nlctrl"};
  const auto mark = framing.Begin(writer, operation.command, NLM_F_REQUEST);
  Must(genl::Encode(*operation.request, &request, writer));
  writer.FinishMessage(mark);
  framing.Stamp(writer, mark, 1);
  return writer.bytes().size();
}

template <typename Request, typename Reply>
void Decode(const genl::TypedOperation<Request, Reply>& operation, const Message& message,
            Reply* reply) {
  const genl::Framing framing(*operation.family, GENL_ID_CTRL);
  const auto raw = genl::MessageReader(message).Next();
  Must(genl::Decode(*operation.reply, framing.Read(*raw)->payload, reply));
}

struct State {
  nlctrl::Client families = Must(nlctrl::Client::Connect());
  // Its profile says that each family has a name, so that the reply can be the end.
  nlctrl::Client unacknowledged = Must(nlctrl::Client::Connect({.acknowledge_replies = false}));
  rt_link::Client links = Must(rt_link::Client::Connect());
  std::optional<rt_neigh::Events> told;
  nlctrl::GetfamilyReply family;
  nlctrl::GetfamilyDumpReply dumped;
  rt_link::GetlinkReply link;
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
  peer.run[kDumpFamilies] = [state] {
    return Walk(state->families.GetfamilyDump(), state->dumped);
  };
  peer.run[kDumpLinks] = [state] { return Walk(state->links.GetlinkDump(), state->link); };
  peer.codec[kEncodeRequest] = [writer = std::make_shared<genl::Writer>()](const Message&) {
    writer->Clear();
    return Encode(*writer);
  };
  peer.codec[kDecodeFamily] = [state](const Message& message) {
    Decode(nlctrl::operation::kGetfamily, message, &state->family);
    return state->family.ops.size() + state->family.mcast_groups.size();
  };
  peer.codec[kDecodeLink] = [state](const Message& message) {
    Decode(rt_link::operation::kGetlink, message, &state->link);
    return static_cast<size_t>(state->link.header.ifi_index);
  };
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

namespace {

template <size_t N>
void Copy(const std::optional<genl::Bytes>& bytes, uint8_t (&to)[N]) {
  if (bytes) std::memcpy(to, bytes->data(), std::min(N, bytes->size()));
}
void Copy(const std::optional<absl::string_view>& text, std::string& to) {
  if (text) to.assign(text->data(), text->size());
}

// What hand-written programs read of a family and of a link.
template <typename Reply>
size_t ReadFamily(const genl::View<Reply>& family, Family& to) {
  to.Clear();
  to.id = family.template Get<&Reply::family_id>().value_or(0);
  to.version = family.template Get<&Reply::version>().value_or(0);
  to.header_size = family.template Get<&Reply::hdrsize>().value_or(0);
  to.max_attribute = family.template Get<&Reply::maxattr>().value_or(0);
  Copy(family.template Get<&Reply::family_name>(), to.name);
  Must(family.template ForEach<&Reply::ops>([&](const auto& nest) {
    using Op = nlctrl::OpAttrs;
    const auto flags = nest.template Get<&Op::flags>().value_or(nlctrl::OpFlags());
    to.operations.push_back(
        {nest.template Get<&Op::id>().value_or(0), static_cast<uint32_t>(flags)});
  }));
  Must(family.template ForEach<&Reply::mcast_groups>([&](const auto& nest) {
    using Group = nlctrl::McastGroupAttrs;
    Family::Group& group = to.groups.emplace_back();
    group.id = nest.template Get<&Group::id>().value_or(0);
    Copy(nest.template Get<&Group::name>(), group.name);
  }));
  return to.operations.size() + to.groups.size();
}

size_t ReadLink(const genl::View<rt_link::GetlinkReply>& link, Link& to) {
  using Reply = rt_link::GetlinkReply;
  const auto header = link.Get<&Reply::header>();
  to.index = header.ifi_index;
  to.flags = static_cast<uint32_t>(header.ifi_flags);
  to.mtu = link.Get<&Reply::mtu>().value_or(0);
  to.queue_length = link.Get<&Reply::txqlen>().value_or(0);
  to.group = link.Get<&Reply::group>().value_or(0);
  to.state = link.Get<&Reply::operstate>().value_or(0);
  to.mode = link.Get<&Reply::linkmode>().value_or(0);
  Copy(link.Get<&Reply::ifname>(), to.name);
  Copy(link.Get<&Reply::qdisc>(), to.discipline);
  Copy(link.Get<&Reply::address>(), to.address);
  Copy(link.Get<&Reply::broadcast>(), to.broadcast);
  std::optional<rt_link::RtnlLinkStats64> statistics;
  Must(link.Decode<&Reply::stats64>(&statistics));
  static_assert(sizeof(*statistics) >= sizeof(to.statistics));
  if (statistics) std::memcpy(to.statistics, &*statistics, sizeof(to.statistics));
  return static_cast<size_t>(to.index);
}

template <typename Reply, typename Operation>
genl::View<Reply> Look(const Operation& operation, const Message& message) {
  const genl::Framing framing(*operation.family, GENL_ID_CTRL);
  genl::View<Reply> view;
  Must(view.Read(*operation.reply, framing.Read(*genl::MessageReader(message).Next())->payload));
  return view;
}

struct ViewState {
  nlctrl::Client families = Must(nlctrl::Client::Connect());
  rt_link::Client links = Must(rt_link::Client::Connect());
  genl::View<nlctrl::GetfamilyDumpReply> family_view;
  genl::View<rt_link::GetlinkReply> link_view;
  Family family;
  Link link;
};

}  // namespace

Peer MakeGenlcView() {
  const auto state = std::make_shared<ViewState>();
  Peer peer{.name = "genlc, view"};
  peer.run[kDumpFamilies] = [state] {
    size_t count = 0;
    auto dump = state->families.GetfamilyDump();
    for (; dump.Next(&state->family_view); ++count) ReadFamily(state->family_view, state->family);
    Must(dump.status());
    return count;
  };
  peer.run[kDumpLinks] = [state] {
    size_t count = 0;
    auto dump = state->links.GetlinkDump();
    for (; dump.Next(&state->link_view); ++count) ReadLink(state->link_view, state->link);
    Must(dump.status());
    return count;
  };
  peer.codec[kDecodeFamily] = [state](const Message& message) {
    const auto view = Look<nlctrl::GetfamilyReply>(nlctrl::operation::kGetfamily, message);
    return ReadFamily(view, state->family);
  };
  peer.codec[kDecodeLink] = [state](const Message& message) {
    return ReadLink(Look<rt_link::GetlinkReply>(rt_link::operation::kGetlink, message),
                    state->link);
  };
  return peer;
}

Peer MakeGenlcByValue() {
  const auto state = std::make_shared<State>();
  Peer peer{.name = "genlc, by value"};
  const auto get = [](nlctrl::Client& client) {
    const auto family = Must(client.Getfamily({.family_name = "nlctrl"}));
    return family.ops.size() + family.mcast_groups.size();
  };
  peer.codec[kEncodeRequest] = [](const Message&) {
    genl::Writer writer;
    return Encode(writer);
  };
  peer.codec[kDecodeFamily] = [](const Message& message) {
    nlctrl::GetfamilyReply family;
    Decode(nlctrl::operation::kGetfamily, message, &family);
    return family.ops.size() + family.mcast_groups.size();
  };
  peer.codec[kDecodeLink] = [](const Message& message) {
    rt_link::GetlinkReply link;
    Decode(rt_link::operation::kGetlink, message, &link);
    return static_cast<size_t>(link.header.ifi_index);
  };
  peer.run[kRequest] = [state, get] { return get(state->families); };
  peer.run[kRequestWithoutAck] = [state, get] { return get(state->unacknowledged); };
  return peer;
}

}  // namespace bench
