// The runtime against the running kernel: network links of a namespace of the test's own. The
// tables are written by hand, with what the test needs.
#include <fcntl.h>
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <sched.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "genl/client.h"
#include "genl/dump.h"
#include "genl/events.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl {
namespace {

struct IfInfo {
  uint8_t ifi_family = 0;
  uint16_t ifi_type = 0;
  int32_t ifi_index = 0;
  uint32_t ifi_flags = 0;
  uint32_t ifi_change = 0;
};

struct LinkInfo {
  std::optional<std::string> kind = {};
};

struct Link {
  IfInfo header = {};
  std::optional<std::string> ifname = {};
  std::optional<uint32_t> mtu = {};
  std::optional<LinkInfo> linkinfo = {};
};

// clang-format off
constexpr StructMember kIfInfoMembers[] = {
    {.offset = 0, .size = 1, .kind = Kind::kU8, .name = "ifi-family"},
    {.offset = 1, .size = 1, .name = "pad"},
    {.offset = 2, .size = 2, .kind = Kind::kU16, .name = "ifi-type"},
    {.offset = 4, .size = 4, .kind = Kind::kS32, .name = "ifi-index"},
    {.offset = 8, .size = 4, .kind = Kind::kU32, .name = "ifi-flags"},
    {.offset = 12, .size = 4, .kind = Kind::kU32, .name = "ifi-change"},
};
constexpr Structure kIfInfoStructure = {"ifinfomsg", 16, kIfInfoMembers};
constexpr StructField kIfInfoFields[] = {
    GENL_STRUCT_FIELD(IfInfo, ifi_family, kIfInfoMembers[0], nullptr),
    GENL_STRUCT_FIELD(IfInfo, ifi_type, kIfInfoMembers[2], nullptr),
    GENL_STRUCT_FIELD(IfInfo, ifi_index, kIfInfoMembers[3], nullptr),
    GENL_STRUCT_FIELD(IfInfo, ifi_flags, kIfInfoMembers[4], nullptr),
    GENL_STRUCT_FIELD(IfInfo, ifi_change, kIfInfoMembers[5], nullptr),
};
constexpr StructLayout kIfInfo = {&kIfInfoStructure, kIfInfoFields};

constexpr Attribute kLinkInfoAttributes[] = {
    {.number = IFLA_INFO_KIND, .kind = Kind::kString, .name = "kind"},
};
constexpr AttributeSet kLinkInfoSet = MakeSet<kLinkInfoAttributes>("linkinfo-attrs");
constexpr Field kLinkInfoFields[] = {
    GENL_FIELD(LinkInfo, kind, kLinkInfoAttributes[0], kOptional, nullptr),
};
constexpr Layout kLinkInfoLayout = MakeLayout<kLinkInfoFields>(kLinkInfoSet);

constexpr Attribute kLinkAttributes[] = {
    {.number = IFLA_IFNAME, .kind = Kind::kString, .name = "ifname"},
    {.number = IFLA_MTU, .kind = Kind::kU32, .name = "mtu"},
    {.number = IFLA_LINKINFO, .kind = Kind::kNest, .name = "linkinfo", .nested = &kLinkInfoSet},
};
constexpr AttributeSet kLinkSet = MakeSet<kLinkAttributes>("link-attrs");
constexpr Field kLinkFields[] = {
    GENL_FIELD(Link, ifname, kLinkAttributes[0], kOptional, nullptr),
    GENL_FIELD(Link, mtu, kLinkAttributes[1], kOptional, nullptr),
    GENL_FIELD(Link, linkinfo, kLinkAttributes[2], kOptional, &kLinkInfoLayout),
};
constexpr Layout kLink = WithHeader(MakeLayout<kLinkFields>(kLinkSet), kIfInfo, offsetof(Link, header));
// clang-format on

constexpr Family kRtLink = {"rt-link", 1, NETLINK_ROUTE};
constexpr Operation kNewLink = {"newlink", RTM_NEWLINK, &kLink};
constexpr Operation kSetLink = {"setlink", RTM_SETLINK, &kLink};
constexpr Operation kDelLink = {"dellink", RTM_DELLINK, &kLink};
constexpr Operation kGetLink = {"getlink", RTM_GETLINK, &kLink, RTM_NEWLINK, &kLink};
constexpr RequestFlags kNew = RequestFlags::kCreate | RequestFlags::kExclusive;

class RtnetlinkTest : public testing::Test {
 protected:
  void SetUp() override {
    if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) {
      GTEST_SKIP() << "SKIPPED: rtnetlink_test: cannot make a network namespace";
    }
    absl::StatusOr<Client> client = Client::Connect(kRtLink);
    ASSERT_TRUE(client.ok()) << client.status();
    client_.emplace(*std::move(client));
  }

