// The runtime against the running kernel: `nlctrl`, the family of families, is always
// there and answers everybody.
#include <cerrno>

#include "genl/batch.h"
#include "genl/calls.h"
#include "genl/client.h"
#include "genl/dump.h"
#include "genl/events.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl {
namespace {

struct McastGroup {
  std::optional<uint32_t> id = {};
  std::optional<std::string> name = {};
};

struct NlctrlFamily {
  uint16_t family_id = 0;
  std::string family_name = {};
  std::optional<uint32_t> version = {};
  std::optional<uint32_t> maxattr = {};
  std::vector<McastGroup> mcast_groups = {};
};

struct GetFamilyRequest {
  std::optional<uint16_t> family_id = {};
  std::optional<std::string> family_name = {};
};

struct Policy {
  std::optional<uint32_t> type = {};
  std::optional<uint32_t> max_length = {};
};

struct PolicyEntry {
  uint32_t policy_id = 0;
  uint32_t attr_id = 0;
  Policy value = {};
};

struct GetPolicyReply {
  std::vector<PolicyEntry> policy = {};
};

// clang-format off
constexpr Attribute kGroupAttributes[] = {
    {.number = 1, .kind = Kind::kString, .name = "name"},
    {.number = 2, .kind = Kind::kU32, .name = "id"},
};
constexpr AttributeSet kGroupSet = MakeSet<kGroupAttributes>("mcast-group-attrs");
constexpr Field kGroupFields[] = {
    GENL_FIELD(McastGroup, id, kGroupAttributes[1], kOptional, nullptr),
    GENL_FIELD(McastGroup, name, kGroupAttributes[0], kOptional, nullptr),
};
constexpr Layout kGroupLayout = MakeLayout<kGroupFields>(kGroupSet);

constexpr Attribute kPolicyAttributes[] = {
    {.number = 1, .kind = Kind::kU32, .name = "type"},
    {.number = 7, .kind = Kind::kU32, .name = "max-length"},
};
constexpr AttributeSet kPolicySet = MakeSet<kPolicyAttributes>("policy-attrs");
constexpr Field kPolicyFields[] = {
    GENL_FIELD(Policy, type, kPolicyAttributes[0], kOptional, nullptr),
    GENL_FIELD(Policy, max_length, kPolicyAttributes[1], kOptional, nullptr),
};
constexpr Layout kPolicyLayout = MakeLayout<kPolicyFields>(kPolicySet);

constexpr Attribute kCtrlAttributes[] = {
    {.number = 1, .kind = Kind::kU16, .name = "family-id"},
    {.number = 2, .kind = Kind::kString, .name = "family-name"},
    {.number = 3, .kind = Kind::kU32, .name = "version"},
    {.number = 5, .kind = Kind::kU32, .name = "maxattr"},
    {.number = 7, .kind = Kind::kIndexedArray, .element = Kind::kNest, .name = "mcast-groups", .nested = &kGroupSet},
    {.number = 8, .kind = Kind::kNestTypeValue, .levels = 2, .name = "policy", .nested = &kPolicySet},
};
constexpr AttributeSet kCtrlSet = MakeSet<kCtrlAttributes>("ctrl-attrs");
constexpr Field kRequestFields[] = {
    GENL_FIELD(GetFamilyRequest, family_id, kCtrlAttributes[0], kOptional, nullptr),
    GENL_FIELD(GetFamilyRequest, family_name, kCtrlAttributes[1], kOptional, nullptr),
};
constexpr Layout kRequestLayout = MakeLayout<kRequestFields>(kCtrlSet);
constexpr Field kFamilyFields[] = {
    GENL_FIELD(NlctrlFamily, family_id, kCtrlAttributes[0], kRequired, nullptr),
    GENL_FIELD(NlctrlFamily, family_name, kCtrlAttributes[1], kRequired, nullptr),
    GENL_FIELD(NlctrlFamily, version, kCtrlAttributes[2], kOptional, nullptr),
    GENL_FIELD(NlctrlFamily, maxattr, kCtrlAttributes[3], kOptional, nullptr),
    GENL_FIELD(NlctrlFamily, mcast_groups, kCtrlAttributes[4], kOptional, &kGroupLayout),
};
constexpr Layout kFamilyLayout = MakeLayout<kFamilyFields>(kCtrlSet);
constexpr Field kPolicyReplyFields[] = {
    WithValueAt(GENL_FIELD(GetPolicyReply, policy, kCtrlAttributes[5], kOptional, &kPolicyLayout), offsetof(PolicyEntry, value)),
};
constexpr Layout kPolicyReplyLayout = MakeLayout<kPolicyReplyFields>(kCtrlSet);
// clang-format on

constexpr Family kNlctrl = {"nlctrl", 2};
constexpr Operation kGetFamily = {"getfamily", 3, &kRequestLayout, 1, &kFamilyLayout};
constexpr Operation kGetPolicy = {"getpolicy", 10, &kRequestLayout, 10, &kPolicyReplyLayout};

class NlctrlTest : public testing::Test {
 protected:
  void SetUp() override {
    absl::StatusOr<Client> client = Client::Connect(kNlctrl);
    ASSERT_TRUE(client.ok()) << client.status();
    client_.emplace(*std::move(client));
  }

