// tc against tc(8): each reads what the other has set. Kernels without a discipline or a classifier
// skip its tests; in the VM all are there.
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "genl/kernel_error.h"
#include "gmock/gmock.h"
#include "tests/families/tc.genl.h"
#include "tests/live/machine.h"
#include "tests/live/text.h"

namespace tc {
namespace {

using genl::RequestFlags;
using live::Put;
using nlohmann::json;
using testing::SizeIs;

constexpr RequestFlags kNew = RequestFlags::kCreate | RequestFlags::kExclusive;
constexpr uint32_t kRoot = 0xffffffff;  // TC_H_ROOT
constexpr uint32_t kHtb = 0x10000, kLeaf = 0x10020, kFqCodel = 0x200000;

// 1: and 1:20, in hexadecimal.
std::string Handle(uint32_t handle) {
  const uint32_t minor = handle & 0xffff;
  return absl::StrFormat(minor == 0 ? "%x:" : "%x:%x", handle >> 16, minor);
}

json InWordsOfTc(const HtbAttrs& htb) {
  const TcHtbGlob& init = htb.init.value();
  json words = {{"r2q", init.rate2quantum},
                {"default", absl::StrFormat("%#x", init.defcls)},
                {"direct_packets_stat", init.direct_pkts},
                {"ver", absl::StrCat(init.version >> 16, ".", init.version & 0xffff)}};
  Put(words, "direct_qlen", htb.direct_qlen);
  return words;
}

json InWordsOfTc(const FqCodelAttrs& fq_codel) {
  json words;
  Put(words, "limit", fq_codel.limit);
  Put(words, "flows", fq_codel.flows);
  Put(words, "quantum", fq_codel.quantum);
  Put(words, "target", fq_codel.target);
  Put(words, "interval", fq_codel.interval);
  Put(words, "memory_limit", fq_codel.memory_limit);
  Put(words, "drop_batch", fq_codel.drop_batch_size);
  Put(words, "ce_threshold", fq_codel.ce_threshold);
  if (fq_codel.ecn.value() != 0) words["ecn"] = true;
  return words;
}

json InWordsOfTc(const std::optional<OptionsMsg>& options) {
  if (!options) return json::object();
  if (const auto* htb = options->get_if<HtbAttrs>()) return InWordsOfTc(*htb);
  if (const auto* fq_codel = options->get_if<FqCodelAttrs>()) return InWordsOfTc(*fq_codel);
  ADD_FAILURE() << "options of kind " << options->index();
  return json::object();
}

json InWordsOfTc(const GetqdiscReply& qdisc) {
  json words = {{"kind", qdisc.kind.value()},
                {"handle", Handle(qdisc.header.handle)},
                {"dev", live::DeviceName(qdisc.header.ifindex)},
                {"options", InWordsOfTc(qdisc.options)}};
  words[qdisc.header.parent == kRoot ? "root" : "parent"] =
      qdisc.header.parent == kRoot ? json(true) : json(Handle(qdisc.header.parent));
  if (qdisc.header.info != 1) words["refcnt"] = qdisc.header.info;
  const TcaStatsAttrs stats = qdisc.stats2.value();
  words["bytes"] = stats.basic.value().bytes;
  words["packets"] = stats.basic->packets;
  words["drops"] = stats.queue.value().drops;
  words["overlimits"] = stats.queue->overlimits;
  words["requeues"] = stats.queue->requeues;
  words["backlog"] = stats.queue->backlog;
  words["qlen"] = stats.queue->qlen;
  if (!stats.app || !stats.app->get_if<TcFqCodelXstats>()) return words;
  const TcFqCodelXstats& xstats = *stats.app->get_if<TcFqCodelXstats>();
  words["maxpacket"] = xstats.maxpacket;
  words["drop_overlimit"] = xstats.drop_overlimit;
  words["new_flow_count"] = xstats.new_flow_count;
  words["ecn_mark"] = xstats.ecn_mark;
  words["new_flows_len"] = xstats.new_flows_len;
  words["old_flows_len"] = xstats.old_flows_len;
  return words;
}

class TcTest : public live::ClientTest<Client> {
 protected:
  TcTest() : ClientTest({"ip", "tc"}) {}

