// A process with a client of each of two services. Every message says who it is from and who it is
// for, and none ever reaches the other service or its clients. Runs as root where both modules are
// loaded: those with protocols of their own, or those of generic netlink.
#include <cerrno>
#include <cstdio>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "genl/client.h"
#include "gmock/gmock.h"
#include "ledger.genl.h"
#include "meter.genl.h"
#include "tests/vm/module.h"

namespace {

constexpr uint32_t kHouseholds = 2;
constexpr size_t kRequests = 1000;  // of each household to each service
// An emulated machine is slow, and nobody waits for this long.
constexpr absl::Duration kPatience = absl::Seconds(20);

// Both services in the same words. Their messages are alike down to the numbers: a request that
// went to the wrong one would be understood there.
struct Ledger {
  using Client = ledger::Client;
  using Reply = ledger::BookReply;
  using Events = ledger::Events;
  using Announced = ledger::BookedNtf;
  static constexpr char kName[] = "ledger";

  static absl::StatusOr<Reply> Ask(Client& client, const std::string& from, uint32_t account) {
    return client.Book({.to = kName, .from = from, .account = account, .amount = 1});
  }
  static absl::StatusOr<Events> Listen(Client& client) {
    return client.Subscribe({ledger::Group::kBookings});
  }
  static uint32_t Place(const Reply& reply) { return reply.account; }
  static uint64_t Sum(const Reply& reply) { return static_cast<uint64_t>(reply.balance); }
};

struct Meter {
  using Client = meter::Client;
  using Reply = meter::CountReply;
  using Events = meter::Events;
  using Announced = meter::CountedNtf;
  static constexpr char kName[] = "meter";

  static absl::StatusOr<Reply> Ask(Client& client, const std::string& from, uint32_t outlet) {
    return client.Count({.to = kName, .from = from, .outlet = outlet, .units = 1});
  }
  static absl::StatusOr<Events> Listen(Client& client) {
    return client.Subscribe({meter::Group::kReadings});
  }
  static uint32_t Place(const Reply& reply) { return reply.outlet; }
  static uint64_t Sum(const Reply& reply) { return reply.total; }
};

template <typename Service>
absl::StatusOr<typename Service::Client> Connect(uint32_t port = 0) {
  return Service::Client::Connect({.timeout = kPatience, .socket = {.port = port}});
}

// What one service answers to one household.
template <typename Service>
class Conversation {
 public:
  // Port 0: any that is free.
  Conversation(uint32_t household, uint32_t port)
      : household_(household),
        name_(absl::StrCat("household ", household)),
        client_(Connect<Service>(port)) {
    EXPECT_TRUE(client_.ok()) << client_.status();
  }

  bool Go() {
    if (!client_.ok()) return false;
    absl::StatusOr<typename Service::Reply> reply = Service::Ask(*client_, name_, household_);
    EXPECT_TRUE(reply.ok()) << reply.status();
    if (!reply.ok()) return false;
    EXPECT_EQ(reply->from, Service::kName);
    EXPECT_EQ(reply->to, name_);
    EXPECT_EQ(Service::Place(*reply), household_);
    if (!answers_.empty()) {
      EXPECT_EQ(Service::Sum(*reply), Service::Sum(answers_.back()) + 1);
    }
    answers_.push_back(*std::move(reply));
    return !testing::Test::HasFailure();
  }

  const std::vector<typename Service::Reply>& answers() const { return answers_; }

 private:
  const uint32_t household_;
  const std::string name_;
  absl::StatusOr<typename Service::Client> client_;
  std::vector<typename Service::Reply> answers_;
};

// A household asks both in turn.
struct Household {
  Household(uint32_t number, uint32_t port) : ledger(number, port), meter(number, port) {}

  void Live() {
    for (size_t i = 0; i < kRequests && ledger.Go() && meter.Go(); ++i) {
    }
  }

  Conversation<Ledger> ledger;
  Conversation<Meter> meter;
};

// Hears everything that a service tells, from when it is made.
template <typename Service>
class Listener {
 public:
  Listener() {
    // So much may wait that nothing is lost before it is read.
    absl::StatusOr<typename Service::Client> client =
        Service::Client::Connect({.timeout = kPatience, .socket = {.receive_buffer = 64 << 20}});
    EXPECT_TRUE(client.ok()) << client.status();
    if (!client.ok()) return;
    auto events = Service::Listen(*client);
    EXPECT_TRUE(events.ok()) << events.status();
    if (events.ok()) events_.emplace(*std::move(events));
  }

  // What each household has been answered, and nothing else, has been told to all.
  void ExpectTold(const std::vector<std::vector<typename Service::Reply>>& answers) {
    if (!events_) return;
    size_t expected = 0;
    for (const auto& of_household : answers) expected += of_household.size();
    std::vector<std::vector<typename Service::Reply>> told(answers.size());
    for (size_t i = 0; i < expected; ++i) {
      const auto event = events_->Next(kPatience);
      ASSERT_TRUE(event.ok()) << event.status() << " after " << i;
      const auto* announced = std::get_if<typename Service::Announced>(&*event);
      ASSERT_NE(announced, nullptr) << "alternative " << event->index() << " after " << i;
      ASSERT_EQ(announced->from, Service::kName);
      ASSERT_LT(Service::Place(*announced), told.size());
      told[Service::Place(*announced)].push_back(*announced);
    }
    EXPECT_TRUE(told == answers);
    EXPECT_TRUE(absl::IsDeadlineExceeded(events_->Next(absl::ZeroDuration()).status()));
  }

