// rt-neigh against `ip neighbour` and `ip ntable`: each reads what the other has set.
#include <sys/socket.h>

#include <algorithm>

#include "absl/time/time.h"
#include "genl/kernel_error.h"
#include "gmock/gmock.h"
#include "tests/families/rt-neigh.genl.h"
#include "tests/live/machine.h"
#include "tests/live/text.h"

namespace rt_neigh {
namespace {

using genl::RequestFlags;
using live::Put;
using nlohmann::json;

constexpr absl::Duration kPatience = absl::Seconds(10);
constexpr uint8_t kStatic = 4;  // RTPROT_STATIC
const std::vector<uint8_t> kLinkAddress = {2, 0, 0, 0, 0, 7};

const std::map<NudState, std::string> kStates = {
    {NudState::kIncomplete, "INCOMPLETE"}, {NudState::kReachable, "REACHABLE"},
    {NudState::kStale, "STALE"},           {NudState::kDelay, "DELAY"},
    {NudState::kProbe, "PROBE"},           {NudState::kFailed, "FAILED"},
    {NudState::kNoarp, "NOARP"},           {NudState::kPermanent, "PERMANENT"}};

json InWordsOfIp(const GetneighReply& neighbour) {
  json words = {{"dst", live::AddressText(neighbour.dst.value())},
                {"dev", live::DeviceName(neighbour.header.ndm_ifindex)},
                {"state", live::FlagWords(kStates, neighbour.header.ndm_state)}};
  if (neighbour.lladdr) words["lladdr"] = live::AddressText(*neighbour.lladdr);
  if (genl::Has(neighbour.header.ndm_flags, NtfFlags::kRouter)) words["router"] = nullptr;
  if (neighbour.protocol == kStatic) words["protocol"] = "static";
  return words;
}

class RtNeighTest : public live::ClientTest<Client> {
 protected:
  RtNeighTest() : ClientTest({"ip"}) {}

  void SetUp() override {
    ClientTest::SetUp();
    if (client_) live::Shell("ip link add v0 type veth peer name v1 && ip link set v0 up");
  }

  json Neighbours() {
    json neighbours = json::array();
    for (const GetneighReply& neighbour : live::All(client_->GetneighDump())) {
      neighbours.push_back(InWordsOfIp(neighbour));
    }
    return neighbours;
  }

