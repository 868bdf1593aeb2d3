#include "genl/batch.h"

#include <linux/netfilter/nfnetlink.h>

#include <cerrno>
#include <utility>

#include "genl/fake_kernel.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr Family kFamily = {"thing", 1};
constexpr TypedOperation<Part, Part> kGet = {{"get", 7, &kPartLayout, 7, &kPartLayout}};
constexpr TypedOperation<Part, void> kSet = {{"set", 8, &kPartLayout}};
constexpr TypedOperation<void, void> kReset = {{"reset", 9}};

Client Connect(FakeKernel& kernel, const Family& family = kFamily) {
  absl::StatusOr<Client> client =
      Client::Connect(family, {.timeout = absl::Seconds(10), .transport = &kernel});
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}

std::vector<absl::StatusCode> Codes(const Batch& batch) {
  std::vector<absl::StatusCode> codes;
  for (const absl::Status& result : batch.results()) codes.push_back(result.code());
  return codes;
}

constexpr absl::StatusCode kOk = absl::StatusCode::kOk;
constexpr absl::StatusCode kAborted = absl::StatusCode::kAborted;
constexpr absl::StatusCode kNotFound = absl::StatusCode::kNotFound;
constexpr absl::StatusCode kInvalidArgument = absl::StatusCode::kInvalidArgument;

bool WantsAck(const FakeRequest& request) { return request.header.nlmsg_flags & NLM_F_ACK; }

uint8_t NumberIn(const FakeRequest& request) {
  return request.attributes.size() > 4 ? request.attributes[4] : 0;
}

// As a kernel does: `get` replies, numbers from 100 on are not there, and success is told to
// those who ask.
std::vector<ByteString> Answer(const FakeRequest& request) {
  if (NumberIn(request) >= 100) return {Ack(request, ENOENT)};
  std::vector<ByteString> answer;
  if (request.command == 7) answer.push_back(Reply(request, request.attributes));
  if (WantsAck(request)) answer.push_back(Ack(request));
  return answer;
}

TEST(Batch, GoodRequestsGoOutTogetherAndOnlyTheLastIsAcknowledged) {
  std::vector<FakeRequest> seen;
  FakeKernel kernel([&](const FakeRequest& request) {
    seen.push_back(request);
    return Answer(request);
  });
  Client client = Connect(kernel);
  Batch batch(client);
  Part reply;
  batch.Add(kSet, {.number = 1}, RequestFlags::kCreate);
  batch.Add(kGet, {.number = 2}, &reply);
  batch.Add(kReset);
  EXPECT_TRUE(batch.Send().ok());
  EXPECT_THAT(Codes(batch), ElementsAre(kOk, kOk, kOk));
  EXPECT_EQ(reply, Part{2});
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(seen[0].header.nlmsg_flags, NLM_F_REQUEST | NLM_F_CREATE);
  EXPECT_EQ(seen[1].header.nlmsg_flags, NLM_F_REQUEST);
  EXPECT_EQ(seen[2].header.nlmsg_flags, NLM_F_REQUEST | NLM_F_ACK);
  EXPECT_EQ(seen[2].header.nlmsg_seq, seen[0].header.nlmsg_seq + 2);
}

TEST(Batch, GoodOneThatFailsDoesNotHideTheOthers) {
  FakeKernel kernel(Answer);
  Client client = Connect(kernel);
  Batch batch(client);
  Part first, last;
  batch.Add(kGet, {.number = 1}, &first);
  batch.Add(kSet, {.number = 100});
  batch.Add(kSet, {.number = 2, .note = std::string("\0", 1)});
  batch.Add(kGet, {.number = 3}, &last);
  const absl::Status status = batch.Send();
  EXPECT_EQ(GetKernelError(status)->error, ENOENT);
  EXPECT_THAT(Codes(batch), ElementsAre(kOk, kNotFound, kInvalidArgument, kOk));
  EXPECT_EQ(batch.results()[2].message(), "thing.set: attribute `note`: a NUL inside a string");
  EXPECT_EQ(first, Part{1});
  EXPECT_EQ(last, Part{3});
}

