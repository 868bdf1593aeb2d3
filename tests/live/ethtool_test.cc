// ethtool against ethtool(8), on a pair of veth devices.
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "genl/kernel_error.h"
#include "gmock/gmock.h"
#include "tests/families/ethtool.genl.h"
#include "tests/live/machine.h"

namespace ethtool {
namespace {

using nlohmann::json;

constexpr absl::Duration kPatience = absl::Seconds(10);

// The lines `Speed: 10000Mb/s` of what ethtool says, by their words before the colon. Where two
// sections have the same words, the later one has " now" added.
std::map<std::string, std::string> EthtoolSays(const std::string& arguments) {
  std::map<std::string, std::string> says;
  for (const std::string& line : live::ShellLines("ethtool " + arguments)) {
    const std::pair<std::string, std::string> words = absl::StrSplit(line, absl::MaxSplits(':', 1));
    std::string key(absl::StripAsciiWhitespace(words.first));
    if (says.count(key)) key += " now";
    says[key] = std::string(absl::StripAsciiWhitespace(words.second));
  }
  return says;
}

// The bits of a set by their names.
std::map<std::string, bool> ByName(const std::optional<Bitset>& set) {
  std::map<std::string, bool> bits;
  if (!set || !set->bits) return bits;
  // In a set without a mask the bits listed are those that are set.
  for (const BitsetBit& bit : set->bits->bit) {
    if (!bit.name.value().empty()) bits[*bit.name] = bit.value || set->nomask;
  }
  return bits;
}

class EthtoolTest : public live::ClientTest<Client> {
 protected:
  EthtoolTest() : ClientTest({"ip", "ethtool"}) {}

  void SetUp() override {
    ClientTest::SetUp();
    if (!client_) return;
    live::Shell(
        "ip link add v0 numtxqueues 4 numrxqueues 3 type veth peer name v1 numtxqueues 3 "
        "numrxqueues 4");
    live::Shell("ip link set v0 up && ip link set v1 up");
  }

