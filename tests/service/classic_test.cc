// A family with a netlink protocol of its own, on the fake kernel and in another thread's server.
#include <memory>
#include <string>
#include <thread>

#include "genl/peer_transport.h"
#include "genl/server.h"
#include "genl/testing/fake_kernel.h"
#include "gmock/gmock.h"
#include "tests/classic/thermo.service.h"

namespace genl {
namespace {

class Inventory : public thermo::Service {
 public:
  absl::StatusOr<thermo::SensorGetReply> SensorGet(const thermo::SensorGetRequest& request,
                                                   Caller&) override {
    return thermo::SensorGetReply{.id = request.id, .label = "inlet"};
  }
  absl::StatusOr<thermo::SensorNewReply> SensorNew(const thermo::SensorNewRequest& request,
                                                   Caller& caller) override {
    flags = caller.flags();
    const absl::Status told = Multicast(thermo::AlarmNtf{.label = request.label});
    if (!told.ok()) return told;
    return thermo::SensorNewReply{.id = 7};
  }
  Objects<thermo::SensorGetReply> SensorGetDump(const thermo::SensorGetDumpRequest&,
                                                Caller&) override {
    return std::vector<thermo::SensorGetReply>{{.id = 1}, {.id = 2}};
  }

  RequestFlags flags = {};
};

void Try(Inventory& inventory, Transport& transport) {
  absl::StatusOr<thermo::Client> client = thermo::Client::Connect({.transport = &transport});
  ASSERT_TRUE(client.ok()) << client.status();
  EXPECT_EQ(client->SensorGet({.id = 3})->id, 3u);
  EXPECT_EQ(client->SensorGetDump().Collect()->size(), 2u);
  absl::StatusOr<thermo::Events> events = client->Subscribe({{thermo::Group::kAlarms}});
  ASSERT_TRUE(events.ok()) << events.status();
  ASSERT_TRUE(client->SensorNew({.label = "hot"}, RequestFlags::kCreate).ok());
  EXPECT_EQ(inventory.flags, RequestFlags::kCreate);
  EXPECT_EQ(std::get<thermo::AlarmNtf>(*events->Next(absl::Seconds(10))).label, "hot");
  const auto refusal = GetKernelError(client->SensorNew({.label = ""}).status());
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(*refusal, (KernelError{.error = ERANGE,
                                   .message = "length of attribute is out of range",
                                   .attribute = "label"}));
}

TEST(ClassicTest, TheFakeKernelServesIt) {
  Inventory inventory;
  FakeKernel kernel;
  ASSERT_TRUE(kernel.Add(inventory).ok());
  Try(inventory, kernel);
}

TEST(ClassicTest, AServerServesIt) {
  Inventory inventory;
  absl::StatusOr<std::unique_ptr<Server>> server = Server::Listen();
  ASSERT_TRUE(server.ok()) << server.status();
  ASSERT_TRUE((*server)->Add(inventory).ok());
  std::thread thread([&] { EXPECT_TRUE((*server)->Run().ok()); });
  PeerTransport peer((*server)->port());
  Try(inventory, peer);
  (*server)->Stop();
  thread.join();
}

TEST(ClassicTest, BadServerOfTwoFamilies) {
  Inventory inventory, other;
  absl::StatusOr<std::unique_ptr<Server>> server = Server::Listen();
  ASSERT_TRUE(server.ok()) << server.status();
  ASSERT_TRUE((*server)->Add(inventory).ok());
  EXPECT_TRUE(absl::IsFailedPrecondition((*server)->Add(other)));
}

}  // namespace
}  // namespace genl
