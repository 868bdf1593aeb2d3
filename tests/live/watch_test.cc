// Watches of classic netlink against `ip`: what has been reported is what there is.
#include "genl/watch.h"

#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/live/machine.h"
#include "tests/live/rt-addr.genl.h"
#include "tests/live/rt-link.genl.h"

namespace {

using genl::ChangeKind;
using nlohmann::json;

// Reads until a watch has nothing to say: the kinds of change that it told of.
template <typename W>
std::multiset<ChangeKind> Read(W& watch) {
  std::multiset<ChangeKind> kinds;
  for (;;) {
    const auto change = watch.Next(absl::Milliseconds(100));
    if (change.ok()) {
      kinds.insert(change->kind);
    } else if (!absl::IsAborted(change.status())) {
      EXPECT_TRUE(absl::IsDeadlineExceeded(change.status())) << change.status();
      if (watch.synced()) return kinds;
    }
  }
}

class LinkWatchTest : public live::ClientTest<rt_link::Client> {
 protected:
  LinkWatchTest() : ClientTest({"ip"}) {}

  // Names and lengths of packets, by index.
  using Links = std::map<int, std::pair<std::string, int>>;
  static Links FromIp() {
    Links links;
    for (const json& link : live::ShellJson("ip -json link")) {
      links[link["ifindex"]] = {link["ifname"], link["mtu"]};
    }
    return links;
  }
  static Links From(const rt_link::GetlinkWatch& watch) {
    Links links;
    for (const auto& [index, link] : watch.objects()) {
      links[index] = {link.ifname.value(), link.mtu.value()};
    }
    return links;
  }
};

TEST_F(LinkWatchTest, GoodLinksThatIpMakesAndRemoves) {
  absl::StatusOr<rt_link::GetlinkWatch> watch = client_->WatchGetlink();
  ASSERT_TRUE(watch.ok()) << watch.status();
  Read(*watch);
  EXPECT_EQ(From(*watch), FromIp());
  live::Shell("ip link add v0 type veth peer name v1 && ip link set v0 mtu 1400");
  EXPECT_EQ(Read(*watch).count(ChangeKind::kAdded), 2u);
  EXPECT_EQ(From(*watch), FromIp());
  live::Shell("ip link set v1 name other && ip link del v0");
  EXPECT_EQ(Read(*watch).count(ChangeKind::kRemoved), 2u);
  EXPECT_EQ(From(*watch), FromIp());
}

// The bridge tells that its port has gone, by the command by which links go.
TEST_F(LinkWatchTest, GoodPortThatLeavesItsBridge) {
  absl::StatusOr<rt_link::GetlinkWatch> watch = client_->WatchGetlink();
  ASSERT_TRUE(watch.ok()) << watch.status();
  live::Shell(
      "ip link add br0 type bridge && ip link add v0 type veth peer name v1 && "
      "ip link set v0 master br0");
  Read(*watch);
  EXPECT_EQ(From(*watch), FromIp());
  live::Shell("ip link set v0 nomaster");
  EXPECT_EQ(Read(*watch).count(ChangeKind::kRemoved), 0u);
  EXPECT_EQ(From(*watch), FromIp());
}

TEST_F(LinkWatchTest, GoodMoreThanTheSocketHolds) {
  absl::StatusOr<rt_link::Client> client =
      rt_link::Client::Connect({.socket = {.receive_buffer = 1 << 12}});
  ASSERT_TRUE(client.ok()) << client.status();
  absl::StatusOr<rt_link::GetlinkWatch> watch = client->WatchGetlink();
  ASSERT_TRUE(watch.ok()) << watch.status();
  Read(*watch);
  live::Shell("for i in $(seq 20); do ip link add a$i type veth peer name b$i; done");
  std::multiset<ChangeKind> kinds = Read(*watch);
  EXPECT_GE(kinds.count(ChangeKind::kBehind), 1u);
  EXPECT_EQ(kinds.count(ChangeKind::kAdded), 40u);
  EXPECT_EQ(From(*watch), FromIp());
  live::Shell("for i in $(seq 2 20); do ip link del a$i; done");
  kinds = Read(*watch);
  EXPECT_GE(kinds.count(ChangeKind::kBehind), 1u);
  EXPECT_EQ(kinds.count(ChangeKind::kRemoved), 38u);
  EXPECT_EQ(From(*watch), FromIp());
}

class AddressWatchTest : public live::ClientTest<rt_addr::Client> {
 protected:
  AddressWatchTest() : ClientTest({"ip"}) {}

  void ExpectAsDumped(const rt_addr::GetaddrWatch& watch) {
    rt_addr::GetaddrWatch::Objects addresses;
    for (const rt_addr::GetaddrReply& address : live::All(client_->GetaddrDump())) {
      EXPECT_TRUE(addresses.emplace(watch.KeyOf(address), address).second) << "two of one key";
    }
    EXPECT_FALSE(addresses.empty());
    EXPECT_EQ(watch.objects(), addresses);
  }
};

// Of both protocols, with and without a peer, and one that is there twice but for its length.
TEST_F(AddressWatchTest, GoodAddressesThatIpAddsAndRemoves) {
  live::Shell("ip link add v0 type veth peer name v1 && ip link set v0 up");
  absl::StatusOr<rt_addr::GetaddrWatch> watch = client_->WatchGetaddr();
  ASSERT_TRUE(watch.ok()) << watch.status();
  Read(*watch);
  ExpectAsDumped(*watch);
  live::Shell(
      "ip address add 192.0.2.1/24 dev v0 && ip address add 192.0.2.1/32 dev v0 && "
      "ip address add 192.0.2.7 peer 192.0.2.8 dev v0 && ip address add 2001:db8::1/64 dev v0 "
      "nodad "
      "&& ip address add 2001:db8::5 peer 2001:db8::6 dev v0 nodad");
  EXPECT_EQ(Read(*watch).count(ChangeKind::kAdded), 5u);
  ExpectAsDumped(*watch);
  live::Shell("ip address del 192.0.2.1/32 dev v0 && ip address del 2001:db8::1/64 dev v0");
  EXPECT_EQ(Read(*watch).count(ChangeKind::kRemoved), 2u);
  ExpectAsDumped(*watch);
  live::Shell("ip link del v0");
  EXPECT_EQ(Read(*watch).count(ChangeKind::kRemoved), 3u);
  ExpectAsDumped(*watch);
}

}  // namespace
