// Conversations with the module, in a VM.
#include <linux/netlink.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "family/examples/hello/vm.h"
#include "genl/kernel_error.h"
#include "genl/message.h"
#include "genl/socket.h"
#include "genl/writer.h"
#include "gmock/gmock.h"
#include "tests/vm/module.h"

namespace hello {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr int kForEver = 3'600'000;  // milliseconds
constexpr absl::Duration kPatience = absl::Seconds(20);

// A client and the socket on which it is answered.
struct Guest {
  Client client = *Client::Connect();
  Events events = *client.Subscribe();

  absl::Status Say() { return events.Do(operation::kSay, {.text = "Hello you!"}); }
  // The next answer; nothing, and a failure, where it is something else.
  std::optional<Answer> Hear() {
    const absl::StatusOr<Event> event = events.Next(kPatience);
    EXPECT_TRUE(event.ok()) << event.status();
    if (!event.ok() || !std::holds_alternative<Answer>(*event)) return std::nullopt;
    return std::get<Answer>(*event);
  }
  bool HearsNothing(absl::Duration patience = absl::ZeroDuration()) {
    return absl::IsDeadlineExceeded(events.Next(patience).status());
  }
};

class HelloTest : public testing::Test {
 protected:
  void TearDown() override { EXPECT_THAT(Conversations(client_), IsEmpty()); }

  Client client_ = *Client::Connect();
};

TEST_F(HelloTest, AConversationIsWholeAndInOrder) {
  SetConversations(10, 50);
  Guest guest;
  for (int again = 0; again < 2; ++again) {
    const absl::Time begin = absl::Now();
    ASSERT_TRUE(guest.Say().ok());
    for (uint32_t number = 1; number <= 10; ++number) {
      EXPECT_EQ(guest.Hear(),
                (Answer{.text = "I am from kernel!", .number = number, .last = number == 10}));
    }
    EXPECT_GE(absl::Now() - begin, 9 * absl::Milliseconds(50));
    EXPECT_TRUE(guest.HearsNothing(absl::Milliseconds(100)));
    EXPECT_THAT(Conversations(client_), IsEmpty());
  }
}

// The best of several: a machine with other work may stand still for a while.
TEST_F(HelloTest, TheSenderReturnsAtOnce) {
  SetConversations(10, 3000);
  absl::Duration shortest = absl::InfiniteDuration();
  std::vector<Guest> guests(5);
  for (Guest& guest : guests) {
    const absl::Time begin = absl::Now();
    ASSERT_TRUE(guest.Say().ok());
    shortest = std::min(shortest, absl::Now() - begin);
    EXPECT_EQ(guest.Hear()->number, 1u);
  }
  EXPECT_LT(shortest, absl::Milliseconds(50));
  EXPECT_THAT(Conversations(client_), SizeIs(guests.size()));
}

TEST_F(HelloTest, BadSecondGreetingBeforeTheLastAnswer) {
  SetConversations(10, kForEver);
  Guest guest;
  ASSERT_TRUE(guest.Say().ok());
  EXPECT_EQ(genl::GetKernelError(guest.Say()),
            (genl::KernelError{.error = EBUSY, .message = "still answering this socket"}));
  EXPECT_EQ(guest.Hear()->number, 1u);
  Guest other;
  EXPECT_TRUE(other.Say().ok()) << "another socket is another conversation";
}

TEST_F(HelloTest, TwoClientsAtOnceHearTheirOwnAnswers) {
  SetConversations(10, 20);
  Guest first, second;
  ASSERT_NE(first.events.port(), second.events.port());
  ASSERT_TRUE(first.Say().ok());
  EXPECT_EQ(first.Hear()->number, 1u);
  ASSERT_TRUE(second.Say().ok());
  for (uint32_t number = 1; number <= 10; ++number) EXPECT_EQ(second.Hear()->number, number);
  for (uint32_t number = 2; number <= 10; ++number) EXPECT_EQ(first.Hear()->number, number);
  EXPECT_TRUE(first.HearsNothing());
  EXPECT_TRUE(second.HearsNothing());
}

// A greeting whose header says that it comes from `port`, from a socket with another one.
void SayAs(uint32_t port, genl::Socket& socket) {
  genl::Writer writer;
  const uint8_t text[] = "Hello you!";
  const auto mark = writer.BeginMessage(operation::kSay.command, NLM_F_REQUEST | NLM_F_ACK, port);
  ASSERT_TRUE(writer.Put(1, genl::Bytes(text, sizeof(text))));
  writer.FinishMessage(mark);
  ASSERT_TRUE(socket.Send(writer.bytes()).ok());
}

// To whom a module answers that believes the header: 0 is the kernel itself.
TEST_F(HelloTest, WhatTheHeaderSaysOfThePortIdDoesNotMatter) {
  SetConversations(1, 0);
  Guest bystander;
  for (const uint32_t port : {0u, bystander.events.port(), 12345u}) {
    genl::Socket socket = *genl::Socket::Open(25);
    ASSERT_TRUE(socket.ConnectToKernel().ok());
    SayAs(port, socket);
    std::vector<int> types;
    while (types.size() < 2) {
      genl::Deadline deadline(kPatience);
      const absl::StatusOr<genl::Bytes> datagram = socket.Receive(deadline);
      ASSERT_TRUE(datagram.ok()) << datagram.status();
      types.push_back(genl::MessageReader(*datagram).Next()->header.nlmsg_type);
    }
    EXPECT_THAT(types, UnorderedElementsAre(NLMSG_ERROR, 17));
  }
  EXPECT_TRUE(bystander.HearsNothing());
}

// The port id belongs to somebody else then.
TEST_F(HelloTest, AClosedSocketEndsItsConversation) {
  SetConversations(10, kForEver);
  std::optional<Guest> guest;
  guest.emplace();
  ASSERT_TRUE(guest->Say().ok());
  EXPECT_EQ(guest->Hear()->number, 1u);
  const uint32_t port = guest->events.port();
  EXPECT_THAT(Conversations(client_), ElementsAre(port));
  guest.reset();
  EXPECT_THAT(Conversations(client_), IsEmpty());

  genl::Socket next = *genl::Socket::Open(25, {.port = port});
  ASSERT_TRUE(next.ConnectToKernel().ok());
  SayAs(0, next);
  EXPECT_THAT(Conversations(client_), ElementsAre(port));
}

// Answers that are on their way when the socket closes.
TEST_F(HelloTest, SocketsCloseAtAnyMoment) {
  SetConversations(1'000'000, 0);
  for (int i = 0; i < 40; ++i) {
    Guest guest;
    ASSERT_TRUE(guest.Say().ok());
    for (int heard = 0; heard < i % 4; ++heard) ASSERT_TRUE(guest.Hear().has_value());
  }
}

// Who reads nothing loses answers, and is told; nobody waits for him.
TEST_F(HelloTest, AnswersThatFindNoRoomAreLostAndTold) {
  SetConversations(100, 1);
  Client client = *Client::Connect({.socket = {.receive_buffer = 1 << 12}});
  Events events = *client.Subscribe();
  ASSERT_TRUE(events.Do(operation::kSay, {.text = "Hello you!"}).ok());
  const absl::Time limit = absl::Now() + kPatience;
  while (!Conversations(client_).empty() && absl::Now() < limit) {
    absl::SleepFor(absl::Milliseconds(20));
  }
  size_t answers = 0, losses = 0;
  for (;;) {
    const absl::StatusOr<Event> event = events.Next(absl::ZeroDuration());
    if (!event.ok()) break;
    ++(std::holds_alternative<Answer>(*event) ? answers : losses);
  }
  EXPECT_GE(losses, 1u);
  EXPECT_GE(answers, 1u);
  EXPECT_LT(answers, 100u);
}

// The sockets of the protocol, by /proc/net/netlink.
std::vector<uint32_t> Ports() {
  std::vector<uint32_t> ports;
  std::ifstream file("/proc/net/netlink");
  std::string line, socket;
  while (std::getline(file, line)) {
    uint32_t protocol = 0, port = 0;
    std::istringstream words(line);
    if (words >> socket >> protocol >> port && protocol == 25 && port != 0) ports.push_back(port);
  }
  return ports;
}

TEST_F(HelloTest, AClientThatIsKilledLeavesNothingBehind) {
  SetConversations(10, 200);
  const std::vector<uint32_t> before = Ports();
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    execl(kMain, kMain, nullptr);
    _exit(127);
  }
  close(ends[1]);
  FILE* output = fdopen(ends[0], "r");
  char line[100];
  for (const char* expected : {"1: I am from kernel!\n", "2: I am from kernel!\n"}) {
    ASSERT_NE(std::fgets(line, sizeof(line), output), nullptr);
    EXPECT_STREQ(line, expected);
  }
  EXPECT_THAT(Conversations(client_), SizeIs(1));
  EXPECT_GT(Ports().size(), before.size());
  kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(std::fgets(line, sizeof(line), output), nullptr);
  std::fclose(output);
  EXPECT_THAT(Conversations(client_), IsEmpty());
  EXPECT_EQ(Ports(), before);
}

