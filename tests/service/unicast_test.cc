// A family without groups: who asks is answered later, on the socket that has asked.
#include <memory>
#include <thread>

#include "family/examples/hello/hello.service.h"
#include "genl/peer_transport.h"
#include "genl/server.h"
#include "genl/testing/fake_kernel.h"
#include "gmock/gmock.h"

namespace genl {
namespace {

// The first answer comes before the acknowledgement.
class Speaker : public hello::Service {
 public:
  absl::Status Say(const hello::SayRequest& request, Caller& caller) override {
    port = caller.port();
    if (request.text == "again") return Refuse({.error = EBUSY, .message = "still talking"});
    return Unicast(port, {.text = request.text, .number = 1});
  }

  uint32_t port = 0;
};

uint32_t NextNumber(hello::Events& events) {
  const absl::StatusOr<hello::Event> event = events.Next(absl::Seconds(10));
  EXPECT_TRUE(event.ok()) << event.status();
  const auto* answer = event.ok() ? std::get_if<hello::Answer>(&*event) : nullptr;
  return answer != nullptr ? answer->number : 0;
}

void Try(Speaker& speaker, Transport& transport) {
  absl::StatusOr<hello::Client> client = hello::Client::Connect({.transport = &transport});
  ASSERT_TRUE(client.ok()) << client.status();
  absl::StatusOr<hello::Events> events = client->Subscribe();
  absl::StatusOr<hello::Events> others = client->Subscribe();
  ASSERT_TRUE(events.ok()) << events.status();
  ASSERT_TRUE(events->Do(hello::operation::kSay, {.text = "Hello you!"}).ok());
  EXPECT_EQ(speaker.port, events->port());
  ASSERT_TRUE(speaker.Unicast(events->port(), {.text = "", .number = 2}).ok());
  const auto refusal = GetKernelError(events->Do(hello::operation::kSay, {.text = "again"}));
  EXPECT_EQ(refusal, (KernelError{.error = EBUSY, .message = "still talking"}));
  ASSERT_TRUE(speaker.Unicast(events->port(), {.text = "", .number = 3, .last = true}).ok());
  for (const uint32_t number : {1u, 2u, 3u}) EXPECT_EQ(NextNumber(*events), number);
  EXPECT_TRUE(absl::IsDeadlineExceeded(others->Next(absl::ZeroDuration()).status()));
}

TEST(UnicastTest, OnTheFakeKernel) {
  Speaker speaker;
  FakeKernel kernel;
  ASSERT_TRUE(kernel.Add(speaker).ok());
  Try(speaker, kernel);
}

TEST(UnicastTest, OverASocket) {
  Speaker speaker;
  absl::StatusOr<std::unique_ptr<Server>> server = Server::Listen();
  ASSERT_TRUE(server.ok()) << server.status();
  ASSERT_TRUE((*server)->Add(speaker).ok());
  std::thread thread([&] { EXPECT_TRUE((*server)->Run().ok()); });
  PeerTransport peer((*server)->port());
  Try(speaker, peer);
  (*server)->Stop();
  thread.join();
}

TEST(UnicastTest, BadSocketThatIsClosed) {
  Speaker speaker;
  FakeKernel kernel;
  ASSERT_TRUE(kernel.Add(speaker).ok());
  uint32_t port = 0;
  {
    absl::StatusOr<hello::Client> client = hello::Client::Connect({.transport = &kernel});
    absl::StatusOr<hello::Events> events = client->Subscribe();
    ASSERT_TRUE(events->Do(hello::operation::kSay, {.text = "Hello you!"}).ok());
    port = events->port();
  }
  // The kernel's thread notices that it has gone.
  absl::Status told;
  while (told.ok()) told = speaker.Unicast(port, {.text = "", .number = 2});
  EXPECT_TRUE(absl::IsNotFound(told)) << told;
  EXPECT_TRUE(absl::IsNotFound(speaker.Unicast(0, {.text = "", .number = 2})));
}

}  // namespace
}  // namespace genl