  NewneighRequest Seven() const {
    return {.header = {.ndm_family = AF_INET,
                       .ndm_ifindex = static_cast<int32_t>(live::IndexOf("v0")),
                       .ndm_state = NudState::kPermanent},
            .dst = live::AddressBytes("192.0.2.7"),
            .lladdr = kLinkAddress,
            .protocol = kStatic};
  }
};

TEST_F(RtNeighTest, GoodNeighboursThatIpAdded) {
  live::Shell("ip neigh add 192.0.2.50 lladdr 02:00:00:00:00:01 dev v0 nud permanent");
  live::Shell("ip neigh add 192.0.2.51 lladdr 02:00:00:00:00:02 dev v0 nud reachable proto static");
  live::Shell("ip neigh add 2001:db8::50 lladdr 02:00:00:00:00:03 dev v0 router nud stale");
  const json neighbours = Neighbours();
  EXPECT_GE(neighbours.size(), 3);
  EXPECT_EQ(neighbours, live::ShellJson("ip -json -details neigh show nud all"));
}

TEST_F(RtNeighTest, GoodIpSeesTheAddedNeighbour) {
  const absl::Status status = client_->Newneigh(Seven(), RequestFlags::kCreate);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(live::ShellJson("ip -json -details -4 neigh show nud permanent"),
            (json{{{"dst", "192.0.2.7"},
                   {"dev", "v0"},
                   {"lladdr", "02:00:00:00:00:07"},
                   {"protocol", "static"},
                   {"state", {"PERMANENT"}}}}));
  const absl::StatusOr<GetneighReply> neighbour = client_->Getneigh(
      {.header = {.ndm_family = AF_INET, .ndm_ifindex = Seven().header.ndm_ifindex},
       .dst = Seven().dst});
  ASSERT_TRUE(neighbour.ok()) << neighbour.status();
  EXPECT_EQ(neighbour->lladdr, kLinkAddress);
  EXPECT_EQ(neighbour->header.ndm_state, NudState::kPermanent);
}

TEST_F(RtNeighTest, GoodNotificationsTellOfNeighbours) {
  absl::StatusOr<Events> events = client_->Subscribe({Group::kRtnlgrpNeigh});
  ASSERT_TRUE(events.ok()) << events.status();
  ASSERT_TRUE(client_->Newneigh(Seven(), RequestFlags::kCreate).ok());
  const absl::StatusOr<Event> added = events->Next(kPatience);
  ASSERT_TRUE(added.ok()) << added.status();
  ASSERT_TRUE(std::holds_alternative<NewneighNtf>(*added));
  EXPECT_EQ(std::get<NewneighNtf>(*added).dst, Seven().dst);

  const absl::Status status = client_->Delneigh({.header = Seven().header, .dst = Seven().dst});
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_THAT(live::ShellJson("ip -json -4 neigh show nud all"), testing::SizeIs(0));
  // Before it goes, the entry is said to have failed.
  for (bool gone = false; !gone;) {
    const absl::StatusOr<Event> event = events->Next(kPatience);
    ASSERT_TRUE(event.ok()) << event.status();
    gone = std::holds_alternative<DelneighNtf>(*event);
  }
}

TEST_F(RtNeighTest, BadNeighbourTwice) {
  EXPECT_TRUE(client_->Newneigh(Seven(), RequestFlags::kCreate).ok());
  const absl::Status again =
      client_->Newneigh(Seven(), RequestFlags::kCreate | RequestFlags::kExclusive);
  EXPECT_TRUE(absl::IsAlreadyExists(again)) << again;
}

// A parameter without a device is that of the whole table.
json InWordsOfIp(const GetneightblReply& table) {
  const NdtpaAttrs& parms = table.parms.value();
  json words = {{"name", table.name.value()}, {"family", live::FamilyName(table.header.family)}};
  if (parms.ifindex) words["dev"] = live::DeviceName(*parms.ifindex);
  Put(words, "thresh1", table.thresh1);
  Put(words, "thresh2", table.thresh2);
  Put(words, "thresh3", table.thresh3);
  Put(words, "gc_interval", table.gc_interval);
  Put(words, "refcnt", parms.refcnt);
  Put(words, "reachable", parms.reachable_time);
  Put(words, "base_reachable", parms.base_reachable_time);
  Put(words, "retrans", parms.retrans_time);
  Put(words, "gc_stale", parms.gc_staletime);
  Put(words, "delay_probe", parms.delay_probe_time);
  Put(words, "queue", parms.queue_len);
  Put(words, "app_probes", parms.app_probes);
  Put(words, "ucast_probes", parms.ucast_probes);
  Put(words, "mcast_probes", parms.mcast_probes);
  Put(words, "anycast_delay", parms.anycast_delay);
  Put(words, "proxy_delay", parms.proxy_delay);
  Put(words, "proxy_queue", parms.proxy_qlen);
  Put(words, "locktime", parms.locktime);
  return words;
}

TEST_F(RtNeighTest, GoodTablesAndTheirParameters) {
  json tables = json::array(), expected = json::array();
  for (const GetneightblReply& table : live::All(client_->GetneightblDump())) {
    tables.push_back(InWordsOfIp(table));
  }
  for (const json& table : live::ShellJson("ip -json -details ntable show")) {
    expected.push_back(table);
  }
  EXPECT_GE(tables.size(), 8);
  EXPECT_EQ(live::Lines(tables), live::Lines(expected));
}

TEST_F(RtNeighTest, GoodParameterThatIsSet) {
  const absl::Status status = client_->Setneightbl(
      {.header = {.family = AF_INET},
       .name = "arp_cache",
       .parms = NdtpaAttrs{.ifindex = live::IndexOf("v0"), .base_reachable_time = 45000}},
      RequestFlags::kReplace);
  ASSERT_TRUE(status.ok()) << status;
  const json tables = live::ShellJson("ip -json ntable show dev v0 name arp_cache");
  EXPECT_EQ(tables[0]["base_reachable"], 45000);
}

}  // namespace
}  // namespace rt_neigh