 private:
  std::optional<typename Service::Events> events_;
};

// All households at once. With a `port`, each has this one or one of the next, for both services.
void LiveSideBySide(uint32_t port) {
  Listener<Ledger> bookings;
  Listener<Meter> readings;
  std::vector<Household> households;
  for (uint32_t i = 0; i < kHouseholds; ++i) households.emplace_back(i, port != 0 ? port + i : 0);
  std::vector<std::thread> threads;
  for (Household& household : households) threads.emplace_back([&] { household.Live(); });
  for (std::thread& thread : threads) thread.join();

  std::vector<std::vector<ledger::BookReply>> booked;
  std::vector<std::vector<meter::CountReply>> counted;
  for (const Household& household : households) {
    EXPECT_EQ(household.ledger.answers().size(), kRequests);
    EXPECT_EQ(household.meter.answers().size(), kRequests);
    booked.push_back(household.ledger.answers());
    counted.push_back(household.meter.answers());
  }
  bookings.ExpectTold(booked);
  readings.ExpectTold(counted);
}

std::string OutputOf(const char* command) {
  std::FILE* output = popen(command, "r");
  char text[256] = "";
  const size_t size = std::fread(text, 1, sizeof(text), output);
  EXPECT_EQ(pclose(output), 0);
  return std::string(text, size);
}

TEST(TwoServicesTest, GoodProgramTalksToBoth) {
  EXPECT_EQ(OutputOf("house 7 2"), "2 units in all, the balance is -60\n");
  EXPECT_EQ(OutputOf("house 7 1"), "3 units in all, the balance is -90\n");
}

// That each would notice.
TEST(TwoServicesTest, BadMessageForTheOther) {
  absl::StatusOr<ledger::Client> ledger = Connect<Ledger>();
  absl::StatusOr<meter::Client> meter = Connect<Meter>();
  ASSERT_TRUE(ledger.ok() && meter.ok());
  for (const absl::Status& status : {ledger->Book({.to = "meter", .from = "a test"}).status(),
                                     meter->Count({.to = "ledger", .from = "a test"}).status()}) {
    const std::optional<genl::KernelError> error = genl::GetKernelError(status);
    ASSERT_TRUE(error.has_value()) << status;
    EXPECT_EQ(error->error, EXDEV);
    EXPECT_EQ(error->attribute, "to");
  }
}

TEST(TwoServicesTest, GoodOneGoesAndTheOtherStays) {
  genlc::Module meter("/genlc/modules/1.ko", "meter");
  absl::StatusOr<ledger::Client> ledger = Connect<Ledger>();
  ASSERT_TRUE(ledger.ok()) << ledger.status();
  ASSERT_EQ(meter.Unload(), absl::OkStatus());
  EXPECT_FALSE(Connect<Meter>().ok());
  EXPECT_TRUE(Ledger::Ask(*ledger, "a test", 0).ok());
  ASSERT_EQ(meter.Load(), absl::OkStatus());
  EXPECT_TRUE(Connect<Meter>().ok());
}

constexpr uint32_t kPort = 4711;

// Each protocol has port ids of its own, and it alone keeps the messages apart: their sockets,
// types and groups have the same numbers.
TEST(OwnProtocolsTest, GoodNoMessageReachesTheOtherUnderLoad) { LiveSideBySide(kPort); }

TEST(OwnProtocolsTest, BadSamePortTwiceOnOneProtocol) {
  const absl::StatusOr<ledger::Client> first = Connect<Ledger>(kPort);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_TRUE(absl::IsUnavailable(Connect<Ledger>(kPort).status()));
  EXPECT_TRUE(Connect<Meter>(kPort).ok());
}

// A dump and a second request at the same time would need another socket, too.
TEST(OwnProtocolsTest, BadSecondSocketOfAClientThatChoseItsPort) {
  absl::StatusOr<ledger::Client> client = Connect<Ledger>(kPort);
  ASSERT_TRUE(client.ok()) << client.status();
  EXPECT_TRUE(absl::IsUnavailable(Ledger::Listen(*client).status()));
}

// Families of generic netlink share the port ids of its protocol; the number of the family keeps
// the messages apart.
TEST(GenericFamiliesTest, GoodNoMessageReachesTheOtherUnderLoad) { LiveSideBySide(0); }

TEST(GenericFamiliesTest, BadSamePortForBoth) {
  const absl::StatusOr<ledger::Client> first = Connect<Ledger>(kPort);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_TRUE(absl::IsUnavailable(Connect<Meter>(kPort).status()));
}

}  // namespace
