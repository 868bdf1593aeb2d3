#include "genl/client.h"

#include <atomic>
#include <cerrno>
#include <thread>
#include <vector>

#include "genl/fake_kernel.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::HasSubstr;

constexpr Family kFamily = {"thing", 1};
constexpr Operation kGet = {"get", 7, &kPartLayout, 7, &kPartLayout};
constexpr Operation kSet = {"set", 8, &kPartLayout};
constexpr Operation kReset = {"reset", 9};

const ByteString kNumber5 = Attr(1, {5, 0});

Client Connect(FakeKernel& kernel, absl::Duration timeout = absl::Seconds(10)) {
  absl::StatusOr<Client> client =
      Client::Connect(kFamily, {.timeout = timeout, .transport = &kernel});
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}

absl::StatusOr<Part> Get(Client& client) {
  const Part request{1};
  return client.Call<Part>(kGet, &request);
}

TEST(Client, GoodRequestCarriesCommandAttributesAndFlags) {
  FakeRequest seen;
  FakeKernel kernel([&](const FakeRequest& request) {
    seen = request;
    return std::vector<ByteString>{Ack(request)};
  });
  Client client = Connect(kernel);
  const Part part{5};
  EXPECT_TRUE(client.Do(kSet, &part, nullptr).ok());
  EXPECT_EQ(seen.header.nlmsg_type, kFakeFamilyId);
  EXPECT_EQ(seen.header.nlmsg_flags, NLM_F_REQUEST | NLM_F_ACK);
  EXPECT_EQ(seen.command, 8);
  EXPECT_EQ(seen.attributes, kNumber5);
  EXPECT_TRUE(client.Do(kReset, nullptr, nullptr).ok());
  EXPECT_EQ(seen.attributes, ByteString{});
}

TEST(Client, BadReplyLongerThanTheBuffer) {
  FakeKernel kernel([](const FakeRequest& request) {
    return std::vector<ByteString>{Reply(request, kNumber5), Ack(request)};
  });
  absl::StatusOr<Client> client =
      Client::Connect(kFamily, {.socket = {.capacity = 16}, .transport = &kernel});
  ASSERT_TRUE(client.ok()) << client.status();
  EXPECT_EQ(Get(*client).status().code(), absl::StatusCode::kResourceExhausted);
}

TEST(Client, GoodReplyAndAcknowledgementInOneDatagramOrTwo) {
  bool together = false;
  FakeKernel kernel([&](const FakeRequest& request) {
    const ByteString reply = Reply(request, kNumber5);
    return together ? std::vector<ByteString>{Join({reply, Ack(request)})}
                    : std::vector<ByteString>{reply, Ack(request)};
  });
  Client client = Connect(kernel);
  EXPECT_EQ(*Get(client), Part{5});
  together = true;
  EXPECT_EQ(*Get(client), Part{5});
}

TEST(Client, GoodMessagesForSomebodyElseAreSkipped) {
  FakeKernel kernel([](const FakeRequest& request) {
    FakeRequest old = request;
    old.header.nlmsg_seq -= 1;
    FakeRequest other = request;
    other.header.nlmsg_pid += 1;
    return std::vector<ByteString>{
        Reply(old, Attr(1, {1, 0})), Ack(old, EIO),
        Event(7, kNumber5),          Join({Reply(other, Attr(1, {2, 0})), Ack(other, EIO)}),
        Reply(request, kNumber5),    Ack(request)};
  });
  Client client = Connect(kernel);
  EXPECT_EQ(*Get(client), Part{5});
}

TEST(Client, GoodDatagramLargerThanAnyPage) {
  FakeKernel kernel([](const FakeRequest& request) {
    ByteString large = kNumber5;
    for (int i = 0; i < 3; ++i) large = Join({large, Attr(77, ByteString(40000))});
    return std::vector<ByteString>{Reply(request, large), Ack(request)};
  });
  Client client = Connect(kernel);
  EXPECT_EQ(*Get(client), Part{5});
}

