// netdev against `ip` and sysfs: devices, their queues and NAPI contexts, and what arrives on
// `mgmt`.
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "genl/flags.h"
#include "genl/kernel_error.h"
#include "gmock/gmock.h"
#include "tests/families/netdev.genl.h"
#include "tests/live/machine.h"

namespace netdev {
namespace {

using testing::AllOf;
using testing::Each;
using testing::Field;
using testing::SizeIs;
using testing::UnorderedElementsAre;
using testing::UnorderedElementsAreArray;

constexpr absl::Duration kPatience = absl::Seconds(10);
constexpr char kOldNapi[] = "the kernel sets NAPI contexts one by one since 6.13";

class NetdevTest : public live::ClientTest<Client> {
 protected:
  NetdevTest() : ClientTest({"ip", "ethtool"}) {}

  void SetUp() override {
    ClientTest::SetUp();
    if (!client_) return;
    live::Shell(
        "ip link add v0 numtxqueues 3 numrxqueues 2 type veth peer name v1 numtxqueues 2 "
        "numrxqueues 3");
    // With GRO, veth receives through NAPI.
    live::Shell("ethtool -K v0 gro on && ip link set v0 up && ip link set v1 up");
  }

  XdpAct XdpFeatures(const char* device) {
    const absl::StatusOr<DevGetReply> reply = client_->DevGet({.ifindex = live::IndexOf(device)});
    EXPECT_TRUE(reply.ok()) << reply.status();
    return reply.ok() ? reply->xdp_features.value() : XdpAct{};
  }

