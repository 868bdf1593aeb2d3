// Requests from the socket of a subscription: Events::Do().
#include <cerrno>

#include "genl/events.h"
#include "genl/hostile.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using AnyEvent = std::variant<Overrun, Restarted, Part>;

constexpr Family kFamily = {"thing", 1};
constexpr EventType kTypes[] = {{5, &kPartLayout, 2}};
constexpr TypedOperation<Part, Part> kGet = {{"get", 7, &kPartLayout, 7, &kPartLayout}, &kFamily};
constexpr TypedOperation<Part, void> kSet = {{"set", 8, &kPartLayout}, &kFamily};
constexpr TypedOperation<void, Part> kAny = {{"any", 9, nullptr, 9, &kPartLayout}, &kFamily};
constexpr TypedOperation<void, void> kReset = {{"reset", 10}, &kFamily};

constexpr int kOverrun = -1;
constexpr int kRestarted = -2;
constexpr int kDataLoss = -3;
constexpr int kNothing = -4;

ByteString Number(uint8_t number) { return Attr(1, {number, 0}); }
ByteString Numbered(uint8_t number) { return Event(5, Number(number)); }

class EventRequestsTest : public testing::Test {
 protected:
  EventRequestsTest() : kernel_([this](const FakeRequest& request) { return answer_(request); }) {}

  Events<AnyEvent> Listen(ConnectOptions options = {}) {
    options.transport = &kernel_;
    absl::StatusOr<Client> client = Client::Connect(kFamily, options);
    EXPECT_TRUE(client.ok()) << client.status();
    // Subscriptions may outlive their client.
    return *Subscribe<AnyEvent>(*client, kTypes);
  }

  // The numbers of the next `count` events, which are all that there are.
  static std::vector<int> Numbers(Events<AnyEvent>& events, size_t count) {
    std::vector<int> numbers;
    while (numbers.size() < count) {
      const absl::StatusOr<AnyEvent> event = events.Next(absl::Seconds(10));
      if (!event.ok()) {
        numbers.push_back(absl::IsDataLoss(event.status()) ? kDataLoss : kNothing);
      } else if (const Part* part = std::get_if<Part>(&*event)) {
        numbers.push_back(part->number);
      } else {
        numbers.push_back(std::holds_alternative<Overrun>(*event) ? kOverrun : kRestarted);
      }
    }
    EXPECT_TRUE(absl::IsDeadlineExceeded(events.Next(absl::ZeroDuration()).status()));
    return numbers;
  }

  std::function<Datagrams(const FakeRequest&)> answer_ = [](const FakeRequest& request) {
    return Datagrams{Ack(request)};
  };
  FakeKernel kernel_;
};

TEST_F(EventRequestsTest, GoodEachKindOfOperation) {
  Events<AnyEvent> events = Listen();
  answer_ = [](const FakeRequest& request) {
    if (request.command == 8 || request.command == 10) return Datagrams{Ack(request)};
    return Datagrams{Reply(request, Number(static_cast<uint8_t>(request.command))), Ack(request)};
  };
  Part reply;
  ASSERT_TRUE(events.Do(kGet, {.number = 1}, &reply).ok());
  EXPECT_EQ(reply.number, 7);
  ASSERT_TRUE(events.Do(kAny, &reply).ok());
  EXPECT_EQ(reply.number, 9);
  EXPECT_TRUE(events.Do(kSet, {.number = 1}).ok());
  EXPECT_TRUE(events.Do(kReset).ok());
  EXPECT_THAT(Numbers(events, 0), IsEmpty());
}

TEST_F(EventRequestsTest, GoodTheRequestIsFromTheSocketOfTheEvents) {
  Events<AnyEvent> events = Listen();
  uint32_t port = 0;
  uint16_t flags = 0;
  answer_ = [&](const FakeRequest& request) {
    port = request.header.nlmsg_pid;
    flags = request.header.nlmsg_flags;
    return Datagrams{Ack(request)};
  };
  ASSERT_TRUE(events.Do(kSet, {}, RequestFlags::kCreate).ok());
  EXPECT_EQ(port, events.port());
  EXPECT_EQ(flags, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE);
}

