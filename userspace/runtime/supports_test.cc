#include "genl/supports.h"

#include <linux/genetlink.h>
#include <linux/rtnetlink.h>

#include <cerrno>

#include "genl/fake_controller.h"
#include "genl/family_client.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

constexpr Family kFamily = {"thing", 1};
constexpr TypedOperation<Everything, void> kGet = {{"get", 7, &kEverythingLayout}, &kFamily};
constexpr Operation kGetDump = {"get", 7, &kPartLayout};
constexpr TypedOperation<Part, void> kSet = {{"set", 8, &kPartLayout}, &kFamily};
constexpr TypedOperation<Part, void> kBare = {{"bare", 9, &kPartLayout}, &kFamily};

// Answered by an acknowledgement, as it may be.
constexpr TypedOperation<Part, Everything> kAsk = {
    {"ask", 12, &kPartLayout, 12, &kEverythingLayout}, &kFamily};

class ThingClient : public FamilyClient {
 public:
  static ThingClient Connect(FakeKernel& kernel) {
    return ThingClient(*Client::Connect(kFamily, {.transport = &kernel}));
  }

 private:
  using FamilyClient::FamilyClient;
};

uint16_t NumberOfEverything(absl::string_view name) {
  for (const Attribute& attribute : kEverythingSet.attributes) {
    if (name == attribute.name) return attribute.number;
  }
  ADD_FAILURE() << "no such attribute";
  return 0;
}

// Knows `get` with a part that has a number but no note, and `bare` without a policy.
FamilyPolicy Policy() {
  FamilyPolicy policy = {.name = "thing", .id = kFakeFamilyId, .version = 1};
  policy.operations = {
      {.command = 7, .flags = GENL_CMD_CAP_DO | GENL_CMD_CAP_HASPOL, .do_set = 0},
      {.command = 9, .flags = GENL_CMD_CAP_DO},
  };
  policy.sets = {
      {
          {.number = NumberOfEverything("u8"), .type = PolicyType::kU8},
          {.number = NumberOfEverything("part"), .type = PolicyType::kNested, .nested = 1},
          {.number = NumberOfEverything("parts"), .type = PolicyType::kNested, .nested = 1},
          {.number = NumberOfEverything("tree"), .type = PolicyType::kNested},
      },
      {{.number = 1, .type = PolicyType::kU16}},
  };
  return policy;
}

class SupportsTest : public testing::Test {
 protected:
  int asked_ = 0;
  FamilyPolicy policy_ = Policy();
  FakeKernel kernel_{[this](const FakeRequest& request) {
    if (!IsForController(request)) return std::vector<ByteString>{Ack(request)};
    asked_ += request.command == CTRL_CMD_GETPOLICY;
    return TellPolicy(request, policy_);
  }};
  ThingClient client_ = ThingClient::Connect(kernel_);
};

TEST_F(SupportsTest, GoodOperations) {
  EXPECT_EQ(*client_.Supports(kGet), Support::kYes);
  EXPECT_EQ(*client_.Supports(kSet), Support::kNo);
  EXPECT_EQ(*client_.Supports(kBare), Support::kYes);
  EXPECT_EQ(*client_.Supports(kGetDump), Support::kNo);  // known, but not as a dump
}

TEST_F(SupportsTest, GoodAttributesByTheirPath) {
  EXPECT_EQ(*client_.Supports(kGet, "u8"), Support::kYes);
  EXPECT_EQ(*client_.Supports(kGet, "part"), Support::kYes);
  EXPECT_EQ(*client_.Supports(kGet, "part.number"), Support::kYes);
  EXPECT_EQ(*client_.Supports(kGet, "part.note"), Support::kNo);
  EXPECT_EQ(*client_.Supports(kGet, "parts.note"), Support::kNo);
  EXPECT_EQ(*client_.Supports(kGet, "s32"), Support::kNo);
}

TEST_F(SupportsTest, GoodAttributesByTheirMembers) {
  EXPECT_EQ(*client_.Supports(kGet, &Everything::u8), Support::kYes);
  EXPECT_EQ(*client_.Supports(kGet, &Everything::part, &Part::number), Support::kYes);
  EXPECT_EQ(*client_.Supports(kGet, &Everything::part, &Part::note), Support::kNo);
  EXPECT_EQ(*client_.Supports(kGet, &Everything::parts, &Part::note), Support::kNo);
  EXPECT_EQ(*client_.Supports(kGet, &Everything::s32), Support::kNo);
}