TEST(Batch, GoodLastThatFailsEndsTheBatch) {
  FakeKernel kernel(Answer);
  Client client = Connect(kernel);
  Batch batch(client);
  batch.Add(kSet, {.number = 1});
  batch.Add(kSet, {.number = 100});
  EXPECT_FALSE(batch.Send().ok());
  EXPECT_THAT(Codes(batch), ElementsAre(kOk, kNotFound));
}

TEST(Batch, GoodMoreThanADatagramHolds) {
  FakeKernel kernel(Answer);
  Client client = Connect(kernel);
  Batch batch(client);
  std::vector<Part> replies(150);
  for (Part& reply : replies)
    batch.Add(kGet, {.number = 5, .note = std::string(9000, 'x')}, &reply);
  ASSERT_TRUE(batch.Send().ok());
  for (const Part& reply : replies) EXPECT_EQ(reply.number, 5);
}

TEST(Batch, GoodSentAgainAndFilledAnew) {
  int requests = 0;
  FakeKernel kernel([&](const FakeRequest& request) {
    ++requests;
    return Answer(request);
  });
  Client client = Connect(kernel);
  Batch batch(client);
  EXPECT_TRUE(batch.Send().ok()) << "nothing";
  batch.Add(kReset);
  EXPECT_TRUE(batch.Send().ok());
  batch.Add(kReset);
  EXPECT_TRUE(batch.Send().ok());
  EXPECT_EQ(requests, 3);
  batch.Clear();
  batch.Add(kSet, {.number = 100});
  EXPECT_FALSE(batch.Send().ok());
  EXPECT_THAT(Codes(batch), ElementsAre(kNotFound));
  EXPECT_TRUE(client.Do(kReset, nullptr, nullptr).ok());
}

TEST(Batch, BadAcknowledgementWithoutTheReply) {
  FakeKernel kernel([](const FakeRequest& request) {
    return WantsAck(request) ? std::vector<ByteString>{Ack(request)} : std::vector<ByteString>{};
  });
  Client client = Connect(kernel);
  Batch batch(client);
  Part reply;
  batch.Add(kGet, {.number = 1}, &reply);
  batch.Add(kReset);
  EXPECT_EQ(batch.Send().message(), "thing.get: acknowledged, but not answered");
  EXPECT_THAT(Codes(batch), ElementsAre(absl::StatusCode::kInternal, kOk));
}

TEST(Batch, BadAnswersThatDoNotComeInTime) {
  FakeKernel kernel([](const FakeRequest& request) {
    if (NumberIn(request) == 1) return std::vector<ByteString>{Ack(request, EPERM)};
    return std::vector<ByteString>{};
  });
  absl::StatusOr<Client> client =
      Client::Connect(kFamily, {.timeout = absl::Milliseconds(50), .transport = &kernel});
  Batch batch(*client);
  batch.Add(kSet, {.number = 1});
  batch.Add(kSet, {.number = 2});
  EXPECT_FALSE(batch.Send().ok());
  EXPECT_THAT(Codes(batch), ElementsAre(absl::StatusCode::kPermissionDenied,
                                        absl::StatusCode::kDeadlineExceeded));
}

TEST(Batch, GoodAnswersToSomebodyElseAreSkipped) {
  FakeKernel kernel([](const FakeRequest& request) {
    FakeRequest early = request;
    early.header.nlmsg_seq -= 1000;
    FakeRequest late = request;
    late.header.nlmsg_seq += 1000;
    return std::vector<ByteString>{Ack(early, EIO), Ack(late, EIO), Ack(request)};
  });
  Client client = Connect(kernel);
  Batch batch(client);
  batch.Add(kReset);
  EXPECT_TRUE(batch.Send().ok());
}

