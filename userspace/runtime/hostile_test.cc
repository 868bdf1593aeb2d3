// Replies that no kernel should send, and system calls that fail, for each way to talk to the
// kernel: all give the right value or the right error, and what is asked next works. Under the
// sanitizers nothing leaks.
#include "genl/hostile.h"

#include <cerrno>
#include <tuple>

#include "genl/batch.h"
#include "genl/calls.h"
#include "genl/dump.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::HasSubstr;

constexpr Family kFamily = {"thing", 1};
constexpr TypedOperation<Part, Everything> kGet = {{"get", 7, &kPartLayout, 7, &kEverythingLayout}};

enum class Way { kDo, kDump, kBatch, kCalls };
constexpr Way kWays[] = {Way::kDo, Way::kDump, Way::kBatch, Way::kCalls};
const char* const kWayNames[] = {"Do", "Dump", "Batch", "Calls"};

using Result = absl::StatusOr<Everything>;

// Asks a fake kernel, in all ways, on one client.
class Asker {
 public:
  explicit Asker(FakeKernel::Handler handler)
      : kernel_(std::move(handler)),
        client_(*Client::Connect(
            kFamily,
            {.timeout = absl::Seconds(20), .socket = {.capacity = 32'768}, .transport = &kernel_})),
        calls_(client_) {}

  // What requests of these numbers end with; of a dump that it brings one object.
  std::vector<Result> Ask(Way way, const std::vector<uint16_t>& numbers) {
    if (way == Way::kBatch) return AskByBatch(numbers);
    if (way == Way::kCalls) return AskByCalls(numbers);
    std::vector<Result> results;
    for (const uint16_t number : numbers) {
      const Part request{number};
      results.push_back(way == Way::kDo ? client_.Call<Everything>(kGet, &request)
                                        : TheOne(Dump<Everything>(client_, kGet, &request)));
    }
    return results;
  }

 private:
  static Result TheOne(Dump<Everything> dump) {
    const absl::StatusOr<std::vector<Everything>> objects = dump.Collect();
    if (!objects.ok()) return objects.status();
    if (objects->size() != 1) return absl::UnknownError("not one object");
    return objects->front();
  }

  std::vector<Result> AskByBatch(const std::vector<uint16_t>& numbers) {
    Batch batch(client_);
    std::vector<Everything> replies(numbers.size());
    for (size_t i = 0; i < numbers.size(); ++i) batch.Add(kGet, {numbers[i]}, &replies[i]);
    batch.Send().IgnoreError();
    std::vector<Result> results;
    for (size_t i = 0; i < numbers.size(); ++i) {
      results.push_back(batch.results()[i].ok() ? Result(replies[i]) : batch.results()[i]);
    }
    return results;
  }

  std::vector<Result> AskByCalls(const std::vector<uint16_t>& numbers) {
    std::vector<Result> results(numbers.size());
    for (size_t i = 0; i < numbers.size(); ++i) {
      const auto done = [&results, i](Result result) { results[i] = std::move(result); };
      EXPECT_TRUE(calls_.Start(kGet, {numbers[i]}, done).ok());
    }
    // An error of the socket ends them all.
    while (calls_.in_flight() > 0) calls_.Process(absl::Seconds(20)).IgnoreError();
    return results;
  }

  FakeKernel kernel_;
  Client client_;
  Calls calls_;
};

void ExpectGood(const Result& result) {
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(*result, kGood);
}

void Expect(const Result& result, const Outcome& outcome) {
  if (const auto* words = std::get_if<const char*>(&outcome)) {
    EXPECT_THAT(std::string(result.status().message()), HasSubstr(*words));
  } else {
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(*result, std::get<Everything>(outcome));
  }
}

// As a kernel does.
Datagrams AnswerWell(const FakeRequest& r) {
  Datagrams answer = {Reply(r, GoodAttributes())};
  if (r.header.nlmsg_flags & NLM_F_ACK) answer.push_back(Ack(r));
  return answer;
}

Datagrams End(Datagrams answer, const FakeRequest& r) {
  if ((r.header.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP) {
    if (answer == AnswerWell(r)) answer.pop_back();
    answer.push_back(Done(r));
  }
  return answer;
}

// The request with this number is answered badly, all others well.
constexpr uint16_t kAttacked = 13;

bool IsAttacked(const FakeRequest& r) { return r.attributes.at(4) == kAttacked; }

class Hostile : public testing::TestWithParam<std::tuple<HostileReply, Way>> {
 protected:
  Hostile()
      : asker_([this](const FakeRequest& r) {
          return End(IsAttacked(r) ? reply_.answer(r) : AnswerWell(r), r);
        }) {}

  Outcome Expected() const {
    if (way_ != Way::kDump) return reply_.outcome;
    if (const auto* words = std::get_if<const char*>(&reply_.of_dump)) return *words;
    if (const auto* value = std::get_if<Everything>(&reply_.of_dump)) return *value;
    return reply_.outcome;
  }

  const HostileReply reply_ = std::get<0>(GetParam());
  const Way way_ = std::get<1>(GetParam());
  Asker asker_;
};

TEST_P(Hostile, RequestAndThoseBesideItAndAfterIt) {
  const std::vector<Result> results = asker_.Ask(way_, {kAttacked, 1, 2});
  Expect(results[0], Expected());
  const bool together = way_ == Way::kBatch || way_ == Way::kCalls;
  for (const size_t other : {1, 2}) {
    if (reply_.loses_others && together && !results[other].ok()) {
      EXPECT_EQ(results[other].status(), results[0].status());
    } else {
      ExpectGood(results[other]);
    }
  }
  for (const Way next : kWays) {
    for (const Result& result : asker_.Ask(next, {1, 2})) ExpectGood(result);
  }
}

INSTANTIATE_TEST_SUITE_P(Replies, Hostile,
                         testing::Combine(testing::ValuesIn(AllHostileReplies()),
                                          testing::ValuesIn(kWays)),
                         [](const auto& info) {
                           return std::string(std::get<0>(info.param).name) +
                                  kWayNames[static_cast<int>(std::get<1>(info.param))];
                         });

class FailingCalls : public testing::TestWithParam<Way> {
 protected:
  FailingCalls() : asker_([](const FakeRequest& r) { return End(AnswerWell(r), r); }) {}

  std::vector<Result> After(const Failures& failures) {
    FailuresOfThisThread() = failures;
    std::vector<Result> results = asker_.Ask(GetParam(), {1, 2});
    EXPECT_TRUE(FailuresOfThisThread().empty()) << "not all of the calls have been made";
    return results;
  }

  void ExpectAllGood(const std::vector<Result>& results) {
    for (const Result& result : results) ExpectGood(result);
  }

  Asker asker_;
};

TEST_P(FailingCalls, GoodSignalsAndSocketsThatAreNotReadyYet) {
  ExpectAllGood(After({.receive = {EINTR, EAGAIN, EINTR}}));
  ExpectAllGood(After({.receive = {EAGAIN, EAGAIN}}));
  ExpectAllGood(After({.send = {EINTR, EINTR}}));
  ExpectAllGood(After({.receive = {EAGAIN}, .poll = {EINTR, EINTR}}));
}

TEST_P(FailingCalls, GoodRequestThatNeedsALargerSendBuffer) {
  ExpectAllGood(After({.send = {EMSGSIZE}}));
}

// What was dropped may have been the reply: the next request must not wait for it, nor take it. A
// dump is asked for again. Of requests in flight together some answers may have been there.
TEST_P(FailingCalls, BadOverrun) {
  const std::vector<Result> results = After({.receive = {ENOBUFS}});
  for (const Result& result : results) {
    EXPECT_TRUE(result.ok() || absl::IsResourceExhausted(result.status())) << result.status();
  }
  EXPECT_TRUE(GetParam() != Way::kDo || !results[0].ok());
  EXPECT_TRUE(GetParam() != Way::kDump || results[0].ok());
  ExpectAllGood(After({}));
}

TEST_P(FailingCalls, BadSocketThatFails) {
  const auto code = [this](const Failures& failures) {
    const absl::StatusCode code = After(failures)[0].status().code();
    ExpectAllGood(After({}));
    return code;
  };
  EXPECT_EQ(code({.receive = {EPERM}}), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(code({.receive = {EAGAIN}, .poll = {EPERM}}), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(code({.send = {EPERM}}), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(code({.send = {EAGAIN}}), absl::StatusCode::kUnavailable);
  EXPECT_EQ(code({.send = {ENOBUFS}}), absl::StatusCode::kResourceExhausted);
}

INSTANTIATE_TEST_SUITE_P(Ways, FailingCalls, testing::ValuesIn(kWays), [](const auto& info) {
  return std::string(kWayNames[static_cast<int>(info.param)]);
});

// The first dump ended early with much of it still in its socket.
TEST(StaleReply, GoodAfterADumpThatWasInterrupted) {
  FakeRequest first;
  FakeKernel kernel([&](const FakeRequest& r) {
    if (first.header.nlmsg_seq == 0) {
      first = r;
      return Datagrams{Reply(r, GoodAttributes()), Reply(r, Attr(1, {6}), NLM_F_DUMP_INTR),
                       Done(r)};
    }
    return Datagrams{Reply(first, Attr(1, {7})), Done(first, EIO), Reply(r, GoodAttributes()),
                     Done(r)};
  });
  Client client = *Client::Connect(kFamily, {.transport = &kernel});
  const Part request{1};
  const auto objects = Dump<Everything>(client, kGet, &request).Collect();
  ASSERT_TRUE(objects.ok()) << objects.status();
  EXPECT_THAT(*objects, testing::ElementsAre(kGood));
}

// A request failed when its answer was still to come: it comes when the socket serves others.
TEST(StaleReply, GoodForEachWayToAskNext) {
  for (const Way next : kWays) {
    Asker asker([](const FakeRequest& r) {
      if (IsAttacked(r)) return Datagrams{Reply(r, Attr(1, {6})), Ack(r, EIO)};
      return End(AnswerWell(r), r);
    });
    FailuresOfThisThread().receive = {EPERM};
    EXPECT_FALSE(asker.Ask(Way::kDo, {kAttacked})[0].ok());
    for (const Result& result : asker.Ask(next, {1, 2})) ExpectGood(result);
  }
}

}  // namespace
}  // namespace genl::test
