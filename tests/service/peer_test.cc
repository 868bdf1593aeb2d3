// A service in another process, over a netlink socket: no kernel module, no privilege.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "family/examples/thermo/inventory.h"
#include "genl/peer_transport.h"
#include "genl/server.h"
#include "genl/testing/fake_kernel.h"
#include "gmock/gmock.h"
#include "tests/service/memory.h"

namespace genl {
namespace {

// Has a million sensors, and none of them in memory.
class Crowd : public Inventory {
 public:
  Objects<thermo::SensorGetReply> SensorGetDump(const thermo::SensorGetDumpRequest&,
                                                Caller&) override {
    return [last = uint32_t{0}](thermo::SensorGetReply& sensor) mutable {
      if (last == kObjects) return false;
      sensor.id = ++last;
      sensor.label = "one of a crowd";
      sensor.samples = last;
      return true;
    };
  }

  static constexpr uint32_t kObjects = 1000000;
};

// A process that serves; it ends with this object.
class ServerProcess {
 public:
  ServerProcess() {
    int pipe_ends[2];
    EXPECT_EQ(pipe(pipe_ends), 0);
    process_ = fork();
    if (process_ == 0) _exit(Serve(pipe_ends[1]));
    close(pipe_ends[1]);
    EXPECT_EQ(read(pipe_ends[0], &port_, sizeof(port_)), static_cast<ssize_t>(sizeof(port_)));
    close(pipe_ends[0]);
  }
  ~ServerProcess() { Kill(); }

  void Kill() {
    if (process_ > 0) {
      kill(process_, SIGKILL);
      waitpid(process_, nullptr, 0);
    }
    process_ = -1;
  }

  uint32_t port() const { return port_; }
  pid_t process() const { return process_; }

 private:
  static int Serve(int pipe_end) {
    Crowd crowd;
    absl::StatusOr<std::unique_ptr<Server>> server = Server::Listen();
    if (!server.ok() || !(*server)->Add(crowd).ok()) return 1;
    const uint32_t port = (*server)->port();
    if (write(pipe_end, &port, sizeof(port)) < 0) return 1;
    return (*server)->Run().ok() ? 0 : 1;
  }