TEST(Batch, GoodListOfAllReplies) {
  FakeKernel kernel([](const FakeRequest& r) {
    std::vector<ByteString> answer = {Join({Reply(r, Attr(1, {1, 0})), Reply(r, Attr(1, {2, 0}))}),
                                      Reply(r, Attr(1, {3, 0}))};
    if (NumberIn(r) == 9) answer.clear();
    if (WantsAck(r)) answer.push_back(Ack(r));
    return answer;
  });
  Client client = Connect(kernel);
  Batch batch(client);
  std::vector<Part> replies(7), none(1);
  batch.Add(kGet, {.number = 1}, &replies);
  batch.Add(kGet, {.number = 9}, &none);
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(batch.Send().ok());
    EXPECT_THAT(replies, ElementsAre(Part{1}, Part{2}, Part{3}));
    EXPECT_THAT(none, ElementsAre());
  }
}

TEST(Batch, BadOperationOfAnotherFamily) {
  static constexpr Family kOther = {"other", 1};
  static constexpr TypedOperation<Part, void> kForeign = {{"set", 8, &kPartLayout}, &kOther};
  static constexpr TypedOperation<Part, void> kOwn = {{"set", 8, &kPartLayout}, &kFamily};
  FakeKernel kernel(Answer);
  Client client = Connect(kernel);
  Batch batch(client);
  batch.Add(kForeign, {.number = 1});
  batch.Add(kOwn, {.number = 1});
  EXPECT_EQ(batch.Send().message(), "thing.set: is an operation of the family `other`");
  EXPECT_THAT(Codes(batch), ElementsAre(kInvalidArgument, kOk));
}

TEST(Batch, GoodFamilyThatCameBackWithAnotherNumber) {
  FakeKernel kernel(Answer);
  Client client = Connect(kernel);
  Batch batch(client);
  Part reply;
  batch.Add(kGet, {.number = 1}, &reply);
  batch.Add(kSet, {.number = 100});
  kernel.SetFamilyId(kFakeFamilyId + 1);
  EXPECT_EQ(GetKernelError(batch.Send())->error, ENOENT);
  EXPECT_THAT(Codes(batch), ElementsAre(kOk, kNotFound));
  EXPECT_EQ(reply, Part{1});
  kernel.SetFamilyId(0);
  EXPECT_FALSE(batch.Send().ok());
  EXPECT_THAT(Codes(batch),
              ElementsAre(absl::StatusCode::kUnavailable, absl::StatusCode::kUnavailable));
}

TEST(Batch, GoodFamilyThatMovesBetweenTwoRequestsOfADatagram) {
  std::vector<uint64_t> handled;
  FakeKernel* mover = nullptr;
  FakeKernel kernel([&](const FakeRequest& request) {
    handled.push_back(NumberIn(request));
    if (handled.size() == 1) mover->SetFamilyId(kFakeFamilyId + 1);
    return Answer(request);
  });
  mover = &kernel;
  Client client = Connect(kernel);
  Batch batch(client);
  Part replies[3];
  for (int i = 0; i < 3; ++i) {
    batch.Add(kGet, {.number = static_cast<uint16_t>(i + 1)}, &replies[i]);
  }
  EXPECT_TRUE(batch.Send().ok());
  EXPECT_THAT(replies, ElementsAre(Part{1}, Part{2}, Part{3}));
  EXPECT_THAT(handled, ElementsAre(1, 2, 3)) << "what has been done is not sent again";
}

// nfnetlink's transactions.
constexpr Family kNetfilter = {"nf", 1, NETLINK_NETFILTER};
constexpr TypedOperation<Part, Part> kBegin = {
    {"begin", NFNL_MSG_BATCH_BEGIN, &kPartLayout, NFNL_MSG_BATCH_BEGIN, &kPartLayout}};
constexpr TypedOperation<Part, void> kEnd = {{"end", NFNL_MSG_BATCH_END, &kPartLayout}};
constexpr TypedOperation<Part, void> kMake = {{"make", 0xa00, &kPartLayout}};

class TransactionTest : public testing::Test {
 protected:
  TransactionTest()
      : kernel_([this](const FakeRequest& request) { return Handle(request); }),
        client_(Connect(kernel_, kNetfilter)),
        batch_(client_) {}

