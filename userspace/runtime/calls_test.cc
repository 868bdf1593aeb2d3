#include "genl/calls.h"

#include <poll.h>

#include <atomic>
#include <cerrno>
#include <vector>

#include "genl/fake_kernel.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::ElementsAre;

constexpr Family kFamily = {"thing", 1};
constexpr TypedOperation<Part, Part> kGet = {{"get", 7, &kPartLayout, 7, &kPartLayout}, &kFamily};
constexpr TypedOperation<Part, void> kSet = {{"set", 8, &kPartLayout}, &kFamily};

// Numbers from 1000 on are not there; to 999 nobody answers.
std::vector<ByteString> Answer(const FakeRequest& r) {
  const uint16_t number = r.attributes.size() < 6 ? 0 : LoadBytes<uint16_t>(&r.attributes[4]);
  if (number == 999) return {};
  if (number >= 1000) return {Ack(r, EEXIST)};
  if (r.command == 8) return {Ack(r)};
  return {Reply(r, r.attributes), Ack(r)};
}

class CallsTest : public testing::Test {
 protected:
  explicit CallsTest(absl::Duration timeout = absl::Seconds(30))
      : kernel_([this](const FakeRequest& request) {
          ++requests_;
          return Answer(request);
        }),
        client_(*Client::Connect(kFamily, {.timeout = timeout, .transport = &kernel_})),
        calls_(client_) {}

  // Notes what a call for this number ends with: the number in the reply, or minus the code.
  absl::StatusOr<Calls::Ticket> Get(uint16_t number) {
    return calls_.Start(kGet, {.number = number}, [this](absl::StatusOr<Part> reply) {
      ended_.push_back(reply.ok() ? int{reply->number} : -static_cast<int>(reply.status().code()));
    });
  }
  void Finish() {
    while (calls_.in_flight() > 0) ASSERT_TRUE(calls_.Process(absl::Seconds(30)).ok());
  }

  std::atomic<int> requests_ = 0;
  FakeKernel kernel_;
  Client client_;
  Calls calls_;
  std::vector<int> ended_;
};

constexpr int kExists = -static_cast<int>(absl::StatusCode::kAlreadyExists);
constexpr int kCancelled = -static_cast<int>(absl::StatusCode::kCancelled);
constexpr int kLate = -static_cast<int>(absl::StatusCode::kDeadlineExceeded);
constexpr int kGone = -static_cast<int>(absl::StatusCode::kUnavailable);

TEST_F(CallsTest, GoodEachEndsByItself) {
  EXPECT_TRUE(calls_.Process().ok()) << "nothing is in flight";
  ASSERT_TRUE(Get(1).ok());
  ASSERT_TRUE(Get(1000).ok());
  bool set = false;
  ASSERT_TRUE(
      calls_.Start(kSet, {.number = 2}, [&](absl::Status status) { set = status.ok(); }).ok());
  ASSERT_TRUE(Get(3).ok());
  EXPECT_EQ(calls_.in_flight(), 4u);
  EXPECT_THAT(ended_, ElementsAre()) << "completions are called by Process() alone";
  Finish();
  EXPECT_THAT(ended_, ElementsAre(1, kExists, 3));
  EXPECT_TRUE(set);
}