  pid_t process_ = -1;
  uint32_t port_ = 0;
};

thermo::Client ConnectTo(PeerTransport& peer) {
  absl::StatusOr<thermo::Client> client = thermo::Client::Connect({.transport = &peer});
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}

// Of 100 000 exchanges, some make a sensor and the others ask for it.
TEST(PeerTest, TwoProcessesExchangeTypedRequestsAndReplies) {
  ServerProcess server;
  PeerTransport peer(server.port());
  thermo::Client client = ConnectTo(peer);
  thermo::SensorGetReply sensor;
  uint32_t id = 0;
  for (int i = 0; i < 100000; ++i) {
    const std::string label = absl::StrCat("sensor", i / 1000);
    if (i % 1000 == 0) {
      const auto made = client.SensorNew({.label = label, .temperature = i});
      ASSERT_TRUE(made.ok()) << made.status();
      id = made->id;
      continue;
    }
    const absl::Status status = client.Do(thermo::operation::kSensorGet, {.id = id}, &sensor);
    ASSERT_TRUE(status.ok()) << status;
    ASSERT_EQ(sensor.label, label);
    ASSERT_EQ(sensor.temperature, i / 1000 * 1000);
  }
}

TEST(PeerTest, ClientsKnowWhatTheServerTakes) {
  ServerProcess server;
  PeerTransport peer(server.port());
  thermo::Client client = ConnectTo(peer);
  EXPECT_EQ(*client.Supports(thermo::operation::kSensorSet, "interval-ms"), Support::kYes);
}

TEST(PeerTest, SeveralClientsAtOnceGetTheirOwnAnswers) {
  constexpr int kClients = 4, kRequests = 3000;
  ServerProcess server;
  std::vector<std::thread> threads;
  for (int k = 0; k < kClients; ++k) {
    threads.emplace_back([&, k] {
      PeerTransport peer(server.port());
      thermo::Client client = ConnectTo(peer);
      const std::string label = absl::StrCat("of client ", k);
      const auto made = client.SensorNew({.label = label});
      ASSERT_TRUE(made.ok()) << made.status();
      int answered = 0;
      Calls calls = client.NewCalls();
      for (int i = 0; i < kRequests; ++i) {
        const auto ticket = calls.Start(thermo::operation::kSensorGet, {.id = made->id},
                                        [&](const absl::StatusOr<thermo::SensorGetReply>& sensor) {
                                          ASSERT_TRUE(sensor.ok()) << sensor.status();
                                          EXPECT_EQ(sensor->label, label);
                                          ++answered;
                                        });
        ASSERT_TRUE(ticket.ok());
      }
      while (calls.in_flight() > 0) {
        const absl::Status status = calls.Process(absl::Seconds(1));
        ASSERT_TRUE(status.ok()) << status;
      }
      EXPECT_EQ(answered, kRequests);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// Both ends at their peak, before the objects and after them.
void ExpectConstantMemory(thermo::Client& client, pid_t other) {
  const auto read = [&](uint32_t most) {
    uint32_t count = 0;
    Dump<thermo::SensorGetReply> dump = client.SensorGetDump();
    for (const thermo::SensorGetReply& sensor : dump) {
      if (sensor.id != ++count || count == most) break;
    }
    EXPECT_EQ(count, most) << dump.status();
  };
  read(20000);
  const size_t here = PeakMemory(getpid()), there = PeakMemory(other);
  ASSERT_GT(here, 0u);
  ASSERT_GT(there, 0u);
  read(Crowd::kObjects);
  EXPECT_LT(PeakMemory(getpid()), here + kMemorySlack);
  EXPECT_LT(PeakMemory(other), there + kMemorySlack);
}

TEST(PeerTest, AMillionObjectsStreamInConstantMemory) {
  ServerProcess server;
  PeerTransport peer(server.port());
  thermo::Client client = ConnectTo(peer);
  ExpectConstantMemory(client, server.process());
}

TEST(PeerTest, AMillionObjectsOfTheFakeKernelStreamInConstantMemory) {
  Crowd crowd;
  FakeKernel kernel;
  ASSERT_TRUE(kernel.Add(crowd).ok());
  absl::StatusOr<thermo::Client> client = thermo::Client::Connect({.transport = &kernel});
  ASSERT_TRUE(client.ok()) << client.status();
  ExpectConstantMemory(*client, getpid());
}

// A dump waits for its reader, and others are served meanwhile.
TEST(PeerTest, ASlowReaderLosesNothingAndHoldsUpNobody) {
  ServerProcess server;
  PeerTransport peer(server.port());
  thermo::Client slow = ConnectTo(peer);
  thermo::Client quick = ConnectTo(peer);
  Dump<thermo::SensorGetReply> dump = slow.SensorGetDump();
  uint32_t count = 0;
  for (const thermo::SensorGetReply& sensor : dump) {
    ASSERT_EQ(sensor.id, ++count);
    if (count % 10000 != 1) continue;
    const absl::Time start = absl::Now();
    EXPECT_TRUE(absl::IsNotFound(quick.SensorGet({.id = 1}).status()));
    EXPECT_LT(absl::Now() - start, absl::Seconds(2));
    if (count > 100000) break;
    absl::SleepFor(absl::Milliseconds(10));
  }
  EXPECT_GT(count, 100000u);
}

TEST(PeerTest, EventsReachOtherProcesses) {
  ServerProcess server;
  PeerTransport peer(server.port());
  thermo::Client client = ConnectTo(peer);
  absl::StatusOr<thermo::Events> events = client.Subscribe({{thermo::Group::kChanges}});
  ASSERT_TRUE(events.ok()) << events.status();
  ASSERT_TRUE(client.SensorNew({.label = "inlet"}).ok());
  ASSERT_TRUE(events->Join(thermo::Group::kAlarms).ok());
  const absl::StatusOr<thermo::Event> event = events->Next(absl::Seconds(10));
  ASSERT_TRUE(event.ok()) << event.status();
  EXPECT_EQ(std::get<thermo::SensorNewNtf>(*event).label, "inlet");
}

// Thousands of unread events, and not one too few without a word.
TEST(PeerTest, EventsAreCompleteUntilTheListenerIsToldOfALoss) {
  Inventory inventory;
  absl::StatusOr<std::unique_ptr<Server>> server = Server::Listen();
  ASSERT_TRUE(server.ok()) << server.status();
  ASSERT_TRUE((*server)->Add(inventory).ok());
  std::thread thread([&] { EXPECT_TRUE((*server)->Run().ok()); });
  PeerTransport peer((*server)->port());
  thermo::Client client = ConnectTo(peer);
  absl::StatusOr<thermo::Events> events = client.Subscribe({{thermo::Group::kAlarms}});
  ASSERT_TRUE(events.ok()) << events.status();
  const std::string label(2000, 'x');
  for (uint32_t i = 0; i < 10000; ++i) {
    ASSERT_TRUE(inventory.Multicast(thermo::AlarmNtf{.sensor_id = i, .label = label}).ok());
  }
  uint32_t next = 0;
  for (;; ++next) {
    const absl::StatusOr<thermo::Event> event = events->Next(absl::Seconds(10));
    ASSERT_TRUE(event.ok()) << event.status() << " after " << next;
    if (std::holds_alternative<Overrun>(*event)) break;
    ASSERT_EQ(std::get<thermo::AlarmNtf>(*event).sensor_id, next);
  }
  EXPECT_GT(next, 0u);
  EXPECT_LT(next, 10000u);
  (*server)->Stop();
  thread.join();
}

TEST(PeerTest, AnEventLoopOfAnotherKindCanServe) {
  Inventory inventory;
  absl::StatusOr<std::unique_ptr<Server>> server = Server::Listen();
  ASSERT_TRUE(server.ok()) << server.status();
  ASSERT_TRUE((*server)->Add(inventory).ok());
  EXPECT_GE((*server)->fd(), 0);
  EXPECT_TRUE((*server)->Process().ok());
  std::atomic<bool> done = false;
  std::thread thread([&, port = (*server)->port()] {
    PeerTransport peer(port);
    EXPECT_TRUE(ConnectTo(peer).SensorNew({.label = "inlet"}).ok());
    done = true;
  });
  while (!done) EXPECT_TRUE((*server)->Process(absl::Milliseconds(10)).ok());
  thread.join();
}

TEST(PeerTest, BadAddressWhereNobodyListens) {
  PeerTransport peer(0x7ffffff0);
  const absl::Status status = thermo::Client::Connect({.transport = &peer}).status();
  EXPECT_TRUE(absl::IsUnavailable(status)) << status;
  EXPECT_THAT(status.message(), testing::HasSubstr("nobody listens at the netlink port id"));
}

TEST(PeerTest, BadAddressThatIsTaken) {
  absl::StatusOr<std::unique_ptr<Server>> one = Server::Listen();
  ASSERT_TRUE(one.ok()) << one.status();
  EXPECT_FALSE(Server::Listen({.port = (*one)->port()}).ok());
}

TEST(PeerTest, AServerThatHasGoneIsUnavailable) {
  ServerProcess server;
  PeerTransport peer(server.port());
  thermo::Client client = ConnectTo(peer);
  server.Kill();
  EXPECT_TRUE(absl::IsUnavailable(client.SensorGet({.id = 1}).status()));
}

}  // namespace
}  // namespace genl
