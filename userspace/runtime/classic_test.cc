// Classic netlink: the command is the type of the message, and answers have one of their own.
#include <linux/rtnetlink.h>

#include <cerrno>

#include "genl/client.h"
#include "genl/dump.h"
#include "genl/events.h"
#include "genl/fake_kernel.h"
#include "genl/test_envelope.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::HasSubstr;

constexpr Family kFamily = {"rt-thing", 1, NETLINK_ROUTE};
constexpr Operation kGet = {"get", 1026, &kPartLayout, 1024, &kPartLayout};
constexpr Operation kNew = {"new", 1024, &kPartLayout};
constexpr Operation kPost = {"post", 1028, &kEnvelopeLayout};

const ByteString kNumber5 = Attr(1, {5, 0});
const ByteString kNumber6 = Attr(1, {6, 0});

Client Connect(FakeKernel& kernel) {
  absl::StatusOr<Client> client = Client::Connect(kFamily, {.transport = &kernel});
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}

absl::StatusOr<Part> Get(Client& client) {
  const Part request{1};
  return client.Call<Part>(kGet, &request);
}

TEST(Classic, GoodCommandIsTheTypeAndFlagsAreAdded) {
  FakeRequest seen;
  FakeKernel kernel([&](const FakeRequest& request) {
    seen = request;
    return std::vector<ByteString>{Ack(request)};
  });
  Client client = Connect(kernel);
  const Part part{5};
  EXPECT_TRUE(
      client.Do(kNew, &part, nullptr, RequestFlags::kCreate | RequestFlags::kExclusive).ok());
  EXPECT_EQ(seen.header.nlmsg_type, 1024);
  EXPECT_EQ(seen.header.nlmsg_len, NLMSG_HDRLEN + kNumber5.size());
  EXPECT_EQ(seen.header.nlmsg_flags, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL);
  EXPECT_EQ(seen.attributes, kNumber5);
}

TEST(Classic, GoodFlagsAreThoseOfTheKernel) {
  const std::pair<RequestFlags, int> pairs[] = {
      {RequestFlags::kCreate, NLM_F_CREATE},   {RequestFlags::kExclusive, NLM_F_EXCL},
      {RequestFlags::kReplace, NLM_F_REPLACE}, {RequestFlags::kAppend, NLM_F_APPEND},
      {RequestFlags::kEcho, NLM_F_ECHO},       {RequestFlags::kNonRecursive, NLM_F_NONREC},
      {RequestFlags::kBulk, NLM_F_BULK},
  };
  for (const auto& [flag, number] : pairs) EXPECT_EQ(static_cast<int>(flag), number);
}

TEST(Classic, GoodReplyOfAnotherNumberThenTheAcknowledgement) {
  FakeKernel kernel([](const FakeRequest& request) {
    return std::vector<ByteString>{ReplyAs(1024, request, kNumber5), Ack(request)};
  });
  Client client = Connect(kernel);
  EXPECT_EQ(*Get(client), Part{5});
}

TEST(Classic, GoodFirstOfSeveralMessagesIsTheReply) {
  FakeKernel kernel([](const FakeRequest& request) {
    return std::vector<ByteString>{Join({ReplyAs(1024, request, kNumber5, NLM_F_MULTI),
                                         ReplyAs(1024, request, kNumber6, NLM_F_MULTI)}),
                                   Ack(request)};
  });
  Client client = Connect(kernel);
  EXPECT_EQ(*Get(client), Part{5});
}

TEST(Classic, GoodSeveralMessagesMayEndLikeADump) {
  FakeKernel kernel([](const FakeRequest& request) {
    return std::vector<ByteString>{ReplyAs(1024, request, kNumber5, NLM_F_MULTI), Done(request)};
  });
  Client client = Connect(kernel);
  EXPECT_EQ(*Get(client), Part{5});
}

TEST(Classic, GoodEchoIsNoReply) {
  FakeKernel kernel([](const FakeRequest& request) {
    return std::vector<ByteString>{ReplyAs(1025, request, kNumber6),
                                   ReplyAs(1024, request, kNumber5), Ack(request)};
  });
  Client client = Connect(kernel);
  EXPECT_EQ(*Get(client), Part{5});
}

