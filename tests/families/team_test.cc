// team against teamnl(8): runs as root in a VM that has it.
#include <linux/netlink.h>

#include <cstring>

#include "absl/strings/str_format.h"
#include "genl/socket.h"
#include "genl/transport.h"
#include "gmock/gmock.h"
#include "tests/families/team.genl.h"
#include "tests/live/machine.h"
#include "tests/live/text.h"

namespace team {
namespace {

using testing::Contains;

// NLA_U32 and NLA_STRING of net/netlink.h, by which the kernel tells the type of an option.
constexpr uint8_t kU32 = 3;
constexpr uint8_t kString = 5;

class TeamTest : public live::ClientTest<Client> {
 protected:
  TeamTest() : ClientTest({"ip", "teamnl"}) {}

  void SetUp() override {
    ClientTest::SetUp();
    if (!client_) return;
    live::Shell("ip link add team0 type team && ip link add v0 type veth peer name v1");
    live::Shell("ip link set v0 master team0");
    for (const char* device : {"team0", "v0", "v1"}) {
      live::Shell(std::string("ip link set up ") + device);
    }
  }
  void TearDown() override {
    if (client_) live::Shell("ip link del team0 && ip link del v0");
  }
};

TEST_F(TeamTest, GoodPort) {
  const auto reply = client_->PortListGet({.team_ifindex = live::IndexOf("team0")});
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(reply->team_ifindex, live::IndexOf("team0"));
  const AttrPort& port = reply->list_port.value().port.value();
  EXPECT_EQ(absl::StrFormat(" %d: %s: %s %dMbit %s \n", port.ifindex.value(),
                            live::DeviceName(*port.ifindex), port.linkup ? "up" : "down",
                            port.speed.value(), port.duplex.value() ? "FD" : "HD"),
            live::Shell("teamnl team0 ports"));
  EXPECT_FALSE(port.removed);
}

// The spec has one option in a message, where the kernel puts all of them.
TEST_F(TeamTest, GoodOption) {
  const auto reply = client_->OptionsGet({.team_ifindex = live::IndexOf("team0")});
  ASSERT_TRUE(reply.ok()) << reply.status();
  const AttrOption& option = reply->list_option.value().option.value();
  ASSERT_EQ(option.type, kU32);
  ASSERT_EQ(option.data.value().size(), sizeof(uint32_t));
  uint32_t value;
  std::memcpy(&value, option.data->data(), sizeof value);
  EXPECT_THAT(live::ShellLines("teamnl team0 options"),
              Contains(absl::StrFormat(" %s (port:%s) %d ", option.name.value(),
                                       live::DeviceName(option.port_ifindex.value()), value)));
}

TEST_F(TeamTest, GoodModeThatIsSet) {
  // A team with a port keeps its mode.
  live::Shell("ip link set v0 nomaster");
  // Where nobody listens to changes, the kernel reports that as an error.
  genl::Transport& kernel = genl::Transport::Kernel();
  absl::StatusOr<genl::Socket> listener = kernel.Open(NETLINK_GENERIC, {});
  ASSERT_TRUE(listener.ok()) << listener.status();
  const absl::StatusOr<uint32_t> group = kernel.ResolveGroup(*listener, {"team"}, {"change_event"});
  ASSERT_TRUE(group.ok()) << group.status();
  ASSERT_TRUE(kernel.Join(*listener, {"team"}, {"change_event", *group}).ok());
  const std::string mode("activebackup\0", 13);
  const auto reply = client_->OptionsSet(
      {.team_ifindex = live::IndexOf("team0"),
       .list_option = ItemOption{
           .option = AttrOption{.name = "mode",
                                .type = kString,
                                .data = std::vector<uint8_t>(mode.begin(), mode.end())}}});
  EXPECT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(live::Shell("teamnl team0 getoption mode"), "activebackup\n");
}

}  // namespace
}  // namespace team
