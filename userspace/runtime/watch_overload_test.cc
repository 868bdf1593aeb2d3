// A watch that loses changes, or has no time to look for them.
#include <mutex>

#include "genl/watch.h"
#include "gmock/gmock.h"
#include "userspace/runtime/watch_fixture.h"

namespace genl::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(WatchTest, GoodOverrunIsMadeUpForByDifferences) {
  parts_ = {{1, "a"}, {2, "b"}, {3, "c"}, {4, "d"}};
  PartWatch watch = Open();
  UntilSynced(watch);
  parts_ = {{1, "a"}, {2, "x"}, {4, "d"}, {5, "e"}};
  Overrun();
  EXPECT_THAT(UntilSynced(watch), ElementsAre("behind", "~2x", "+5e", "-3", "synced"));
  EXPECT_EQ(dumps_, 2);
}

// What such a dump shows is not enough to take anything for gone.
TEST_F(WatchTest, GoodOverrunInTheMiddleOfADump) {
  parts_ = {{1, "a"}, {2, "b"}};
  PartWatch watch = Open();
  UntilSynced(watch);
  parts_ = {{2, "c"}};
  before_dump_ = [this](int dump) {
    if (dump > 3) return;
    Set(3, absl::StrCat("c", dump));
    Overrun();
  };
  Overrun();
  EXPECT_THAT(UntilSynced(watch), ElementsAre("behind", "+3c2", "~3c3", "~2c", "-1", "synced"));
  EXPECT_EQ(dumps_, 4);
}

TEST_F(WatchTest, GoodInterruptedDumpIsMadeAgain) {
  parts_ = {{1, "a"}, {2, "b"}};
  PartWatch watch = Open();
  UntilSynced(watch);
  parts_ = {{2, "c"}};
  interrupted_ = 4;
  Overrun();
  EXPECT_THAT(UntilSynced(watch), ElementsAre("behind", "~2c", "-1", "synced"));
  EXPECT_EQ(dumps_, 5);
}

TEST_F(WatchTest, BadDumpsThatAreAlwaysInterruptedAreToldOf) {
  parts_ = {{1, "a"}};
  interrupted_ = 5;
  PartWatch watch = Open({.attempts = 2});
  const std::string complaint =
      "the dump was interrupted by a change, objects may be missing or double";
  EXPECT_THAT(UntilSynced(watch),
              ElementsAre("+1a", "thing.get: " + complaint, "thing.get: " + complaint, "synced"));
}

TEST_F(WatchTest, BadOverrunsBeforeADumpEndsAreToldOf) {
  parts_ = {{1, "a"}};
  before_dump_ = [this](int dump) {
    if (dump <= 5) Overrun();
  };
  PartWatch watch = Open({.attempts = 2});
  const std::string complaint = "changes were lost before a dump had ended, the last of ";
  EXPECT_THAT(UntilSynced(watch),
              ElementsAre(complaint + "2 tries", complaint + "4 tries", "+1a", "synced"));
}

TEST_F(WatchTest, GoodNothingIsSaidOfOverrunsWhereNobodyAsks) {
  parts_ = {{1, "a"}};
  before_dump_ = [this](int dump) {
    if (dump <= 3) Overrun();
  };
  PartWatch watch = Open({.attempts = 0});
  EXPECT_THAT(UntilSynced(watch), ElementsAre("+1a", "synced"));
}

// What Next() says while there is a change for each that it reports, until it is no change.
class EndlessTest : public WatchTest {
 protected:
  EndlessTest() { Connect(absl::Milliseconds(50)); }

  absl::Status NextOfEndless(PartWatch& watch) {
    Set(1, "first");
    for (int i = 0;; ++i) {
      Set(1, absl::StrCat(i));
      const absl::StatusOr<PartWatch::Change> change = watch.Next(absl::ZeroDuration());
      if (!change.ok()) return change.status();
      Take(*change);
    }
  }
};

TEST_F(EndlessTest, BadNoTimeToBeginADumpIsToldOf) {
  PartWatch watch = Open();
  UntilSynced(watch);
  Overrun();
  EXPECT_TRUE(absl::IsAborted(NextOfEndless(watch)));
  EXPECT_TRUE(absl::IsAborted(NextOfEndless(watch))) << "again";
  EXPECT_FALSE(watch.synced());
  EXPECT_EQ(dumps_, 1);
  EXPECT_EQ(UntilSynced(watch).back(), "synced");
}

TEST_F(EndlessTest, BadNoTimeToGoOnWithADumpIsToldOf) {
  std::mutex slow;
  before_dump_ = [&](int) { const std::lock_guard<std::mutex> wait(slow); };
  PartWatch watch = Open();
  {
    const std::lock_guard<std::mutex> hold(slow);
    EXPECT_THAT(AtOnce(watch), IsEmpty());
    EXPECT_TRUE(absl::IsAborted(NextOfEndless(watch)));
  }
  EXPECT_EQ(UntilSynced(watch).back(), "synced");
}

}  // namespace
}  // namespace genl::test
