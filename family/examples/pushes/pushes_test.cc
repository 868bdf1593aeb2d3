#include "family/examples/pushes/pushes_test.h"

#include <cerrno>
#include <utility>
#include <variant>

#include "absl/time/clock.h"
#include "genl/client.h"

namespace pushes {
namespace {

constexpr absl::Duration kMoment = absl::Milliseconds(50);

Context ContextOf(Source source) {
  switch (source) {
    case Source::kWork: return Context::kProcess;
    case Source::kHardirq: return Context::kHardirq;
    default: return Context::kSoftirq;
  }
}

Events Subscribe(Client& client, const std::vector<Group>& groups) {
  absl::StatusOr<Events> events = client.Subscribe(groups);
  EXPECT_TRUE(events.ok()) << events.status();
  return *std::move(events);
}

}  // namespace

Client Connect(const genl::SocketOptions& socket) {
  absl::StatusOr<Client> client = Client::Connect({.timeout = kPatience, .socket = socket});
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}

int ErrorOf(const absl::Status& status) {
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  return error ? error->error : 0;
}

Listener::Listener(Client& client, const std::vector<Group>& groups)
    : events_(Subscribe(client, groups)) {}

void Listener::ExpectInARow(uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) {
    const std::optional<Tick> tick = Next(kPatience);
    ASSERT_TRUE(tick.has_value()) << "after " << i << " of " << count;
    ASSERT_EQ(MissingBefore(*tick), 0) << "of " << Name(tick->source);
  }
}

void Listener::ExpectSilence() { EXPECT_EQ(Next(kMoment), std::nullopt); }

uint32_t Listener::ReadAll() {
  uint32_t count = 0;
  for (; const std::optional<Tick> tick = Next(kMoment); ++count) {
    EXPECT_EQ(MissingBefore(*tick), 0) << "what came before the loss is whole";
  }
  return count;
}

uint32_t Listener::ExpectGap() {
  const std::optional<Tick> tick = Next(kPatience);
  EXPECT_TRUE(tick.has_value());
  return tick ? MissingBefore(*tick) : 0;
}

void Listener::ExpectRestart() {
  const absl::Time limit = absl::Now() + kPatience;
  while (absl::Now() < limit) {
    const absl::StatusOr<Event> event = events_.Next(kPatience);
    ASSERT_TRUE(event.ok()) << event.status();
    if (std::holds_alternative<genl::Restarted>(*event)) return next_.clear();
  }
  FAIL() << "not restarted";
}

std::optional<Tick> Listener::Next(absl::Duration patience) {
  for (;;) {
    const absl::StatusOr<Event> event = events_.Next(patience);
    if (!event.ok()) {
      EXPECT_TRUE(absl::IsDeadlineExceeded(event.status())) << event.status();
      return std::nullopt;
    }
    if (const Tick* tick = std::get_if<Tick>(&*event)) return *tick;
    EXPECT_TRUE(std::holds_alternative<genl::Overrun>(*event));
    ++overruns_;
  }
}

uint32_t Listener::MissingBefore(const Tick& tick) {
  EXPECT_EQ(tick.context, ContextOf(tick.source)) << Name(tick.source);
  const uint32_t expected = next_.try_emplace(tick.source, tick.number).first->second;
  next_[tick.source] = tick.number + 1;
  return tick.number - expected;
}

void PushesTest::Push(const PushRequest& request) {
  const absl::Time limit = absl::Now() + kPatience;
  absl::Status status;
  do {
    status = client_.Push(request);
  } while (ErrorOf(status) == EBUSY && absl::Now() < limit);
  EXPECT_TRUE(status.ok()) << status;
}

std::vector<uint32_t> PushesTest::Registered() {
  const auto listeners = client_.ListenerGetDump().Collect();
  EXPECT_TRUE(listeners.ok()) << listeners.status();
  std::vector<uint32_t> ports;
  for (const ListenerGetReply& listener : *listeners) ports.push_back(listener.port);
  return ports;
}

void PushesTest::EndClosed() {
  for (const uint32_t port : Registered()) {
    Push({.source = Source::kWork, .port = port, .count = 1});
  }
  Listener group(client_);
  Push({.source = Source::kWork, .count = 1});
  group.ExpectInARow(1);
}

void SourceTest::SayOneMore(Listener& listener) {
  Push({.source = GetParam(), .count = 1});
  listener.ExpectInARow(1);
}

}  // namespace pushes
