// Senders, from every context and to everybody, and what a reader is told. Runs as root where the
// module is loaded.
#include <fcntl.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <optional>
#include <string>
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

// What somebody else sees, in a process of its own.
std::string As(void (*become)(), std::string (*look)()) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    become();
    const std::string seen = look();
    const bool written = write(ends[1], seen.data(), seen.size()) == ssize_t(seen.size());
    _exit(written ? 0 : 1);
  }
  close(ends[1]);
  char buffer[256];
  const ssize_t size = read(ends[0], buffer, sizeof(buffer));
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return std::string(buffer, std::max<ssize_t>(size, 0));
}

void Check(int result) {
  if (result != 0) _exit(2);
}

void BecomeRoot() {}
void BecomeNobody() { Check(setresuid(65534, 65534, 65534)); }
void BecomeRootOfANamespace() { Check(unshare(CLONE_NEWUSER | CLONE_NEWNET)); }
void BecomeRootOfNoNamespace() { Check(unshare(CLONE_NEWUSER)); }

template <typename Room>
std::string Told(const Room& room) {
  std::string told = absl::StrCat(room.id);
  if (room.code) absl::StrAppend(&told, " ", *room.code);
  if (room.note) absl::StrAppend(&told, " ", *room.note);
  if (!room.guests.empty()) absl::StrAppend(&told, " guests");
  absl::StrAppend(&told, " ", *room.lock->maker, room.lock->pin ? " pin" : "");
  for (const Lock& lock : room.spare_lock) {
    absl::StrAppend(&told, " ", *lock.maker, lock.pin ? " pin" : "");
  }
  return told;
}

std::string Get() {
  const absl::StatusOr<RoomGetReply> reply = Connect().RoomGet();
  return reply.ok() ? Told(*reply) : reply.status().ToString();
}

std::string GetDump() {
  const auto rooms = Connect().RoomGetDump().Collect();
  return rooms.ok() && rooms->size() == 1 ? Told(rooms->front()) : rooms.status().ToString();
}

constexpr char kNothing[] = "1 first spare";
constexpr char kOfTheNamespace[] = "1 note first spare";
constexpr char kEverything[] = "1 code note guests first pin spare pin";

TEST(Sensitive, GoodAdministratorOfTheMachineIsToldEverything) {
  EXPECT_EQ(As(BecomeRoot, Get), kEverything);
  EXPECT_EQ(As(BecomeRoot, GetDump), kEverything);
}

TEST(Sensitive, GoodAdministratorOfTheNamespaceIsToldItsPart) {
  EXPECT_EQ(As(BecomeRootOfANamespace, Get), kOfTheNamespace);
  EXPECT_EQ(As(BecomeRootOfANamespace, GetDump), kOfTheNamespace);
}

TEST(Sensitive, BadOthersAreToldNothing) {
  for (auto* become : {BecomeNobody, BecomeRootOfNoNamespace}) {
    EXPECT_EQ(As(become, Get), kNothing);
    EXPECT_EQ(As(become, GetDump), kNothing);
  }
}

template <typename Ntf>
std::string Heard(Group group) {
  Events events = Listen(group);
  EXPECT_TRUE(Connect().RoomTell().ok());
  const absl::StatusOr<Event> event = events.Next(kPatience);
  if (!event.ok()) return event.status().ToString();
  return std::holds_alternative<Ntf>(*event) ? Told(std::get<Ntf>(*event)) : "something else";
}

TEST(Sensitive, GoodGroupIsToldWhatItsListenersMayKnow) {
  EXPECT_EQ(Heard<RoomPublicNtf>(Group::kPublic), kNothing);
  EXPECT_EQ(Heard<RoomOwnersNtf>(Group::kOwners), kOfTheNamespace);
  EXPECT_EQ(Heard<RoomAdminsNtf>(Group::kAdmins), kEverything);
}

uint32_t Held() {
  const absl::StatusOr<TicketHeldReply> reply = Connect().TicketHeld();
  EXPECT_TRUE(reply.ok()) << reply.status();
  return reply.ok() ? reply->held : ~0u;
}

TEST(Hooks, GoodHandlerGetsWhatTheHookHasFound) {
  const absl::StatusOr<TicketGetReply> reply = Connect().TicketGet({.number = 7});
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(reply->number, 7);
  EXPECT_EQ(Held(), 0);
}

TEST(Hooks, BadRequestThatTheHookRefuses) {
  const absl::Status status = Connect().TicketGet({.number = 0}).status();
  EXPECT_EQ(genl::GetKernelError(status)->error, ENOENT);
  EXPECT_EQ(Held(), 0);
}

TEST(Hooks, GoodDumpKeepsItsObjectFromStartToEnd) {
  const auto tickets = Connect().TicketGetDump().Collect();
  ASSERT_TRUE(tickets.ok()) << tickets.status();
  ASSERT_EQ(tickets->size(), 20000);
  for (uint32_t i = 0; i < 20000; ++i) EXPECT_EQ((*tickets)[i].number, 1000 + i);
  EXPECT_EQ(Held(), 0);
}

TEST(Hooks, GoodDumpOfASocketThatIsClosedInTheMiddleEndsOnce) {
  {
    Client client = Connect();
    auto tickets = client.TicketGetDump();
    ASSERT_NE(tickets.begin(), tickets.end());
    EXPECT_EQ(Held(), 1);
  }
  EXPECT_EQ(Held(), 0);
}

}  // namespace
}  // namespace ward
