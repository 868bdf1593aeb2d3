// psp from its client's side, which is made of the kernel's spec alone: runs as root where the
// family is, the rebuilt one or the kernel's own. Devices of the rebuilt one are network devices
// named `psp...`; the kernel's come with netdevsim.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "genl/kernel_error.h"
#include "genl/network_namespace.h"
#include "gmock/gmock.h"
#include "tests/families/psp.genl.h"
#include "tests/live/machine.h"
#include "tests/live/text.h"
#include "tests/vm/running_kernel.h"

namespace psp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// Long enough for an emulated machine under load; a test that passes never waits for it.
constexpr absl::Duration kPatience = absl::Seconds(20);

constexpr char kSimulator[] = "/sys/bus/netdevsim";

// A TCP socket, or one that is not.
class Socket {
 public:
  explicit Socket(int type = SOCK_STREAM)
      : fd_(socket(AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {}
  Socket(const Socket&) = delete;
  ~Socket() { close(fd_); }

  uint32_t fd() const { return fd_; }

  // Finds a route; nobody answers.
  void Call(const char* address) {
    sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(7), .sin_addr = {}, .sin_zero = {}};
    inet_pton(AF_INET, address, &to.sin_addr);
    EXPECT_EQ(connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to), -1);
    EXPECT_EQ(errno, EINPROGRESS);
  }

 private:
  int fd_;
};

// Another network namespace, which this one knows by number 7.
class Neighbour {
 public:
  static constexpr int32_t kNsid = 7;

  Neighbour() { live::Shell("ip netns add neighbour && ip netns set neighbour 7"); }
  ~Neighbour() { live::Shell("ip netns del neighbour"); }

  // A client stays where it has connected, with its subscriptions and dumps.
  absl::StatusOr<Client> Connect() const {
    return Client::Connect(
        {.timeout = kPatience, .network_namespace = genl::NetworkNamespace::Named("neighbour")});
  }
};

class PspTest : public live::ClientTest<Client> {
 protected:
  PspTest() : ClientTest({"ip"}) {}

  void SetUp() override {
    ClientTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    simulated_ = access(kSimulator, F_OK) == 0;
  }

  void TearDown() override {
    for (const int number : numbers_) RemoveSimulated(number);
  }

  // A device; which one, the kernel's reply says.
  DevGetReply Add(int number = 1) {
    const size_t before = live::All(client_->DevGetDump()).size();
    if (simulated_) {
      live::Shell(absl::StrCat("echo '", number, " 1' >", kSimulator, "/new_device"));
      numbers_.push_back(number);
    } else {
      live::Shell(absl::StrCat("ip link add psp", number, " type dummy"));
    }
    const std::vector<DevGetReply> devices = live::All(client_->DevGetDump());
    EXPECT_EQ(devices.size(), before + 1);
    return devices.empty() ? DevGetReply{} : devices.back();
  }

  void Remove(int number = 1) {
    if (simulated_) {
      RemoveSimulated(number);
      numbers_.clear();
    } else {
      live::Shell(absl::StrCat("ip link del psp", number));
    }
  }

  DevGetReply Get(const DevGetReply& device) {
    absl::StatusOr<DevGetReply> reply = client_->DevGet({.id = device.id});
    EXPECT_TRUE(reply.ok()) << reply.status();
    return reply.ok() ? *std::move(reply) : DevGetReply{};
  }

  GetStatsReply Stats(const DevGetReply& device) {
    absl::StatusOr<GetStatsReply> reply = client_->GetStats({.dev_id = device.id});
    EXPECT_TRUE(reply.ok()) << reply.status();
    return reply.ok() ? *std::move(reply) : GetStatsReply{};
  }

  Events Listen(Client& client, Group group) {
    absl::StatusOr<Events> events = client.Subscribe({group});
    EXPECT_TRUE(events.ok()) << events.status();
    return *std::move(events);
  }

