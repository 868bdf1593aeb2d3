// A kernel that speaks first, from its listeners' side: runs as root where the module is loaded.
#include <cerrno>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/time/clock.h"
#include "family/examples/pushes/pushes.genl.h"
#include "genl/client.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/vm/module.h"

namespace pushes {
namespace {

using testing::Contains;
using testing::Not;

// Long enough for an emulated machine under load; a test that passes never waits for it.
constexpr absl::Duration kPatience = absl::Seconds(20);
constexpr absl::Duration kMoment = absl::Milliseconds(50);

constexpr Source kSources[] = {Source::kTimer, Source::kWork, Source::kSoftirq, Source::kHardirq};
// Bytes in which not a hundred ticks find room: the kernel makes more of it, but no more than a
// page.
constexpr int kTinyBuffer = 1;

Client Connect(const genl::SocketOptions& socket = {}) {
  absl::StatusOr<Client> client = Client::Connect({.timeout = kPatience, .socket = socket});
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}

Context ContextOf(Source source) {
  switch (source) {
    case Source::kWork: return Context::kProcess;
    case Source::kHardirq: return Context::kHardirq;
    default: return Context::kSoftirq;
  }
}

// Reads a subscription, and holds the numbers of each source against each other.
class Listener {
 public:
  explicit Listener(Client& client, std::vector<Group> groups = {Group::kTicks})
      : events_(*client.Subscribe(groups)) {}

  // Reads ticks. Each has to follow upon the last one of its source.
  void ExpectInARow(uint32_t count) {
    for (uint32_t i = 0; i < count; ++i) {
      const std::optional<Tick> tick = Next(kPatience);
      ASSERT_TRUE(tick.has_value()) << "after " << i << " of " << count;
      ASSERT_EQ(MissingBefore(*tick), 0) << "of " << Name(tick->source);
    }
  }

  void ExpectSilence() { EXPECT_EQ(Next(kMoment), std::nullopt); }

  // Reads what there is, and returns how many ticks that were.
  uint32_t ReadAll() {
    uint32_t count = 0;
    for (; const std::optional<Tick> tick = Next(kMoment); ++count) {
      EXPECT_EQ(MissingBefore(*tick), 0) << "what came before the loss is whole";
    }
    return count;
  }

  // The next tick, and how many of its source are missing before it.
  uint32_t ExpectGap() {
    const std::optional<Tick> tick = Next(kPatience);
    EXPECT_TRUE(tick.has_value());
    return tick ? MissingBefore(*tick) : 0;
  }

  // Until the module has been loaded again.
  void ExpectRestart() {
    const absl::Time limit = absl::Now() + kPatience;
    while (absl::Now() < limit) {
      const absl::StatusOr<Event> event = events_.Next(kPatience);
      ASSERT_TRUE(event.ok()) << event.status();
      if (std::holds_alternative<genl::Restarted>(*event)) return next_.clear();
    }
    FAIL() << "not restarted";
  }

  int overruns() const { return overruns_; }

 private:
  std::optional<Tick> Next(absl::Duration patience) {
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

  uint32_t MissingBefore(const Tick& tick) {
    EXPECT_EQ(tick.context, ContextOf(tick.source)) << Name(tick.source);
    const uint32_t expected = next_.try_emplace(tick.source, tick.number).first->second;
    next_[tick.source] = tick.number + 1;
    return tick.number - expected;
  }

  Events events_;
  std::map<Source, uint32_t> next_;
  int overruns_ = 0;
};

class PushesTest : public testing::Test {
 protected:
  // As soon as the source has nothing else to say.
  void Push(const PushRequest& request) {
    const absl::Time limit = absl::Now() + kPatience;
    absl::Status status;
    do {
      status = client_.Push(request);
    } while (ErrorOf(status) == EBUSY && absl::Now() < limit);
    EXPECT_TRUE(status.ok()) << status;
  }

  static int ErrorOf(const absl::Status& status) {
    const std::optional<genl::KernelError> error = genl::GetKernelError(status);
    return error ? error->error : 0;
  }