// As team and devlink do it.
TEST(Client, GoodAnswerThatEndsAsDumpsDo) {
  FakeKernel kernel([](const FakeRequest& r) {
    const ByteString done =
        Message(NLMSG_DONE, NLM_F_MULTI, r.header.nlmsg_seq, r.header.nlmsg_pid, {});
    return std::vector<ByteString>{Join({Reply(r, kNumber5, NLM_F_MULTI), done}), Ack(r)};
  });
  Client client = Connect(kernel);
  EXPECT_EQ(*Get(client), Part{5});
  EXPECT_EQ(*Get(client), Part{5});
}

TEST(Client, BadRequestIsNeverSent) {
  FakeKernel kernel([](const FakeRequest&) {
    ADD_FAILURE() << "a request arrived";
    return std::vector<ByteString>();
  });
  Client client = Connect(kernel);
  const Part part{1, std::string("\0", 1)};
  const absl::Status status = client.Do(kSet, &part, nullptr);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "thing.set: attribute `note`: a NUL inside a string");
}

TEST(Client, BadRequestThatTheKernelRefuses) {
  FakeKernel kernel([](const FakeRequest& request) {
    return std::vector<ByteString>{Ack(
        request, ENOENT,
        Join({Attr(NLMSGERR_ATTR_MSG, {'n', 'o', 0}), Attr(NLMSGERR_ATTR_OFFS, {20, 0, 0, 0})}))};
  });
  Client client = Connect(kernel);
  const absl::Status status = Get(client).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(GetKernelError(status)->attribute, "number");
  EXPECT_EQ(GetKernelError(status)->message, "no");
}

TEST(Client, BadAnswerThatDoesNotComeInTime) {
  std::atomic<bool> silent = true;
  FakeKernel kernel([&](const FakeRequest& request) {
    if (silent) return std::vector<ByteString>();
    FakeRequest late = request;
    late.header.nlmsg_seq -= 1;
    return std::vector<ByteString>{Reply(late, Attr(1, {1, 0})), Ack(late),
                                   Reply(request, kNumber5), Ack(request)};
  });
  Client client = Connect(kernel, absl::Milliseconds(50));
  const absl::Status status = Get(client).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_THAT(std::string(status.message()), HasSubstr("thing.get"));
  silent = false;
  EXPECT_EQ(*Get(client), Part{5}) << "the late answer must not be taken for this one";
}

TEST(Client, GoodAcknowledgementAloneWhereNothingOfTheReplyIsRequired) {
  FakeKernel kernel([](const FakeRequest& r) { return std::vector<ByteString>{Ack(r)}; });
  Client client = Connect(kernel);
  Everything reply{.u8 = 7};
  EXPECT_TRUE(client.Do({"get", 7, nullptr, 7, &kEverythingLayout}, nullptr, &reply).ok());
  EXPECT_EQ(reply.u8, std::nullopt);
}

TEST(Client, BadAcknowledgementWithoutAReply) {
  FakeKernel kernel([](const FakeRequest& r) { return std::vector<ByteString>{Ack(r)}; });
  Client client = Connect(kernel);
  EXPECT_EQ(Get(client).status().code(), absl::StatusCode::kInternal);
}

TEST(Client, BadReplyThatMissesARequiredAttribute) {
  FakeKernel kernel([](const FakeRequest& r) {
    return std::vector<ByteString>{Reply(r, {}), Ack(r)};
  });
  Client client = Connect(kernel);
  const absl::Status status = Get(client).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(status.message(), "thing.get: attribute `number`: required, but missing");
}

TEST(Client, BadBytesFromTheSocket) {
  for (const size_t size : {1, 15, 17, 19}) {
    FakeKernel kernel([&](const FakeRequest& request) {
      ByteString reply = Reply(request, kNumber5);
      reply.resize(size);
      return std::vector<ByteString>{reply};
    });
    Client client = Connect(kernel);
    EXPECT_EQ(Get(client).status().code(), absl::StatusCode::kDataLoss) << size;
  }
}