  static uint32_t AddNetdev(const char* name) {
    live::Shell(absl::StrCat("ip link add ", name, " type dummy"));
    return live::IndexOf(name);
  }

 private:
  static void RemoveSimulated(int number) {
    live::Shell(absl::StrCat("echo ", number, " >", kSimulator, "/del_device"));
  }

  bool simulated_ = false;
  std::vector<int> numbers_;
};

// The next event, which must be a `T`.
template <typename T>
T Next(Events& events) {
  const absl::StatusOr<Event> event = events.Next(kPatience);
  EXPECT_TRUE(event.ok()) << event.status();
  if (!event.ok()) return T{};
  EXPECT_TRUE(std::holds_alternative<T>(*event)) << "alternative " << event->index();
  return std::holds_alternative<T>(*event) ? std::get<T>(*event) : T{};
}

// Whether the kernel refused with `error`, an errno, and blamed this attribute.
MATCHER_P2(Refused, error, attribute, "") {
  const std::optional<genl::KernelError> found = genl::GetKernelError(arg);
  *result_listener << arg;
  return found && found->error == error && found->attribute == attribute;
}

// Whether it refused with `error`, whatever it blamed.
MATCHER_P(HasErrno, error, "") {
  const std::optional<genl::KernelError> found = genl::GetKernelError(arg);
  *result_listener << arg;
  return found && found->error == error;
}

// Whether it missed an attribute.
MATCHER_P(Missed, attribute, "") {
  const std::optional<genl::KernelError> found = genl::GetKernelError(arg);
  *result_listener << arg;
  return found && found->error == EINVAL &&
         (found->missing_attribute == attribute || !genlc::RunningKernelNamesMissingAttributes());
}

constexpr VersionFlags kGcm128 = VersionFlags::kHdr0AesGcm128;

// 16 bytes, as the smaller of the two keys.
Keys Key(uint32_t spi) { return {.key = std::vector<uint8_t>(16, 0x5a), .spi = spi}; }

TEST_F(PspTest, GoodDeviceComesAndGoes) {
  EXPECT_THAT(live::All(client_->DevGetDump()), IsEmpty());
  Events events = Listen(*client_, Group::kMgmt);
  const DevGetReply device = Add();
  EXPECT_GE(device.id.value_or(0), 1);
  EXPECT_EQ(device.psp_versions_cap.value_or(VersionFlags()) & kGcm128, kGcm128);
  EXPECT_TRUE(device.psp_versions_ena.has_value());
  EXPECT_THAT(device.assoc_list, IsEmpty());
  EXPECT_FALSE(device.by_association);
  EXPECT_EQ(Get(device), device);
  const DevAddNtf added = Next<DevAddNtf>(events);
  EXPECT_EQ(added.id, device.id);
  EXPECT_EQ(added.ifindex, device.ifindex);
  Remove();
  EXPECT_EQ(Next<DevDelNtf>(events).id, device.id);
  EXPECT_THAT(live::All(client_->DevGetDump()), IsEmpty());
}

TEST_F(PspTest, GoodDumpsListEachDeviceOnce) {
  std::vector<DevGetReply> devices;
  std::vector<std::optional<uint32_t>> with_stats;
  for (const int number : {1, 2, 3}) devices.push_back(Add(number));
  EXPECT_EQ(live::All(client_->DevGetDump()), devices);
  for (const GetStatsReply& stats : live::All(client_->GetStatsDump())) {
    with_stats.push_back(stats.dev_id);
  }
  EXPECT_THAT(with_stats, ElementsAre(devices[0].id, devices[1].id, devices[2].id));
}

TEST_F(PspTest, GoodChangeIsAnnounced) {
  const DevGetReply device = Add();
  Events events = Listen(*client_, Group::kMgmt);
  const absl::StatusOr<DevSetReply> set =
      client_->DevSet({.id = device.id, .psp_versions_ena = kGcm128});
  EXPECT_TRUE(set.ok()) << set.status();
  EXPECT_EQ(Get(device).psp_versions_ena, kGcm128);
  EXPECT_EQ(Next<DevChangeNtf>(events).psp_versions_ena, kGcm128);
}