TEST(Classic, BadReplyOfAnUnexpectedCommandOnly) {
  FakeKernel kernel([](const FakeRequest& request) {
    return std::vector<ByteString>{ReplyAs(1025, request, kNumber5), Ack(request)};
  });
  Client client = Connect(kernel);
  const absl::Status status = Get(client).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(status.message(), "rt-thing.get: answered by command 1025 where 1024 should have come");
}

// The place of an attribute counts from the netlink header: no generic header is between, but
// the family's own.
TEST(Classic, BadRequestThatTheKernelRefuses) {
  FakeKernel kernel([](const FakeRequest& request) {
    EXPECT_EQ(request.attributes, Join({{7, 0x12, 0x34, 0}, Attr(1, {'x', 0})}));
    return std::vector<ByteString>{
        Ack(request, EEXIST, Attr(NLMSGERR_ATTR_OFFS, {NLMSG_HDRLEN + 4, 0, 0, 0}))};
  });
  Client client = Connect(kernel);
  const Envelope envelope{.header = {.family = 7, .be_index = 0x1234}, .kind = "x"};
  const absl::Status status = client.Do(kPost, &envelope, nullptr);
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(GetKernelError(status)->attribute, "kind");
}

absl::StatusOr<std::vector<Part>> Collect(Client& client) {
  const Part request{1};
  return Dump<Part>(client, kGet, &request).Collect();
}

TEST(Classic, GoodDump) {
  FakeKernel kernel([](const FakeRequest& request) {
    EXPECT_EQ(request.header.nlmsg_flags, NLM_F_REQUEST | NLM_F_ACK | NLM_F_DUMP);
    return std::vector<ByteString>{ReplyAs(1024, request, kNumber5, NLM_F_MULTI),
                                   ReplyAs(1024, request, kNumber6, NLM_F_MULTI), Done(request)};
  });
  Client client = Connect(kernel);
  EXPECT_THAT(*Collect(client), testing::ElementsAre(Part{5}, Part{6}));
}

TEST(Classic, GoodDumpOfAHandlerThatAnswersWithOneMessage) {
  FakeKernel kernel([](const FakeRequest& request) {
    return std::vector<ByteString>{ReplyAs(1024, request, kNumber5), Ack(request)};
  });
  Client client = Connect(kernel);
  EXPECT_THAT(*Collect(client), testing::ElementsAre(Part{5}));
}

TEST(Classic, BadDumpThatEndsWithAnError) {
  FakeKernel kernel([](const FakeRequest& request) {
    return std::vector<ByteString>{ReplyAs(1024, request, kNumber5, NLM_F_MULTI),
                                   Done(request, EMSGSIZE)};
  });
  Client client = Connect(kernel);
  EXPECT_EQ(GetKernelError(Collect(client).status())->error, EMSGSIZE);
}

TEST(Classic, BadDumpWithAnObjectOfAnotherCommand) {
  FakeKernel kernel([](const FakeRequest& request) {
    return std::vector<ByteString>{ReplyAs(1025, request, kNumber5, NLM_F_MULTI), Done(request)};
  });
  Client client = Connect(kernel);
  const absl::Status status = Collect(client).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), HasSubstr("command 1025 where 1024"));
}

using AnyEvent = std::variant<Overrun, Restarted, Part>;
enum class Group { kThings };

TEST(Classic, GoodEventsByACommandOf16Bits) {
  FakeKernel kernel([](const FakeRequest&) { return std::vector<ByteString>(); });
  Client client = Connect(kernel);
  static constexpr MulticastGroup kGroups[] = {{"things", 36}};
  static constexpr EventType kTypes[] = {{1024, &kPartLayout, 2}};
  auto events =
      Subscribe<AnyEvent, Group>(client, {Group::kThings}, kGroups, kTypes, SubscribeOptions());
  ASSERT_TRUE(events.ok()) << events.status();
  kernel.Tell(Message(1024 & 0xff, 0, 0, 0, kNumber6));
  kernel.Tell(Message(1024, 0, 0, 0, kNumber5));
  EXPECT_EQ(std::get<Part>(*events->Next(absl::Seconds(10))), Part{5});
}

}  // namespace
}  // namespace genl::test
