// rt-addr against `ip address`: each reads what the other has set.
#include <sys/socket.h>

#include <algorithm>

#include "genl/kernel_error.h"
#include "gmock/gmock.h"
#include "tests/families/rt-addr.genl.h"
#include "tests/live/machine.h"
#include "tests/live/text.h"

namespace rt_addr {
namespace {

using live::Put;
using nlohmann::json;

const std::map<uint32_t, std::string> kScopes = {{0, "global"}, {253, "link"}, {254, "host"}};

json InWordsOfIp(const GetaddrReply& reply) {
  const Ifaddrmsg& header = reply.header;
  json address = {{"family", live::FamilyName(header.ifa_family)},
                  {"prefixlen", header.ifa_prefixlen},
                  {"scope", live::WordOr(kScopes, header.ifa_scope)}};
  // An address has a local end of its own where there is a peer, and always in IPv4.
  address["local"] = live::AddressText(reply.local ? *reply.local : reply.address.value());
  if (reply.local && reply.address != reply.local) {
    address["address"] = live::AddressText(reply.address.value());
  }
  Put(address, "label", reply.label);
  address["valid_life_time"] = reply.cacheinfo.value().ifa_valid;
  address["preferred_life_time"] = reply.cacheinfo->ifa_prefered;
  if (!genl::Has(header.ifa_flags, IfaFlags::kPermanent)) address["dynamic"] = true;
  if (genl::Has(header.ifa_flags, IfaFlags::kNodad)) address["nodad"] = true;
  if (genl::Has(header.ifa_flags, IfaFlags::kSecondary)) address["secondary"] = true;
  return address;
}

class RtAddrTest : public live::ClientTest<Client> {
 protected:
  RtAddrTest() : ClientTest({"ip"}) {}

  void SetUp() override {
    ClientTest::SetUp();
    if (client_) live::Shell("ip link add v0 type veth peer name v1 && ip link set v0 up");
  }

  // All addresses, sorted: ip goes by device, the kernel by family.
  json Addresses() {
    json addresses = json::array();
    for (const GetaddrReply& reply : live::All(client_->GetaddrDump())) {
      json address = InWordsOfIp(reply);
      address["dev"] = live::DeviceName(reply.header.ifa_index);
      addresses.push_back(std::move(address));
    }
    std::sort(addresses.begin(), addresses.end());
    return addresses;
  }

