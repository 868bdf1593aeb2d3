// What old families have, through the kernel and back. Runs as root where the module is loaded.
#include <sched.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "genl/client.h"
#include "genl/dynamic/exchange.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/torture/vintage.genl.h"

namespace vintage {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(20);
constexpr Place kPlace = {.ifindex = 7, .port = 0x1234, .queue = 9};

Client Connect() {
  absl::StatusOr<Client> client = Client::Connect({.timeout = kPatience});
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}

Reading SomeReading(uint64_t value) {
  return {.kind = Color::kBlue,
          .value = value,
          .change = -5,
          .reserved = {1, 2, 3},
          .mac = {2, 0, 0, 0, 0, 1},
          .label = {'l', 'a', 'b', 'e', 'l'},
          .ends = {.left = -2, .right = 0x01020304}};
}

EchoRequest Largest() {
  const Leaf leaf = {.reading = SomeReading(1),
                     .ability = {{.value = Ability::kSwim, .selector = Ability::kSwim}},
                     .note = "leaf"};
  return {.header = kPlace,
          .reading = SomeReading(UINT64_MAX),
          .readings = {SomeReading(2), SomeReading(3), {}},
          .stamp = KernelTimespec{.tv_sec = 1, .tv_nsec = 999999999},
          .ability = {{.value = Ability::kFly, .selector = Ability::kWalk | Ability::kFly}},
          .bits = {{.value = 0x80000001, .selector = 0xffffffff}},
          .table = {{.row = 1, .column = 2, .value = leaf},
                    {.row = 1, .column = 0x3fff, .value = {}},
                    {.row = 300, .column = 1, .value = {.note = "last"}}},
          .rows = {{.row = 4, .value = leaf}, {.row = 2, .value = {}}},
          .leaf = leaf,
          .early = Pair{.left = 1, .right = 2},
          .word = "six ch",
          .blocks = {{1, 2, 3, 4, 5, 6}, std::vector<uint8_t>(6)},
          .shares = {2, 900},
          .grades = {Grade::kHigh, Grade::kLow}};
}

void ExpectEcho(const EchoRequest& sent, const EchoReply& got) {
  EXPECT_EQ(got.header, sent.header);
  EXPECT_EQ(got.reading, sent.reading);
  EXPECT_EQ(got.readings, sent.readings);
  EXPECT_EQ(got.stamp, sent.stamp);
  EXPECT_EQ(got.ability, sent.ability);
  EXPECT_EQ(got.bits, sent.bits);
  EXPECT_EQ(got.table, sent.table);
  EXPECT_EQ(got.rows, sent.rows);
  EXPECT_EQ(got.leaf, sent.leaf);
  EXPECT_EQ(got.early, sent.early);
  EXPECT_EQ(got.word, sent.word);
  EXPECT_EQ(got.blocks, sent.blocks);
  EXPECT_EQ(got.shares, sent.shares);
  EXPECT_EQ(got.grades, sent.grades);
}

TEST(Vintage, GoodHeaderAloneComesBack) {
  const EchoRequest request = {.header = kPlace};
  const absl::StatusOr<EchoReply> reply = Connect().Echo(request);
  ASSERT_TRUE(reply.ok()) << reply.status();
  ExpectEcho(request, *reply);
}

TEST(Vintage, GoodEveryValueComesBack) {
  const absl::StatusOr<EchoReply> reply = Connect().Echo(Largest());
  ASSERT_TRUE(reply.ok()) << reply.status();
  ExpectEcho(Largest(), *reply);
}

TEST(Vintage, GoodNotificationCarriesTheSame) {
  Client client = Connect();
  absl::StatusOr<Events> events = client.Subscribe({Group::kAll});
  ASSERT_TRUE(events.ok()) << events.status();
  ASSERT_TRUE(client.Echo(Largest()).ok());
  absl::StatusOr<Event> event = events->Next(kPatience);
  ASSERT_TRUE(event.ok()) << event.status();
  ASSERT_TRUE(std::holds_alternative<EchoNtf>(*event));
  ExpectEcho(Largest(), std::get<EchoNtf>(*event));
}

TEST(Vintage, GoodMessagesThatAreTheirHeader) {
  Client client = Connect();
  absl::StatusOr<Events> events = client.Subscribe({Group::kAll});
  ASSERT_TRUE(events.ok()) << events.status();
  const absl::StatusOr<MoveReply> reply = client.Move({.header = kPlace});
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(reply->header, (Place{.ifindex = 8, .port = 0x1234, .queue = 9}));
  absl::StatusOr<Event> event = events->Next(kPatience);
  ASSERT_TRUE(event.ok()) << event.status();
  ASSERT_TRUE(std::holds_alternative<Moved>(*event));
  EXPECT_EQ(std::get<Moved>(*event).header, kPlace);
}

TEST(Vintage, GoodEachObjectOfADumpHasItsHeader) {
  const auto objects = Connect().EchoDump({.header = kPlace, .count = 1000}).Collect();
  ASSERT_TRUE(objects.ok()) << objects.status();
  ASSERT_EQ(objects->size(), 1000);
  for (uint32_t i = 0; i < 1000; ++i) {
    EXPECT_EQ((*objects)[i].header, (Place{.ifindex = i, .port = 0x1234, .queue = 9}));
    EXPECT_EQ((*objects)[i].reading->value, 10 * i);
  }
}

// What a client that was generated cannot say.
class Bytes {
 public:
  Bytes() { text_.assign("\1\0\0\0\0\2\3\0", 8); }  // the fixed header, padded