TEST_F(PspTest, GoodKeyIsRotated) {
  const DevGetReply device = Add();
  Events events = Listen(*client_, Group::kUse);
  EXPECT_EQ(Stats(device).key_rotations, 0);
  const absl::StatusOr<KeyRotateReply> rotated = client_->KeyRotate({.id = device.id});
  ASSERT_TRUE(rotated.ok()) << rotated.status();
  EXPECT_EQ(rotated->id, device.id);
  EXPECT_EQ(Next<KeyRotateNtf>(events).id, device.id);
  EXPECT_EQ(Stats(device).key_rotations, 1);
}

TEST_F(PspTest, GoodStatisticsAreComplete) {
  const GetStatsReply stats = Stats(Add());
  for (const std::optional<uint64_t>& value :
       {stats.key_rotations, stats.stale_events, stats.rx_packets, stats.rx_bytes,
        stats.rx_auth_fail, stats.rx_error, stats.rx_bad, stats.tx_packets, stats.tx_bytes,
        stats.tx_error}) {
    EXPECT_TRUE(value.has_value());
  }
}

TEST_F(PspTest, GoodSocketGetsBothKeys) {
  const DevGetReply device = Add();
  Socket socket;
  const absl::StatusOr<RxAssocReply> rx = client_->RxAssoc(
      {.dev_id = device.id, .version = Version::kHdr0AesGcm128, .sock_fd = socket.fd()});
  ASSERT_TRUE(rx.ok()) << rx.status();
  EXPECT_EQ(rx->dev_id, device.id);
  ASSERT_TRUE(rx->rx_key.has_value());
  EXPECT_THAT(rx->rx_key->key.value_or(std::vector<uint8_t>()), SizeIs(16));
  EXPECT_NE(rx->rx_key->spi.value_or(0) & 0x7fffffff, 0);
  const absl::StatusOr<TxAssocReply> tx = client_->TxAssoc({.dev_id = device.id,
                                                            .version = Version::kHdr0AesGcm128,
                                                            .tx_key = Key(77),
                                                            .sock_fd = socket.fd()});
  EXPECT_TRUE(tx.ok()) << tx.status();
}

TEST_F(PspTest, GoodLongKeysForTheOtherVersion) {
  const DevGetReply device = Add();
  Socket socket;
  const absl::StatusOr<RxAssocReply> rx = client_->RxAssoc(
      {.dev_id = device.id, .version = Version::kHdr0AesGcm256, .sock_fd = socket.fd()});
  ASSERT_TRUE(rx.ok()) << rx.status();
  EXPECT_THAT(rx->rx_key->key.value_or(std::vector<uint8_t>()), SizeIs(32));
}

TEST_F(PspTest, GoodRouteOfASocketNamesTheDevice) {
  const DevGetReply device = Add();
  const std::string name = live::DeviceName(*device.ifindex);
  live::Shell(absl::StrCat("ip addr add 192.0.2.1/24 dev ", name, " && ip link set ", name, " up"));
  Socket socket;
  socket.Call("192.0.2.2");
  const absl::StatusOr<RxAssocReply> rx =
      client_->RxAssoc({.version = Version::kHdr0AesGcm128, .sock_fd = socket.fd()});
  ASSERT_TRUE(rx.ok()) << rx.status();
  EXPECT_EQ(rx->dev_id, device.id);
  EXPECT_THAT(client_
                  ->RxAssoc({.dev_id = *device.id + 1,
                             .version = Version::kHdr0AesGcm128,
                             .sock_fd = socket.fd()})
                  .status(),
              Refused(EINVAL, "dev-id"));
}

