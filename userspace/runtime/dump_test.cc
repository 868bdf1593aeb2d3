#include "genl/dump.h"

#include <cerrno>

#include "genl/fake_kernel.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::ElementsAre;

constexpr Family kFamily = {"thing", 1};
constexpr Operation kDump = {"get", 7, &kPartLayout, 7, &kPartLayout};
constexpr Operation kReset = {"reset", 9};

Client Connect(FakeKernel& kernel) {
  absl::StatusOr<Client> client =
      Client::Connect(kFamily, {.timeout = absl::Seconds(10), .transport = &kernel});
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}

Dump<Part> Start(Client& client) {
  const Part request{1};
  return {client, kDump, &request};
}

ByteString Object(const FakeRequest& request, uint8_t number, uint16_t flags = 0) {
  return Reply(request, Attr(1, {number, 0}), NLM_F_MULTI | flags);
}

// Three objects in two datagrams; acknowledges what is no dump.
std::vector<ByteString> ThreeObjects(const FakeRequest& request) {
  if (!(request.header.nlmsg_flags & NLM_F_DUMP)) return {Ack(request)};
  return {Join({Object(request, 1), Object(request, 2)}), Object(request, 3), Done(request)};
}

std::vector<int> Numbers(Dump<Part>& dump) {
  std::vector<int> numbers;
  for (const Part& part : dump) numbers.push_back(part.number);
  return numbers;
}

TEST(Dump, GoodObjectsOfAllDatagrams) {
  FakeKernel kernel(ThreeObjects);
  Client client = Connect(kernel);
  Dump<Part> dump = Start(client);
  EXPECT_THAT(Numbers(dump), ElementsAre(1, 2, 3));
  EXPECT_TRUE(dump.status().ok()) << dump.status();
}

TEST(Dump, GoodObjectsOfTheCaller) {
  FakeKernel kernel(ThreeObjects);
  Client client = Connect(kernel);
  Dump<Part> dump = Start(client);
  std::vector<int> numbers;
  Part part;
  while (dump.Next(&part)) numbers.push_back(part.number);
  EXPECT_THAT(numbers, ElementsAre(1, 2, 3));
  EXPECT_TRUE(dump.status().ok()) << dump.status();
}

TEST(Dump, GoodViews) {
  FakeKernel kernel(ThreeObjects);
  Client client = Connect(kernel);
  Dump<Part> dump = Start(client);
  std::vector<int> numbers;
  View<Part> part;
  while (dump.Next(&part)) numbers.push_back(part.Get<&Part::number>());
  EXPECT_THAT(numbers, ElementsAre(1, 2, 3));
  EXPECT_TRUE(dump.status().ok()) << dump.status();
}

TEST(Dump, BadAViewOfAMalformedObjectEndsIt) {
  FakeKernel kernel([](const FakeRequest& request) {
    return std::vector<ByteString>{Reply(request, Attr(1, {1}), NLM_F_MULTI)};
  });
  Client client = Connect(kernel);
  Dump<Part> dump = Start(client);
  View<Part> part;
  EXPECT_FALSE(dump.Next(&part));
  EXPECT_TRUE(absl::IsDataLoss(dump.status())) << dump.status();
}

TEST(Dump, GoodEmptyDump) {
  FakeKernel kernel([](const FakeRequest& r) { return std::vector<ByteString>{Done(r)}; });
  Client client = Connect(kernel);
  Dump<Part> dump = Start(client);
  EXPECT_THAT(Numbers(dump), ElementsAre());
  EXPECT_TRUE(dump.status().ok());
}

TEST(Dump, GoodRequestsBetweenTwoObjects) {
  FakeKernel kernel(ThreeObjects);
  Client client = Connect(kernel);
  Dump<Part> dump = Start(client);
  int seen = 0;
  for (const Part& part : dump) {
    EXPECT_EQ(part.number, ++seen);
    EXPECT_TRUE(client.Do(kReset, nullptr, nullptr).ok());
    Dump<Part> inner = Start(client);
    EXPECT_THAT(Numbers(inner), ElementsAre(1, 2, 3));
  }
  EXPECT_EQ(seen, 3);
}

TEST(Dump, GoodDumpThatIsLeftEarlyDisturbsNothing) {
  FakeKernel kernel(ThreeObjects);
  Client client = Connect(kernel);
  for (const Part& part : Start(client)) {
    EXPECT_EQ(part.number, 1);
    break;
  }
  EXPECT_TRUE(client.Do(kReset, nullptr, nullptr).ok());
  Dump<Part> again = Start(client);
  EXPECT_THAT(Numbers(again), ElementsAre(1, 2, 3));
}

TEST(Dump, GoodSocketIsUsedAgain) {
  FakeKernel kernel(ThreeObjects);
  Client client = Connect(kernel);
  const int sockets = kernel.sockets();
  for (int i = 0; i < 5; ++i) {
    Dump<Part> dump = Start(client);
    EXPECT_THAT(Numbers(dump), ElementsAre(1, 2, 3));
    EXPECT_TRUE(client.Do(kReset, nullptr, nullptr).ok());
  }
  EXPECT_EQ(kernel.sockets(), sockets);
}