  void Add(const NewaddrRequest& request) {
    const absl::Status status =
        client_->Newaddr(request, genl::RequestFlags::kCreate | genl::RequestFlags::kExclusive);
    EXPECT_TRUE(status.ok()) << status;
  }
};

// The same from ip, without what the spec does not list among the attributes of a reply.
json IpAddresses() {
  json addresses = json::array();
  for (const json& link : live::ShellJson("ip -json -details address")) {
    for (const json& info : link["addr_info"]) {
      addresses.push_back(live::Without(info, {"broadcast", "metric", "noprefixroute"}));
      addresses.back()["dev"] = link["ifname"];
    }
  }
  std::sort(addresses.begin(), addresses.end());
  return addresses;
}

TEST_F(RtAddrTest, GoodAddressesThatIpAdded) {
  live::Shell("ip address add 192.0.2.1/24 broadcast + label v0:x dev v0");
  live::Shell("ip address add 192.0.2.2/24 dev v0");
  live::Shell("ip address add 192.0.2.3/32 peer 198.51.100.1 dev v0 scope link");
  live::Shell("ip address add 2001:db8::1/64 dev v0 nodad");
  live::Shell("ip address add 2001:db8::2 peer 2001:db8::3/128 dev v1 nodad");
  const json addresses = Addresses();
  EXPECT_GE(addresses.size(), 7);
  EXPECT_EQ(addresses, IpAddresses());
}

TEST_F(RtAddrTest, GoodIpSeesAddedAddresses) {
  const uint32_t v0 = live::IndexOf("v0");
  Add({.header = {.ifa_family = AF_INET, .ifa_prefixlen = 25, .ifa_index = v0},
       .address = live::AddressBytes("198.51.100.2"),
       .label = "v0:label",
       .local = live::AddressBytes("192.0.2.5")});
  Add({.header = {.ifa_family = AF_INET6,
                  .ifa_prefixlen = 64,
                  .ifa_flags = IfaFlags::kNodad,
                  .ifa_index = v0},
       .address = live::AddressBytes("2001:db8::5"),
       .cacheinfo = IfaCacheinfo{.ifa_prefered = 40000, .ifa_valid = 50000}});
  const json ipv4 = live::ShellJsonObject("ip -json -4 address show dev v0")["addr_info"];
  EXPECT_EQ(ipv4, json({{{"family", "inet"},
                         {"local", "192.0.2.5"},
                         {"address", "198.51.100.2"},
                         {"prefixlen", 25},
                         {"scope", "global"},
                         {"label", "v0:label"},
                         {"valid_life_time", UINT32_MAX},
                         {"preferred_life_time", UINT32_MAX}}}));
  const json ipv6 =
      live::ShellJsonObject("ip -json -6 address show dev v0 to 2001:db8::/32")["addr_info"][0];
  EXPECT_EQ(ipv6["local"], "2001:db8::5");
  EXPECT_EQ(ipv6["nodad"], true);
  EXPECT_NEAR(ipv6["valid_life_time"].get<int>(), 50000, 60);
  EXPECT_NEAR(ipv6["preferred_life_time"].get<int>(), 40000, 60);
}

TEST_F(RtAddrTest, GoodDeletedAddressIsGone) {
  live::Shell("ip address add 192.0.2.1/24 dev v0");
  const absl::Status status = client_->Deladdr(
      {.header = {.ifa_family = AF_INET, .ifa_prefixlen = 24, .ifa_index = live::IndexOf("v0")},
       .local = live::AddressBytes("192.0.2.1")});
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(live::ShellJson("ip -json -4 address show dev v0"), testing::SizeIs(0));
}

TEST_F(RtAddrTest, BadAddressTwice) {
  const NewaddrRequest request = {
      .header = {.ifa_family = AF_INET, .ifa_prefixlen = 24, .ifa_index = live::IndexOf("v0")},
      .local = live::AddressBytes("192.0.2.1")};
  Add(request);
  const absl::Status again =
      client_->Newaddr(request, genl::RequestFlags::kCreate | genl::RequestFlags::kExclusive);
  const std::optional<genl::KernelError> error = genl::GetKernelError(again);
  ASSERT_TRUE(error) << again;
  EXPECT_EQ(error->error, EEXIST);
  const absl::Status replaced = client_->Newaddr(request, genl::RequestFlags::kReplace);
  EXPECT_TRUE(replaced.ok()) << replaced;
}

TEST_F(RtAddrTest, BadAddressOnADeviceThatIsNotThere) {
  const absl::Status status =
      client_->Newaddr({.header = {.ifa_family = AF_INET, .ifa_prefixlen = 24, .ifa_index = 4711},
                        .local = live::AddressBytes("192.0.2.1")});
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error) << status;
  EXPECT_EQ(error->error, ENODEV);
}

TEST_F(RtAddrTest, GoodMulticastAddresses) {
  std::vector<std::string> addresses, expected;
  auto dump = client_->GetmulticastDump(
      {.header = {.ifa_family = AF_INET6, .ifa_index = live::IndexOf("v0")}});
  for (const GetmulticastReply& reply : live::All(std::move(dump))) {
    if (reply.header.ifa_index != live::IndexOf("v0")) continue;
    addresses.push_back(live::AddressText(reply.multicast.value()));
  }
  const json device = live::ShellJsonObject("ip -json maddress show dev v0");
  for (const json& address : device["maddr"]) {
    if (address.value("family", "") == "inet6") expected.push_back(address["address"]);
  }
  EXPECT_THAT(addresses, testing::Contains("ff02::1"));
  EXPECT_THAT(addresses, testing::UnorderedElementsAreArray(expected));
}

}  // namespace
}  // namespace rt_addr