TEST(Client, GoodFamilyThatCameBackWithAnotherNumber) {
  int handled = 0;
  FakeKernel kernel([&](const FakeRequest& request) {
    ++handled;
    return std::vector<ByteString>{Reply(request, kNumber5), Ack(request)};
  });
  Client client = Connect(kernel);
  EXPECT_EQ(*Get(client), Part{5});
  kernel.SetFamilyId(0);
  EXPECT_EQ(Get(client).status(),
            absl::UnavailableError("thing.get: the family is gone: its module has been unloaded"));
  kernel.SetFamilyId(kFakeFamilyId + 1);
  EXPECT_EQ(*Get(client), Part{5});
  EXPECT_EQ(*Get(client), Part{5});
  EXPECT_EQ(handled, 3);
}

TEST(Client, BadRefusalThatLooksAsIfTheFamilyWereGoneIsNotRepeated) {
  int handled = 0;
  FakeKernel kernel([&](const FakeRequest& request) {
    ++handled;
    return std::vector<ByteString>{Ack(request, ENOENT)};
  });
  Client client = Connect(kernel);
  EXPECT_EQ(GetKernelError(Get(client).status())->error, ENOENT);
  EXPECT_EQ(handled, 1);
}

TEST(Client, GoodWaitForAFamily) {
  FakeKernel kernel([](const FakeRequest& r) { return std::vector<ByteString>{Ack(r)}; });
  kernel.SetFamilyId(0);
  const auto connect = [&](absl::Duration patience) {
    return Client::Connect(kFamily, {.transport = &kernel, .wait_for_family = patience}).status();
  };
  EXPECT_TRUE(absl::IsNotFound(connect(absl::ZeroDuration())));
  EXPECT_TRUE(absl::IsNotFound(connect(absl::Milliseconds(20))));
  std::thread module([&, before = kernel.resolutions()] {
    // Once at first, and once when it hears of registrations: then it waits for one.
    while (kernel.resolutions() < before + 2) std::this_thread::yield();
    kernel.SetFamilyId(kFakeFamilyId);
    kernel.Tell(Event(1, {}));  // whatever comes, the family is looked for
  });
  EXPECT_TRUE(connect(absl::Seconds(10)).ok());
  module.join();
}

TEST(Client, GoodReplyIsTheEndWhereNoAcknowledgementIsWanted) {
  std::vector<uint16_t> flags;
  FakeKernel kernel([&](const FakeRequest& request) {
    flags.push_back(request.header.nlmsg_flags);
    if (request.header.nlmsg_flags & NLM_F_ACK) return std::vector<ByteString>{Ack(request)};
    return std::vector<ByteString>{Reply(request, kNumber5)};
  });
  absl::StatusOr<Client> client =
      Client::Connect(kFamily, {.transport = &kernel, .acknowledge_replies = false});
  ASSERT_TRUE(client.ok());
  EXPECT_EQ(*Get(*client), Part{5});
  EXPECT_EQ(*Get(*client), Part{5});
  EXPECT_TRUE(client->Do(kReset, nullptr, nullptr).ok());
  // Of this one nothing in the reply is required, so that it may be an acknowledgement alone.
  Everything everything;
  EXPECT_TRUE(client->Do({"get", 7, nullptr, 7, &kEverythingLayout}, nullptr, &everything).ok());
  const uint16_t plain = NLM_F_REQUEST;
  const uint16_t ack = NLM_F_REQUEST | NLM_F_ACK;
  EXPECT_THAT(flags, testing::ElementsAre(plain, plain, ack, ack));
}

TEST(Client, BadSocketThatTheOtherEndCloses) {
  FakeKernel kernel([](const FakeRequest& request) {
    return std::vector<ByteString>{ByteString(), Ack(request)};
  });
  Client client = Connect(kernel);
  EXPECT_EQ(Get(client).status().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace genl::test