  const Header v0_ = {.dev_name = "v0"};
};

// ethtool's words for the numbers of linux/ethtool.h.
const std::map<int, std::string> kPorts = {{0, "Twisted Pair"}, {3, "FIBRE"}, {255, "Other"}};
const std::map<int, std::string> kDuplexes = {{0, "Half"}, {1, "Full"}, {255, "Unknown! (255)"}};
const std::map<int, std::string> kTransceivers = {{0, "internal"}, {1, "external"}};
const std::map<int, std::string> kMdix = {{0, "Unknown"}, {1, "off"}, {2, "on"}};

TEST_F(EthtoolTest, GoodLink) {
  const auto info = client_->LinkinfoGet({.header = v0_});
  const auto modes = client_->LinkmodesGet({.header = v0_});
  const auto state = client_->LinkstateGet({.header = v0_});
  ASSERT_TRUE(info.ok() && modes.ok() && state.ok());
  auto says = EthtoolSays("v0");
  EXPECT_EQ(kPorts.at(info->port.value()), says["Port"]);
  EXPECT_EQ(absl::StrCat(info->phyaddr.value()), says["PHYAD"]);
  EXPECT_EQ(kTransceivers.at(info->transceiver.value()), says["Transceiver"]);
  EXPECT_EQ(kMdix.at(info->tp_mdix.value()), says["MDI-X"]);
  EXPECT_EQ(absl::StrCat(modes->speed.value(), "Mb/s"), says["Speed"]);
  EXPECT_EQ(kDuplexes.at(modes->duplex.value()), says["Duplex"]);
  EXPECT_EQ(modes->autoneg.value() ? "on" : "off", says["Auto-negotiation"]);
  EXPECT_EQ(state->link.value() ? "yes" : "no", says["Link detected"]);
  EXPECT_EQ(says["Link detected"], "yes");
  EXPECT_EQ(*info->header, (Header{.dev_index = live::IndexOf("v0"), .dev_name = "v0"}));
}

TEST_F(EthtoolTest, BadLinkThatCannotBeSet) {
  const absl::Status status =
      client_->LinkmodesSet({.header = v0_, .autoneg = 0, .speed = 2500, .duplex = 0});
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error) << status;
  EXPECT_EQ(error->error, EOPNOTSUPP);
}

TEST_F(EthtoolTest, GoodLinkGoesDown) {
  live::Shell("ip link set v1 down");
  const auto state = client_->LinkstateGet({.header = v0_});
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_EQ(state->link, 0);
  EXPECT_EQ(EthtoolSays("v0")["Link detected"], "no");
}

TEST_F(EthtoolTest, GoodEveryFeature) {
  const auto reply = client_->FeaturesGet({.header = v0_});
  ASSERT_TRUE(reply.ok()) << reply.status();
  const json says = live::ShellJsonObject("ethtool --json -k v0");
  const auto hw = ByName(reply->hw), wanted = ByName(reply->wanted), active = ByName(reply->active),
             nochange = ByName(reply->nochange);
  int compared = 0;
  for (const auto& [name, changeable] : hw) {
    // ethtool has words of its own for some, from the time when features had no names.
    if (!says.contains(name)) continue;
    SCOPED_TRACE(name);
    const auto is = [&name = name](const auto& bits) { return bits.count(name) && bits.at(name); };
    EXPECT_EQ(says[name], (json{{"active", is(active)},
                                {"requested", is(wanted)},
                                {"fixed", !changeable || is(nochange)}}));
    ++compared;
  }
  EXPECT_GE(compared, 40);
}

TEST_F(EthtoolTest, GoodFeatureThatIsSet) {
  const auto reply = client_->FeaturesSet(
      {.header = v0_,
       .wanted = Bitset{.bits = BitsetBits{.bit = {{.name = "rx-gro", .value = true},
                                                   {.name = "tx-udp-segmentation"}}}}});
  ASSERT_TRUE(reply.ok()) << reply.status();
  const json says = live::ShellJsonObject("ethtool --json -k v0");
  EXPECT_TRUE(says["generic-receive-offload"]["active"].get<bool>());
  EXPECT_FALSE(says["tx-udp-segmentation"]["active"].get<bool>());
}

TEST_F(EthtoolTest, GoodStringsOfStatistics) {
  constexpr uint32_t kStatistics = 1;  // ETH_SS_STATS
  const auto reply = client_->StrsetGet(
      {.header = v0_, .stringsets = Stringsets{.stringset = {{.id = kStatistics}}}});
  ASSERT_TRUE(reply.ok()) << reply.status();
  ASSERT_EQ(reply->stringsets.value().stringset.size(), 1);
  const StringsetSet& set = reply->stringsets->stringset[0];
  std::vector<std::string> names, expected;
  for (const Strings& strings : set.strings) {
    for (const String& string : strings.string) {
      EXPECT_EQ(string.index, names.size());
      names.push_back(string.value.value());
    }
  }
  for (const std::string& line : live::ShellLines("ethtool -S v0 | tail -n +2")) {
    const std::vector<std::string> words = absl::StrSplit(line, ':');
    expected.emplace_back(absl::StripAsciiWhitespace(words[0]));
  }
  EXPECT_EQ(set.count, names.size());
  EXPECT_EQ(names, expected);
  EXPECT_THAT(names, testing::Contains("peer_ifindex"));
}

TEST_F(EthtoolTest, GoodChannels) {
  const auto reply = client_->ChannelsGet({.header = v0_});
  ASSERT_TRUE(reply.ok()) << reply.status();
  auto says = EthtoolSays("-l v0");
  EXPECT_EQ(absl::StrCat(reply->rx_max.value()), says["RX"]);
  EXPECT_EQ(absl::StrCat(reply->tx_max.value()), says["TX"]);
  EXPECT_EQ(absl::StrCat(reply->rx_count.value()), says["RX now"]);
  EXPECT_EQ(absl::StrCat(reply->tx_count.value()), says["TX now"]);
  EXPECT_EQ(says["Combined"], "n/a");
  EXPECT_FALSE(reply->combined_max.has_value());
}

TEST_F(EthtoolTest, GoodChannelsThatAreSet) {
  absl::StatusOr<Events> events = client_->Subscribe({Group::kMonitor});
  ASSERT_TRUE(events.ok()) << events.status();
  const absl::Status status = client_->ChannelsSet({.header = v0_, .rx_count = 2, .tx_count = 1});
  ASSERT_TRUE(status.ok()) << status;
  auto says = EthtoolSays("-l v0");
  EXPECT_EQ(says["RX now"], "2");
  EXPECT_EQ(says["TX now"], "1");

  const absl::StatusOr<Event> event = events->Next(kPatience);
  ASSERT_TRUE(event.ok()) << event.status();
  const ChannelsNtf* changed = std::get_if<ChannelsNtf>(&*event);
  ASSERT_NE(changed, nullptr);
  EXPECT_EQ(changed->header.value().dev_name, "v0");
  EXPECT_EQ(changed->rx_count, 2);
  EXPECT_EQ(changed->tx_count, 1);
}

TEST_F(EthtoolTest, BadMoreChannelsThanThereAre) {
  const absl::Status status = client_->ChannelsSet({.header = v0_, .rx_count = 5});
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error) << status;
  EXPECT_EQ(error->error, EINVAL);
  EXPECT_EQ(error->attribute, "rx-count");
  EXPECT_EQ(error->message, "requested channel count exceeds maximum");
}

TEST_F(EthtoolTest, BadDeviceThatIsNotThere) {
  const auto reply = client_->LinkinfoGet({.header = Header{.dev_name = "v4711"}});
  const std::optional<genl::KernelError> error = genl::GetKernelError(reply.status());
  ASSERT_TRUE(error) << reply.status();
  EXPECT_EQ(error->error, ENODEV);
  EXPECT_EQ(error->attribute, "header.dev-name");
}

TEST_F(EthtoolTest, GoodTimeStamping) {
  const auto reply = client_->TsinfoGet({.header = v0_});
  ASSERT_TRUE(reply.ok()) << reply.status();
  std::vector<std::string> capabilities, expected;
  for (const auto& [name, set] : ByName(reply->timestamping)) {
    if (set) capabilities.push_back(name);
  }
  for (const std::string& line :
       live::ShellLines("ethtool -T v0 | grep ^[[:blank:]] | LC_ALL=C sort")) {
    expected.emplace_back(absl::StripAsciiWhitespace(line));
  }
  EXPECT_EQ(capabilities, expected);
  EXPECT_FALSE(expected.empty());
}

TEST_F(EthtoolTest, GoodEachDeviceIsDumped) {
  std::vector<std::string> names, expected;
  // Older kernels want a header, even if it names nothing.
  for (const FeaturesGetReply& reply : live::All(client_->FeaturesGetDump({.header = Header{}}))) {
    names.push_back(reply.header.value().dev_name.value());
  }
  for (const json& link : live::ShellJson("ip -json link")) expected.push_back(link["ifname"]);
  EXPECT_EQ(names, expected);
  EXPECT_EQ(names.size(), 3);
}

}  // namespace
}  // namespace ethtool