TEST_F(SupportsTest, GoodWhatTheKernelDoesNotSay) {
  EXPECT_EQ(*client_.Supports(kBare, "number"), Support::kNotSaid);    // no policy
  EXPECT_EQ(*client_.Supports(kGet, "tree.leaf"), Support::kNotSaid);  // not looked into
  EXPECT_EQ(*client_.Supports(kGet, "be16"), Support::kNotSaid);       // policies do not tell it
}

TEST_F(SupportsTest, GoodFamilyWithoutPolicies) {
  policy_.sets.clear();
  EXPECT_EQ(*client_.Supports(kGet), Support::kYes);
  EXPECT_EQ(*client_.Supports(kGet, "u8"), Support::kNotSaid);
}

TEST_F(SupportsTest, GoodThePolicyIsReadOnce) {
  EXPECT_EQ(*client_.Supports(kGet, "u8"), Support::kYes);
  EXPECT_EQ(*client_.Supports(kGet, "s32"), Support::kNo);
  EXPECT_EQ(*client_.Supports(kSet), Support::kNo);
  EXPECT_EQ(asked_, 1);
}

TEST_F(SupportsTest, GoodThePolicyIsReadAgainAfterTheFamilyCameBack) {
  EXPECT_EQ(*client_.Supports(kSet), Support::kNo);
  policy_.id = 0x21;
  policy_.operations.push_back({.command = 8, .flags = GENL_CMD_CAP_DO});
  kernel_.SetFamilyId(0x21);
  // The client notices with its next request.
  Everything ignored;
  EXPECT_TRUE(client_.Do(kAsk, {}, &ignored).ok());
  EXPECT_EQ(*client_.Supports(kSet), Support::kYes);
  EXPECT_EQ(*client_.Supports(kSet), Support::kYes);
  EXPECT_EQ(asked_, 2);
}

TEST_F(SupportsTest, BadAttributeThatTheRequestDoesNotHave) {
  for (const char* path : {"nothing", "part.nothing", "u8.number", "part..number"}) {
    const absl::Status status = client_.Supports(kGet, path).status();
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << path << ": " << status;
  }
  EXPECT_EQ(asked_, 0);
}

TEST_F(SupportsTest, BadFamilyThatIsGone) {
  kernel_.SetFamilyId(0);
  EXPECT_TRUE(absl::IsUnavailable(client_.Supports(kGet).status()));
}

TEST(Supports, GoodClassicNetlinkDoesNotSay) {
  FakeKernel kernel(
      [](const FakeRequest& request) { return std::vector<ByteString>{Ack(request)}; });
  Client client = *Client::Connect({"rt-thing", 0, NETLINK_ROUTE}, {.transport = &kernel});
  const Operation operation = {"getlink", RTM_GETLINK, &kPartLayout};
  EXPECT_EQ(*Supports(client, operation, Use::kDo, "number"), Support::kNotSaid);
}

// The running kernel.
constexpr Attribute kControllerAttributes[] = {
    {.number = CTRL_ATTR_FAMILY_NAME, .kind = Kind::kString, .name = "family-name"},
    {.number = CTRL_ATTR_OPS, .kind = Kind::kU32, .name = "ops"},
};
constexpr AttributeSet kControllerSet = MakeSet<kControllerAttributes>("ctrl");
struct ControllerRequest {
  std::optional<std::string> family_name = {};
  std::optional<uint32_t> ops = {};
};
constexpr Field kControllerFields[] = {
    GENL_FIELD(ControllerRequest, family_name, kControllerAttributes[0], kOptional, nullptr),
    GENL_FIELD(ControllerRequest, ops, kControllerAttributes[1], kOptional, nullptr),
};
constexpr Layout kControllerLayout = MakeLayout<kControllerFields>(kControllerSet);

TEST(Supports, GoodOfNlctrl) {
  Client client = *Client::Connect({"nlctrl", 2});
  const Operation get = {"getfamily", CTRL_CMD_GETFAMILY, &kControllerLayout};
  EXPECT_EQ(*Supports(client, get, Use::kDo, "family-name"), Support::kYes);
  EXPECT_EQ(*Supports(client, get, Use::kDo, "ops"), Support::kNo);
  EXPECT_EQ(*Supports(client, get, Use::kDump, ""), Support::kYes);
  const Operation policy = {"getpolicy", CTRL_CMD_GETPOLICY, &kControllerLayout};
  EXPECT_EQ(*Supports(client, policy, Use::kDo, ""), Support::kNo);
  EXPECT_EQ(*Supports(client, policy, Use::kDump, "family-name"), Support::kYes);
}

}  // namespace
}  // namespace genl::test
