// rt-link against `ip link`: each reads what the other has set.
#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "genl/kernel_error.h"
#include "gmock/gmock.h"
#include "tests/families/rt-link.genl.h"
#include "tests/live/machine.h"
#include "tests/live/text.h"

namespace rt_link {
namespace {

using genl::RequestFlags;
using live::Put;
using live::WordOr;
using nlohmann::json;
using testing::SizeIs;

constexpr RequestFlags kNew = RequestFlags::kCreate | RequestFlags::kExclusive;

// ip's words for the numbers of linux/if_arp.h and linux/if.h.
const std::map<uint32_t, std::string> kTypes = {{1, "ether"}, {772, "loopback"}};
const std::map<uint32_t, std::string> kStates = {
    {0, "UNKNOWN"}, {2, "DOWN"}, {3, "LOWERLAYERDOWN"}, {6, "UP"}};
const std::map<uint32_t, std::string> kModes = {{0, "DEFAULT"}, {1, "DORMANT"}};
const std::map<uint32_t, std::string> kGroups = {{0, "default"}};
const std::map<uint32_t, std::string> kPortStates = {
    {0, "disabled"}, {1, "listening"}, {2, "learning"}, {3, "forwarding"}, {4, "blocking"}};
const std::map<uint32_t, std::string> kGenerationModes = {{0, "eui64"}, {1, "none"}};
const std::map<uint32_t, std::string> kProtocols = {{0x8100, "802.1Q"}};
const std::map<IfinfoFlags, std::string> kFlags = {{IfinfoFlags::kUp, "UP"},
                                                   {IfinfoFlags::kBroadcast, "BROADCAST"},
                                                   {IfinfoFlags::kLoopback, "LOOPBACK"},
                                                   {IfinfoFlags::kMulticast, "MULTICAST"},
                                                   {IfinfoFlags::kNoArp, "NOARP"},
                                                   {IfinfoFlags::kLowerUp, "LOWER_UP"}};

std::string BridgeId(const IflaBridgeId& id) {
  // As the bytes are on the wire: the priority is big-endian.
  uint8_t priority[2];
  std::memcpy(priority, &id.prio, sizeof priority);
  std::string text = absl::StrFormat("%02x%02x.", priority[0], priority[1]);
  // ip leaves out leading zeros.
  const auto in_hex = [](std::string* to, uint8_t byte) { absl::StrAppendFormat(to, "%x", byte); };
  return text + absl::StrJoin(id.addr, ":", in_hex);
}

// Without the timers, which run.
json InWordsOfIp(const LinkinfoBridgeAttrs& bridge) {
  json words = {{"bridge_id", BridgeId(bridge.bridge_id.value())},
                {"root_id", BridgeId(bridge.root_id.value())},
                {"group_addr", live::AddressText(bridge.group_addr.value())},
                {"group_fwd_mask", absl::StrFormat("%#x", bridge.group_fwd_mask.value())}};
  Put(words, "forward_delay", bridge.forward_delay);
  Put(words, "hello_time", bridge.hello_time);
  Put(words, "max_age", bridge.max_age);
  Put(words, "ageing_time", bridge.ageing_time);
  Put(words, "stp_state", bridge.stp_state);
  Put(words, "priority", bridge.priority);
  Put(words, "vlan_filtering", bridge.vlan_filtering);
  Put(words, "root_port", bridge.root_port);
  Put(words, "root_path_cost", bridge.root_path_cost);
  Put(words, "topology_change", bridge.topology_change);
  Put(words, "topology_change_detected", bridge.topology_change_detected);
  Put(words, "mcast_snooping", bridge.mcast_snooping);
  Put(words, "mcast_router", bridge.mcast_router);
  Put(words, "mcast_query_use_ifaddr", bridge.mcast_query_use_ifaddr);
  Put(words, "mcast_querier", bridge.mcast_querier);
  Put(words, "mcast_hash_elasticity", bridge.mcast_hash_elasticity);
  Put(words, "mcast_hash_max", bridge.mcast_hash_max);
  Put(words, "mcast_last_member_cnt", bridge.mcast_last_member_cnt);
  Put(words, "mcast_startup_query_cnt", bridge.mcast_startup_query_cnt);
  Put(words, "mcast_last_member_intvl", bridge.mcast_last_member_intvl);
  Put(words, "mcast_membership_intvl", bridge.mcast_membership_intvl);
  Put(words, "mcast_querier_intvl", bridge.mcast_querier_intvl);
  Put(words, "mcast_query_intvl", bridge.mcast_query_intvl);
  Put(words, "mcast_query_response_intvl", bridge.mcast_query_response_intvl);
  Put(words, "mcast_startup_query_intvl", bridge.mcast_startup_query_intvl);
  Put(words, "mcast_stats_enabled", bridge.mcast_stats_enabled);
  Put(words, "mcast_igmp_version", bridge.mcast_igmp_version);
  Put(words, "mcast_mld_version", bridge.mcast_mld_version);
  Put(words, "nf_call_iptables", bridge.nf_call_iptables);
  Put(words, "nf_call_ip6tables", bridge.nf_call_ip6tables);
  Put(words, "nf_call_arptables", bridge.nf_call_arptables);
  Put(words, "vlan_default_pvid", bridge.vlan_default_pvid);
  Put(words, "vlan_stats_enabled", bridge.vlan_stats_enabled);
  Put(words, "vlan_stats_per_port", bridge.vlan_stats_per_port);
  // The spec does not say that this one is in network byte order.
  if (bridge.vlan_protocol) {
    words["vlan_protocol"] = WordOr(kProtocols, ntohs(*bridge.vlan_protocol));
  }
  // What boolean options there are, ip reads from their mask.
  const BrBooloptMulti options = bridge.multi_boolopt.value();
  if (options.optmask & 1) words["no_linklocal_learn"] = options.optval & 1;
  if (options.optmask & 2) words["mcast_vlan_snooping"] = options.optval >> 1 & 1;
  return words;
}

void PutBool(json& words, const char* key, const std::optional<uint8_t>& value) {
  if (value) words[key] = *value != 0;
}

json InWordsOfIp(const LinkinfoBrportAttrs& port) {
  json words = {{"state", WordOr(kPortStates, port.state.value())},
                {"id", absl::StrFormat("%#x", port.id.value())},
                {"no", absl::StrFormat("%#x", port.no.value())},
                {"bridge_id", BridgeId(port.bridge_id.value())},
                {"root_id", BridgeId(port.root_id.value())},
                {"group_fwd_mask", absl::StrFormat("%#x", port.group_fwd_mask.value())},
                {"group_fwd_mask_str", absl::StrFormat("0x%x", *port.group_fwd_mask)}};
  PutBool(words, "hairpin", port.mode);
  PutBool(words, "guard", port.guard);
  PutBool(words, "root_block", port.protect);
  PutBool(words, "fastleave", port.fast_leave);
  PutBool(words, "learning", port.learning);
  PutBool(words, "flood", port.unicast_flood);
  PutBool(words, "proxy_arp", port.proxyarp);
  PutBool(words, "proxy_arp_wifi", port.proxyarp_wifi);
  PutBool(words, "mcast_flood", port.mcast_flood);
  PutBool(words, "bcast_flood", port.bcast_flood);
  PutBool(words, "mcast_to_unicast", port.mcast_to_ucast);
  PutBool(words, "neigh_suppress", port.neigh_suppress);
  PutBool(words, "vlan_tunnel", port.vlan_tunnel);
  PutBool(words, "isolated", port.isolated);
  PutBool(words, "locked", port.locked);
  Put(words, "priority", port.priority);
  Put(words, "cost", port.cost);
  Put(words, "designated_port", port.designated_port);
  Put(words, "designated_cost", port.designated_cost);
  Put(words, "topology_change_ack", port.topology_change_ack);
  Put(words, "config_pending", port.config_pending);
  Put(words, "multicast_router", port.multicast_router);
  return words;
}

json InWordsOfIp(const LinkinfoAttrs& info) {
  json words;
  Put(words, "info_kind", info.kind);
  Put(words, "info_slave_kind", info.slave_kind);
  const auto* bridge = info.data ? info.data->get_if<LinkinfoBridgeAttrs>() : nullptr;
  if (bridge != nullptr) words["info_data"] = InWordsOfIp(*bridge);
  const auto* port = info.slave_data ? info.slave_data->get_if<LinkinfoBrportAttrs>() : nullptr;
  if (port != nullptr) words["info_slave_data"] = InWordsOfIp(*port);
  return words;
}

json InWordsOfIp(const RtnlLinkStats64& stats) {
  return {{"rx",
           {{"bytes", stats.rx_bytes},
            {"packets", stats.rx_packets},
            {"errors", stats.rx_errors},
            {"dropped", stats.rx_dropped},
            {"over_errors", stats.rx_over_errors},
            {"multicast", stats.multicast}}},
          {"tx",
           {{"bytes", stats.tx_bytes},
            {"packets", stats.tx_packets},
            {"errors", stats.tx_errors},
            {"dropped", stats.tx_dropped},
            {"carrier_errors", stats.tx_carrier_errors},
            {"collisions", stats.collisions}}}};
}

std::set<std::string> FlagsInWordsOfIp(IfinfoFlags flags) {
  std::set<std::string> words = live::FlagWords(kFlags, flags);
  if (genl::Has(flags, IfinfoFlags::kUp) && !genl::Has(flags, IfinfoFlags::kRunning)) {
    words.insert("NO-CARRIER");
  }
  return words;
}

json InWordsOfIp(const GetlinkReply& link) {
  json words = {{"ifindex", link.header.ifi_index},
                {"link_type", WordOr(kTypes, link.header.ifi_type)},
                {"flags", FlagsInWordsOfIp(link.header.ifi_flags)},
                {"address", live::AddressText(link.address.value())},
                {"broadcast", live::AddressText(link.broadcast.value())},
                {"operstate", WordOr(kStates, link.operstate.value())},
                {"linkmode", WordOr(kModes, link.linkmode.value())},
                {"group", WordOr(kGroups, link.group.value())},
                {"stats64", InWordsOfIp(link.stats64.value())}};
  Put(words, "ifname", link.ifname);
  Put(words, "ifalias", link.ifalias);
  Put(words, "mtu", link.mtu);
  Put(words, "min_mtu", link.min_mtu);
  Put(words, "max_mtu", link.max_mtu);
  Put(words, "qdisc", link.qdisc);
  Put(words, "txqlen", link.txqlen);
  Put(words, "promiscuity", link.promiscuity);
  Put(words, "allmulti", link.allmulti);
  Put(words, "num_tx_queues", link.num_tx_queues);
  Put(words, "num_rx_queues", link.num_rx_queues);
  Put(words, "gso_max_size", link.gso_max_size);
  Put(words, "gso_max_segs", link.gso_max_segs);
  Put(words, "tso_max_size", link.tso_max_size);
  Put(words, "tso_max_segs", link.tso_max_segs);
  Put(words, "gro_max_size", link.gro_max_size);
  if (link.link) words["link"] = live::DeviceName(*link.link);
  if (link.master) words["master"] = live::DeviceName(*link.master);
  if (link.linkinfo) words["linkinfo"] = InWordsOfIp(*link.linkinfo);
  if (link.prop_list) words["altnames"] = link.prop_list->alt_ifname;
  const Ifla6Attrs inet6 = link.af_spec.value().inet6.value();
  words["inet6_addr_gen_mode"] = WordOr(kGenerationModes, inet6.addr_gen_mode.value());
  return words;
}

// What ip says, without what changes from one look to the next.
json IpSays(const std::string& arguments) {
  json links = json::array();
  for (json link : live::ShellJson("ip -json -details -statistics link " + arguments)) {
    std::set<std::string> flags = link["flags"];
    flags.erase("M-DOWN");  // ip looks at the device below
    link["flags"] = flags;
    for (const char* data : {"info_data", "info_slave_data"}) {
      if (!link.contains("linkinfo") || !link["linkinfo"].contains(data)) continue;
      json& object = link["linkinfo"][data];
      object =
          live::Without(object, {"hello_timer", "tcn_timer", "topology_change_timer", "gc_timer",
                                 "hold_timer", "message_age_timer", "forward_delay_timer"});
    }
    links.push_back(std::move(link));
  }
  return links;
}

// The data of a link of kind veth, which the spec does not describe: the peer, as another link.
std::vector<uint8_t> PeerNamed(const std::string& name) {
  constexpr uint8_t kPeer = 1;        // VETH_INFO_PEER
  constexpr uint8_t kDeviceName = 3;  // IFLA_IFNAME
  constexpr size_t kHeader = 4, kLinkHeader = 16;
  const uint8_t inner = static_cast<uint8_t>(kHeader + name.size() + 1);
  std::vector<uint8_t> bytes(kHeader + kLinkHeader + kHeader);
  bytes[0] = static_cast<uint8_t>(kHeader + kLinkHeader + inner);
  bytes[2] = kPeer;
  bytes[kHeader + kLinkHeader] = inner;
  bytes[kHeader + kLinkHeader + 2] = kDeviceName;
  bytes.insert(bytes.end(), name.begin(), name.end());
  bytes.resize((bytes.size() + 1 + 3) / 4 * 4);
  return bytes;
}

class RtLinkTest : public live::ClientTest<Client> {
 protected:
  RtLinkTest() : ClientTest({"ip"}) {}