  // Without IPv6 and with a neighbour that is known, nothing is sent but what SendPacket() sends.
  void SetUp() override {
    ClientTest::SetUp();
    if (!client_) return;
    live::Shell("echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6");
    live::Shell("ip link add v0 type veth peer name v1 && ip link set v0 up && ip link set v1 up");
    live::Shell("ip address add 192.0.2.1/24 dev v0");
    live::Shell("ip neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev v0 nud permanent");
    v0_ = static_cast<int32_t>(live::IndexOf("v0"));
  }
  void TearDown() override {
    if (client_) live::Shell("ip link del v0");
  }

  void SendPacket() {
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in to = {};
    to.sin_family = AF_INET;
    to.sin_port = htons(4711);
    to.sin_addr.s_addr = htonl(0xc0000209);
    EXPECT_EQ(sendto(socket, "x", 1, 0, reinterpret_cast<sockaddr*>(&to), sizeof to), 1);
    close(socket);
  }

  json Qdiscs() {
    json qdiscs = json::array();
    for (const GetqdiscReply& qdisc : live::All(client_->GetqdiscDump())) {
      qdiscs.push_back(InWordsOfTc(qdisc));
    }
    return qdiscs;
  }

  void AddHtb() {
    const absl::Status status = client_->Newqdisc(
        {.header = {.ifindex = v0_, .handle = kHtb, .parent = kRoot},
         .kind = "htb",
         .options = HtbAttrs{.init = TcHtbGlob{.version = 3, .rate2quantum = 5, .defcls = 0x20},
                             .direct_qlen = 500}},
        kNew);
    EXPECT_TRUE(status.ok()) << status;
  }