TEST_F(PspTest, GoodKeysGoStaleAfterTwoRotations) {
  const DevGetReply device = Add();
  Socket socket;
  ASSERT_TRUE(
      client_
          ->RxAssoc(
              {.dev_id = device.id, .version = Version::kHdr0AesGcm128, .sock_fd = socket.fd()})
          .ok());
  for (const uint64_t stale : {0, 1, 1}) {
    ASSERT_TRUE(client_->KeyRotate({.id = device.id}).ok());
    EXPECT_EQ(Stats(device).stale_events, stale);
  }
}

TEST_F(PspTest, GoodNetdevBorrowsTheDevice) {
  const DevGetReply device = Add();
  const uint32_t netdev = AddNetdev("guest");
  Events events = Listen(*client_, Group::kMgmt);
  const absl::StatusOr<DevAssocReply> assoc =
      client_->DevAssoc({.id = device.id, .ifindex = netdev});
  ASSERT_TRUE(assoc.ok()) << assoc.status();
  ASSERT_THAT(Next<DevChangeNtf>(events).assoc_list, SizeIs(1));
  const DevGetReply now = Get(device);
  ASSERT_THAT(now.assoc_list, SizeIs(1));
  EXPECT_EQ(now.assoc_list[0].ifindex, netdev);
  EXPECT_THAT(client_->DevAssoc({.id = device.id, .ifindex = netdev}).status(), HasErrno(EBUSY));
  const absl::StatusOr<DevDisassocReply> end =
      client_->DevDisassoc({.id = device.id, .ifindex = netdev});
  EXPECT_TRUE(end.ok()) << end.status();
  EXPECT_THAT(Get(device).assoc_list, IsEmpty());
}

TEST_F(PspTest, GoodNetdevThatGoesEndsItsAssociation) {
  const DevGetReply device = Add();
  const uint32_t netdev = AddNetdev("guest");
  ASSERT_TRUE(client_->DevAssoc({.id = device.id, .ifindex = netdev}).ok());
  Events events = Listen(*client_, Group::kMgmt);
  live::Shell("ip link del guest");
  Next<DevChangeNtf>(events);
  EXPECT_THAT(Get(device).assoc_list, IsEmpty());
}

TEST_F(PspTest, GoodNeighbourSeesWhatItBorrows) {
  const DevGetReply device = Add();
  Neighbour neighbour;
  absl::StatusOr<Client> there = neighbour.Connect();
  ASSERT_TRUE(there.ok()) << there.status();
  const auto devices = [&] { return live::All(there->DevGetDump()); };
  live::Shell("ip -n neighbour link add guest type dummy");
  const uint32_t netdev = live::ShellJsonObject("ip -n neighbour -json link show guest")["ifindex"];
  EXPECT_THAT(devices(), IsEmpty());
  EXPECT_THAT(there->DevGet({.id = device.id}).status(), HasErrno(ENOENT));

  Events here_events = Listen(*client_, Group::kMgmt);
  Events there_events = Listen(*there, Group::kMgmt);
  Events there_use = Listen(*there, Group::kUse);
  const absl::StatusOr<DevAssocReply> assoc =
      client_->DevAssoc({.id = device.id, .ifindex = netdev, .nsid = Neighbour::kNsid});
  ASSERT_TRUE(assoc.ok()) << assoc.status();
  const AssocDevInfo from_here = {.ifindex = netdev, .nsid = Neighbour::kNsid};
  const AssocDevInfo from_there = {.ifindex = netdev, .nsid = -1};
  EXPECT_THAT(Next<DevChangeNtf>(here_events).assoc_list, ElementsAre(from_here));
  EXPECT_THAT(Get(device).assoc_list, ElementsAre(from_here));
  const DevChangeNtf told = Next<DevChangeNtf>(there_events);
  EXPECT_TRUE(told.by_association);
  EXPECT_THAT(told.assoc_list, ElementsAre(from_there));
  ASSERT_THAT(devices(), SizeIs(1));

  // It may look and use, not change.
  EXPECT_THAT(there->KeyRotate({.id = device.id}).status(), HasErrno(ENOENT));
  EXPECT_THAT(there->DevDisassoc({.id = device.id, .ifindex = netdev, .nsid = 0}).status(),
              Refused(EPERM, "nsid"));
  ASSERT_TRUE(client_->KeyRotate({.id = device.id}).ok());
  EXPECT_EQ(Next<KeyRotateNtf>(there_use).id, device.id);
  const absl::StatusOr<DevDisassocReply> end =
      there->DevDisassoc({.id = device.id, .ifindex = netdev});
  EXPECT_TRUE(end.ok()) << end.status();
  Next<DevChangeNtf>(there_events);
  EXPECT_THAT(there->DevGet({.id = device.id}).status(), HasErrno(ENOENT));
}