  // The kernel does not answer before it has seen the end.
  std::vector<ByteString> Handle(const FakeRequest& request) {
    seen_.push_back(request.command);
    if (request.command == NFNL_MSG_BATCH_END) return std::exchange(answers_, {});
    if (request.command != NFNL_MSG_BATCH_BEGIN) {
      for (const ByteString& answer : Answer(request)) answers_.push_back(answer);
      return {};
    }
    EXPECT_FALSE(WantsAck(request)) << "not all kernels acknowledge it";
    if (NumberIn(request) < 100) return {};
    return {Ack(request, EPERM)};
  }

  std::vector<int> seen_;
  std::vector<ByteString> answers_;
  FakeKernel kernel_;
  Client client_;
  Batch batch_;
};

TEST_F(TransactionTest, GoodWhole) {
  batch_.Add(kBegin, {.number = 10});
  batch_.Add(kMake, {.number = 1});
  batch_.Add(kMake, {.number = 2});
  batch_.Add(kEnd, {.number = 10});
  EXPECT_TRUE(batch_.Send().ok());
  EXPECT_THAT(Codes(batch_), ElementsAre(kOk, kOk, kOk, kOk));
  EXPECT_THAT(seen_, ElementsAre(0x10, 0xa00, 0xa00, 0x11));
}

TEST_F(TransactionTest, BadRequestUndoesTheOthers) {
  batch_.Add(kBegin, {.number = 10});
  batch_.Add(kMake, {.number = 1});
  batch_.Add(kMake, {.number = 100});
  batch_.Add(kMake, {.number = 101});
  batch_.Add(kEnd, {.number = 10});
  const absl::Status status = batch_.Send();
  EXPECT_EQ(status.message(), "nf.make: No such file or directory");
  EXPECT_THAT(Codes(batch_), ElementsAre(kAborted, kAborted, kNotFound, kNotFound, kAborted));
  EXPECT_EQ(batch_.results()[1].message(),
            "nf.make: not done, as its transaction failed: nf.make: No such file or directory");
}

TEST_F(TransactionTest, BadBeginIsTheEndOfAll) {
  batch_.Add(kBegin, {.number = 100});
  batch_.Add(kMake, {.number = 1});
  batch_.Add(kEnd, {.number = 10});
  EXPECT_EQ(GetKernelError(batch_.Send())->error, EPERM);
  EXPECT_THAT(Codes(batch_), ElementsAre(absl::StatusCode::kPermissionDenied, kAborted, kAborted));
}

TEST_F(TransactionTest, BadHalfIsNeverSent) {
  batch_.Add(kBegin, {.number = 10});
  batch_.Add(kMake, {.number = 1});
  batch_.Add(kMake, {.number = 2, .note = std::string("\0", 1)});
  batch_.Add(kEnd, {.number = 10});
  EXPECT_EQ(batch_.Send().code(), kInvalidArgument);
  EXPECT_THAT(Codes(batch_), ElementsAre(kAborted, kAborted, kInvalidArgument, kAborted));
  EXPECT_THAT(seen_, ElementsAre());
}

TEST_F(TransactionTest, BadBracketsAreNeverSent) {
  const auto refused = [this] {
    const absl::Status status = batch_.Send();
    EXPECT_THAT(std::string(status.message()), HasSubstr("a transaction has one"));
    for (const absl::Status& result : batch_.results()) EXPECT_FALSE(result.ok());
    batch_.Clear();
    return status.code() == kInvalidArgument && seen_.empty();
  };
  batch_.Add(kBegin, {});
  batch_.Add(kMake, {});
  EXPECT_TRUE(refused()) << "no end";
  batch_.Add(kMake, {});
  batch_.Add(kEnd, {});
  EXPECT_TRUE(refused()) << "no begin";
  batch_.Add(kBegin, {});
  batch_.Add(kEnd, {});
  batch_.Add(kMake, {});
  EXPECT_TRUE(refused()) << "something behind";
  for (int i = 0; i < 2; ++i) {
    batch_.Add(kBegin, {});
    batch_.Add(kEnd, {});
  }
  EXPECT_TRUE(refused()) << "two";
}

}  // namespace
}  // namespace genl::test