  absl::Status Do(const Operation& operation, const Link& link, RequestFlags flags = {}) {
    return client_->Do(operation, &link, nullptr, flags);
  }

  absl::StatusOr<Link> Get(const std::string& name) {
    const Link request{.ifname = name};
    return client_->Call<Link>(kGetLink, &request);
  }

  std::vector<std::string> Names() {
    const Link all;
    Dump<Link> dump(*client_, kGetLink, &all);
    std::vector<std::string> names;
    for (const Link& link : dump) names.push_back(link.ifname.value_or(""));
    EXPECT_TRUE(dump.status().ok()) << dump.status();
    return names;
  }

  std::optional<Client> client_;
};

TEST_F(RtnetlinkTest, GoodRequestBehindAHeader) {
  const absl::StatusOr<Link> lo = Get("lo");
  ASSERT_TRUE(lo.ok()) << lo.status();
  EXPECT_EQ(lo->header.ifi_index, 1);
  EXPECT_EQ(lo->header.ifi_type, 772) << "ARPHRD_LOOPBACK";
  EXPECT_EQ(lo->mtu, 65536);
  const Link by_index{.header = {.ifi_index = 1}};
  EXPECT_EQ(client_->Call<Link>(kGetLink, &by_index)->ifname, "lo");
}

TEST_F(RtnetlinkTest, GoodChange) {
  ASSERT_TRUE(
      Do(kSetLink, {.header = {.ifi_index = 1, .ifi_flags = 1, .ifi_change = 1}, .mtu = 1500})
          .ok());
  EXPECT_EQ(Get("lo")->mtu, 1500);
  EXPECT_EQ(Get("lo")->header.ifi_flags & 1, 1) << "IFF_UP";
}

// IFLA_IFNAME stands behind the netlink header and 16 bytes of ifinfomsg.
TEST_F(RtnetlinkTest, BadRequestIsExplained) {
  const absl::Status status = Get("a-name-of-20-letters").status();
  const std::optional<KernelError> error = GetKernelError(status);
  ASSERT_TRUE(error.has_value()) << status;
  EXPECT_EQ(error->attribute, "ifname") << status;
  EXPECT_EQ(Get("nobody").status().code(), absl::StatusCode::kNotFound);
}

enum class Group { kLink, kStats };
constexpr MulticastGroup kGroups[] = {{"rtnlgrp-link", RTNLGRP_LINK}, {"rtnlgrp-stats", 36}};
using AnyEvent = std::variant<Overrun, Restarted, Link>;
constexpr EventType kTypes[] = {{RTM_NEWLINK, &kLink, 2}};

absl::StatusOr<Events<AnyEvent, Group>> Listen(Client& client, const SubscribeOptions& options) {
  return Subscribe<AnyEvent, Group>(client, {Group::kLink, Group::kStats}, kGroups, kTypes,
                                    options);
}

constexpr Link kLoUp = {.header = {.ifi_index = 1, .ifi_flags = 1, .ifi_change = 1}};

TEST_F(RtnetlinkTest, GoodGroupsByNumber) {
  auto events = Listen(*client_, {});
  ASSERT_TRUE(events.ok()) << events.status();
  ASSERT_TRUE(Do(kSetLink, kLoUp).ok());
  const absl::StatusOr<AnyEvent> event = events->Next(absl::Seconds(10));
  ASSERT_TRUE(event.ok()) << event.status();
  EXPECT_EQ(std::get<Link>(*event).ifname, "lo");
  EXPECT_EQ(events->namespace_id(), std::nullopt);
}

// The namespace of `client_` by its descriptor, and a new one in which the thread is from then on.
class TwoNamespacesTest : public RtnetlinkTest {
 protected:
  void SetUp() override {
    RtnetlinkTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    first_ = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    ASSERT_EQ(unshare(CLONE_NEWNET), 0);
    second_ = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
  }
  ~TwoNamespacesTest() override {
    close(first_);
    close(second_);
  }

  // Whether a new client in this namespace sees `lo` up.
  static bool SeesLoUp(const NetworkNamespace& where) {
    absl::StatusOr<Client> client = Client::Connect(kRtLink, {.network_namespace = where});
    EXPECT_TRUE(client.ok()) << client.status();
    const Link request{.ifname = "lo"};
    const absl::StatusOr<Link> lo = client->Call<Link>(kGetLink, &request);
    EXPECT_TRUE(lo.ok()) << lo.status();
    return lo->header.ifi_flags & 1;
  }

  int first_ = -1;
  int second_ = -1;
};

TEST_F(TwoNamespacesTest, GoodClientInAnotherThanItsThread) {
  ASSERT_TRUE(Do(kSetLink, kLoUp).ok());
  EXPECT_FALSE(SeesLoUp({}));
  EXPECT_FALSE(SeesLoUp(NetworkNamespace::OfProcess(getpid())));
  EXPECT_TRUE(SeesLoUp(NetworkNamespace::Descriptor(first_)));
  EXPECT_TRUE(SeesLoUp(NetworkNamespace::File(absl::StrCat("/proc/self/fd/", first_))));
  EXPECT_FALSE(SeesLoUp({})) << "the thread stays where it is";
}

