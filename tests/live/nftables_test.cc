// A table, a chain and a rule in one transaction of nftables, as nft(8) shows them and as packets
// feel them.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "genl/kernel_error.h"
#include "gmock/gmock.h"
#include "tests/families/nftables.genl.h"
#include "tests/live/machine.h"
#include "tests/live/text.h"

namespace nftables {
namespace {

using live::All;
using testing::IsEmpty;
using testing::SizeIs;

// linux/netfilter.h, nfnetlink.h and nf_tables.h, in which the spec does not count these.
constexpr Nfgenmsg kSubsystem = {.res_id = 10};
constexpr Nfgenmsg kIpv4 = {.nfgen_family = 2};
constexpr uint32_t kLocalOut = 3;
constexpr uint32_t kVerdictRegister = 0;
constexpr genl::RequestFlags kNew =
    genl::RequestFlags::kCreate | genl::RequestFlags::kExclusive | genl::RequestFlags::kAppend;

// "udp is counted and dropped": 17 is the protocol of UDP.
ExprListAttrs CountAndDropUdp() {
  return {
      .elem = {
          {.name = "meta", .data = ExprMetaAttrs{.dreg = 1, .key = MetaKeys::kL4Proto}},
          {.name = "cmp",
           .data = ExprCmpAttrs{.sreg = 1, .op = CmpOps::kEq, .data = DataAttrs{.value = {{17}}}}},
          {.name = "counter", .data = ExprCounterAttrs{}},
          {.name = "immediate",
           .data =
               ExprImmediateAttrs{
                   .dreg = kVerdictRegister,
                   .data = DataAttrs{.verdict = VerdictAttrs{.code = VerdictCode::kDrop}}}},
      }};
}

// 0, or the errno of a packet to this machine.
int SendUdp() {
  const int fd = socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(9);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const ssize_t sent =
      sendto(fd, "x", 1, 0, reinterpret_cast<sockaddr*>(&address), sizeof(address));
  const int error = sent == 1 ? 0 : errno;
  close(fd);
  return error;
}

class NftablesTest : public live::ClientTest<Client> {
 protected:
  NftablesTest() : ClientTest({"nft"}) {}

  void SetUp() override {
    ClientTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    const absl::Status status = client_->Getgen({.header = kSubsystem}).status();
    if (!status.ok()) GTEST_SKIP() << "SKIPPED: nftables_test: no nftables: " << status;
  }

  // The rule goes into `chain`.
  genl::Batch Transaction(const std::string& chain) {
    genl::Batch batch = client_->NewBatch();
    batch.Add(operation::kBatchBegin, {.header = kSubsystem});
    batch.Add(operation::kNewtable, {.header = kIpv4, .name = "genlc"}, kNew);
    batch.Add(operation::kNewchain,
              {.header = kIpv4,
               .table = "genlc",
               .hook = NftHookAttrs{.num = kLocalOut, .priority = 0},
               .name = "out",
               .type = "filter"},
              kNew);
    batch.Add(operation::kNewrule,
              {.header = kIpv4, .table = "genlc", .chain = chain, .expressions = CountAndDropUdp()},
              kNew);
    batch.Add(operation::kBatchEnd, {.header = kSubsystem});
    return batch;
  }
};

TEST_F(NftablesTest, GoodRuleOfATransactionActs) {
  EXPECT_EQ(SendUdp(), 0);
  genl::Batch batch = Transaction("out");
  ASSERT_TRUE(batch.Send().ok()) << testing::PrintToString(batch.results());
  EXPECT_EQ(SendUdp(), EPERM);
  EXPECT_EQ(SendUdp(), EPERM);

  const std::vector<GettableReply> tables = All(client_->GettableDump());
  ASSERT_THAT(tables, SizeIs(1));
  EXPECT_EQ(tables[0].header.nfgen_family, kIpv4.nfgen_family);
  EXPECT_EQ(tables[0].name, "genlc");
  const std::vector<GetchainReply> chains = All(client_->GetchainDump());
  ASSERT_THAT(chains, SizeIs(1));
  EXPECT_EQ(chains[0].hook->num, kLocalOut);
  EXPECT_EQ(chains[0].type, "filter");
  const std::vector<GetruleReply> rules = All(client_->GetruleDump());
  ASSERT_THAT(rules, SizeIs(1));
  ExprListAttrs expected = CountAndDropUdp();
  // Of an IPv4 header, a UDP header and one byte, twice.
  expected.elem[2].data = ExprCounterAttrs{.bytes = 2 * 29, .packets = 2};
  EXPECT_EQ(rules[0].expressions, expected);
}

TEST_F(NftablesTest, GoodNftShowsWhatTheTransactionMade) {
  genl::Batch batch = Transaction("out");
  ASSERT_TRUE(batch.Send().ok()) << testing::PrintToString(batch.results());
  EXPECT_EQ(SendUdp(), EPERM);
  const nlohmann::json ruleset = live::ShellJson("nft -j list ruleset")["nftables"];
  ASSERT_THAT(ruleset, SizeIs(4));  // the first tells of nft itself
  EXPECT_EQ(ruleset[1]["table"]["name"], "genlc");
  const nlohmann::json& chain = ruleset[2]["chain"];
  EXPECT_EQ(live::Without(chain, {"handle"}), (nlohmann::json{{"family", "ip"},
                                                              {"table", "genlc"},
                                                              {"name", "out"},
                                                              {"type", "filter"},
                                                              {"hook", "output"},
                                                              {"prio", 0},
                                                              {"policy", "accept"}}));
  const nlohmann::json& expressions = ruleset[3]["rule"]["expr"];
  ASSERT_THAT(expressions, SizeIs(3));
  EXPECT_EQ(expressions[0]["match"]["left"]["meta"]["key"], "l4proto");
  // A number, where the machine does not name its protocols.
  EXPECT_THAT(expressions[0]["match"]["right"],
              testing::AnyOf(nlohmann::json("udp"), nlohmann::json(IPPROTO_UDP)));
  EXPECT_EQ(expressions[1]["counter"], (nlohmann::json{{"packets", 1}, {"bytes", 29}}));
  EXPECT_TRUE(expressions[2].contains("drop"));
}

TEST_F(NftablesTest, BadRuleLeavesNothingOfItsTransaction) {
  genl::Batch batch = Transaction("nowhere");
  const std::optional<genl::KernelError> error = genl::GetKernelError(batch.Send());
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->error, ENOENT);
  EXPECT_EQ(error->attribute, "chain");
  for (const int i : {0, 1, 2, 4}) EXPECT_TRUE(absl::IsAborted(batch.results()[i])) << i;
  EXPECT_EQ(SendUdp(), 0);
  EXPECT_THAT(All(client_->GettableDump()), IsEmpty());
}

TEST_F(NftablesTest, GoodTableIsDeletedWithAllThatIsInIt) {
  genl::Batch batch = Transaction("out");
  ASSERT_TRUE(batch.Send().ok());
  batch.Clear();
  batch.Add(operation::kBatchBegin, {.header = kSubsystem});
  batch.Add(operation::kDeltable, {.header = kIpv4, .name = "genlc"});
  batch.Add(operation::kBatchEnd, {.header = kSubsystem});
  const absl::Status status = batch.Send();
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(SendUdp(), 0);
  EXPECT_THAT(All(client_->GettableDump()), IsEmpty());
}

}  // namespace
}  // namespace nftables