  absl::StatusOr<NlctrlFamily> GetFamily(const GetFamilyRequest& request) {
    return client_->Call<NlctrlFamily>(kGetFamily, &request);
  }

  std::optional<Client> client_;
};

TEST_F(NlctrlTest, GoodRequest) {
  const absl::StatusOr<NlctrlFamily> family = GetFamily({.family_name = "nlctrl"});
  ASSERT_TRUE(family.ok()) << family.status();
  EXPECT_EQ(family->family_id, 16);
  EXPECT_EQ(family->family_name, "nlctrl");
  EXPECT_EQ(family->version, 2);
  ASSERT_EQ(family->mcast_groups.size(), 1);
  EXPECT_EQ(family->mcast_groups[0].name, "notify");
}

TEST_F(NlctrlTest, GoodManyRequestsOnOneSocket) {
  for (int i = 0; i < 1000; ++i) {
    ASSERT_EQ(GetFamily({.family_id = 16})->family_name, "nlctrl");
    ASSERT_EQ(GetFamily({.family_id = 1}).status().code(), absl::StatusCode::kNotFound);
  }
}

TEST_F(NlctrlTest, GoodDumpWithRequestsInBetween) {
  const GetFamilyRequest all;
  Dump<NlctrlFamily> dump(*client_, kGetFamily, &all);
  int families = 0;
  for (const NlctrlFamily& family : dump) {
    ++families;
    EXPECT_EQ(GetFamily({.family_id = family.family_id})->family_name, family.family_name);
  }
  EXPECT_TRUE(dump.status().ok()) << dump.status();
  EXPECT_GE(families, 1);
}

TEST_F(NlctrlTest, GoodBatch) {
  constexpr TypedOperation<GetFamilyRequest, NlctrlFamily> kGet = {kGetFamily};
  Batch batch(*client_);
  std::vector<NlctrlFamily> families(500);
  for (size_t i = 0; i < families.size(); ++i) {
    batch.Add(kGet, {.family_id = static_cast<uint16_t>(i % 2 == 0 ? 16 : 1)}, &families[i]);
  }
  EXPECT_EQ(GetKernelError(batch.Send())->error, ENOENT);
  for (size_t i = 0; i < families.size(); ++i) {
    ASSERT_EQ(batch.results()[i].ok(), i % 2 == 0) << batch.results()[i];
    ASSERT_EQ(families[i].family_name, i % 2 == 0 ? "nlctrl" : "");
  }
}

TEST_F(NlctrlTest, GoodTenThousandRequestsInFlight) {
  constexpr TypedOperation<GetFamilyRequest, NlctrlFamily> kGet = {kGetFamily};
  Calls calls(*client_);
  constexpr int kCalls = 10'000;
  int there = 0, not_there = 0;
  for (int i = 0; i < kCalls; ++i) {
    const GetFamilyRequest request{.family_id = static_cast<uint16_t>(i % 2 == 0 ? 16 : 1)};
    const auto done = [&, i](absl::StatusOr<NlctrlFamily> family) {
      if (i % 2 == 0) there += family.ok() && family->family_name == "nlctrl";
      if (i % 2 == 1) not_there += absl::IsNotFound(family.status());
    };
    ASSERT_TRUE(calls.Start(kGet, request, done).ok());
  }
  EXPECT_EQ(calls.in_flight(), kCalls);
  while (calls.in_flight() > 0) ASSERT_TRUE(calls.Process(absl::Seconds(10)).ok());
  EXPECT_EQ(there, kCalls / 2);
  EXPECT_EQ(not_there, kCalls / 2);
}

TEST_F(NlctrlTest, GoodNestsByTypeAndValue) {
  const GetFamilyRequest request{.family_name = "nlctrl"};
  Dump<GetPolicyReply> dump(*client_, kGetPolicy, &request);
  const absl::StatusOr<std::vector<GetPolicyReply>> replies = dump.Collect();
  ASSERT_TRUE(replies.ok()) << replies.status();
  bool found = false;
  for (const GetPolicyReply& reply : *replies) {
    for (const PolicyEntry& entry : reply.policy) {
      // family-name: a string of at most 15 bytes.
      if (entry.attr_id == 2 && entry.value.max_length == 15) found = true;
    }
  }
  EXPECT_TRUE(found);
}

TEST_F(NlctrlTest, BadRequestIsExplained) {
  const absl::Status status = GetFamily({.family_name = "a-name-of-20-letters"}).status();
  const std::optional<KernelError> error = GetKernelError(status);
  ASSERT_TRUE(error.has_value()) << status;
  EXPECT_EQ(error->error, EINVAL);
  EXPECT_EQ(error->attribute, "family-name");
  EXPECT_EQ(error->policy, "must have at most 15 bytes");
}

TEST_F(NlctrlTest, BadFamilyThatIsNotThere) {
  const absl::Status status = Client::Connect({"no-such-thing", 1}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("`no-such-thing`"));
}

TEST_F(NlctrlTest, GoodSubscriptionToAGroup) {
  const MulticastGroup groups[] = {{"notify"}};
  EXPECT_TRUE(EventStream::Open(*client_, groups).ok());
  const MulticastGroup unknown[] = {{"no-such-group"}};
  EXPECT_EQ(EventStream::Open(*client_, unknown).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace genl