TEST_F(TwoNamespacesTest, BadNamespaceThatIsNotThere) {
  const absl::Status status =
      Client::Connect(kRtLink, {.network_namespace = NetworkNamespace::Named("no-such")}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound) << status;
}

// Gives the namespace `fd` the id `id` in that of the client.
absl::Status NameNamespace(Client& client, int fd, int id) {
  struct Names {
    IfInfo unused = {};
    std::optional<int32_t> id = {};
    std::optional<uint32_t> fd = {};
  };
  // clang-format off
  static constexpr Attribute kAttributes[] = {
      {.number = NETNSA_NSID, .kind = Kind::kS32, .name = "nsid"},
      {.number = NETNSA_FD, .kind = Kind::kU32, .name = "fd"},
  };
  static constexpr AttributeSet kSet = MakeSet<kAttributes>("netns");
  static constexpr StructMember kFamilyMember[] = {{.offset = 0, .size = 1, .kind = Kind::kU8, .name = "family"}};
  static constexpr Structure kHeader = {"rtgenmsg", 1, kFamilyMember};
  static constexpr StructField kHeaderFields[] = {GENL_STRUCT_FIELD(IfInfo, ifi_family, kFamilyMember[0], nullptr)};
  static constexpr StructLayout kHeaderLayout = {&kHeader, kHeaderFields};
  static constexpr Field kFields[] = {
      GENL_FIELD(Names, id, kAttributes[0], kOptional, nullptr),
      GENL_FIELD(Names, fd, kAttributes[1], kOptional, nullptr),
  };
  // clang-format on
  static constexpr Layout kLayout =
      WithHeader(MakeLayout<kFields>(kSet), kHeaderLayout, offsetof(Names, unused));
  const Names names{.id = id, .fd = static_cast<uint32_t>(fd)};
  return client.Do({"newnsid", RTM_NEWNSID, &kLayout}, &names, nullptr);
}

TEST_F(TwoNamespacesTest, GoodEventsOfAllNamespaces) {
  absl::Status named = NameNamespace(*client_, second_, 7);
  ASSERT_TRUE(named.ok()) << named;
  auto own = Listen(*client_, {});
  auto all = Listen(*client_, {.all_namespaces = true});
  ASSERT_TRUE(own.ok() && all.ok()) << own.status() << all.status();
  absl::StatusOr<Client> there = Client::Connect(kRtLink);
  ASSERT_TRUE(there->Do(kSetLink, &kLoUp, nullptr).ok());
  EXPECT_TRUE(all->Next(absl::Seconds(10)).ok());
  EXPECT_EQ(all->namespace_id(), 7);
  EXPECT_TRUE(absl::IsDeadlineExceeded(own->Next(absl::ZeroDuration()).status()));
  ASSERT_TRUE(Do(kSetLink, kLoUp).ok());
  EXPECT_TRUE(all->Next(absl::Seconds(10)).ok());
  EXPECT_EQ(all->namespace_id(), std::nullopt);
}

TEST_F(RtnetlinkTest, BadGroupWithoutANumber) {
  const MulticastGroup groups[] = {{"mgmt"}};
  const absl::Status status = EventStream::Open(*client_, groups).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("`mgmt` of `rt-link`"));
}

TEST_F(RtnetlinkTest, GoodFlagsSayWhetherItMayExist) {
  const Link pair{.ifname = "left", .linkinfo = LinkInfo{.kind = "veth"}};
  const absl::Status made = Do(kNewLink, pair, kNew);
  if (absl::IsUnimplemented(made)) {
    GTEST_SKIP() << "SKIPPED: rtnetlink_test: this kernel has no veth";
  }
  ASSERT_TRUE(made.ok()) << made;
  EXPECT_THAT(Names(), testing::UnorderedElementsAre("lo", "left", "veth0"));
  EXPECT_EQ(Get("left")->linkinfo->kind, "veth");
  EXPECT_EQ(GetKernelError(Do(kNewLink, pair, kNew))->error, EEXIST);
  EXPECT_TRUE(Do(kDelLink, {.ifname = "left"}).ok());
  EXPECT_EQ(GetKernelError(Do(kNewLink, pair))->error, ENODEV) << "without kCreate";
  EXPECT_THAT(Names(), testing::ElementsAre("lo"));
}

TEST(ClassicConnect, BadProtocolThatTheKernelLacks) {
  const absl::Status status = Client::Connect({"nothing", 1, /*protocol=*/31}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("protocol 31"));
}

}  // namespace
}  // namespace genl