  Bytes& Attribute(uint16_t type, const std::string& payload) {
    const uint16_t size = static_cast<uint16_t>(4 + payload.size());
    text_.append(reinterpret_cast<const char*>(&size), 2);
    text_.append(reinterpret_cast<const char*>(&type), 2);
    text_.append(payload);
    text_.resize((text_.size() + 3) / 4 * 4);
    return *this;
  }

  genl::KernelError Send() const {
    genl::RawRequest request;
    request.family = {"vintage", 2};
    request.operation = "echo";
    request.command = 3;
    request.payload = genl::Bytes(reinterpret_cast<const uint8_t*>(text_.data()), text_.size());
    request.header_size = 8;
    const absl::Status status = genl::Exchange(request, {.timeout = kPatience},
                                               [](const auto&) { return absl::OkStatus(); });
    return genl::GetKernelError(status).value_or(genl::KernelError{});
  }

 private:
  std::string text_;
};

// Numbers of attributes.
constexpr uint16_t kBits = 6;
constexpr uint16_t kEarly = 11;
constexpr uint16_t kWord = 12;

TEST(Vintage, GoodMembersThatACheckLetsBeMissingAreZero) {
  absl::StatusOr<Events> events = Connect().Subscribe({Group::kAll});
  ASSERT_TRUE(events.ok()) << events.status();
  EXPECT_EQ(Bytes().Attribute(kEarly, "l").Send().error, ERANGE);
  EXPECT_EQ(Bytes().Attribute(kEarly, "le").Send().error, 0);
  const absl::StatusOr<Event> event = events->Next(kPatience);
  ASSERT_TRUE(event.ok()) << event.status();
  ASSERT_TRUE(std::holds_alternative<EchoNtf>(*event));
  EXPECT_EQ(std::get<EchoNtf>(*event).early, (Pair{.left = 'l' | 'e' << 8, .right = 0}));
}

TEST(Vintage, GoodStringWithAndWithoutItsEnd) {
  absl::StatusOr<Events> events = Connect().Subscribe({Group::kAll});
  ASSERT_TRUE(events.ok()) << events.status();
  for (const std::string& word : {std::string("oak"), std::string("oak", 4)}) {
    EXPECT_EQ(Bytes().Attribute(kWord, word).Send().error, 0);
    const absl::StatusOr<Event> event = events->Next(kPatience);
    ASSERT_TRUE(event.ok()) << event.status();
    ASSERT_TRUE(std::holds_alternative<EchoNtf>(*event));
    EXPECT_EQ(std::get<EchoNtf>(*event).word, "oak");
  }
  EXPECT_EQ(Bytes().Attribute(kWord, "oakoak").Send().error, 0);
  EXPECT_EQ(Bytes().Attribute(kWord, "oakoaks").Send().error, ERANGE);
}

// The profile keeps it to the namespace of the machine.
TEST(Vintage, GoodFamilyOfTheMachineIsNotThereInOtherNamespaces) {
  std::thread([] {
    ASSERT_EQ(unshare(CLONE_NEWNET), 0);
    const absl::Status status = Client::Connect().status();
    EXPECT_TRUE(absl::IsNotFound(status)) << status;
  }).join();
}

TEST(Vintage, BadBitsOfWhichTheHandlerWantsOne) {
  const genl::KernelError error = Bytes().Attribute(kBits, std::string(8, '\0')).Send();
  EXPECT_EQ(error.error, EDOM);
  EXPECT_EQ(error.message, "no bit is selected");
}

TEST(Vintage, BadMessageWithoutItsHeader) {
  genl::RawRequest request;
  request.family = {"vintage", 2};
  request.operation = "echo";
  request.command = 3;
  const absl::Status status =
      genl::Exchange(request, {.timeout = kPatience}, [](const auto&) { return absl::OkStatus(); });
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error.has_value()) << status;
  EXPECT_EQ(error->error, EINVAL);
}

}  // namespace
}  // namespace vintage