  json Links() {
    json links = json::array();
    for (const GetlinkReply& link : live::All(client_->GetlinkDump())) {
      links.push_back(InWordsOfIp(link));
    }
    return links;
  }
};

TEST_F(RtLinkTest, GoodLinksThatIpAdded) {
  live::Shell("ip link add v0 txqueuelen 77 mtu 1400 numtxqueues 3 type veth peer name v1");
  live::Shell("ip link set v1 alias 'to the peer' address 02:00:00:00:00:01");
  live::Shell("ip link property add dev v1 altname first-name altname second-name");
  live::Shell("ip link add br0 type bridge stp_state 1 priority 4096 mcast_snooping 0");
  live::Shell("ip link set v0 master br0 && ip link set v0 type bridge_slave cost 55 isolated on");
  live::Shell("ip link set br0 up");
  const json links = Links();
  EXPECT_THAT(links, SizeIs(4));
  EXPECT_EQ(live::Lines(links), live::Lines(IpSays("")));
}

TEST_F(RtLinkTest, GoodPairThatIsMadeAndDeleted) {
  const absl::Status made = client_->Newlink(
      {.ifname = "v0",
       .linkinfo = LinkinfoAttrs{.kind = "veth", .data = LinkinfoDataMsg(PeerNamed("v1"))},
       .num_tx_queues = 2,
       .num_rx_queues = 3,
       .address = std::vector<uint8_t>{2, 0, 0, 0, 0, 1},
       .mtu = 1300},
      kNew);
  ASSERT_TRUE(made.ok()) << made;
  const json v0 = live::ShellJsonObject("ip -json -details link show v0");
  EXPECT_EQ(v0["link"], "v1");
  EXPECT_EQ(v0["linkinfo"]["info_kind"], "veth");
  EXPECT_EQ(v0["address"], "02:00:00:00:00:01");
  EXPECT_EQ(v0["mtu"], 1300);
  EXPECT_EQ(v0["num_tx_queues"], 2);
  EXPECT_EQ(v0["num_rx_queues"], 3);

  const absl::Status deleted = client_->Dellink({.ifname = "v1"});
  EXPECT_TRUE(deleted.ok()) << deleted;
  EXPECT_THAT(live::ShellJson("ip -json link"), SizeIs(1));
}

TEST_F(RtLinkTest, GoodBridgeWithItsOptionsAndAPort) {
  const absl::Status made =
      client_->Newlink({.ifname = "br0",
                        .linkinfo = LinkinfoAttrs{.kind = "bridge",
                                                  .data = LinkinfoBridgeAttrs{.forward_delay = 400,
                                                                              .ageing_time = 20000,
                                                                              .priority = 8192}}},
                       kNew);
  ASSERT_TRUE(made.ok()) << made;
  const json data =
      live::ShellJsonObject("ip -json -details link show br0")["linkinfo"]["info_data"];
  EXPECT_EQ(data["forward_delay"], 400);
  EXPECT_EQ(data["ageing_time"], 20000);
  EXPECT_EQ(data["priority"], 8192);

  live::Shell("ip link add v0 type veth peer name v1 && ip link set v0 master br0");
  const absl::Status set = client_->Newlink(
      {.header = {.ifi_index = static_cast<int32_t>(live::IndexOf("v0"))},
       .linkinfo = LinkinfoAttrs{.slave_kind = "bridge",
                                 .slave_data = LinkinfoBrportAttrs{.cost = 66, .learning = 0}}});
  EXPECT_TRUE(set.ok()) << set;
  const absl::StatusOr<GetlinkReply> port = client_->Getlink({.ifname = "v0"});
  ASSERT_TRUE(port.ok()) << port.status();
  const auto* slave = port->linkinfo.value().slave_data.value().get_if<LinkinfoBrportAttrs>();
  ASSERT_NE(slave, nullptr);
  EXPECT_EQ(slave->cost, 66);
  EXPECT_EQ(live::Lines(json::array({InWordsOfIp(*port)})), live::Lines(IpSays("show v0")));
}

TEST_F(RtLinkTest, GoodLinkThatIsChanged) {
  live::Shell("ip link add v0 type veth peer name v1");
  const absl::Status status =
      client_->Setlink({.header = {.ifi_index = static_cast<int32_t>(live::IndexOf("v0")),
                                   .ifi_flags = IfinfoFlags::kUp,
                                   .ifi_change = static_cast<uint32_t>(IfinfoFlags::kUp)},
                        .ifname = "renamed",
                        .mtu = 1234});
  ASSERT_TRUE(status.ok()) << status;
  const json link = live::ShellJsonObject("ip -json link show renamed");
  EXPECT_THAT(link["flags"], testing::Contains(json("UP")));
  EXPECT_EQ(link["mtu"], 1234);
}

TEST_F(RtLinkTest, GoodDumpOfTheLinksOfOneKind) {
  live::Shell("ip link add br0 type bridge && ip link add v0 type veth peer name v1");
  const std::vector<GetlinkReply> links =
      live::All(client_->GetlinkDump({.linkinfo = LinkinfoAttrs{.kind = "bridge"}}));
  ASSERT_THAT(links, SizeIs(1));
  EXPECT_EQ(links[0].ifname, "br0");
}

TEST_F(RtLinkTest, BadLinkTwice) {
  live::Shell("ip link add br0 type bridge");
  const absl::Status status =
      client_->Newlink({.ifname = "br0", .linkinfo = LinkinfoAttrs{.kind = "bridge"}}, kNew);
  EXPECT_TRUE(absl::IsAlreadyExists(status)) << status;
}

TEST_F(RtLinkTest, BadKindThatIsNotThere) {
  const absl::Status status =
      client_->Newlink({.ifname = "x", .linkinfo = LinkinfoAttrs{.kind = "no-such"}}, kNew);
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error) << status;
  EXPECT_EQ(error->error, EOPNOTSUPP);
  EXPECT_EQ(error->message, "Unknown device type");
}

TEST_F(RtLinkTest, BadMtuBeyondTheDevicesLimit) {
  live::Shell("ip link add v0 type veth peer name v1");
  const absl::Status status = client_->Setlink(
      {.header = {.ifi_index = static_cast<int32_t>(live::IndexOf("v0"))}, .mtu = 20});
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error) << status;
  EXPECT_EQ(error->error, EINVAL);
  EXPECT_EQ(error->message, "mtu less than device minimum");
}

}  // namespace
}  // namespace rt_link
