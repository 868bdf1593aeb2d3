// Threads that share one client, with a fake kernel and with the running one. Under the thread
// sanitizer, too (threads_tsan_test).
#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "genl/batch.h"
#include "genl/calls.h"
#include "genl/dump.h"
#include "genl/events.h"
#include "genl/fake_kernel.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

constexpr int kThreads = 8;
constexpr int kRequests = 10'000;

void OnThreads(const std::function<void(uint16_t)>& work) {
  std::vector<std::thread> threads;
  for (uint16_t i = 0; i < kThreads; ++i) threads.emplace_back(work, i);
  for (std::thread& thread : threads) thread.join();
}

constexpr Family kFamily = {"thing", 1};
constexpr TypedOperation<Part, Part> kGet = {{"get", 7, &kPartLayout, 7, &kPartLayout}};

// Sends back what it got.
std::vector<ByteString> Echo(const FakeRequest& r) {
  if (r.header.nlmsg_flags & NLM_F_DUMP) return {Reply(r, r.attributes), Done(r)};
  if (r.header.nlmsg_flags & NLM_F_ACK) return {Reply(r, r.attributes), Ack(r)};
  return {Reply(r, r.attributes)};
}

TEST(Threads, GoodRequestsOfEightAtAFakeKernel) {
  FakeKernel kernel(Echo);
  Client client = *Client::Connect(kFamily, {.timeout = absl::Minutes(1), .transport = &kernel});
  std::atomic<int> right = 0;
  OnThreads([&](uint16_t thread) {
    const Part request{static_cast<uint16_t>(thread + 1)};
    Part reply;
    for (int i = 0; i < kRequests; ++i) {
      right += client.Do(kGet, &request, &reply).ok() && reply == request;
    }
  });
  EXPECT_EQ(right, kThreads * kRequests);
  EXPECT_LE(kernel.sockets(), 2 + kThreads) << "each has one, and the client asked for its family";
}

// The first two attributes of nlctrl are those of Part: the number and the name of a family.
TEST(Threads, GoodRequestsOfEightAtTheRunningKernel) {
  constexpr Operation kGetFamily = {"getfamily", 3, &kPartLayout, 1, &kPartLayout};
  constexpr uint16_t kNlctrl = 16;
  Client client = *Client::Connect({"nlctrl", 2}, {.timeout = absl::Minutes(1)});
  std::atomic<int> right = 0;
  OnThreads([&](uint16_t thread) {
    // Every other one asks for a family that is not there.
    const bool there = thread % 2 == 0;
    const Part request{static_cast<uint16_t>(there ? kNlctrl : 1)};
    Part reply;
    for (int i = 0; i < kRequests; ++i) {
      const absl::Status status = client.Do(kGetFamily, &request, &reply);
      right += there ? status.ok() && reply == Part{kNlctrl, "nlctrl"} : absl::IsNotFound(status);
    }
  });
  EXPECT_EQ(right, kThreads * kRequests);
}

bool AskByDump(Client& client, const Part& request) {
  const auto parts = Dump<Part>(client, kGet, &request).Collect();
  return parts.ok() && *parts == std::vector<Part>{request};
}

bool AskByBatch(Client& client, const Part& request) {
  Batch batch(client);
  Part replies[2];
  for (Part& reply : replies) batch.Add(kGet, request, &reply);
  return batch.Send().ok() && replies[0] == request && replies[1] == request;
}

bool AskByCalls(Client& client, const Part& request) {
  Calls calls(client);
  int right = 0;
  const auto done = [&](absl::StatusOr<Part> reply) { right += reply.ok() && *reply == request; };
  for (int i = 0; i < 2; ++i) {
    if (!calls.Start(kGet, request, done).ok()) return false;
  }
  while (calls.in_flight() > 0) {
    if (!calls.Process(absl::Minutes(1)).ok()) return false;
  }
  return right == 2;
}

bool Subscribe(Client& client) {
  const MulticastGroup groups[] = {{"things"}};
  return EventStream::Open(client, groups).ok();
}

// All ways to talk to a family, which gets another number in the middle.
TEST(Threads, GoodAllWaysWhileTheFamilyIsRegisteredAnew) {
  constexpr int kRounds = 500;
  FakeKernel kernel(Echo);
  Client client = *Client::Connect(kFamily, {.timeout = absl::Minutes(1), .transport = &kernel});
  std::atomic<int> rounds = 0;
  std::atomic<int> wrong = 0;
  OnThreads([&](uint16_t thread) {
    const Part request{static_cast<uint16_t>(thread + 1)};
    Part reply;
    for (int i = 0; i < kRounds; ++i) {
      const bool right = thread % 4 == 0   ? client.Do(kGet, &request, &reply).ok()
                         : thread % 4 == 1 ? AskByDump(client, request)
                         : thread % 4 == 2 ? AskByBatch(client, request)
                                           : AskByCalls(client, request);
      if (!right) ++wrong;
      if (++rounds == kThreads * kRounds / 2) kernel.SetFamilyId(kFakeFamilyId + 1);
    }
    if (!Subscribe(client)) ++wrong;
  });
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace genl::test
