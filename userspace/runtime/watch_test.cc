#include "genl/watch.h"

#include <poll.h>

#include <mutex>
#include <random>

#include "gmock/gmock.h"
#include "userspace/runtime/watch_fixture.h"

namespace genl::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(WatchTest, GoodAllObjectsAndThenTheirChanges) {
  parts_ = {{1, "a"}, {2, "b"}, {3, "c"}};
  PartWatch watch = Open();
  EXPECT_FALSE(watch.synced());
  EXPECT_THAT(UntilSynced(watch), ElementsAre("+1a", "+2b", "+3c", "synced"));
  EXPECT_TRUE(watch.synced());
  Set(4, "d");
  Set(2, "e");
  Remove(1);
  EXPECT_THAT(AtOnce(watch), ElementsAre("+4d", "~2e", "-1"));
  EXPECT_EQ(dumps_, 1);
}

TEST_F(WatchTest, GoodNothingIsReportedTwice) {
  parts_ = {{1, "a"}};
  PartWatch watch = Open();
  UntilSynced(watch);
  TellChange(1, "a");
  Set(2, "b");
  TellChange(2, "b");
  Remove(2);
  Remove(2);
  Remove(7);
  EXPECT_THAT(AtOnce(watch), ElementsAre("+2b", "-2"));
}

// The events have come before the dump, which knows what they tell.
TEST_F(WatchTest, GoodEventsThatAreOlderThanTheDump) {
  before_dump_ = [this](int) {
    Set(1, "a");
    Set(1, "b");
    Set(2, "c");
    Remove(2);
  };
  PartWatch watch = Open();
  EXPECT_THAT(UntilSynced(watch), ElementsAre("+1a", "~1b", "+2c", "-2", "synced"));
}

// The dump is on its way when they happen.
TEST_F(WatchTest, GoodEventsThatAreNewerThanTheDump) {
  shown_ = {{1, "old"}, {2, "gone"}, {3, "c"}};
  before_dump_ = [this](int) {
    Set(1, "new");
    Remove(2);
    Set(4, "d");
  };
  PartWatch watch = Open();
  EXPECT_THAT(UntilSynced(watch), ElementsAre("+1new", "+4d", "+3c", "synced"));
}

TEST_F(WatchTest, GoodObjectLongerThanTheBuffer) {
  parts_ = {{1, std::string(3000, 'x')}};
  PartWatch watch = Open();
  EXPECT_THAT(UntilSynced(watch), ElementsAre("+1" + parts_[1], "synced"));
  EXPECT_EQ(dumps_, 2);
}

TEST_F(WatchTest, GoodFamilyThatCameBackHasOtherObjects) {
  parts_ = {{1, "a"}, {2, "b"}};
  PartWatch watch = Open();
  UntilSynced(watch);
  Reload();
  parts_ = {{2, "b"}, {3, "c"}};
  EXPECT_THAT(UntilSynced(watch), ElementsAre("restarted", "+3c", "-1", "synced"));
  EXPECT_THAT(kernel_.groups(), ElementsAre("parts", "parts"));
}

TEST_F(WatchTest, BadFamilyThatIsGone) {
  parts_ = {{1, "a"}};
  PartWatch watch = Open();
  UntilSynced(watch);
  kernel_.SetFamilyId(0);
  Overrun();
  EXPECT_EQ(Take(*watch.Next(absl::Seconds(10))), "behind");
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(absl::IsUnavailable(watch.Next(absl::Seconds(10)).status()));
  }
  EXPECT_EQ(watch.objects().size(), 1u);
  Reload();
  EXPECT_THAT(UntilSynced(watch), ElementsAre("restarted", "-1", "synced"));
}

// It says that an object has changed, and not what it is now.
TEST_F(WatchTest, GoodEventThatLacksAPart) {
  PartWatch watch = Open();
  UntilSynced(watch);
  parts_ = {{1, "a"}};
  kernel_.Tell(Event(5, Attr(2, {'a'})));
  EXPECT_THAT(UntilSynced(watch), ElementsAre("behind", "+1a", "synced"));
}

TEST_F(WatchTest, GoodRemovalThatHasOnlyTheKey) {
  parts_ = {{1, "a"}, {2, "b"}};
  PartWatch watch = Open();
  UntilSynced(watch);
  kernel_.Tell(Event(6, Attr(1, {2, 0})));
  EXPECT_THAT(AtOnce(watch), ElementsAre("-2"));
  kernel_.Tell(Event(6, Attr(2, {'x'})));
  EXPECT_THAT(UntilSynced(watch), ElementsAre("behind", "+2b", "synced"));
}

