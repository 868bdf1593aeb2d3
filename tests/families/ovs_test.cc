// The families of Open vSwitch: a bridge made of them forwards a frame. Runs as root in a VM.
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gmock/gmock.h"
#include "tests/families/ovs_datapath.genl.h"
#include "tests/families/ovs_flow.genl.h"
#include "tests/families/ovs_vport.genl.h"
#include "tests/live/machine.h"

namespace ovs {
namespace {

using nlohmann::json;
using testing::SizeIs;

// An EtherType for experiments, that nothing else on the machine sends.
constexpr uint16_t kEtherType = 0x88b5;

class OvsTest : public live::ClientTest<ovs_datapath::Client> {
 protected:
  OvsTest() : ClientTest({"ip"}) {}

  // A datapath has a port of its own, number 0, which is a device of its name.
  void SetUp() override {
    ClientTest::SetUp();
    if (!client_) return;
    live::Shell("ip link add v0 type veth peer name v1 && ip link set v0 up && ip link set v1 up");
    const absl::Status made = client_->New({.name = "dp0", .upcall_pid = 0});
    ASSERT_TRUE(made.ok()) << made;
    live::Shell("ip link set dp0 up");
    datapath_ = live::IndexOf("dp0");
    vports_.emplace(*ovs_vport::Client::Connect());
    flows_.emplace(*ovs_flow::Client::Connect());
  }
  void TearDown() override {
    if (!client_) return;
    const absl::Status gone = client_->Del({.header = {.dp_ifindex = datapath_}});
    EXPECT_TRUE(gone.ok()) << gone;
    EXPECT_EQ(live::ShellJson("ip -json link show type openvswitch"), json::array());
    live::Shell("ip link del v0");
  }

  // The number of the port that v0 becomes.
  uint32_t AddPort() {
    const absl::Status status = vports_->New({.header = {.dp_ifindex = datapath_},
                                              .name = "v0",
                                              .type = ovs_vport::VportType::kNetdev,
                                              .upcall_pid = {0}});
    EXPECT_TRUE(status.ok()) << status;
    const auto port = vports_->Get({.header = {.dp_ifindex = datapath_}, .name = "v0"});
    EXPECT_TRUE(port.ok()) << port.status();
    return port.ok() ? port->port_no.value() : 0;
  }

  uint32_t datapath_ = 0;
  std::optional<ovs_vport::Client> vports_;
  std::optional<ovs_flow::Client> flows_;
};

TEST_F(OvsTest, GoodDatapathIsADevice) {
  EXPECT_EQ(live::ShellJsonObject("ip -json -details link show dp0")["linkinfo"]["info_kind"],
            "openvswitch");
  const auto by_name = client_->Get({.name = "dp0"});
  ASSERT_TRUE(by_name.ok()) << by_name.status();
  EXPECT_EQ(by_name->header.dp_ifindex, datapath_);
  EXPECT_EQ(by_name->stats.value().n_flows, 0);
  const auto all = live::All(client_->GetDump());
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].name, "dp0");
}

TEST_F(OvsTest, GoodPorts) {
  const uint32_t number = AddPort();
  EXPECT_NE(number, 0);
  const json v0 = live::ShellJsonObject("ip -json -details link show v0");
  EXPECT_EQ(v0["master"], "dp0");
  std::vector<std::string> names;
  for (const auto& port : live::All(vports_->GetDump({.header = {.dp_ifindex = datapath_}}))) {
    EXPECT_EQ(port.header.dp_ifindex, datapath_);
    EXPECT_EQ(port.ifindex, live::IndexOf(port.name.value().c_str()));
    names.push_back(*port.name);
  }
  EXPECT_THAT(names, testing::UnorderedElementsAre("dp0", "v0"));
  const absl::Status gone = vports_->Del({.header = {.dp_ifindex = datapath_}, .port_no = number});
  EXPECT_TRUE(gone.ok()) << gone;
  EXPECT_FALSE(live::ShellJsonObject("ip -json link show v0").contains("master"));
}

// On v1, so that it comes in by v0.
void SendFrame() {
  const int socket = ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
  sockaddr_ll to = {};
  to.sll_family = AF_PACKET;
  to.sll_ifindex = static_cast<int>(live::IndexOf("v1"));
  uint8_t frame[60] = {};
  frame[12] = kEtherType >> 8;
  frame[13] = kEtherType & 0xff;
  EXPECT_EQ(sendto(socket, frame, sizeof frame, 0, reinterpret_cast<sockaddr*>(&to), sizeof to),
            sizeof frame);
  close(socket);
}

uint64_t FramesAt(const char* device) {
  const json link = live::ShellJsonObject(std::string("ip -json -statistics link show ") + device);
  return link["stats64"]["rx"]["packets"];
}

TEST_F(OvsTest, GoodFlowForwardsAFrame) {
  const uint32_t port = AddPort();
  const ovs_flow::KeyAttrs key = {
      .in_port = port, .ethernet = ovs_flow::OvsKeyEthernet{}, .ethertype = kEtherType};
  const absl::Status status =
      flows_->New({.header = {.dp_ifindex = datapath_},
                   .key = key,
                   .mask = ovs_flow::KeyAttrs{.in_port = UINT32_MAX, .ethertype = UINT16_MAX},
                   .actions = ovs_flow::ActionAttrs{.output = 0}});
  ASSERT_TRUE(status.ok()) << status;
  const uint64_t before = FramesAt("dp0");
  SendFrame();
  EXPECT_EQ(FramesAt("dp0"), before + 1);

  const auto flow = flows_->Get({.header = {.dp_ifindex = datapath_}, .key = key});
  ASSERT_TRUE(flow.ok()) << flow.status();
  EXPECT_EQ(flow->key.value().ethertype, kEtherType);
  EXPECT_EQ(flow->stats.value().n_packets, 1);
  EXPECT_EQ(flow->stats->n_bytes, 60);
  EXPECT_EQ(flow->actions.value().output, 0);
  EXPECT_EQ(client_->Get({.name = "dp0"})->stats.value().n_flows, 1);
}

TEST_F(OvsTest, BadDatapathTwice) {
  const absl::Status status = client_->New({.name = "dp0", .upcall_pid = 0});
  EXPECT_TRUE(absl::IsAlreadyExists(status)) << status;
}

}  // namespace
}  // namespace ovs
