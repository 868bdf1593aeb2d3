// devlink against devlink(8), on the simulated device of netdevsim: runs as root in a VM that has
// it.
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "genl/kernel_error.h"
#include "gmock/gmock.h"
#include "tests/families/devlink.genl.h"
#include "tests/live/machine.h"

namespace devlink {
namespace {

using nlohmann::json;
using testing::SizeIs;

constexpr char kBus[] = "netdevsim";
constexpr char kDevice[] = "netdevsim5";
constexpr char kHandle[] = "netdevsim/netdevsim5";

// What devlink says of the device: the value below the object's kind and the device.
json DevlinkSays(const std::string& arguments, const std::string& kind) {
  return live::ShellJson("devlink -j " + arguments)[kind][kHandle];
}

std::vector<std::string> Names(const json& objects, const char* key) {
  std::vector<std::string> names;
  for (const json& object : objects) names.push_back(object[key]);
  return names;
}

class DevlinkTest : public live::ClientTest<Client> {
 protected:
  DevlinkTest() : ClientTest({"ip", "devlink"}) {}

  // A device with two ports.
  void SetUp() override {
    ClientTest::SetUp();
    if (client_) live::Shell("echo '5 2' >/sys/bus/netdevsim/new_device");
  }
  void TearDown() override {
    if (client_) live::Shell("echo 5 >/sys/bus/netdevsim/del_device");
  }