  int32_t v0_ = 0;
};

TEST_F(TcTest, GoodDisciplinesThatTcAdded) {
  live::Shell("tc qdisc add dev v0 root handle 1: htb default 0x20 r2q 7 direct_qlen 300");
  SendPacket();
  const json qdiscs = Qdiscs();
  EXPECT_EQ(live::Lines(qdiscs),
            live::Lines(live::ShellJson("tc -json -details -statistics qdisc")));
  EXPECT_EQ(qdiscs.back()["bytes"], ETH_HLEN + 20 + 8 + 1);
}

// The spec has the rates of a class shorter than linux/pkt_sched.h, so that the kernel refuses a
// class with them: tc adds it.
constexpr char kAddLeaf[] =
    "tc class add dev v0 parent 1: classid 1:20 htb rate 1mbit quantum 3000";

TEST_F(TcTest, GoodHtbWithAClass) {
  AddHtb();
  live::Shell(kAddLeaf);
  EXPECT_EQ(live::Lines(Qdiscs()),
            live::Lines(live::ShellJson("tc -json -details -statistics qdisc")));
  // The kernel tells the listeners of a group, and who asks only with this flag.
  const absl::StatusOr<GettclassReply> leaf =
      client_->Gettclass({.header = {.ifindex = v0_, .handle = kLeaf}}, RequestFlags::kEcho);
  ASSERT_TRUE(leaf.ok()) << leaf.status();
  EXPECT_EQ(leaf->kind, "htb");
  EXPECT_EQ(leaf->header.handle, kLeaf);
  EXPECT_EQ(leaf->header.parent, kRoot);
  const absl::Status deleted = client_->Deltclass({.header = {.ifindex = v0_, .handle = kLeaf}});
  EXPECT_TRUE(deleted.ok()) << deleted;
  EXPECT_EQ(live::Shell("tc class show dev v0"), "");
}

TEST_F(TcTest, GoodFqCodelBelowHtb) {
  AddHtb();
  live::Shell(kAddLeaf);
  const absl::Status status =
      client_->Newqdisc({.header = {.ifindex = v0_, .handle = kFqCodel, .parent = kLeaf},
                         .kind = "fq_codel",
                         .options = FqCodelAttrs{.target = 10000,
                                                 .limit = 1000,
                                                 .interval = 200000,
                                                 .ecn = 0,
                                                 .flows = 512,
                                                 .quantum = 600,
                                                 .ce_threshold = 5000,
                                                 .drop_batch_size = 32,
                                                 .memory_limit = 1 << 20}},
                        kNew);
  if (absl::IsNotFound(status)) GTEST_SKIP() << "the kernel has no fq_codel";
  ASSERT_TRUE(status.ok()) << status;
  SendPacket();
  const json qdiscs = Qdiscs();
  EXPECT_EQ(live::Lines(qdiscs),
            live::Lines(live::ShellJson("tc -json -details -statistics qdisc")));
  const json& fq_codel = qdiscs.back();
  EXPECT_EQ(fq_codel["parent"], "1:20");
  EXPECT_EQ(fq_codel["options"]["memory_limit"], 1 << 20);
  EXPECT_EQ(fq_codel["packets"], 1);
}

TEST_F(TcTest, GoodDisciplineThatIsDeleted) {
  AddHtb();
  const absl::Status status = client_->Delqdisc({.header = {.ifindex = v0_, .parent = kRoot}});
  EXPECT_TRUE(status.ok()) << status;
  for (const json& qdisc : live::ShellJson("tc -json qdisc show dev v0")) {
    EXPECT_EQ(qdisc["kind"], "noqueue");
  }
}

// Priority 6, of IPv4.
uint32_t FilterInfo() { return 6 << 16 | htons(ETH_P_IP); }

TEST_F(TcTest, GoodFilterByFlower) {
  AddHtb();
  const absl::Status status =
      client_->Newtfilter({.header = {.ifindex = v0_, .parent = kHtb, .info = FilterInfo()},
                           .kind = "flower",
                           .options = FlowerAttrs{.classid = kLeaf,
                                                  .key_eth_type = ETH_P_IP,
                                                  .key_ip_proto = IPPROTO_TCP,
                                                  .key_ipv4_dst = 0xc0000200,
                                                  .key_ipv4_dst_mask = 0xffffff00,
                                                  .key_tcp_dst = 80}},
                          kNew);
  if (absl::IsNotFound(status)) GTEST_SKIP() << "the kernel has no flower";
  ASSERT_TRUE(status.ok()) << status;
  const json filters = live::ShellJson("tc -json -details filter show dev v0");
  EXPECT_EQ(filters[1]["pref"], 6);
  EXPECT_EQ(filters[1]["options"]["classid"], "1:20");
  EXPECT_EQ(filters[1]["options"]["keys"], (json{{"eth_type", "ipv4"},
                                                 {"ip_proto", "tcp"},
                                                 {"dst_ip", "192.0.2.0/24"},
                                                 {"dst_port", 80}}));
}

TEST_F(TcTest, GoodActionOfAFilter) {
  AddHtb();
  const absl::Status status = client_->Newtfilter(
      {.header = {.ifindex = v0_, .parent = kHtb, .info = FilterInfo()},
       .kind = "matchall",
       .options = MatchallAttrs{.act = {{.kind = "gact",
                                         .options = ActGactAttrs{.parms = TcGact{.action = 2}}}}}},
      kNew);
  if (absl::IsNotFound(status)) GTEST_SKIP() << "the kernel has no matchall or gact";
  ASSERT_TRUE(status.ok()) << status;
  const json filters = live::ShellJson("tc -json -details filter show dev v0");
  const json& action = filters[1]["options"]["actions"][0];
  EXPECT_EQ(action["kind"], "gact");
  EXPECT_EQ(action["control_action"]["type"], "drop");

  const std::vector<GettfilterReply> dumped =
      live::All(client_->GettfilterDump({.header = {.ifindex = v0_, .parent = kHtb}}));
  ASSERT_THAT(dumped, SizeIs(2));  // the classifier, and its filter
  const MatchallAttrs& matchall = *dumped[1].options.value().get_if<MatchallAttrs>();
  ASSERT_THAT(matchall.act, SizeIs(1));
  const TcGact& gact = matchall.act[0].options.value().get_if<ActGactAttrs>()->parms.value();
  EXPECT_EQ(gact.action, 2);
  EXPECT_EQ(gact.refcnt, action["ref"]);
  EXPECT_EQ(gact.bindcnt, action["bind"]);
  EXPECT_EQ(gact.index, action["index"]);
}

TEST_F(TcTest, BadKindThatIsNotThere) {
  const absl::Status status =
      client_->Newqdisc({.header = {.ifindex = v0_, .parent = kRoot}, .kind = "no-such"}, kNew);
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error) << status;
  EXPECT_EQ(error->error, ENOENT);
  EXPECT_EQ(error->message, "Specified qdisc kind is unknown");
}

}  // namespace
}  // namespace tc
