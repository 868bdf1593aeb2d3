// Events from each context and for each audience.
#include <linux/netlink.h>
#include <sched.h>
#include <sys/socket.h>

#include <atomic>
#include <cerrno>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "tests/torture/client.h"

namespace torture {
namespace {

uint32_t PortOf(const Events& events) {
  sockaddr_nl address = {};
  socklen_t size = sizeof(address);
  EXPECT_EQ(getsockname(events.fd(), reinterpret_cast<sockaddr*>(&address), &size), 0);
  return address.nl_pid;
}

// What the sender returns.
int Raise(const RaiseRequest& request) {
  const absl::StatusOr<RaiseReply> reply = Connect().Raise(request);
  EXPECT_TRUE(reply.ok()) << reply.status();
  return reply.ok() ? reply->result : 1;
}

void ExpectSilence(Events& events) {
  const absl::StatusOr<Event> event = events.Next(kMoment);
  EXPECT_TRUE(absl::IsDeadlineExceeded(event.status())) << event.status();
}

class ContextTest : public testing::TestWithParam<Context> {};

TEST_P(ContextTest, GoodAlarmReachesEveryListener) {
  Events one = Listen({Group::kEverybody});
  Events other = Listen({Group::kEverybody});
  const std::vector<uint8_t> blob(5000, 3);
  EXPECT_EQ(Raise({.serial = 7, .context = GetParam(), .blob = blob}), 0);
  for (Events* events : {&one, &other}) {
    const AlarmNtf alarm = Expect<AlarmNtf>(*events);
    EXPECT_EQ(alarm.serial, 7);
    EXPECT_EQ(alarm.context, GetParam());
    EXPECT_EQ(alarm.blob, blob);
  }
}

TEST_P(ContextTest, GoodAlarmWithoutListenersIsNoError) {
  EXPECT_EQ(Raise({.serial = 7, .context = GetParam()}), 0);
}

TEST_P(ContextTest, GoodAlarmReachesOnePort) {
  Events meant = Listen({Group::kEverybody});
  Events other = Listen({Group::kEverybody});
  const RaiseRequest request = {
      .serial = 8, .context = GetParam(), .audience = Audience::kPort, .port_id = PortOf(meant)};
  EXPECT_EQ(Raise(request), 0);
  EXPECT_EQ(Expect<AlarmNtf>(meant).serial, 8);
  ExpectSilence(other);
}

TEST_P(ContextTest, BadPortOfTheKernelOrOfNobody) {
  RaiseRequest request = {.serial = 9, .context = GetParam(), .audience = Audience::kPort};
  EXPECT_EQ(Raise(request), -EINVAL);
  request.port_id = 0x7fffffff;
  // What is made in an interrupt leaves later: nobody waits for how that ends.
  EXPECT_EQ(Raise(request), GetParam() == Context::kInterrupt ? 0 : -ECONNREFUSED);
}

TEST_P(ContextTest, GoodAlarmStaysInItsNamespaceOrReachesAll) {
  Events before = Listen({Group::kEverybody});
  ASSERT_EQ(unshare(CLONE_NEWNET), 0);
  Events inside = Listen({Group::kEverybody});
  EXPECT_EQ(Raise({.serial = 10, .context = GetParam()}), 0);
  EXPECT_EQ(Raise({.serial = 11, .context = GetParam(), .everywhere = true}), 0);
  EXPECT_EQ(Expect<AlarmNtf>(inside).serial, 10);
  EXPECT_EQ(Expect<AlarmNtf>(inside).serial, 11);
  EXPECT_EQ(Expect<AlarmNtf>(before).serial, 11);
}

INSTANTIATE_TEST_SUITE_P(All, ContextTest,
                         testing::Values(Context::kProcess, Context::kSoftirq, Context::kInterrupt),
                         [](const auto& info) { return std::string(Name(info.param)); });

TEST(Audience, GoodEachGroupHearsItsOwnAlarms) {
  Events everybody = Listen({Group::kEverybody});
  Events net_admins = Listen({Group::kNetAdmins});
  Events admins = Listen({Group::kAdmins});
  EXPECT_EQ(Raise({.serial = 1, .audience = Audience::kEverybody}), 0);
  EXPECT_EQ(Raise({.serial = 2, .audience = Audience::kNetAdmins}), 0);
  EXPECT_EQ(Raise({.serial = 3, .audience = Audience::kAdmins}), 0);
  EXPECT_EQ(Expect<AlarmNtf>(everybody).serial, 1);
  EXPECT_EQ(Expect<NetAdminAlarmNtf>(net_admins).serial, 2);
  EXPECT_EQ(Expect<AdminAlarmNtf>(admins).serial, 3);
  for (Events* events : {&everybody, &net_admins, &admins}) ExpectSilence(*events);
}

// Each waits for its tasklet, and so two threads meet before long.
TEST(Alarm, GoodRequestsRunInParallel) {
  std::atomic<uint32_t> most = 0;
  const auto raise = [&most] {
    Client client = Connect();
    const absl::Time end = absl::Now() + kPatience;
    while (most < 2 && absl::Now() < end) {
      const auto reply = client.Raise({.serial = 1, .context = Context::kSoftirq});
      ASSERT_TRUE(reply.ok()) << reply.status();
      if (reply->requests > most) most = reply->requests;
    }
  };
  std::thread other(raise);
  raise();
  other.join();
  EXPECT_EQ(most, 2);
}

TEST(Alarm, GoodLastOneIsKept) {
  EXPECT_EQ(Raise({.serial = 77, .context = Context::kSoftirq}), 0);
  const absl::StatusOr<AlarmReply> alarm = Connect().Alarm();
  ASSERT_TRUE(alarm.ok()) << alarm.status();
  EXPECT_EQ(alarm->serial, 77);
  EXPECT_EQ(alarm->context, Context::kSoftirq);
}

}  // namespace
}  // namespace torture