  void BecomeSwitch() {
    live::Shell("echo 2 >/sys/bus/netdevsim/devices/netdevsim5/sriov_numvfs");
    const absl::Status status = client_->EswitchSet(
        {.bus_name = kBus, .dev_name = kDevice, .eswitch_mode = EswitchMode::kSwitchdev});
    EXPECT_TRUE(status.ok()) << status;
  }
};

TEST_F(DevlinkTest, GoodDeviceAndItsInformation) {
  const std::vector<GetReply> devices = live::All(client_->GetDump());
  ASSERT_THAT(devices, SizeIs(1));
  EXPECT_EQ(absl::StrCat(*devices[0].bus_name, "/", *devices[0].dev_name), kHandle);
  EXPECT_EQ(devices[0].reload_failed, 0);

  const absl::StatusOr<InfoGetReply> info =
      client_->InfoGet({.bus_name = kBus, .dev_name = kDevice});
  ASSERT_TRUE(info.ok()) << info.status();
  json words = {{"driver", info->info_driver_name.value()}};
  for (const DlInfoVersion& version : info->info_version_running) {
    words["versions"]["running"][*version.info_version_name] = *version.info_version_value;
  }
  for (const DlInfoVersion& version : info->info_version_stored) {
    words["versions"]["stored"][*version.info_version_name] = *version.info_version_value;
  }
  EXPECT_EQ(words, DevlinkSays("dev info", "info"));
}

TEST_F(DevlinkTest, GoodPorts) {
  std::vector<std::string> handles, expected;
  for (const PortGetReply& port : live::All(client_->PortGetDump())) {
    handles.push_back(absl::StrCat(*port.bus_name, "/", *port.dev_name, "/", *port.port_index));
  }
  const json ports = live::ShellJson("devlink -j port")["port"];
  for (const auto& item : ports.items()) expected.push_back(item.key());
  EXPECT_THAT(handles, SizeIs(2));
  EXPECT_EQ(handles, expected);

  const absl::StatusOr<PortGetReply> port =
      client_->PortGet({.bus_name = kBus, .dev_name = kDevice, .port_index = 1});
  ASSERT_TRUE(port.ok()) << port.status();
  EXPECT_EQ(port->port_index, 1);
}

// The spec puts the reporters' and parameters' names beside the nest in which the kernel has them.
TEST_F(DevlinkTest, GoodHealthReporters) {
  EXPECT_EQ(live::All(client_->HealthReporterGetDump()).size(),
            DevlinkSays("health", "health").size());
  const absl::Status status = client_->HealthReporterSet({.bus_name = kBus,
                                                          .dev_name = kDevice,
                                                          .health_reporter_name = "dummy",
                                                          .health_reporter_graceful_period = 7000,
                                                          .health_reporter_auto_recover = 0});
  EXPECT_TRUE(status.ok()) << status;
  const std::string dummy = absl::StrCat("health show ", kHandle, " reporter dummy");
  EXPECT_EQ(DevlinkSays(dummy, "health")[0]["grace_period"], 7000);
  EXPECT_EQ(DevlinkSays(dummy, "health")[0]["auto_recover"], false);
}

TEST_F(DevlinkTest, GoodReporterRecovers) {
  const std::string dummy = absl::StrCat("health show ", kHandle, " reporter dummy");
  live::Shell("devlink health set netdevsim/netdevsim5 reporter dummy auto_recover false");
  live::Shell("echo why >/sys/kernel/debug/netdevsim/netdevsim5/health/break_health");
  EXPECT_EQ(DevlinkSays(dummy, "health")[0]["state"], "error");
  const absl::Status status = client_->HealthReporterRecover(
      {.bus_name = kBus, .dev_name = kDevice, .health_reporter_name = "dummy"});
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(DevlinkSays(dummy, "health")[0]["state"], "healthy");
  EXPECT_EQ(DevlinkSays(dummy, "health")[0]["recover"], 1);
}

TEST_F(DevlinkTest, GoodParameters) {
  const std::vector<ParamGetReply> params = live::All(client_->ParamGetDump());
  EXPECT_EQ(params.size(), DevlinkSays("dev param", "param").size());
  EXPECT_THAT(params, SizeIs(2));
}

TEST_F(DevlinkTest, GoodTraps) {
  std::vector<std::string> names;
  for (const TrapGetReply& trap : live::All(client_->TrapGetDump())) {
    names.push_back(trap.trap_name.value());
  }
  EXPECT_EQ(names, Names(DevlinkSays("trap", "trap"), "name"));
  EXPECT_GE(names.size(), 10);

  const absl::Status status = client_->TrapSet({.bus_name = kBus,
                                                .dev_name = kDevice,
                                                .trap_name = "blackhole_route",
                                                .trap_action = TrapAction::kTrap});
  EXPECT_TRUE(status.ok()) << status;
  const json trap =
      DevlinkSays(absl::StrCat("trap show ", kHandle, " trap blackhole_route"), "trap");
  EXPECT_EQ(trap[0]["action"], "trap");
}

TEST_F(DevlinkTest, GoodTrapPolicer) {
  const absl::Status status = client_->TrapPolicerSet({.bus_name = kBus,
                                                       .dev_name = kDevice,
                                                       .trap_policer_id = 2,
                                                       .trap_policer_rate = 5000,
                                                       .trap_policer_burst = 512});
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(DevlinkSays("trap policer", "trap_policer")[1],
            (json{{"policer", 2}, {"rate", 5000}, {"burst", 512}}));
}

TEST_F(DevlinkTest, BadTrapPolicerBeyondItsLimits) {
  const absl::Status status = client_->TrapPolicerSet(
      {.bus_name = kBus, .dev_name = kDevice, .trap_policer_id = 2, .trap_policer_burst = 1});
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error) << status;
  EXPECT_EQ(error->error, EINVAL);
  EXPECT_EQ(error->message, "Policer burst size lower than limit");
}

TEST_F(DevlinkTest, GoodResourceTakesItsSizeAtAReload) {
  const auto dump = client_->ResourceDump({.bus_name = kBus, .dev_name = kDevice});
  ASSERT_TRUE(dump.ok()) << dump.status();
  const std::vector<DlResource>& resources = dump->resource_list.value().resource;
  const std::string show = absl::StrCat("resource show ", kHandle);
  const json says = DevlinkSays(show, "resources");
  std::vector<std::string> names;
  for (const DlResource& resource : resources) names.push_back(resource.resource_name.value());
  EXPECT_EQ(names, Names(says, "name"));
  ASSERT_THAT(resources, SizeIs(3));
  EXPECT_EQ(resources[2].resource_name, "nexthops");
  EXPECT_EQ(resources[2].resource_occ, says[2]["occ"]);
  EXPECT_EQ(resources[2].resource_size_gran, says[2]["size_gran"]);

  const absl::Status set = client_->ResourceSet({.bus_name = kBus,
                                                 .dev_name = kDevice,
                                                 .resource_id = resources[2].resource_id,
                                                 .resource_size = 16});
  EXPECT_TRUE(set.ok()) << set;
  EXPECT_EQ(DevlinkSays(show, "resources")[2]["size_new"], 16);
  const absl::StatusOr<ReloadReply> reload = client_->Reload(
      {.bus_name = kBus, .dev_name = kDevice, .reload_action = ReloadAction::kDriverReinit});
  ASSERT_TRUE(reload.ok()) << reload.status();
  EXPECT_EQ(reload->reload_actions_performed.value().value, ReloadActionFlags::kDriverReinit);
  EXPECT_EQ(DevlinkSays(show, "resources")[2]["size"], 16);
}

TEST_F(DevlinkTest, GoodSnapshotOfARegion) {
  const auto snapshot =
      client_->RegionNew({.bus_name = kBus, .dev_name = kDevice, .region_name = "dummy"});
  ASSERT_TRUE(snapshot.ok()) << snapshot.status();
  const auto snapshots = [] {
    return live::ShellJson(
        "devlink -j region")["regions"]["netdevsim/netdevsim5/dummy"]["snapshot"];
  };
  EXPECT_EQ(snapshots(), json({snapshot->region_snapshot_id.value()}));
  const absl::Status deleted =
      client_->RegionDel({.bus_name = kBus,
                          .dev_name = kDevice,
                          .region_name = "dummy",
                          .region_snapshot_id = snapshot->region_snapshot_id});
  EXPECT_TRUE(deleted.ok()) << deleted;
  EXPECT_EQ(snapshots(), json::array());
}

TEST_F(DevlinkTest, GoodDeviceBecomesASwitch) {
  const auto mode = [this] {
    const auto reply = client_->EswitchGet({.bus_name = kBus, .dev_name = kDevice});
    EXPECT_TRUE(reply.ok()) << reply.status();
    return reply.ok() ? reply->eswitch_mode : std::nullopt;
  };
  EXPECT_EQ(mode(), EswitchMode::kLegacy);
  BecomeSwitch();
  EXPECT_EQ(mode(), EswitchMode::kSwitchdev);
  const std::string show = absl::StrCat("dev eswitch show ", kHandle);
  EXPECT_EQ(DevlinkSays(show, "dev")["mode"], "switchdev");
  // Its functions have got a port each.
  EXPECT_THAT(live::All(client_->PortGetDump()), SizeIs(4));
}

TEST_F(DevlinkTest, GoodRateOfANode) {
  BecomeSwitch();
  const absl::Status status = client_->RateNew({.bus_name = kBus,
                                                .dev_name = kDevice,
                                                .rate_node_name = "group",
                                                .rate_tx_share = 1250000,
                                                .rate_tx_max = 12500000});
  EXPECT_TRUE(status.ok()) << status;
  const json rate = live::ShellJson("devlink -j port function rate")["rate"];
  // In bytes for a second.
  EXPECT_EQ(rate["netdevsim/netdevsim5/group"],
            (json{{"type", "node"}, {"tx_share", 1250000}, {"tx_max", 12500000}}));
  std::vector<std::string> nodes;
  for (const RateGetReply& reply : live::All(client_->RateGetDump())) {
    nodes.push_back(reply.rate_node_name.value_or(absl::StrCat("port ", *reply.port_index)));
  }
  EXPECT_EQ(nodes.size(), rate.size()) << rate;
  EXPECT_THAT(nodes, testing::Contains("group"));
}

TEST_F(DevlinkTest, BadDeviceThatIsNotThere) {
  const auto reply = client_->Get({.bus_name = kBus, .dev_name = "netdevsim6"});
  const std::optional<genl::KernelError> error = genl::GetKernelError(reply.status());
  ASSERT_TRUE(error) << reply.status();
  EXPECT_EQ(error->error, ENODEV);
}

}  // namespace
}  // namespace devlink