TEST_F(EventRequestsTest, GoodEventsAroundTheAnswerStayInTheirOrder) {
  Events<AnyEvent> events = Listen();
  kernel_.Tell(Join({Numbered(1), Numbered(2), Numbered(3)}));
  EXPECT_EQ(std::get<Part>(*events.Next(absl::Seconds(10))).number, 1);
  kernel_.Tell(Numbered(4));
  answer_ = [](const FakeRequest& request) {
    return Datagrams{Join({Numbered(5), Numbered(6)}),
                     Join({Numbered(7), Reply(request, Number(70)), Numbered(8)}), Numbered(9),
                     Join({Ack(request), Numbered(10)})};
  };
  Part reply;
  ASSERT_TRUE(events.Do(kGet, {.number = 1}, &reply).ok());
  EXPECT_EQ(reply.number, 70);
  kernel_.Tell(Numbered(11));
  EXPECT_THAT(Numbers(events, 10), ElementsAre(2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
}

// As rtnetlink tells who changes a link, and others with NLM_F_ECHO.
TEST_F(EventRequestsTest, GoodEventsUnderTheNumberOfTheRequest) {
  Events<AnyEvent> events = Listen();
  answer_ = [](const FakeRequest& request) {
    return Datagrams{ReplyAs(5, request, Number(1)), Ack(request), ReplyAs(5, request, Number(2))};
  };
  ASSERT_TRUE(events.Do(kSet, {}).ok());
  EXPECT_THAT(Numbers(events, 2), ElementsAre(1, 2));
}

TEST_F(EventRequestsTest, BadRefusalNamesTheAttribute) {
  Events<AnyEvent> events = Listen();
  answer_ = [](const FakeRequest& request) {
    return Datagrams{Numbered(1), Ack(request, EINVAL, Attr(NLMSGERR_ATTR_OFFS, {20, 0, 0, 0}))};
  };
  const absl::Status status = events.Do(kSet, {.number = 3});
  EXPECT_THAT(std::string(status.message()), HasSubstr("thing.set"));
  ASSERT_TRUE(GetKernelError(status).has_value()) << status;
  EXPECT_EQ(GetKernelError(status)->error, EINVAL);
  EXPECT_EQ(GetKernelError(status)->attribute, "number");
  EXPECT_THAT(Numbers(events, 1), ElementsAre(1));
}

TEST_F(EventRequestsTest, BadNoAnswerInTime) {
  Events<AnyEvent> events = Listen({.timeout = absl::Milliseconds(20)});
  FakeRequest unanswered;
  answer_ = [&](const FakeRequest& request) {
    unanswered = request;
    return Datagrams{Numbered(1)};
  };
  EXPECT_TRUE(absl::IsDeadlineExceeded(events.Do(kSet, {})));
  EXPECT_THAT(Numbers(events, 1), ElementsAre(1));
  // What comes late disturbs nobody.
  answer_ = [&](const FakeRequest& request) {
    return Datagrams{Ack(unanswered, EIO), Ack(request)};
  };
  absl::Status status = absl::DeadlineExceededError("");
  while (absl::IsDeadlineExceeded(status)) status = events.Do(kSet, {});
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(Numbers(events, 0), IsEmpty());
}

TEST_F(EventRequestsTest, GoodLossesBeforeAndDuringTheExchange) {
  Events<AnyEvent> events = Listen();
  kernel_.Tell(Numbered(1));
  FailuresOfThisThread().receive = {0, ENOBUFS, 0, ENOBUFS};
  answer_ = [](const FakeRequest& request) { return Datagrams{Numbered(2), Ack(request)}; };
  EXPECT_TRUE(events.Do(kSet, {}).ok());
  EXPECT_TRUE(FailuresOfThisThread().empty());
  EXPECT_THAT(Numbers(events, 3), ElementsAre(1, kOverrun, 2));
}

TEST_F(EventRequestsTest, BadAnswerThatIsAmongWhatIsLost) {
  Events<AnyEvent> events = Listen({.timeout = absl::Milliseconds(20)});
  FailuresOfThisThread().receive = {0, ENOBUFS};
  answer_ = [](const FakeRequest&) { return Datagrams{Numbered(1)}; };
  EXPECT_TRUE(absl::IsResourceExhausted(events.Do(kSet, {})));
  EXPECT_THAT(Numbers(events, 2), ElementsAre(kOverrun, 1));
}

TEST_F(EventRequestsTest, BadSocketThatFails) {
  Events<AnyEvent> events = Listen();
  kernel_.Tell(Numbered(1));
  FailuresOfThisThread().receive = {EPERM};
  EXPECT_TRUE(absl::IsPermissionDenied(events.Do(kSet, {})));
  FailuresOfThisThread().receive = {0, 0, EPERM};
  EXPECT_TRUE(absl::IsPermissionDenied(events.Do(kSet, {})));
  FailuresOfThisThread().send = {EPERM};
  EXPECT_TRUE(absl::IsPermissionDenied(events.Do(kSet, {})));
  EXPECT_THAT(Numbers(events, 1), ElementsAre(1));
}

TEST_F(EventRequestsTest, BadAnswerThatIsTruncated) {
  Events<AnyEvent> events = Listen();
  answer_ = [](const FakeRequest& request) {
    return Datagrams{Join({Numbered(1), Ack(request), {1, 2, 3}}), Numbered(2)};
  };
  EXPECT_TRUE(events.Do(kSet, {}).ok()) << "what comes behind it is an event";
  EXPECT_THAT(Numbers(events, 3), ElementsAre(1, kDataLoss, 2));
  answer_ = [](const FakeRequest&) { return Datagrams{Join({Numbered(3), {1, 2, 3}})}; };
  EXPECT_TRUE(absl::IsDataLoss(events.Do(kSet, {})));
  EXPECT_THAT(Numbers(events, 1), ElementsAre(3));
}

TEST_F(EventRequestsTest, GoodMalformedRestOfAnEarlierDatagramIsALoss) {
  Events<AnyEvent> events = Listen();
  kernel_.Tell(Join({Numbered(1), Numbered(2), {1, 2, 3}}));
  EXPECT_EQ(std::get<Part>(*events.Next(absl::Seconds(10))).number, 1);
  EXPECT_TRUE(events.Do(kSet, {}).ok());
  EXPECT_THAT(Numbers(events, 2), ElementsAre(2, kOverrun));
}

TEST_F(EventRequestsTest, GoodWhatWaitsHasALimit) {
  Events<AnyEvent> events = Listen({.socket = {.receive_buffer = 100}});
  answer_ = [](const FakeRequest& request) {
    Datagrams answer(100, Numbered(1));
    answer.push_back(Ack(request));
    return answer;
  };
  EXPECT_TRUE(events.Do(kSet, {}).ok());
  EXPECT_THAT(Numbers(events, 4), ElementsAre(1, 1, 1, kOverrun));
}

// The stream follows when it hears of it, where the news stand among the events.
TEST_F(EventRequestsTest, GoodFamilyThatHasAnotherNumber) {
  Events<AnyEvent> events = Listen();
  kernel_.SetFamilyId(kFakeFamilyId + 1);
  answer_ = [](const FakeRequest& request) {
    return Datagrams{Numbered(1), ReplyAs(5, request, Number(2)), Ack(request)};
  };
  EXPECT_TRUE(events.Do(kSet, {}).ok());
  kernel_.SetFamilyId(0);
  EXPECT_TRUE(absl::IsUnavailable(events.Do(kSet, {})));
  EXPECT_THAT(Numbers(events, 1), ElementsAre(1)) << "the new number has not been announced";
}

}  // namespace
}  // namespace genl::test