TEST_F(PspTest, BadRequestsWithoutWhatTheyNeed) {
  const DevGetReply device = Add();
  Socket socket;
  EXPECT_THAT(client_->DevGet().status(), Missed("id"));
  EXPECT_THAT(client_->KeyRotate().status(), Missed("id"));
  EXPECT_THAT(client_->GetStats().status(), Missed("dev-id"));
  EXPECT_THAT(client_->DevSet({.psp_versions_ena = kGcm128}).status(), Missed("id"));
  EXPECT_THAT(client_->DevSet({.id = device.id}).status(), HasErrno(EINVAL));
  EXPECT_THAT(client_->DevAssoc({.id = device.id}).status(), Missed("ifindex"));
  EXPECT_THAT(client_->DevDisassoc({.id = device.id}).status(), Missed("ifindex"));
  RxAssocRequest rx = {.dev_id = device.id, .sock_fd = socket.fd()};
  EXPECT_THAT(client_->RxAssoc(rx).status(), Missed("version"));
  rx = {.dev_id = device.id, .version = Version::kHdr0AesGcm128};
  EXPECT_THAT(client_->RxAssoc(rx).status(), Missed("sock-fd"));
  rx = {.version = Version::kHdr0AesGcm128, .sock_fd = socket.fd()};
  EXPECT_THAT(client_->RxAssoc(rx).status(), Missed("dev-id"));
  TxAssocRequest tx = {
      .dev_id = device.id, .version = Version::kHdr0AesGcm128, .sock_fd = socket.fd()};
  EXPECT_THAT(client_->TxAssoc(tx).status(), Missed("tx-key"));
  tx.tx_key = Keys{.spi = 1};
  EXPECT_THAT(client_->TxAssoc(tx).status(), Missed("tx-key.key"));
  tx.tx_key = Keys{.key = Key(1).key};
  EXPECT_THAT(client_->TxAssoc(tx).status(), Missed("tx-key.spi"));
}

TEST_F(PspTest, BadDevicesAndNetdevsThatAreNotThere) {
  const DevGetReply device = Add();
  EXPECT_THAT(client_->DevGet({.id = *device.id + 1}).status(), HasErrno(ENODEV));
  EXPECT_THAT(client_->DevGet({.id = 0}).status(), Refused(ERANGE, "id"));
  EXPECT_THAT(client_->DevAssoc({.id = device.id, .ifindex = 12345}).status(),
              Refused(ENODEV, "ifindex"));
  EXPECT_THAT(client_->DevAssoc({.id = device.id, .ifindex = 1, .nsid = 99}).status(),
              Refused(EINVAL, "nsid"));
  EXPECT_THAT(client_->DevDisassoc({.id = device.id, .ifindex = 1}).status(),
              Refused(ENODEV, "ifindex"));
}

TEST_F(PspTest, BadSocketsForAnAssociation) {
  const DevGetReply device = Add();
  Socket udp(SOCK_DGRAM);
  RxAssocRequest rx = {.dev_id = device.id, .version = Version::kHdr0AesGcm128, .sock_fd = 9999};
  EXPECT_THAT(client_->RxAssoc(rx).status(), HasErrno(EBADF));
  rx.sock_fd = udp.fd();
  EXPECT_THAT(client_->RxAssoc(rx).status(), Refused(EOPNOTSUPP, "sock-fd"));
  Socket tcp;
  rx.sock_fd = tcp.fd();
  ASSERT_TRUE(client_->RxAssoc(rx).ok());
  EXPECT_THAT(client_->RxAssoc(rx).status(), Refused(EBUSY, "sock-fd"));
}

