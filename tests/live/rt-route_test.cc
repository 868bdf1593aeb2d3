// rt-route against `ip route`: each reads what the other has set.
#include <sys/socket.h>

#include "absl/strings/str_cat.h"
#include "genl/kernel_error.h"
#include "gmock/gmock.h"
#include "tests/families/rt-route.genl.h"
#include "tests/live/machine.h"
#include "tests/live/text.h"

namespace rt_route {
namespace {

using genl::RequestFlags;
using live::Put;
using live::WordOr;
using nlohmann::json;

// ip's words for the numbers of linux/rtnetlink.h.
const std::map<uint32_t, std::string> kTables = {{253, "default"}, {254, "main"}, {255, "local"}};
const std::map<uint32_t, std::string> kProtocols = {{2, "kernel"}, {3, "boot"}, {4, "static"}};
const std::map<uint32_t, std::string> kScopes = {{0, "global"}, {253, "link"}, {254, "host"}};
const std::map<uint32_t, std::string> kPreferences = {{0, "medium"}, {1, "high"}, {3, "low"}};
constexpr uint8_t kBoot = 3;
constexpr uint8_t kMain = 254;

std::string Destination(const GetrouteReply& route) {
  const uint8_t length = route.header.rtm_dst_len;
  if (!route.dst) return "default";
  const std::string address = live::AddressText(*route.dst);
  return length == 8 * route.dst->size() ? address : absl::StrCat(address, "/", length);
}

json MetricsInWordsOfIp(const Metrics& metrics) {
  json words;
  Put(words, "mtu", metrics.mtu);
  Put(words, "advmss", metrics.advmss);
  Put(words, "window", metrics.window);
  Put(words, "initcwnd", metrics.initcwnd);
  Put(words, "congestion", metrics.cc_algo);
  return json::array({words});
}

json InWordsOfIp(const GetrouteReply& route) {
  const Rtmsg& header = route.header;
  json words = {{"type", std::string(Name(header.rtm_type))},
                {"dst", Destination(route)},
                {"protocol", WordOr(kProtocols, header.rtm_protocol)},
                {"scope", WordOr(kScopes, header.rtm_scope)},
                {"table", WordOr(kTables, route.table.value())},
                {"flags", json::array()}};
  if (route.oif) words["dev"] = live::DeviceName(*route.oif);
  if (route.gateway) words["gateway"] = live::AddressText(*route.gateway);
  if (route.prefsrc) words["prefsrc"] = live::AddressText(*route.prefsrc);
  Put(words, "metric", route.priority);
  if (route.metrics) words["metrics"] = MetricsInWordsOfIp(*route.metrics);
  if (route.pref) words["pref"] = WordOr(kPreferences, *route.pref);
  return words;
}

class RtRouteTest : public live::ClientTest<Client> {
 protected:
  RtRouteTest() : ClientTest({"ip"}) {}

  void SetUp() override {
    ClientTest::SetUp();
    if (!client_) return;
    live::Shell("ip link add v0 type veth peer name v1");
    live::Shell("ip link set v0 up && ip link set v1 up");
    live::Shell("ip address add 192.0.2.1/24 dev v0");
    live::Shell("ip address add 2001:db8::1/64 dev v0 nodad");
  }

  json Routes(uint8_t family) {
    json routes = json::array();
    for (const GetrouteReply& route :
         live::All(client_->GetrouteDump({.header = {.rtm_family = family}}))) {
      routes.push_back(InWordsOfIp(route));
    }
    return routes;
  }

