// Transactions of nftables on the running kernel, in a network namespace of the test's own. The
// tables are written by hand, with what the test needs.
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <sched.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "genl/batch.h"
#include "genl/dump.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

struct NfGenMsg {
  uint8_t nfgen_family = 0;
  uint8_t version = 0;
  uint16_t res_id = 0;
};

struct Bracket {
  NfGenMsg header = {};
};

struct Table {
  NfGenMsg header = {};
  std::optional<std::string> name = {};
};

struct Chain {
  NfGenMsg header = {};
  std::optional<std::string> table = {};
  std::optional<std::string> name = {};
};

struct Generation {
  NfGenMsg header = {};
  std::optional<uint32_t> id = {};
};

// clang-format off
constexpr StructMember kHeaderMembers[] = {
    {.offset = 0, .size = 1, .kind = Kind::kU8, .name = "nfgen-family"},
    {.offset = 1, .size = 1, .kind = Kind::kU8, .name = "version"},
    {.offset = 2, .size = 2, .kind = Kind::kU16, .order = ByteOrder::kBig, .name = "res-id"},
};
constexpr Structure kHeaderStructure = {"nfgenmsg", 4, kHeaderMembers};
constexpr StructField kHeaderFields[] = {
    GENL_STRUCT_FIELD(NfGenMsg, nfgen_family, kHeaderMembers[0], nullptr),
    GENL_STRUCT_FIELD(NfGenMsg, version, kHeaderMembers[1], nullptr),
    GENL_STRUCT_FIELD(NfGenMsg, res_id, kHeaderMembers[2], nullptr),
};
constexpr StructLayout kHeader = {&kHeaderStructure, kHeaderFields};
constexpr Layout kBracketLayout = WithHeader({}, kHeader, offsetof(Bracket, header));

constexpr Attribute kTableAttributes[] = {
    {.number = NFTA_TABLE_NAME, .kind = Kind::kString, .name = "name"},
};
constexpr AttributeSet kTableSet = MakeSet<kTableAttributes>("table-attrs");
constexpr Field kTableFields[] = {
    GENL_FIELD(Table, name, kTableAttributes[0], kOptional, nullptr),
};
constexpr Layout kTable = WithHeader(MakeLayout<kTableFields>(kTableSet), kHeader, offsetof(Table, header));

constexpr Attribute kChainAttributes[] = {
    {.number = NFTA_CHAIN_TABLE, .kind = Kind::kString, .name = "table"},
    {.number = NFTA_CHAIN_NAME, .kind = Kind::kString, .name = "name"},
};
constexpr AttributeSet kChainSet = MakeSet<kChainAttributes>("chain-attrs");
constexpr Field kChainFields[] = {
    GENL_FIELD(Chain, table, kChainAttributes[0], kOptional, nullptr),
    GENL_FIELD(Chain, name, kChainAttributes[1], kOptional, nullptr),
};
constexpr Layout kChain = WithHeader(MakeLayout<kChainFields>(kChainSet), kHeader, offsetof(Chain, header));

constexpr Attribute kGenAttributes[] = {
    {.number = NFTA_GEN_ID, .kind = Kind::kU32, .order = ByteOrder::kBig, .name = "id"},
};
constexpr AttributeSet kGenSet = MakeSet<kGenAttributes>("gen-attrs");
constexpr Field kGenFields[] = {
    GENL_FIELD(Generation, id, kGenAttributes[0], kOptional, nullptr),
};
constexpr Layout kGen = WithHeader(MakeLayout<kGenFields>(kGenSet), kHeader, offsetof(Generation, header));
// clang-format on

constexpr uint16_t Command(int message) {
  return static_cast<uint16_t>(NFNL_SUBSYS_NFTABLES << 8 | message);
}

constexpr Family kNftables = {"nftables", 1, NETLINK_NETFILTER};
constexpr TypedOperation<Bracket, void> kBegin = {
    {"batch-begin", NFNL_MSG_BATCH_BEGIN, &kBracketLayout}};
constexpr TypedOperation<Bracket, void> kEnd = {{"batch-end", NFNL_MSG_BATCH_END, &kBracketLayout}};
constexpr TypedOperation<Table, void> kNewTable = {
    {"newtable", Command(NFT_MSG_NEWTABLE), &kTable}};
constexpr TypedOperation<Chain, void> kNewChain = {
    {"newchain", Command(NFT_MSG_NEWCHAIN), &kChain}};
constexpr Operation kGetTable = {"gettable", Command(NFT_MSG_GETTABLE), &kTable,
                                 Command(NFT_MSG_NEWTABLE), &kTable};