TEST(Dump, GoodClientThatMovesMeanwhile) {
  FakeKernel kernel(ThreeObjects);
  Client client = Connect(kernel);
  Dump<Part> dump = Start(client);
  Client moved = std::move(client);
  EXPECT_THAT(Numbers(dump), ElementsAre(1, 2, 3));
}

TEST(Dump, BadInterruptedDumpIsReportedByTheStream) {
  FakeKernel kernel([](const FakeRequest& r) {
    return std::vector<ByteString>{Object(r, 1), Object(r, 2, NLM_F_DUMP_INTR), Done(r)};
  });
  Client client = Connect(kernel);
  Dump<Part> dump = Start(client);
  EXPECT_THAT(Numbers(dump), ElementsAre(1, 2));
  EXPECT_EQ(dump.status().code(), absl::StatusCode::kAborted);
}

TEST(Dump, GoodCollectStartsAgainAfterAnInterruption) {
  int runs = 0;
  FakeKernel kernel([&](const FakeRequest& r) {
    const uint16_t flags = ++runs < 3 ? NLM_F_DUMP_INTR : 0;
    return std::vector<ByteString>{Object(r, 1), Object(r, 2, flags), Done(r)};
  });
  Client client = Connect(kernel);
  const absl::StatusOr<std::vector<Part>> parts = Start(client).Collect();
  ASSERT_TRUE(parts.ok()) << parts.status();
  EXPECT_THAT(*parts, ElementsAre(Part{1}, Part{2}));
  EXPECT_EQ(runs, 3);
}

TEST(Dump, BadCollectGivesUpInTheEnd) {
  int runs = 0;
  FakeKernel kernel([&](const FakeRequest& r) {
    ++runs;
    return std::vector<ByteString>{Object(r, 1, NLM_F_DUMP_INTR), Done(r)};
  });
  Client client = Connect(kernel);
  EXPECT_EQ(Start(client).Collect(3).status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(runs, 3);
}

TEST(Dump, BadDumpThatTheKernelRefusesOrEndsWithAnError) {
  bool at_once = true;
  FakeKernel kernel([&](const FakeRequest& r) {
    const ByteString extack = Attr(NLMSGERR_ATTR_OFFS, {20, 0, 0, 0});
    if (at_once) return std::vector<ByteString>{Ack(r, EINVAL, extack)};
    return std::vector<ByteString>{Object(r, 1), Done(r, EINVAL, extack)};
  });
  Client client = Connect(kernel);
  for (const size_t objects : {0, 1}) {
    Dump<Part> dump = Start(client);
    EXPECT_EQ(Numbers(dump).size(), objects);
    ASSERT_TRUE(GetKernelError(dump.status()).has_value()) << dump.status();
    EXPECT_EQ(GetKernelError(dump.status())->error, EINVAL);
    EXPECT_EQ(GetKernelError(dump.status())->attribute, "number");
    at_once = false;
  }
}

TEST(Dump, GoodFamilyThatCameBackWithAnotherNumber) {
  FakeKernel kernel(ThreeObjects);
  Client client = Connect(kernel);
  kernel.SetFamilyId(kFakeFamilyId + 1);
  Dump<Part> dump = Start(client);
  EXPECT_THAT(Numbers(dump), ElementsAre(1, 2, 3));
  EXPECT_TRUE(dump.status().ok()) << dump.status();
}

TEST(Dump, BadFamilyThatIsGone) {
  FakeKernel kernel(ThreeObjects);
  Client client = Connect(kernel);
  kernel.SetFamilyId(0);
  Dump<Part> dump = Start(client);
  EXPECT_THAT(Numbers(dump), ElementsAre());
  EXPECT_EQ(dump.status().code(), absl::StatusCode::kUnavailable);
}

TEST(Dump, BadModuleThatIsBeingUnloaded) {
  FakeKernel kernel(
      [&](const FakeRequest& r) { return std::vector<ByteString>{Ack(r, EPROTONOSUPPORT)}; });
  Client client = Connect(kernel);
  Dump<Part> dump = Start(client);
  EXPECT_EQ(Numbers(dump).size(), 0);
  EXPECT_EQ(dump.status().code(), absl::StatusCode::kUnavailable) << dump.status();
}

TEST(Dump, BadObjectEndsTheDump) {
  FakeKernel kernel([](const FakeRequest& r) {
    return std::vector<ByteString>{Object(r, 1), Reply(r, {1, 2}), Object(r, 3), Done(r)};
  });
  Client client = Connect(kernel);
  Dump<Part> dump = Start(client);
  EXPECT_THAT(Numbers(dump), ElementsAre(1));
  EXPECT_EQ(dump.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(Start(client).Collect().status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace genl::test
