// fou against `ip fou`: runs as root in a VM that has it, the kernel's own or a rebuilt one.
#include <arpa/inet.h>
#include <netinet/in.h>

#include "genl/kernel_error.h"
#include "gmock/gmock.h"
#include "tests/families/fou.genl.h"
#include "tests/live/machine.h"
#include "tests/live/text.h"

namespace fou {
namespace {

using live::ShellJson;
using nlohmann::json;

// The spec does not say that these addresses are in network byte order.
uint32_t FromWire(uint32_t address) { return ntohl(address); }

json InWordsOfIp(const GetReply& reply) {
  json receiver = {{"port", reply.port.value()}};
  if (reply.type == uint8_t(EncapType::kGue)) receiver["gue"] = nullptr;
  if (reply.ipproto.value_or(0) != 0) receiver["ipproto"] = *reply.ipproto;
  if (reply.local_v4.value_or(0) != 0)
    receiver["local"] = live::AddressText(FromWire(*reply.local_v4));
  if (reply.peer_v4.value_or(0) != 0)
    receiver["peer"] = live::AddressText(FromWire(*reply.peer_v4));
  if (reply.peer_port.value_or(0) != 0) receiver["peer_port"] = *reply.peer_port;
  if (reply.ifindex.value_or(0) != 0) receiver["dev"] = live::DeviceName(*reply.ifindex);
  return receiver;
}

// The spec does not list the family among what the kernel answers.
json Shown() {
  json receivers = ShellJson("ip -json fou show");
  for (json& receiver : receivers) receiver.erase("family");
  return receivers;
}

class FouTest : public live::ClientTest<Client> {
 protected:
  FouTest() : ClientTest({"ip"}) {}

  json Receivers() {
    json receivers = json::array();
    for (const GetReply& reply : live::All(client_->GetDump())) {
      receivers.push_back(InWordsOfIp(reply));
    }
    return receivers;
  }
};

TEST_F(FouTest, GoodReceiversThatIpAdded) {
  live::Shell("ip addr add 192.0.2.1/24 dev lo");
  live::Shell("ip fou add port 5555 ipproto 4");
  live::Shell("ip fou add port 5556 gue");
  live::Shell("ip fou add port 5557 ipproto 47 local 192.0.2.1 dev lo");
  const json receivers = Receivers();
  EXPECT_EQ(receivers.size(), 3);
  EXPECT_EQ(receivers, Shown());
}

TEST_F(FouTest, GoodIpSeesAddedReceivers) {
  live::Shell("ip addr add 192.0.2.1/24 dev lo");
  const absl::Status ipv4 = client_->Add({.port = 6000,
                                          .ipproto = IPPROTO_GRE,
                                          .type = uint8_t(EncapType::kDirect),
                                          .local_v4 = htonl(0xc0000201)});
  EXPECT_TRUE(ipv4.ok()) << ipv4;
  const absl::Status gue = client_->Add({.port = 6001, .type = uint8_t(EncapType::kGue)});
  EXPECT_TRUE(gue.ok()) << gue;
  EXPECT_EQ(Shown(), Receivers());
  ASSERT_EQ(Receivers().size(), 2);
  EXPECT_EQ(Receivers()[1], (json{{"port", 6000}, {"ipproto", 47}, {"local", "192.0.2.1"}}));

  const absl::StatusOr<GetReply> one = client_->Get({.port = 6000, .local_v4 = htonl(0xc0000201)});
  ASSERT_TRUE(one.ok()) << one.status();
  EXPECT_EQ(InWordsOfIp(*one), Receivers()[1]);
  const absl::Status deleted = client_->Del({.port = 6000, .local_v4 = htonl(0xc0000201)});
  EXPECT_TRUE(deleted.ok()) << deleted;
  EXPECT_EQ(Shown().size(), 1);
}

TEST_F(FouTest, BadReceiverThatIsNotThere) {
  const absl::Status status = client_->Del({.port = 6002});
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
}

}  // namespace
}  // namespace fou