  std::vector<NapiGetReply> Napis(const char* device) {
    return live::All(client_->NapiGetDump({.ifindex = live::IndexOf(device)}));
  }
};

// What a file of a device in sysfs says in the test's namespace: each mount of sysfs has its own.
std::string Sysfs(const std::string& path) {
  return live::Shell("unshare --mount sh -c 'mount -t sysfs none /sys && cat /sys/class/net/" +
                     path + "'");
}

// The device of the next event that is a `T`; a device that is made also tells of changes.
template <typename T>
uint32_t Next(Events& events) {
  for (;;) {
    const absl::StatusOr<Event> event = events.Next(kPatience);
    EXPECT_TRUE(event.ok()) << event.status();
    if (!event.ok()) return 0;
    if (const T* found = std::get_if<T>(&*event)) return found->ifindex.value();
    EXPECT_TRUE(std::holds_alternative<DevChangeNtf>(*event)) << "alternative " << event->index();
  }
}

TEST_F(NetdevTest, GoodEachDeviceIsDumped) {
  std::vector<uint32_t> expected;
  for (const auto& link : live::ShellJson("ip -json link")) expected.push_back(link["ifindex"]);
  std::vector<uint32_t> indexes;
  for (const DevGetReply& reply : live::All(client_->DevGetDump())) {
    indexes.push_back(reply.ifindex.value());
  }
  EXPECT_THAT(indexes, SizeIs(3));
  EXPECT_THAT(indexes, UnorderedElementsAreArray(expected));
}

TEST_F(NetdevTest, GoodXdpFeaturesFollowTheDevice) {
  constexpr XdpAct kAlways = XdpAct::kBasic | XdpAct::kRedirect | XdpAct::kRxSg;
  // A veth takes redirected frames when the peer receives them through NAPI.
  EXPECT_EQ(XdpFeatures("v1") & kAlways, kAlways);
  EXPECT_TRUE(genl::Has(XdpFeatures("v0"), XdpAct::kNdoXmit) ||
              genl::Has(XdpFeatures("v1"), XdpAct::kNdoXmit));
  EXPECT_EQ(XdpFeatures("lo"), XdpAct{});
}

TEST_F(NetdevTest, GoodQueuesOfEachDevice) {
  for (const char* device : {"lo", "v0", "v1"}) {
    SCOPED_TRACE(device);
    const nlohmann::json link =
        live::ShellJsonObject(absl::StrCat("ip -details -json link show ", device));
    std::map<QueueType, std::vector<uint32_t>> expected, queues;
    for (uint32_t i = 0; i < link["num_rx_queues"]; ++i) expected[QueueType::kRx].push_back(i);
    for (uint32_t i = 0; i < link["num_tx_queues"]; ++i) expected[QueueType::kTx].push_back(i);
    for (const QueueGetReply& queue :
         live::All(client_->QueueGetDump({.ifindex = live::IndexOf(device)}))) {
      EXPECT_EQ(queue.ifindex, live::IndexOf(device));
      queues[queue.type.value()].push_back(queue.id.value());
    }
    EXPECT_EQ(queues, expected);
  }
}

TEST_F(NetdevTest, GoodOneQueue) {
  const uint32_t v0 = live::IndexOf("v0");
  const absl::StatusOr<QueueGetReply> queue =
      client_->QueueGet({.ifindex = v0, .type = QueueType::kTx, .id = 2});
  ASSERT_TRUE(queue.ok()) << queue.status();
  EXPECT_EQ(*queue, (QueueGetReply{.id = 2, .type = QueueType::kTx, .ifindex = v0}));
}

TEST_F(NetdevTest, GoodNapiOfEachReceiveQueue) {
  live::Shell(
      "unshare --mount sh -c 'mount -t sysfs none /sys && cd /sys/class/net/v0 && "
      "echo 7 >napi_defer_hard_irqs && echo 20000 >gro_flush_timeout'");
  const std::vector<NapiGetReply> napis = Napis("v0");
  if (!napis.empty() && !napis[0].defer_hard_irqs) GTEST_SKIP() << kOldNapi;
  EXPECT_THAT(napis, SizeIs(2));
  EXPECT_THAT(napis, Each(AllOf(Field(&NapiGetReply::ifindex, live::IndexOf("v0")),
                                Field(&NapiGetReply::defer_hard_irqs, 7),
                                Field(&NapiGetReply::gro_flush_timeout, 20000))));
  EXPECT_THAT(Napis("lo"), SizeIs(0));
}

TEST_F(NetdevTest, GoodNapiIsSet) {
  const std::vector<NapiGetReply> before = Napis("v0");
  ASSERT_THAT(before, SizeIs(2));
  if (!before[0].defer_hard_irqs) GTEST_SKIP() << kOldNapi;
  const absl::Status status =
      client_->NapiSet({.id = before[1].id, .defer_hard_irqs = 11, .gro_flush_timeout = 30000});
  ASSERT_TRUE(status.ok()) << status;
  const absl::StatusOr<NapiGetReply> napi = client_->NapiGet({.id = before[1].id});
  ASSERT_TRUE(napi.ok()) << napi.status();
  NapiGetReply expected = before[1];
  expected.defer_hard_irqs = 11;
  expected.gro_flush_timeout = 30000;
  EXPECT_EQ(*napi, expected);
  EXPECT_EQ(Napis("v0")[0], before[0]);
  // The device's own value is another.
  EXPECT_EQ(Sysfs("v0/gro_flush_timeout"), "0\n");
}

TEST_F(NetdevTest, BadNapiOutOfItsLimits) {
  const std::vector<NapiGetReply> napis = Napis("v0");
  ASSERT_THAT(napis, SizeIs(2));
  if (!napis[0].defer_hard_irqs) GTEST_SKIP() << kOldNapi;
  const absl::Status status = client_->NapiSet({.id = napis[0].id, .defer_hard_irqs = 0x80000000});
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error) << status;
  EXPECT_EQ(error->error, ERANGE);
  EXPECT_EQ(error->attribute, "defer-hard-irqs");
  EXPECT_EQ(error->policy, "must be at most 2147483647");
}

TEST_F(NetdevTest, BadDeviceThatIsNotThere) {
  const absl::StatusOr<DevGetReply> reply = client_->DevGet({.ifindex = 4711});
  const std::optional<genl::KernelError> error = genl::GetKernelError(reply.status());
  ASSERT_TRUE(error) << reply.status();
  EXPECT_EQ(error->error, ENODEV);
}

TEST_F(NetdevTest, GoodNotificationsTellOfDevices) {
  absl::StatusOr<Events> events = client_->Subscribe({Group::kMgmt});
  ASSERT_TRUE(events.ok()) << events.status();
  live::Shell("ip link add name v2 index 77 type veth peer name v3 index 78");
  EXPECT_THAT((std::vector{Next<DevAddNtf>(*events), Next<DevAddNtf>(*events)}),
              UnorderedElementsAre(77, 78));
  live::Shell("ip link del v2");
  EXPECT_THAT((std::vector{Next<DevDelNtf>(*events), Next<DevDelNtf>(*events)}),
              UnorderedElementsAre(77, 78));
}

}  // namespace
}  // namespace netdev
