// mptcp_pm against `ip mptcp`: each reads what the other has set.
#include <sys/socket.h>

#include "genl/kernel_error.h"
#include "gmock/gmock.h"
#include "tests/families/mptcp_pm.genl.h"
#include "tests/live/machine.h"
#include "tests/live/text.h"

namespace mptcp_pm {
namespace {

using live::ShellJson;
using nlohmann::json;

// MPTCP_PM_ADDR_FLAG_* of linux/mptcp.h, which the spec does not name.
constexpr uint32_t kSignal = 1 << 0;
constexpr uint32_t kSubflow = 1 << 1;
constexpr uint32_t kBackup = 1 << 2;
constexpr uint32_t kFullmesh = 1 << 3;

constexpr std::pair<uint32_t, const char*> kFlags[] = {
    {kSignal, "signal"}, {kSubflow, "subflow"}, {kBackup, "backup"}, {kFullmesh, "fullmesh"}};

json InWordsOfIp(const Address& address) {
  json endpoint = {{"id", address.id.value()}};
  endpoint["address"] = address.family.value() == AF_INET
                            ? live::AddressText(address.addr4.value())
                            : live::AddressText(address.addr6.value());
  if (address.port.value_or(0) != 0) endpoint["port"] = *address.port;
  if (address.if_idx.value_or(0) != 0) endpoint["dev"] = live::DeviceName(*address.if_idx);
  for (const auto& [flag, word] : kFlags) {
    if (address.flags.value() & flag) endpoint[word] = true;
  }
  return endpoint;
}

class MptcpPmTest : public live::ClientTest<Client> {
 protected:
  MptcpPmTest() : ClientTest({"ip"}) {}

  void SetUp() override {
    ClientTest::SetUp();
    // An endpoint with a port listens there.
    if (client_) live::Shell("ip addr add 192.0.2.7/24 dev lo");
  }

  void Add(const Address& address) {
    const absl::Status status = client_->AddAddr({.addr = address});
    EXPECT_TRUE(status.ok()) << status;
  }

  json Endpoints() {
    json endpoints = json::array();
    for (const GetAddrReply& reply : live::All(client_->GetAddrDump())) {
      endpoints.push_back(InWordsOfIp(reply.addr.value()));
    }
    return endpoints;
  }
};

TEST_F(MptcpPmTest, GoodEndpointsThatIpAdded) {
  live::Shell("ip mptcp endpoint add 192.0.2.7 id 5 dev lo signal port 4711");
  live::Shell("ip mptcp endpoint add 192.0.2.2 id 200 fullmesh subflow");
  live::Shell("ip mptcp endpoint add 2001:db8::7 id 6 subflow backup");
  const json endpoints = Endpoints();
  EXPECT_EQ(endpoints.size(), 3);
  EXPECT_EQ(endpoints, ShellJson("ip -json mptcp endpoint"));
}

TEST_F(MptcpPmTest, GoodIpSeesAddedEndpoints) {
  Add({.family = AF_INET,
       .id = 7,
       .addr4 = 0xc0000207,
       .port = 4712,
       .flags = kSignal,
       .if_idx = live::IndexOf("lo")});
  Add({.family = AF_INET6,
       .id = 8,
       .addr6 = live::AddressBytes("2001:db8::8"),
       .flags = kSubflow | kBackup});
  const json expected = {
      {{"address", "192.0.2.7"}, {"id", 7}, {"port", 4712}, {"dev", "lo"}, {"signal", true}},
      {{"address", "2001:db8::8"}, {"id", 8}, {"subflow", true}, {"backup", true}}};
  EXPECT_EQ(ShellJson("ip -json mptcp endpoint"), expected);
  EXPECT_EQ(Endpoints(), expected);
}

TEST_F(MptcpPmTest, GoodOneEndpointChangedAndDeleted) {
  Add({.family = AF_INET, .id = 9, .addr4 = 0xc0000209, .flags = kSubflow});
  const Address which = {.id = 9};
  const absl::Status changed =
      client_->SetFlags({.addr = Address{.id = 9, .flags = kSubflow | kBackup}});
  EXPECT_TRUE(changed.ok()) << changed;
  const absl::StatusOr<GetAddrReply> reply = client_->GetAddr({.addr = which});
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(InWordsOfIp(reply->addr.value()),
            live::ShellJsonObject("ip -json mptcp endpoint show id 9"));
  EXPECT_EQ(reply->addr->flags, kSubflow | kBackup);

  const absl::Status deleted = client_->DelAddr({.addr = which});
  EXPECT_TRUE(deleted.ok()) << deleted;
  EXPECT_TRUE(ShellJson("ip -json mptcp endpoint").empty());
}

TEST_F(MptcpPmTest, GoodFlushedEndpoints) {
  live::Shell("ip mptcp endpoint add 192.0.2.1 && ip mptcp endpoint add 192.0.2.2");
  const absl::Status status = client_->FlushAddrs();
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_TRUE(ShellJson("ip -json mptcp endpoint").empty());
}

TEST_F(MptcpPmTest, GoodLimitsBothWays) {
  const absl::Status status = client_->SetLimits({.rcv_add_addrs = 3, .subflows = 4});
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(live::Shell("ip mptcp limits"), "add_addr_accepted 3 subflows 4 \n");
  live::Shell("ip mptcp limits set add_addr_accepted 1 subflows 8");
  const absl::StatusOr<GetLimitsReply> reply = client_->GetLimits();
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(*reply, (GetLimitsReply{.rcv_add_addrs = 1, .subflows = 8}));
}

TEST_F(MptcpPmTest, BadEndpointWithoutItsAddress) {
  const absl::Status status = client_->AddAddr({.addr = Address{.family = AF_INET}});
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error) << status;
  EXPECT_EQ(error->error, EINVAL);
  EXPECT_EQ(error->message, "missing address data");
  EXPECT_EQ(error->attribute, "addr");
}

TEST_F(MptcpPmTest, BadEndpointTwice) {
  Add({.family = AF_INET, .id = 1, .addr4 = 0xc0000201, .flags = kSignal});
  const absl::Status status = client_->AddAddr(
      {.addr = Address{.family = AF_INET, .id = 2, .addr4 = 0xc0000201, .flags = kSignal}});
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error) << status;
  EXPECT_THAT(error->error, testing::AnyOf(EEXIST, EINVAL)) << status;  // EINVAL in older kernels
}

}  // namespace
}  // namespace mptcp_pm
