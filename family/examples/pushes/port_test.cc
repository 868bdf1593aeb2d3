// A kernel that speaks first, to one socket that wants it: runs as root where the module is loaded.
#include <cerrno>
#include <cstdio>
#include <string>
#include <vector>

#include "family/examples/pushes/pushes_test.h"
#include "genl/client.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace pushes {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::SizeIs;

// Hears what is sent to its socket, and no group.
struct Alone : Listener {
  explicit Alone(Client& client) : Listener(client, {}) { EXPECT_EQ(Register(), absl::OkStatus()); }
  absl::Status Register() { return events().Do(operation::kRegister); }
  uint32_t port() { return events().port(); }
};

class PortTest : public SourceTest {
 protected:
  void SetUp() override { EndClosed(); }

  absl::Status PushTo(uint32_t port) {
    return client_.Push({.source = GetParam(), .port = port, .count = 1});
  }
};

TEST_P(PortTest, GoodNothingIsLostBelowTheLimitOfTheBuffer) {
  Alone late(client_);
  Listener group(client_);
  Push({.source = GetParam(), .port = late.port(), .count = 2000, .burst = 1100, .interval_ms = 0});
  SayOneMore(group);
  late.ExpectInARow(2000);
  EXPECT_EQ(late.overruns(), 0);
}

TEST_P(PortTest, GoodNobodyElseHearsIt) {
  Alone alone(client_);
  Alone other(client_);
  Listener group(client_);
  Push({.source = GetParam(), .port = alone.port(), .count = 3});
  alone.ExpectInARow(3);
  alone.ExpectSilence();
  other.ExpectSilence();
  group.ExpectSilence();
}

TEST_P(PortTest, BadListenerThatIsTooSlowLearnsWhatItLost) {
  Client client = Connect(kTiny);
  Alone slow(client);
  Listener group(client_);
  Push({.source = GetParam(), .port = slow.port(), .count = 200, .burst = 50, .interval_ms = 0});
  SayOneMore(group);
  const uint32_t heard = slow.ReadAll();
  EXPECT_GT(heard, 0);
  EXPECT_LT(heard, 100);
  EXPECT_EQ(slow.overruns(), 1);
  Push({.source = GetParam(), .port = slow.port(), .count = 3});
  EXPECT_EQ(slow.ExpectGap(), 200 - heard);
  slow.ExpectInARow(2);
}

// Nobody tells an interrupt what became of its tick: another source has to find out.
TEST_P(PortTest, GoodClosedSocketIsRegisteredNoMore) {
  Listener group(client_);
  const uint32_t port = Alone(client_).port();
  EXPECT_THAT(Registered(), ElementsAre(port));
  Push({.source = GetParam(), .port = port, .count = 3, .interval_ms = 0});
  SayOneMore(group);
  if (GetParam() == Source::kHardirq) {
    EXPECT_THAT(Registered(), ElementsAre(port));
    EndClosed();
  }
  EXPECT_THAT(Registered(), IsEmpty());
  EXPECT_EQ(ErrorOf(PushTo(port)), ENOENT);
}

TEST_P(PortTest, BadPortThatHasNotRegistered) {
  Listener group(client_);
  const absl::Status status = PushTo(group.events().port());
  EXPECT_EQ(ErrorOf(status), ENOENT) << status;
  EXPECT_EQ(genl::GetKernelError(status)->attribute, "port");
  group.ExpectSilence();
}

INSTANTIATE_TEST_SUITE_P(Every, PortTest, testing::ValuesIn(kSources), NameOf);

TEST_F(PushesTest, GoodSecondRegistrationIsTheFirst) {
  EndClosed();
  Alone alone(client_);
  EXPECT_EQ(alone.Register(), absl::OkStatus());
  EXPECT_THAT(Registered(), ElementsAre(alone.port()));
}

TEST_F(PushesTest, BadMoreThanMayRegister) {
  EndClosed();
  {
    std::vector<Alone> all;
    for (int i = 0; i < 16; ++i) all.emplace_back(client_);
    absl::StatusOr<Events> further = client_.Subscribe({});
    ASSERT_TRUE(further.ok()) << further.status();
    EXPECT_EQ(ErrorOf(further->Do(operation::kRegister)), ENOSPC);
  }
  EndClosed();
  EXPECT_THAT(Registered(), IsEmpty());
}

// What a user sees. Two sources speak to the group, two to the program alone.
TEST(Program, GoodPrintsWhatComes) {
  FILE* pipe = popen("/family/examples/pushes/pushes_main", "r");
  ASSERT_NE(pipe, nullptr);
  std::vector<std::string> lines;
  for (char line[100]; fgets(line, sizeof(line), pipe) != nullptr;) lines.push_back(line);
  EXPECT_EQ(pclose(pipe), 0);
  EXPECT_THAT(lines, SizeIs(20));
  const auto five_of = [](const char* pattern) { return Contains(MatchesRegex(pattern)).Times(5); };
  EXPECT_THAT(lines, five_of("all: timer [0-9]+, softirq\n"));
  EXPECT_THAT(lines, five_of("all: work [0-9]+, process\n"));
  EXPECT_THAT(lines, five_of("me: softirq [0-9]+, softirq\n"));
  EXPECT_THAT(lines, five_of("me: hardirq [0-9]+, hardirq\n"));
}

}  // namespace
}  // namespace pushes