// A conversation neither keeps its namespace nor outlives it.
TEST_F(HelloTest, NetworkNamespacesGoWithTheirConversations) {
  for (const int pause : {0, 1, kForEver}) {
    SetConversations(1'000'000, pause);
    for (int i = 0; i < 5; ++i) {
      const pid_t child = fork();
      if (child == 0) {
        if (unshare(CLONE_NEWNET) != 0) _exit(1);
        Guest guest;
        const bool well = guest.Say().ok() && guest.Hear().has_value() &&
                          Conversations(guest.client) == std::vector{guest.events.port()};
        _exit(well ? 0 : 2);
      }
      int status = 0;
      ASSERT_EQ(waitpid(child, &status, 0), child);
      EXPECT_EQ(status, 0);
    }
  }
}

TEST(HelloModuleTest, UnloadsAlthoughAnswersAreOutstanding) {
  genlc::Module module("/genlc/modules/0.ko", "hello");
  for (int i = 0; i < 20; ++i) {
    SetConversations(1'000'000, i % 2 == 0 ? 0 : kForEver);
    {
      Guest guest;
      ASSERT_TRUE(guest.Say().ok());
      ASSERT_TRUE(guest.Hear().has_value());
      EXPECT_TRUE(absl::IsUnavailable(module.Unload())) << "a socket is open";
    }
    const absl::Time begin = absl::Now();
    ASSERT_EQ(module.Unload(), absl::OkStatus());
    EXPECT_LT(absl::Now() - begin, absl::Seconds(5));
    ASSERT_EQ(module.Load(), absl::OkStatus());
  }
}

}  // namespace
}  // namespace hello
