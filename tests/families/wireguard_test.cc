// wireguard against wg(8): runs as root in a VM that has it.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "genl/kernel_error.h"
#include "gmock/gmock.h"
#include "tests/families/wireguard.genl.h"
#include "tests/live/machine.h"
#include "tests/live/text.h"

namespace wireguard {
namespace {

using Bytes = std::vector<uint8_t>;
using testing::SizeIs;

// Keys whose bytes are all alike; a private one has the bits that the curve asks for.
Bytes Key(uint8_t byte) { return Bytes(kKeyLen, byte); }
Bytes PrivateKey() {
  Bytes key = Key(0x48);
  key.back() = 0x41;
  return key;
}

Bytes Endpoint(const std::string& address, uint16_t port) {
  sockaddr_storage storage = {};
  const Bytes bytes = live::AddressBytes(address);
  auto& ipv4 = reinterpret_cast<sockaddr_in&>(storage);
  auto& ipv6 = reinterpret_cast<sockaddr_in6&>(storage);
  const bool is_ipv4 = bytes.size() == sizeof ipv4.sin_addr;
  storage.ss_family = is_ipv4 ? AF_INET : AF_INET6;
  (is_ipv4 ? ipv4.sin_port : ipv6.sin6_port) = htons(port);
  std::memcpy(is_ipv4 ? static_cast<void*>(&ipv4.sin_addr) : &ipv6.sin6_addr, bytes.data(),
              bytes.size());
  const auto* start = reinterpret_cast<const uint8_t*>(&storage);
  return Bytes(start, start + (is_ipv4 ? sizeof ipv4 : sizeof ipv6));
}

std::string EndpointText(const Bytes& endpoint) {
  sockaddr_in6 address = {};
  std::memcpy(&address, endpoint.data(), endpoint.size());
  // The port is at the same place in both.
  const uint16_t port = ntohs(address.sin6_port);
  if (address.sin6_family == AF_INET6) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(&address.sin6_addr);
    return absl::StrCat("[", live::AddressText(Bytes(bytes, bytes + 16)), "]:", port);
  }
  return absl::StrCat(live::AddressText(Bytes(endpoint.begin() + 4, endpoint.begin() + 8)), ":",
                      port);
}

Wgallowedip Allowed(const std::string& address, uint8_t length) {
  const Bytes bytes = live::AddressBytes(address);
  return {.family = static_cast<uint16_t>(bytes.size() == 4 ? AF_INET : AF_INET6),
          .ipaddr = bytes,
          .cidr_mask = length};
}

std::string Base64(const Bytes& bytes) {
  return absl::Base64Escape(
      absl::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

// The words of a peer in `wg show DEVICE dump`.
std::string InWordsOfWg(const Wgpeer& peer) {
  const Bytes& secret = peer.preshared_key.value();
  const std::string allowed =
      absl::StrJoin(peer.allowedips, ",", [](std::string* text, const Wgallowedip& ip) {
        absl::StrAppend(text, live::AddressText(ip.ipaddr.value()), "/", ip.cidr_mask.value());
      });
  const uint16_t keepalive = peer.persistent_keepalive_interval.value();
  return absl::StrJoin(
      {Base64(peer.public_key.value()), secret == Key(0) ? "(none)" : Base64(secret),
       peer.endpoint ? EndpointText(*peer.endpoint) : "(none)", allowed,
       absl::StrCat(peer.last_handshake_time.value().sec), absl::StrCat(peer.rx_bytes.value()),
       absl::StrCat(peer.tx_bytes.value()), keepalive == 0 ? "off" : absl::StrCat(keepalive)},
      "\t");
}

std::vector<std::string> InWordsOfWg(const GetDeviceReply& device) {
  const uint32_t mark = device.fwmark.value();
  std::vector<std::string> lines = {
      absl::StrJoin({Base64(device.private_key.value()), Base64(device.public_key.value()),
                     absl::StrCat(device.listen_port.value()),
                     mark == 0 ? "off" : absl::StrCat("0x", absl::Hex(mark))},
                    "\t")};
  for (const Wgpeer& peer : device.peers) lines.push_back(InWordsOfWg(peer));
  return lines;
}

class WireguardTest : public live::ClientTest<Client> {
 protected:
  WireguardTest() : ClientTest({"ip", "wg"}) {}

  void SetUp() override {
    ClientTest::SetUp();
    if (client_) live::Shell("ip link add wg0 type wireguard");
  }
  void TearDown() override {
    if (client_) live::Shell("ip link del wg0");
  }

  void Set(const SetDeviceRequest& request) {
    const absl::Status status = client_->SetDevice(request);
    EXPECT_TRUE(status.ok()) << status;
  }

  GetDeviceReply Get() {
    const auto devices = live::All(client_->GetDeviceDump({.ifname = "wg0"}));
    EXPECT_THAT(devices, SizeIs(1));
    return devices.empty() ? GetDeviceReply{} : devices[0];
  }
};

// A device with two peers and their addresses.
SetDeviceRequest WithTwoPeers() {
  return {.ifname = "wg0",
          .private_key = PrivateKey(),
          .flags = WgdeviceFlags::kReplacePeers,
          .listen_port = 51820,
          .fwmark = 0xcafe,
          .peers = {{.public_key = Key(1),
                     .preshared_key = Key(9),
                     .flags = WgpeerFlags::kReplaceAllowedips,
                     .endpoint = Endpoint("192.0.2.1", 4711),
                     .persistent_keepalive_interval = 25,
                     .allowedips = {Allowed("198.51.100.0", 24), Allowed("2001:db8:1::", 48)}},
                    {.public_key = Key(2),
                     .endpoint = Endpoint("2001:db8::7", 4712),
                     .allowedips = {Allowed("0.0.0.0", 0)}}}};
}

TEST_F(WireguardTest, GoodTwoPeersThereAndBack) {
  Set(WithTwoPeers());
  const GetDeviceReply device = Get();
  EXPECT_EQ(InWordsOfWg(device), live::ShellLines("wg show wg0 dump"));
  EXPECT_EQ(device.ifname, "wg0");
  EXPECT_EQ(device.ifindex, live::IndexOf("wg0"));
  EXPECT_EQ(device.private_key, PrivateKey());
  EXPECT_EQ(device.listen_port, 51820);
  EXPECT_EQ(device.fwmark, 0xcafe);
  ASSERT_THAT(device.peers, SizeIs(2));
  const std::vector<Wgpeer> expected = WithTwoPeers().peers;
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(device.peers[i].public_key, expected[i].public_key);
    EXPECT_EQ(device.peers[i].endpoint, expected[i].endpoint);
    EXPECT_THAT(device.peers[i].allowedips,
                testing::UnorderedElementsAreArray(expected[i].allowedips));
  }
  EXPECT_EQ(device.peers[0].preshared_key, Key(9));
  EXPECT_EQ(device.peers[0].persistent_keepalive_interval, 25);
}

TEST_F(WireguardTest, GoodDeviceThatWgSetUp) {
  live::Shell(
      "wg set wg0 listen-port 1234 peer AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE= "
      "endpoint 192.0.2.9:99 persistent-keepalive 7 allowed-ips 10.0.0.0/8,fd00::/8");
  live::Shell(
      "head -c 32 /dev/zero | tr '\\0' A | base64 >/tmp/key && wg set wg0 private-key /tmp/key");
  EXPECT_EQ(InWordsOfWg(Get()), live::ShellLines("wg show wg0 dump"));
}

TEST_F(WireguardTest, GoodPeerThatIsRemoved) {
  Set(WithTwoPeers());
  Set({.ifindex = live::IndexOf("wg0"),
       .peers = {{.public_key = Key(1), .flags = WgpeerFlags::kRemoveMe}}});
  EXPECT_EQ(live::Shell("wg show wg0 peers"), Base64(Key(2)) + "\n");
}

// More than one message can hold: a device is dumped in parts, each of which names it again.
TEST_F(WireguardTest, GoodManyPeersComeInParts) {
  SetDeviceRequest request = {.ifname = "wg0"};
  for (uint8_t i = 1; i <= 200; ++i) {
    request.peers.push_back(
        {.public_key = Key(i), .allowedips = {Allowed("10.0.0." + std::to_string(i), 32)}});
  }
  Set(request);
  size_t peers = 0;
  const auto parts = live::All(client_->GetDeviceDump({.ifname = "wg0"}));
  EXPECT_GT(parts.size(), 1);
  for (const GetDeviceReply& part : parts) peers += part.peers.size();
  EXPECT_EQ(peers, 200);
}

TEST_F(WireguardTest, BadKeyOfTheWrongLength) {
  const absl::Status status =
      client_->SetDevice({.ifname = "wg0", .peers = {{.public_key = Bytes(31, 1)}}});
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error) << status;
  EXPECT_EQ(error->error, ERANGE);
}

TEST_F(WireguardTest, BadDeviceOfAnotherKind) {
  const auto dump = client_->GetDeviceDump({.ifname = "lo"}).Collect();
  const std::optional<genl::KernelError> error = genl::GetKernelError(dump.status());
  ASSERT_TRUE(error) << dump.status();
  EXPECT_EQ(error->error, EOPNOTSUPP);
}

}  // namespace
}  // namespace wireguard