  std::vector<Listener> Listeners(int count) {
    std::vector<Listener> listeners;
    for (int i = 0; i < count; ++i) listeners.emplace_back(client_);
    return listeners;
  }

  Client client_ = Connect();
};

class SourceTest : public PushesTest, public testing::WithParamInterface<Source> {
 protected:
  // When it has been heard, all that the source said before has been delivered.
  void SayOneMore(Listener& listener) {
    Push({.source = GetParam(), .count = 1});
    listener.ExpectInARow(1);
  }
};

TEST_P(SourceTest, GoodEverySubscriberHearsEveryTickInOrder) {
  std::vector<Listener> listeners = Listeners(8);
  Push({.source = GetParam(), .count = 300, .burst = 30, .interval_ms = 0});
  for (Listener& listener : listeners) listener.ExpectInARow(300);
  for (Listener& listener : listeners) {
    listener.ExpectSilence();
    EXPECT_EQ(listener.overruns(), 0);
  }
}

// Of those from an interrupt no more than 1024 may wait to be sent; the source waits for them.
TEST_P(SourceTest, GoodManyTicksForOneWhoReads) {
  Client client = Connect({.receive_buffer = 16 << 20});
  Listener listener(client);
  Push({.source = GetParam(), .count = 3000, .burst = 1500, .interval_ms = 0});
  listener.ExpectInARow(3000);
  EXPECT_EQ(listener.overruns(), 0);
}

TEST_P(SourceTest, BadSubscriberThatIsTooSlowLearnsWhatItLost) {
  Client client = Connect({.receive_buffer = kTinyBuffer});
  Listener slow(client);
  Listener quick(client_);
  Push({.source = GetParam(), .count = 200, .burst = 50, .interval_ms = 0});
  quick.ExpectInARow(200);
  const uint32_t heard = slow.ReadAll();
  EXPECT_GT(heard, 0);
  EXPECT_LT(heard, 100);
  EXPECT_EQ(slow.overruns(), 1);
  Push({.source = GetParam(), .count = 3});
  EXPECT_EQ(slow.ExpectGap(), 200 - heard);
  slow.ExpectInARow(2);
  quick.ExpectInARow(3);
}

TEST_P(SourceTest, BadSecondPushWhileTheSourceIsAtWork) {
  Listener listener(client_);
  Push({.source = GetParam(), .count = 2, .interval_ms = 200});
  const absl::Status status = client_.Push({.source = GetParam(), .count = 1});
  EXPECT_EQ(ErrorOf(status), EBUSY) << status;
  EXPECT_EQ(genl::GetKernelError(status)->attribute, "source");
  listener.ExpectInARow(2);
}

INSTANTIATE_TEST_SUITE_P(Every, SourceTest, testing::ValuesIn(kSources),
                         [](const auto& info) { return std::string(Name(info.param)); });

TEST_F(PushesTest, GoodAllSourcesAtOnce) {
  std::vector<Listener> listeners = Listeners(8);
  for (const Source source : kSources) {
    Push({.source = source, .count = 250, .burst = 10, .interval_ms = 0});
  }
  for (Listener& listener : listeners) {
    listener.ExpectInARow(1000);
    EXPECT_EQ(listener.overruns(), 0);
  }
}

TEST_F(PushesTest, GoodModuleGoesWhileEverySourceSpeaks) {
  Listener listener(client_);
  for (const Source source : kSources) {
    Push({.source = source, .count = 1'000'000, .burst = 16, .interval_ms = 0});
  }
  listener.ExpectInARow(100);
  genlc::Module module("/genlc/modules/0.ko", "pushes");
  ASSERT_EQ(module.Unload(), absl::OkStatus());
  ASSERT_EQ(module.Load(), absl::OkStatus());
  listener.ExpectRestart();
  Push({.source = Source::kTimer, .count = 3});
  listener.ExpectInARow(3);
}

}  // namespace
}  // namespace pushes
