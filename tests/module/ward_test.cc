// Senders, from every context and to everybody. Runs as root where the module is loaded.
#include <fcntl.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <optional>
#include <thread>
#include <variant>

#include "absl/strings/str_cat.h"
#include "genl/client.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/module/ward.genl.h"

namespace ward {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(10);
constexpr absl::Duration kMoment = absl::Milliseconds(50);

Client Connect() {
  absl::StatusOr<Client> client = Client::Connect({.timeout = kPatience});
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}

Events Listen(Group group) {
  Client client = Connect();
  absl::StatusOr<Events> events = client.Subscribe({group});
  EXPECT_TRUE(events.ok()) << events.status();
  return *std::move(events);
}

// A client and a listener in a new network namespace; it belongs to a new user namespace if
// `foreign`. A process of its own makes it, as one with threads has to stay in its user namespace.
struct Elsewhere {
  explicit Elsewhere(Group group, bool foreign = false) {
    const int made = eventfd(0, EFD_CLOEXEC);
    const pid_t maker = fork();
    if (maker == 0) {
      if (unshare(CLONE_NEWNET | (foreign ? CLONE_NEWUSER : 0)) != 0) _exit(1);
      eventfd_write(made, 1);
      pause();
    }
    eventfd_t ignored;
    EXPECT_EQ(eventfd_read(made, &ignored), 0);
    const int space = open(absl::StrCat("/proc/", maker, "/ns/net").c_str(), O_RDONLY | O_CLOEXEC);
    std::thread([&] {
      EXPECT_EQ(setns(space, CLONE_NEWNET), 0);
      client = Connect();
      events = Listen(group);
    }).join();
    kill(maker, SIGKILL);
    waitpid(maker, nullptr, 0);
    close(space);
    close(made);
  }

  std::optional<Client> client;
  std::optional<Events> events;
};

// What the sender said.
int Ring(Client& client, Context context, Reach reach, uint32_t count = 1) {
  const absl::StatusOr<RingReply> reply =
      client.Ring({.context = context, .reach = reach, .count = count});
  EXPECT_TRUE(reply.ok()) << reply.status();
  return reply.ok() ? reply->error : 1;
}

template <typename Kind>
void ExpectNumber(Events& events, uint32_t number) {
  const absl::StatusOr<Event> event = events.Next(kPatience);
  ASSERT_TRUE(event.ok()) << event.status();
  ASSERT_TRUE(std::holds_alternative<Kind>(*event));
  EXPECT_EQ(std::get<Kind>(*event).number, number);
}

void ExpectSilence(Events& events) {
  EXPECT_TRUE(absl::IsDeadlineExceeded(events.Next(kMoment).status()));
}

class ContextTest : public testing::TestWithParam<Context> {
 protected:
  // Whether errors of delivery cannot be told.
  bool is_late() const {
    return GetParam() == Context::kIrqsOff || GetParam() == Context::kHardirq;
  }

  Client client_ = Connect();
};

TEST_P(ContextTest, GoodGroupHearsEverythingInOrder) {
  Events events = Listen(Group::kPublic);
  EXPECT_EQ(Ring(client_, GetParam(), Reach::kGroup, 100), 0);
  for (uint32_t i = 0; i < 100; ++i) ExpectNumber<Bell>(events, i);
  ExpectSilence(events);
}

TEST_P(ContextTest, GoodMessageBehindOneThatWaitsDoesNotOvertakeIt) {
  Events events = Listen(Group::kPublic);
  EXPECT_EQ(Ring(client_, GetParam(), Reach::kGroup, 50), 0);
  EXPECT_EQ(Ring(client_, Context::kProcess, Reach::kAllns, 50), 0);
  for (int round = 0; round < 2; ++round) {
    for (uint32_t i = 0; i < 50; ++i) ExpectNumber<Bell>(events, i);
  }
}

TEST_P(ContextTest, GoodOneNamespaceOrAll) {
  Elsewhere elsewhere(Group::kPublic);
  Events here = Listen(Group::kPublic);
  Events& there = *elsewhere.events;
  EXPECT_EQ(Ring(client_, GetParam(), Reach::kAllns), 0);
  ExpectNumber<Bell>(here, 0);
  ExpectNumber<Bell>(there, 0);
  EXPECT_EQ(Ring(client_, GetParam(), Reach::kGroup), 0);
  ExpectNumber<Bell>(here, 0);
  ExpectSilence(there);
  EXPECT_EQ(Ring(*elsewhere.client, GetParam(), Reach::kGroup), 0);
  ExpectNumber<Bell>(there, 0);
  ExpectSilence(here);
}

TEST_P(ContextTest, GoodAllNamespacesHearWithOneListenerElsewhere) {
  Elsewhere elsewhere(Group::kPublic);
  EXPECT_EQ(Ring(client_, GetParam(), Reach::kAllns), 0);
  ExpectNumber<Bell>(*elsewhere.events, 0);
}

TEST_P(ContextTest, BadAdministratorOfANamespaceHearsNothingOfTheMachines) {
  Elsewhere foreign(Group::kAdmins, true);
  Events here = Listen(Group::kAdmins);
  EXPECT_EQ(Ring(client_, GetParam(), Reach::kAdminsAllns), 0);
  ExpectNumber<QuietBell>(here, 0);
  EXPECT_EQ(Ring(*foreign.client, GetParam(), Reach::kAdmins), 0);
  ExpectSilence(*foreign.events);
}

TEST_P(ContextTest, GoodNobodyListens) {
  EXPECT_EQ(Ring(client_, GetParam(), Reach::kGroup), 0);
  EXPECT_EQ(Ring(client_, GetParam(), Reach::kAllns), 0);
}

TEST_P(ContextTest, GoodOnePort) { EXPECT_EQ(Ring(client_, GetParam(), Reach::kAsker), 0); }

TEST_P(ContextTest, BadPortOfTheKernel) {
  EXPECT_EQ(Ring(client_, GetParam(), Reach::kKernel), -EINVAL);
}

TEST_P(ContextTest, BadPortThatIsClosed) {
  EXPECT_EQ(Ring(client_, GetParam(), Reach::kClosed), is_late() ? 0 : -ECONNREFUSED);
}

INSTANTIATE_TEST_SUITE_P(Every, ContextTest,
                         testing::Values(Context::kProcess, Context::kSoftirq, Context::kIrqsOff,
                                         Context::kHardirq));

// The work item cannot run where interrupts stay off.
TEST(Outbox, BadMoreThanMayWaitIsRefused) {
  Client client = Connect();
  Events events = Listen(Group::kPublic);
  EXPECT_EQ(Ring(client, Context::kIrqsOff, Reach::kGroup, 2000), -ENOBUFS);
  while (events.Next(kMoment).ok()) {
  }
}

}  // namespace
}  // namespace ward
