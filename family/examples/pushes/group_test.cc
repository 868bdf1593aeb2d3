// A kernel that speaks first, to all who listen: runs as root where the module is loaded.
#include <cerrno>
#include <vector>

#include "family/examples/pushes/pushes_test.h"
#include "genl/client.h"
#include "gtest/gtest.h"
#include "tests/vm/module.h"

namespace pushes {
namespace {

std::vector<Listener> Listeners(Client& client, int count) {
  std::vector<Listener> listeners;
  for (int i = 0; i < count; ++i) listeners.emplace_back(client);
  return listeners;
}

class GroupTest : public SourceTest {};

TEST_P(GroupTest, GoodEverySubscriberHearsEveryTickInOrder) {
  std::vector<Listener> listeners = Listeners(client_, 8);
  Push({.source = GetParam(), .count = 300, .burst = 30, .interval_ms = 0});
  for (Listener& listener : listeners) listener.ExpectInARow(300);
  for (Listener& listener : listeners) {
    listener.ExpectSilence();
    EXPECT_EQ(listener.overruns(), 0);
  }
}

// Of those from an interrupt no more than 1024 may wait to be sent; the source waits for them.
TEST_P(GroupTest, GoodNothingIsLostBelowTheLimitOfTheBuffer) {
  Client roomy = Connect({.receive_buffer = 16 << 20});
  Listener quick(roomy);
  Listener late(client_);
  Push({.source = GetParam(), .count = 2000, .burst = 1100, .interval_ms = 0});
  quick.ExpectInARow(2000);
  late.ExpectInARow(2000);
  EXPECT_EQ(late.overruns(), 0);
}

TEST_P(GroupTest, BadSubscriberThatIsTooSlowLearnsWhatItLost) {
  Client client = Connect(kTiny);
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

INSTANTIATE_TEST_SUITE_P(Every, GroupTest, testing::ValuesIn(kSources), NameOf);

TEST_F(PushesTest, GoodAllSourcesAtOnce) {
  std::vector<Listener> listeners = Listeners(client_, 8);
  for (const Source source : kSources) {
    Push({.source = source, .count = 250, .burst = 10, .interval_ms = 0});
  }
  for (Listener& listener : listeners) {
    listener.ExpectInARow(1000);
    EXPECT_EQ(listener.overruns(), 0);
  }
}

// Every source has something to say for minutes. It ends when the module goes.
class BusyTest : public PushesTest {
 protected:
  void SetUp() override {
    for (const Source source : kSources) {
      Push({.source = source, .count = 1'000'000, .burst = 8});
    }
  }
  void TearDown() override { Reload(); }

  void Reload() {
    genlc::Module module("/genlc/modules/0.ko", "pushes");
    ASSERT_EQ(module.Unload(), absl::OkStatus());
    ASSERT_EQ(module.Load(), absl::OkStatus());
  }
};

TEST_F(BusyTest, BadFurtherPush) {
  for (const Source source : kSources) {
    const absl::Status status = client_.Push({.source = source, .count = 1});
    EXPECT_EQ(ErrorOf(status), EBUSY) << status;
    EXPECT_EQ(genl::GetKernelError(status)->attribute, "source");
  }
}

TEST_F(BusyTest, GoodModuleGoesAndComesBack) {
  Listener listener(client_);
  listener.ExpectInARow(100);
  Reload();
  listener.ExpectRestart();
  Push({.source = Source::kTimer, .count = 3});
  listener.ExpectInARow(3);
}

}  // namespace
}  // namespace pushes