TEST_F(PspTest, BadKeysForTx) {
  const DevGetReply device = Add();
  Socket socket;
  TxAssocRequest tx = {.dev_id = device.id,
                       .version = Version::kHdr0AesGcm128,
                       .tx_key = Key(1),
                       .sock_fd = socket.fd()};
  EXPECT_THAT(client_->TxAssoc(tx).status(), HasErrno(EINVAL)) << "there is no Rx key";
  ASSERT_TRUE(
      client_
          ->RxAssoc(
              {.dev_id = device.id, .version = Version::kHdr0AesGcm128, .sock_fd = socket.fd()})
          .ok());
  tx.tx_key->key->pop_back();
  EXPECT_THAT(client_->TxAssoc(tx).status(), Refused(EINVAL, "tx-key.key"));
  tx.tx_key = Key(0x80000000);
  // The kernel blames the key.
  EXPECT_THAT(client_->TxAssoc(tx).status(),
              testing::AnyOf(Refused(EINVAL, "tx-key.spi"), Refused(EINVAL, "tx-key.key")));
  tx.tx_key = Key(1);
  tx.version = Version::kHdr0AesGmac128;
  EXPECT_FALSE(client_->TxAssoc(tx).ok()) << "it has another version";
  tx.version = Version::kHdr0AesGcm128;
  ASSERT_TRUE(client_->TxAssoc(tx).ok());
  EXPECT_THAT(client_->TxAssoc(tx).status(), HasErrno(EBUSY));
}

TEST_F(PspTest, BadVersions) {
  const DevGetReply device = Add();
  Socket socket;
  RxAssocRequest rx = {.dev_id = device.id, .version = Version(4), .sock_fd = socket.fd()};
  EXPECT_THAT(client_->RxAssoc(rx).status(), Refused(ERANGE, "version"));
  EXPECT_THAT(client_->DevSet({.id = device.id, .psp_versions_ena = VersionFlags(0x10)}).status(),
              Refused(EINVAL, "psp-versions-ena"));
  const VersionFlags gmac_256 = VersionFlags::kHdr0AesGmac256;
  if ((*device.psp_versions_cap & gmac_256) == gmac_256) return;
  rx.version = Version::kHdr0AesGmac256;
  EXPECT_THAT(client_->RxAssoc(rx).status(), Refused(EOPNOTSUPP, "version"));
  EXPECT_THAT(client_->DevSet({.id = device.id, .psp_versions_ena = gmac_256}).status(),
              HasErrno(EINVAL));
}

TEST_F(PspTest, BadUserMayLookAndNotChange) {
  const DevGetReply device = Add();
  ASSERT_EQ(seteuid(65534), 0);
  absl::StatusOr<Client> client = Client::Connect({.timeout = kPatience});
  ASSERT_TRUE(client.ok()) << client.status();
  const absl::Status rotated = client->KeyRotate({.id = device.id}).status();
  const absl::Status set = client->DevSet({.id = device.id, .psp_versions_ena = kGcm128}).status();
  const absl::Status assoc = client->DevAssoc({.id = device.id, .ifindex = 1}).status();
  const absl::Status ended = client->DevDisassoc({.id = device.id, .ifindex = 1}).status();
  const absl::StatusOr<DevGetReply> seen = client->DevGet({.id = device.id});
  ASSERT_EQ(seteuid(0), 0);
  for (const absl::Status& status : {rotated, set, assoc, ended}) {
    EXPECT_THAT(status, HasErrno(EPERM));
  }
  EXPECT_TRUE(seen.ok()) << seen.status();
}

}  // namespace
}  // namespace psp