TEST_F(WatchTest, GoodMessagesAboutOtherObjects) {
  parts_ = {{1, "a"}, {kOfOthers, "x"}};
  PartWatch watch = Open();
  EXPECT_THAT(UntilSynced(watch), ElementsAre("+1a", "synced"));
  Set(kOfOthers, "y");
  Remove(kOfOthers);
  kernel_.Tell(Event(8, {}));
  EXPECT_THAT(AtOnce(watch), IsEmpty());
}

bool Ready(const PartWatch& watch, absl::Duration timeout) {
  pollfd poller = {.fd = watch.fd(), .events = POLLIN, .revents = 0};
  return poll(&poller, 1, static_cast<int>(absl::ToInt64Milliseconds(timeout))) == 1;
}

// The kernel lets the first dump wait, and the loop does not.
TEST_F(WatchTest, GoodInALoopOfEvents) {
  parts_ = {{1, "a"}};
  interrupted_ = 3;
  std::mutex slow;
  before_dump_ = [&](int) { const std::lock_guard<std::mutex> wait(slow); };
  PartWatch watch = Open();
  {
    const std::lock_guard<std::mutex> hold(slow);
    EXPECT_THAT(AtOnce(watch), IsEmpty());
    EXPECT_FALSE(Ready(watch, absl::ZeroDuration()));
  }
  std::vector<std::string> changes;
  int rounds = 0;
  for (; !watch.synced(); ++rounds) {
    ASSERT_TRUE(Ready(watch, absl::Seconds(10)));
    for (std::string& change : AtOnce(watch)) changes.push_back(std::move(change));
  }
  EXPECT_THAT(changes, ElementsAre("+1a", "synced"));
  EXPECT_LT(rounds, 30) << "the descriptor is ready for nothing";
  EXPECT_FALSE(Ready(watch, absl::ZeroDuration()));
  Set(2, "b");
  EXPECT_TRUE(Ready(watch, absl::ZeroDuration()));
}

TEST_F(WatchTest, BadNothingInTime) {
  PartWatch watch = Open();
  UntilSynced(watch);
  EXPECT_TRUE(absl::IsDeadlineExceeded(watch.Next(absl::ZeroDuration()).status()));
  EXPECT_TRUE(absl::IsDeadlineExceeded(watch.Next(absl::Milliseconds(20)).status()));
}

// A writer who changes parts at random, also while they are dumped, and a kernel that loses some
// of what it tells. A note is the number of the change, so that no object may go back.
TEST_F(WatchTest, GoodWhateverHappens) {
  std::mt19937 random(7);
  int changes = 0;
  const auto write = [&](int most) {
    for (auto left = random() % (most + 1); left > 0; --left) {
      const auto number = static_cast<uint16_t>(1 + random() % 9);
      if (random() % 20 == 0) {
        parts_[number] = absl::StrCat(++changes);  // and the event is lost
        Overrun();
      } else if (random() % 3 != 0) {
        Set(number, absl::StrCat(++changes));
      } else if (parts_.count(number) != 0) {
        Remove(number);
      }
    }
  };
  before_dump_ = [&](int dump) {
    lost_ = 1000;
    interrupted_ = random() % 4 == 0 ? dump : 0;
    write(3);
  };
  within_dump_ = [&] {
    if (random() % 4 == 0) write(1);
  };
  PartWatch watch = Open();
  UntilSynced(watch);
  std::map<uint16_t, int> latest;
  for (int round = 0; round < 1000; ++round) {
    write(6);
    for (;;) {
      const absl::StatusOr<PartWatch::Change> change = watch.Next(absl::Milliseconds(1));
      if (absl::IsDeadlineExceeded(change.status()) && watch.synced()) break;
      if (!change.ok()) continue;
      Take(*change);
      if (change->kind > ChangeKind::kChanged) continue;
      const int number = std::stoi(*change->object->note);
      EXPECT_GT(number, std::exchange(latest[change->object->number], number));
    }
    std::map<uint16_t, std::string> known;
    for (const auto& [number, part] : watch.objects()) known[number] = *part.note;
    ASSERT_EQ(known, parts_) << "round " << round;
    ASSERT_EQ(watch.objects(), sum_);
  }
  EXPECT_GT(dumps_, 100);
}

}  // namespace
}  // namespace genl::test