TEST_F(CallsTest, GoodTenThousandInFlight) {
  for (int i = 0; i < 10'000; ++i) ASSERT_TRUE(Get(static_cast<uint16_t>(i % 900)).ok());
  EXPECT_EQ(calls_.in_flight(), 10'000u);
  EXPECT_LE(requests_, kMaxRequests) << "more than the receive buffer has room for";
  Finish();
  ASSERT_EQ(ended_.size(), 10'000u);
  for (int i = 0; i < 10'000; ++i) ASSERT_EQ(ended_[i], i % 900);
}

TEST_F(CallsTest, GoodEventLoop) {
  for (uint16_t i = 0; i < 200; ++i) ASSERT_TRUE(Get(i).ok());
  while (calls_.in_flight() > 0) {
    pollfd poller = {.fd = calls_.fd(), .events = POLLIN, .revents = 0};
    ASSERT_EQ(poll(&poller, 1, 30'000), 1);
    ASSERT_TRUE(calls_.Process().ok());
  }
  EXPECT_EQ(ended_.size(), 200u);
}

TEST_F(CallsTest, GoodCompletionThatStartsAnother) {
  int left = 100;
  std::function<void(absl::StatusOr<Part>)> next = [&](absl::StatusOr<Part> reply) {
    EXPECT_TRUE(reply.ok());
    if (--left == 0) return;
    EXPECT_TRUE(calls_.Start(kGet, {.number = 1}, next).ok());
  };
  ASSERT_TRUE(calls_.Start(kGet, {.number = 1}, next).ok());
  Finish();
  EXPECT_EQ(left, 0);
}

TEST_F(CallsTest, GoodCancelledCallsEndAtOnce) {
  std::vector<Calls::Ticket> tickets;
  for (uint16_t i = 0; i < 100; ++i) tickets.push_back(*Get(i));
  EXPECT_TRUE(calls_.Cancel(tickets[3])) << "the kernel has it";
  EXPECT_TRUE(calls_.Cancel(tickets[99])) << "it still waits";
  EXPECT_TRUE(calls_.Cancel(tickets[0]));
  EXPECT_FALSE(calls_.Cancel(tickets[3]));
  EXPECT_FALSE(calls_.Cancel(12345));
  EXPECT_THAT(ended_, ElementsAre(kCancelled, kCancelled, kCancelled));
  Finish();
  EXPECT_EQ(ended_.size(), 100u);
  EXPECT_EQ(ended_[3], 1) << "the answer to 0 is not taken for another's";
  EXPECT_EQ(requests_, 99);
  ASSERT_TRUE(Get(5).ok());
  Finish();
  EXPECT_EQ(ended_.back(), 5);
}

TEST_F(CallsTest, BadRequestIsSaidAtOnce) {
  const auto wrong = calls_.Start(kGet, {.number = 1, .note = std::string("\0", 1)},
                                  [](absl::StatusOr<Part>) { ADD_FAILURE(); });
  EXPECT_EQ(wrong.status().code(), absl::StatusCode::kInvalidArgument);
  static constexpr Family kOther = {"other", 1};
  static constexpr TypedOperation<Part, void> kForeign = {{"set", 8, &kPartLayout}, &kOther};
  EXPECT_EQ(calls_.Start(kForeign, {}, [](absl::Status) { ADD_FAILURE(); }).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(calls_.in_flight(), 0u);
}

TEST_F(CallsTest, GoodFamilyThatCameBackWithAnotherNumber) {
  kernel_.SetFamilyId(kFakeFamilyId + 1);
  for (uint16_t i = 1; i <= 3; ++i) ASSERT_TRUE(Get(i).ok());
  Finish();
  EXPECT_THAT(ended_, ElementsAre(1, 2, 3));
  kernel_.SetFamilyId(0);
  ASSERT_TRUE(Get(4).ok());
  Finish();
  EXPECT_EQ(ended_.back(), kGone);
}

class ImpatientCallsTest : public CallsTest {
 protected:
  ImpatientCallsTest() : CallsTest(absl::Milliseconds(50)) {}
};

TEST_F(ImpatientCallsTest, BadAnswersThatDoNotComeInTime) {
  ASSERT_TRUE(Get(999).ok());
  Finish();
  EXPECT_THAT(ended_, ElementsAre(kLate));
  ASSERT_TRUE(Get(1).ok());
  Finish();
  EXPECT_THAT(ended_, ElementsAre(kLate, 1));
}

TEST_F(CallsTest, BadSocketThatFailsEndsAll) {
  for (uint16_t i = 1; i <= 70; ++i) ASSERT_TRUE(Get(999).ok());
  shutdown(calls_.fd(), SHUT_RDWR);
  for (int i = 0; i < 5 && calls_.in_flight() > 0; ++i) {
    EXPECT_FALSE(calls_.Process(absl::Seconds(30)).ok());
  }
  EXPECT_EQ(ended_.size(), 70u);
}

}  // namespace
}  // namespace genl::test
