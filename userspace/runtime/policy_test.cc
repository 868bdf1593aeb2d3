#include "genl/policy.h"

#include <linux/genetlink.h>

#include <cerrno>

#include "genl/fake_controller.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr uint32_t kDo = GENL_CMD_CAP_DO | GENL_CMD_CAP_HASPOL;
constexpr uint32_t kDump = GENL_CMD_CAP_DUMP | GENL_CMD_CAP_HASPOL;

// A family with each kind of limit, and a set that contains itself.
FamilyPolicy Thing() {
  FamilyPolicy policy = {.name = "thing", .id = kFakeFamilyId, .version = 2, .header_size = 4};
  policy.operations = {
      {.command = 7, .flags = kDo | kDump, .do_set = 0, .dump_set = 2},
      {.command = 8, .flags = kDo | GENL_UNS_ADMIN_PERM, .do_set = 0},
      {.command = 9, .flags = GENL_CMD_CAP_DO | GENL_ADMIN_PERM},
  };
  policy.groups = {"changes", "alarms"};
  policy.sets = {
      {
          {.number = 1, .type = PolicyType::kU16, .limits = Range<uint64_t>(1, 65535)},
          {.number = 2, .type = PolicyType::kS64, .limits = Range<int64_t>(-5, 5)},
          {.number = 3, .type = PolicyType::kU32, .limits = Mask(0x7)},
          {.number = 4, .type = PolicyType::kBitfield32, .limits = Mask(0x3)},
          {.number = 5, .type = PolicyType::kNulString, .limits = Length(0, 15)},
          {.number = 6, .type = PolicyType::kBinary, .limits = MinLength(8)},
          {.number = 7, .type = PolicyType::kFlag},
          {.number = 8, .type = PolicyType::kNestedArray, .nested = 1},
          {.number = 9, .type = PolicyType::kNested},
      },
      {{.number = 1, .type = PolicyType::kNested, .nested = 1}},
      {},
  };
  return policy;
}

absl::StatusOr<FamilyPolicy> Read(const FakeKernel::Handler& handler) {
  FakeKernel kernel(handler);
  return ReadPolicy("thing", {.transport = &kernel});
}

TEST(Policy, GoodAllThatAKernelTells) {
  const absl::StatusOr<FamilyPolicy> read =
      Read([](const FakeRequest& request) { return TellPolicy(request, Thing()); });
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->name, "thing");
  EXPECT_EQ(read->version, 2);
  EXPECT_EQ(read->header_size, 4);
  EXPECT_EQ(read->operations, Thing().operations);
  EXPECT_THAT(read->groups, ElementsAre("changes", "alarms"));
  EXPECT_EQ(read->sets, Thing().sets);
  EXPECT_TRUE(read->Find(8)->uns_admin_perm());
  EXPECT_FALSE(read->Find(8)->can_dump());
  EXPECT_TRUE(read->Find(9)->admin_perm());
  EXPECT_EQ(read->Find(10), nullptr);
  EXPECT_EQ(FindAttribute(read->sets[0], 10), nullptr);
}

TEST(Policy, GoodFamilyWithoutPolicies) {
  FamilyPolicy bare = Thing();
  bare.sets.clear();
  const absl::StatusOr<FamilyPolicy> read =
      Read([&](const FakeRequest& request) { return TellPolicy(request, bare); });
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(read->sets, IsEmpty());
  EXPECT_EQ(read->operations.size(), 3);
}

TEST(Policy, GoodKernelThatCannotTellPolicies) {
  const absl::StatusOr<FamilyPolicy> read = Read([](const FakeRequest& request) {
    if (request.command == CTRL_CMD_GETPOLICY) {
      return std::vector<ByteString>{Ack(request, EOPNOTSUPP)};
    }
    return TellPolicy(request, Thing());
  });
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(read->sets, IsEmpty());
}

TEST(Policy, GoodKernelThatTellsOneSetForAll) {
  FamilyPolicy old = Thing();
  for (OperationPolicy& operation : old.operations) operation.do_set = operation.dump_set = {};
  const absl::StatusOr<FamilyPolicy> read =
      Read([&](const FakeRequest& request) { return TellPolicy(request, old); });
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->Find(7)->do_set, 0);
  EXPECT_EQ(read->Find(7)->dump_set, 0);
  EXPECT_EQ(read->Find(8)->dump_set, std::nullopt);
  EXPECT_EQ(read->Find(9)->do_set, std::nullopt);  // its operation has no policy
}

// As kernels since 6.2 tell operations that can only dump.
TEST(Policy, GoodDumpsThatAreToldWithoutTheirNumber) {
  FamilyPolicy policy = Thing();
  policy.operations.push_back({.command = 11, .flags = kDump, .dump_set = 1});
  policy.operations.push_back({.command = 12, .flags = kDump, .dump_set = 2});
  FamilyPolicy told = policy;
  told.operations[3].command = told.operations[4].command = 0;
  const absl::StatusOr<FamilyPolicy> read = Read([&](const FakeRequest& request) {
    return TellPolicy(request, request.command == CTRL_CMD_GETPOLICY ? told : policy);
  });
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->operations, policy.operations);
}

TEST(Policy, BadSetThatNoKernelHas) {
  FamilyPolicy wrong = Thing();
  wrong.sets[1][0].nested = uint32_t{1} << 31;
  absl::StatusOr<FamilyPolicy> read =
      Read([&](const FakeRequest& request) { return TellPolicy(request, wrong); });
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->Set(read->sets[1][0].nested), nullptr);
}

TEST(Policy, BadFamilyThatIsNotThere) {
  const absl::StatusOr<FamilyPolicy> read = Read(
      [](const FakeRequest& request) { return std::vector<ByteString>{Ack(request, ENOENT)}; });
  EXPECT_TRUE(absl::IsNotFound(read.status())) << read.status();
}

// The running kernel describes the very family that is asked.
TEST(Policy, GoodOfNlctrl) {
  const absl::StatusOr<FamilyPolicy> policy = ReadPolicy("nlctrl");
  ASSERT_TRUE(policy.ok()) << policy.status();
  EXPECT_EQ(policy->id, GENL_ID_CTRL);
  EXPECT_EQ(policy->version, 2);
  EXPECT_THAT(policy->groups, ElementsAre("notify"));
  const OperationPolicy* get = policy->Find(CTRL_CMD_GETFAMILY);
  ASSERT_NE(get, nullptr);
  EXPECT_TRUE(get->can_do());
  EXPECT_TRUE(get->can_dump());
  const PolicySet* set = policy->Set(get->do_set);
  ASSERT_NE(set, nullptr);
  EXPECT_EQ(*FindAttribute(*set, CTRL_ATTR_FAMILY_ID),
            (AttributePolicy{.number = CTRL_ATTR_FAMILY_ID,
                             .type = PolicyType::kU16,
                             .limits = Range<uint64_t>(0, 65535)}));
  EXPECT_EQ(*FindAttribute(*set, CTRL_ATTR_FAMILY_NAME),
            (AttributePolicy{.number = CTRL_ATTR_FAMILY_NAME,
                             .type = PolicyType::kNulString,
                             .limits = Length(0, GENL_NAMSIZ - 1)}));
}

}  // namespace
}  // namespace genl::test