constexpr Operation kGetGen = {"getgen", Command(NFT_MSG_GETGEN), &kBracketLayout,
                               Command(NFT_MSG_NEWGEN), &kGen};

constexpr Bracket kSubsystem = {.header = {.res_id = NFNL_SUBSYS_NFTABLES}};
constexpr NfGenMsg kIpv4 = {.nfgen_family = 2};

class NftablesTest : public testing::Test {
 protected:
  void SetUp() override {
    if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) {
      GTEST_SKIP() << "SKIPPED: nftables_test: cannot make a network namespace";
    }
    absl::StatusOr<Client> client = Client::Connect(kNftables);
    ASSERT_TRUE(client.ok()) << client.status();
    client_.emplace(*std::move(client));
    const absl::Status status = client_->Call<Generation>(kGetGen, &kSubsystem).status();
    if (!status.ok()) GTEST_SKIP() << "SKIPPED: nftables_test: no nftables: " << status;
    batch_.emplace(*client_);
  }

  std::vector<std::string> Tables() {
    const Table all;
    std::vector<std::string> names;
    Dump<Table> dump(*client_, kGetTable, &all);
    for (const Table& table : dump) names.push_back(table.name.value_or(""));
    EXPECT_TRUE(dump.status().ok()) << dump.status();
    return names;
  }

  std::optional<Client> client_;
  std::optional<Batch> batch_;
};

TEST_F(NftablesTest, GoodTransaction) {
  batch_->Add(kBegin, kSubsystem);
  batch_->Add(kNewTable, {.header = kIpv4, .name = "one"}, RequestFlags::kCreate);
  batch_->Add(kNewChain, {.header = kIpv4, .table = "one", .name = "c"}, RequestFlags::kCreate);
  batch_->Add(kNewTable, {.header = kIpv4, .name = "two"}, RequestFlags::kCreate);
  batch_->Add(kEnd, kSubsystem);
  const absl::Status status = batch_->Send();
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(batch_->results(), SizeIs(5));
  EXPECT_THAT(Tables(), ElementsAre("one", "two"));
}

TEST_F(NftablesTest, BadRequestLeavesNothingBehind) {
  batch_->Add(kBegin, kSubsystem);
  batch_->Add(kNewTable, {.header = kIpv4, .name = "one"}, RequestFlags::kCreate);
  batch_->Add(kNewChain, {.header = kIpv4, .table = "two", .name = "c"}, RequestFlags::kCreate);
  batch_->Add(kNewTable, {.header = kIpv4, .name = "three"}, RequestFlags::kCreate);
  batch_->Add(kEnd, kSubsystem);
  const std::optional<KernelError> error = GetKernelError(batch_->Send());
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->error, ENOENT);
  EXPECT_EQ(error->attribute, "table");
  EXPECT_EQ(GetKernelError(batch_->results()[2]), error);
  for (const int i : {0, 1, 3, 4}) EXPECT_TRUE(absl::IsAborted(batch_->results()[i])) << i;
  EXPECT_THAT(Tables(), ElementsAre());
}

// Of a begin that the kernel does not like nothing but its error comes.
TEST_F(NftablesTest, BadSubsystem) {
  batch_->Add(kBegin, {.header = {.res_id = NFNL_SUBSYS_QUEUE}});
  batch_->Add(kNewTable, {.header = kIpv4, .name = "one"}, RequestFlags::kCreate);
  batch_->Add(kEnd, kSubsystem);
  EXPECT_EQ(GetKernelError(batch_->Send())->error, EOPNOTSUPP);
  EXPECT_TRUE(absl::IsAborted(batch_->results()[1]));
}

TEST_F(NftablesTest, GoodTransactionLargerThanTheBufferOfTheSocket) {
  constexpr int kCount = 20000;
  batch_->Add(kBegin, kSubsystem);
  for (int i = 0; i < kCount; ++i) {
    batch_->Add(kNewTable, {.header = kIpv4, .name = "one"}, RequestFlags::kCreate);
  }
  batch_->Add(kEnd, kSubsystem);
  const absl::Status status = batch_->Send();
  if (status.message().find("Message too long") != std::string::npos) {
    GTEST_SKIP() << "SKIPPED: nftables_test: may not enlarge buffers";
  }
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(Tables(), ElementsAre("one"));
}

// It answers what is asked as a dump like any other request.
TEST_F(NftablesTest, GoodDumpOfWhatNeverDumps) {
  const absl::StatusOr<std::vector<Generation>> generations =
      Dump<Generation>(*client_, kGetGen, &kSubsystem).Collect();
  ASSERT_TRUE(generations.ok()) << generations.status();
  EXPECT_THAT(*generations, SizeIs(1));
}

}  // namespace
}  // namespace genl
