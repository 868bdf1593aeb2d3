// Events that no kernel should send, and receives that fail: each gives the right event or the
// right error, and the next event is heard.
#include <cerrno>

#include "genl/events.h"
#include "genl/hostile.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::HasSubstr;

using AnyEvent = std::variant<Overrun, Restarted, Everything>;
enum class Group { kThings };

constexpr Family kFamily = {"thing", 1};
constexpr MulticastGroup kGroups[] = {{"things"}};
constexpr EventType kTypes[] = {{7, &kEverythingLayout, 2}};

class HostileEventsTest : public testing::Test {
 protected:
  HostileEventsTest()
      : kernel_([](const FakeRequest&) { return Datagrams(); }),
        client_(*Client::Connect(kFamily, {.socket = {.capacity = 32'768}, .transport = &kernel_})),
        events_(*Subscribe<AnyEvent>(client_, absl::Span<const Group>(kAll), kGroups, kTypes, {})) {
  }

  absl::StatusOr<AnyEvent> Next() { return events_.Next(absl::Seconds(20)); }

  // What comes of a datagram, before a good event is heard.
  std::vector<absl::StatusOr<AnyEvent>> After(const ByteString& datagram) {
    kernel_.Tell(datagram);
    kernel_.Tell(Event(7, Attr(1, {99})));
    std::vector<absl::StatusOr<AnyEvent>> told;
    for (told.push_back(Next()); !(told.back().ok() && *told.back() == kLast);) {
      if (told.size() > 10) ADD_FAILURE() << "the event that came last is lost";
      if (told.size() > 10) return told;
      told.push_back(Next());
    }
    told.pop_back();
    return told;
  }

  const std::vector<Group> kAll = {Group::kThings};
  const AnyEvent kLast = Everything{.u8 = 99};
  FakeKernel kernel_;
  Client client_;
  Events<AnyEvent, Group> events_;
};

TEST_F(HostileEventsTest, EachAttributeThatIsWrong) {
  for (const HostileAttributes& attributes : AllHostileAttributes()) {
    SCOPED_TRACE(attributes.name);
    const auto told = After(Event(7, attributes.bytes));
    ASSERT_EQ(told.size(), 1u);
    if (const auto* words = std::get_if<const char*>(&attributes.outcome)) {
      EXPECT_TRUE(absl::IsDataLoss(told[0].status()));
      EXPECT_THAT(std::string(told[0].status().message()), HasSubstr(*words));
    } else {
      ASSERT_TRUE(told[0].ok()) << told[0].status();
      EXPECT_EQ(std::get<Everything>(*told[0]), std::get<Everything>(attributes.outcome));
    }
  }
}

TEST_F(HostileEventsTest, BadMessagesAreAnErrorEach) {
  ByteString longer = Event(7, GoodAttributes());
  longer[0] += 8;
  const ByteString without_command = Message(kFakeFamilyId, 0, 0, 0, {7, 1});
  for (const ByteString& datagram : {ByteString(15), longer, without_command}) {
    const auto told = After(datagram);
    ASSERT_EQ(told.size(), 1u);
    EXPECT_TRUE(absl::IsDataLoss(told[0].status())) << told[0].status();
  }
}

TEST_F(HostileEventsTest, GoodMessagesThatAreNoEventsAreSkipped) {
  const ByteString unknown = Event(99, {1, 2, 3});
  const ByteString foreign = Message(0x77, 0, 0, 0, {7, 1, 0, 0});
  const ByteString done = Message(NLMSG_DONE, NLM_F_MULTI, 0, 0, {0, 0, 0, 0});
  for (const ByteString& datagram : {unknown, foreign, done, Join({unknown, foreign, done})}) {
    EXPECT_EQ(After(datagram).size(), 0u);
  }
}

TEST_F(HostileEventsTest, GoodErrorInTheMiddleOfADatagram) {
  const ByteString good = Event(7, GoodAttributes());
  const auto told = After(Join({good, Ack(FakeRequest(), EIO), good}));
  ASSERT_EQ(told.size(), 2u);
  for (const auto& event : told) EXPECT_EQ(std::get<Everything>(*event), kGood);
}

// As what a request with NLM_F_ECHO brings about.
TEST_F(HostileEventsTest, GoodEventWithTheNumberOfARequest) {
  const auto told =
      After(Message(kFakeFamilyId, 0, 77, 1000, Join({{7, 1, 0, 0}, GoodAttributes()})));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(std::get<Everything>(*told[0]), kGood);
}

TEST_F(HostileEventsTest, GoodDatagramLongerThanTheBufferIsAnOverrun) {
  const ByteString longer = Event(7, Join({GoodAttributes(), Attr(77, ByteString(60'000))}));
  auto told = After(longer);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(*told[0], AnyEvent(Overrun()));
  told = After(longer);
  ASSERT_EQ(told.size(), 1u) << "the buffer has grown";
  EXPECT_EQ(std::get<Everything>(*told[0]), kGood);
}

TEST_F(HostileEventsTest, GoodReceivesThatFailForNow) {
  FailuresOfThisThread() = {.receive = {EINTR, EAGAIN, EINTR}, .poll = {EINTR}};
  EXPECT_EQ(After(Event(7, GoodAttributes())).size(), 1u);
  EXPECT_TRUE(FailuresOfThisThread().empty());
}

TEST_F(HostileEventsTest, GoodOverrunIsAnEvent) {
  kernel_.Tell(Event(7, GoodAttributes()));
  FailuresOfThisThread().receive = {ENOBUFS};
  EXPECT_EQ(*Next(), AnyEvent(Overrun()));
  EXPECT_EQ(*Next(), AnyEvent(kGood));
}

TEST_F(HostileEventsTest, BadSocketThatFailsIsAnErrorAndNotTheEnd) {
  kernel_.Tell(Event(7, GoodAttributes()));
  FailuresOfThisThread().receive = {EPERM};
  EXPECT_TRUE(absl::IsPermissionDenied(Next().status()));
  EXPECT_EQ(*Next(), AnyEvent(kGood));
}

}  // namespace
}  // namespace genl::test
