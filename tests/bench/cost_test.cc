// What exchanges with the kernel that runs this cost beside time.
#include "gtest/gtest.h"
#include "tests/bench/counters.h"
#include "tests/bench/nlctrl.genl.h"

namespace bench {
namespace {

using nlctrl::GetfamilyDumpReply;
using nlctrl::GetfamilyReply;

nlctrl::Client Connect(const genl::ConnectOptions& options = {}) {
  absl::StatusOr<nlctrl::Client> client = nlctrl::Client::Connect(options);
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}

// Of memory, where `work` has been done before.
template <typename F>
size_t AllocationsOf(F work) {
  work();
  const size_t before = Allocations();
  work();
  return Allocations() - before;
}

template <typename F>
size_t SystemCallsOf(F work) {
  return SystemCalls(work, work).value_or(0);
}

bool MayTrace() {
  const auto nothing = [] {};
  return SystemCalls(nothing, nothing).has_value();
}

TEST(Cost, GoodARequestNeedsNoMemoryAndTwoSystemCalls) {
  nlctrl::Client client = Connect();
  GetfamilyReply reply;
  const auto get = [&] {
    EXPECT_TRUE(client.Do(nlctrl::operation::kGetfamily, {.family_name = "nlctrl"}, &reply).ok());
  };
  EXPECT_EQ(AllocationsOf(get), 0u);
  EXPECT_EQ(reply.family_name, "nlctrl");
  if (!MayTrace()) GTEST_SKIP() << "SKIPPED: ARequestNeedsNoMemory...: ptrace is not allowed";
  EXPECT_EQ(SystemCallsOf(get), 2u) << "one to send, one for the reply and its acknowledgement";
}

TEST(Cost, GoodAnUnacknowledgedRequestNeedsTwoSystemCalls) {
  if (!MayTrace()) GTEST_SKIP() << "SKIPPED: AnUnacknowledgedRequest...: ptrace is not allowed";
  nlctrl::Client client = Connect({.acknowledge_replies = false});
  GetfamilyReply reply;
  EXPECT_EQ(SystemCallsOf([&] {
              (void)client.Do(nlctrl::operation::kGetfamily, {.family_name = "nlctrl"}, &reply);
            }),
            2u);
}

TEST(Cost, GoodADumpNeedsNoMemory) {
  nlctrl::Client client = Connect();
  GetfamilyDumpReply family;
  size_t count = 0;
  const auto walk = [&] {
    genl::Dump<GetfamilyDumpReply> dump = client.GetfamilyDump();
    while (dump.Next(&family)) ++count;
    EXPECT_TRUE(dump.status().ok()) << dump.status();
  };
  // The one object grows to what the largest family needs in each of its parts.
  for (int i = 0; i < 3; ++i) walk();
  EXPECT_EQ(AllocationsOf(walk), 0u);
  EXPECT_GT(count, 5u);
}

TEST(Cost, GoodADumpOfViewsNeedsNoMemory) {
  nlctrl::Client client = Connect();
  size_t letters = 0;
  size_t groups = 0;
  const auto walk = [&] {
    genl::Dump<GetfamilyDumpReply> dump = client.GetfamilyDump();
    genl::View<GetfamilyDumpReply> family;
    while (dump.Next(&family)) {
      letters += family.Get<&GetfamilyDumpReply::family_name>().value_or("").size();
      EXPECT_TRUE(
          family.ForEach<&GetfamilyDumpReply::mcast_groups>([&](const auto&) { ++groups; }).ok());
    }
    EXPECT_TRUE(dump.status().ok()) << dump.status();
  };
  EXPECT_EQ(AllocationsOf(walk), 0u);
  EXPECT_GT(letters, 20u);
  EXPECT_GT(groups, 2u);
}

}  // namespace
}  // namespace bench