  NewrouteRequest ToDocumentation() const {
    return {.header = {.rtm_family = AF_INET,
                       .rtm_dst_len = 24,
                       .rtm_table = kMain,
                       .rtm_protocol = kBoot,
                       .rtm_type = RtmType::kUnicast},
            .dst = live::AddressBytes("203.0.113.0"),
            .oif = live::IndexOf("v0"),
            .gateway = live::AddressBytes("192.0.2.9"),
            .priority = 5,
            .metrics = Metrics{.mtu = 1400, .cc_algo = "reno"}};
  }
};

TEST_F(RtRouteTest, GoodRoutesThatIpAdded) {
  live::Shell("ip route add default via 192.0.2.8 dev v0");
  live::Shell("ip route add 203.0.113.0/24 via 192.0.2.9 metric 5 mtu 1400 advmss 1300");
  live::Shell("ip route add blackhole 198.18.0.0/15");
  live::Shell("ip route add 10.9.0.0/16 dev v0 src 192.0.2.1 proto static table 1000");
  live::Shell("ip route add 2001:db8:1::/48 via 2001:db8::9 dev v0 pref high");
  for (const auto& [family, option, least] :
       {std::tuple(AF_INET, "-4", 9u), std::tuple(AF_INET6, "-6", 5u)}) {
    const json routes = Routes(family);
    EXPECT_GE(routes.size(), least);
    EXPECT_EQ(routes,
              live::ShellJson(absl::StrCat("ip -json -details ", option, " route show table all")));
  }
}

TEST_F(RtRouteTest, GoodIpSeesTheAddedRoute) {
  const absl::Status status =
      client_->Newroute(ToDocumentation(), RequestFlags::kCreate | RequestFlags::kExclusive);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(live::ShellJsonObject("ip -json -details route show 203.0.113.0/24"),
            (json{{"type", "unicast"},
                  {"dst", "203.0.113.0/24"},
                  {"gateway", "192.0.2.9"},
                  {"dev", "v0"},
                  {"protocol", "boot"},
                  {"scope", "global"},
                  {"metric", 5},
                  {"flags", json::array()},
                  {"metrics", {{{"mtu", 1400}, {"congestion", "reno"}}}}}));
}

TEST_F(RtRouteTest, GoodRouteThatIsReplacedAndDeleted) {
  NewrouteRequest request = ToDocumentation();
  EXPECT_TRUE(client_->Newroute(request, RequestFlags::kCreate).ok());
  request.gateway = live::AddressBytes("192.0.2.10");
  EXPECT_TRUE(client_->Newroute(request, RequestFlags::kReplace).ok());
  const char show[] = "ip -json route show 203.0.113.0/24";
  EXPECT_EQ(live::ShellJsonObject(show)["gateway"], "192.0.2.10");
  const absl::Status deleted =
      client_->Delroute({.header = request.header, .dst = request.dst, .priority = 5});
  EXPECT_TRUE(deleted.ok()) << deleted;
  EXPECT_THAT(live::ShellJson(show), testing::SizeIs(0));
}

TEST_F(RtRouteTest, BadRouteTwice) {
  EXPECT_TRUE(client_->Newroute(ToDocumentation(), RequestFlags::kCreate).ok());
  const absl::Status again =
      client_->Newroute(ToDocumentation(), RequestFlags::kCreate | RequestFlags::kExclusive);
  EXPECT_TRUE(absl::IsAlreadyExists(again)) << again;
}

TEST_F(RtRouteTest, BadGatewayThatCannotBeReached) {
  NewrouteRequest request = ToDocumentation();
  request.gateway = live::AddressBytes("198.51.100.1");
  const absl::Status status = client_->Newroute(request, RequestFlags::kCreate);
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error) << status;
  EXPECT_EQ(error->error, ENETUNREACH);
  EXPECT_EQ(error->message, "Nexthop has invalid gateway");
}

TEST_F(RtRouteTest, GoodHopsOfARouteWithSeveral) {
  live::Shell("ip route add 203.0.114.0/24 nexthop via 192.0.2.9 nexthop via 192.0.2.10 weight 3");
  const absl::StatusOr<std::vector<GetrouteReply>> routes =
      client_->GetrouteDump({.header = {.rtm_family = AF_INET}}).Collect();
  ASSERT_TRUE(routes.ok()) << routes.status();
  for (const GetrouteReply& route : *routes) {
    if (!route.multipath) continue;
    // The spec has them as bytes: the same bytes are the same hops for another destination.
    NewrouteRequest request = ToDocumentation();
    request.gateway.reset();
    request.oif.reset();
    request.multipath = route.multipath;
    const absl::Status status = client_->Newroute(request, RequestFlags::kCreate);
    EXPECT_TRUE(status.ok()) << status;
  }
  const json first = live::ShellJsonObject("ip -json route show 203.0.114.0/24");
  const json second = live::ShellJsonObject("ip -json route show 203.0.113.0/24");
  EXPECT_EQ(first["nexthops"].size(), 2);
  EXPECT_EQ(first["nexthops"], second["nexthops"]);
}

TEST_F(RtRouteTest, GoodWayToAnAddress) {
  live::Shell("ip route add default via 192.0.2.8 dev v0");
  const absl::StatusOr<GetrouteReply> way =
      client_->Getroute({.header = {.rtm_family = AF_INET, .rtm_dst_len = 32},
                         .dst = live::AddressBytes("198.51.100.7")});
  ASSERT_TRUE(way.ok()) << way.status();
  const json expected = live::ShellJsonObject("ip -json route get 198.51.100.7");
  EXPECT_EQ(live::AddressText(way->gateway.value()), expected["gateway"]);
  EXPECT_EQ(live::DeviceName(way->oif.value()), expected["dev"]);
  EXPECT_EQ(live::AddressText(way->prefsrc.value()), expected["prefsrc"]);
  EXPECT_EQ(way->uid, expected["uid"]);
}

}  // namespace
}  // namespace rt_route
