// A writer makes changes at random, faster than the watch can read of them from its small socket.
// What the watch knows when the writer has ended is what the kernel has, and it has said so change
// by change. Runs as root where the module is loaded.
#include "genl/watch.h"

#include <atomic>
#include <cstdio>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "genl/batch.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/churn/churn.genl.h"

namespace churn {
namespace {

constexpr uint32_t kMostItems = 300;

Client Connect(const genl::SocketOptions& socket = {}) {
  absl::StatusOr<Client> client = Client::Connect({.timeout = absl::Seconds(20), .socket = socket});
  if (!client.ok()) ADD_FAILURE() << client.status();
  return *std::move(client);
}

// Adds, changes and removes items. The tag of an item is the number of its last change, so that a
// reader can tell what is newer.
class Writer {
 public:
  // Makes so many changes; what went wrong.
  absl::Status Run(uint32_t changes) {
    while (tag_ < changes) {
      batch_.Clear();
      for (uint32_t left = 1 + random_() % 64; left > 0 && tag_ < changes; --left) Change();
      if (absl::Status status = batch_.Send(); !status.ok()) return status;
      // Now and then the reader finds nothing to do.
      if (random_() % 64 == 0) absl::SleepFor(absl::Milliseconds(random_() % 4));
    }
    return absl::OkStatus();
  }

 private:
  void Change() {
    ++tag_;
    const uint32_t wish = random_() % 3;
    if (items_.empty() || (wish == 0 && items_.size() < kMostItems)) {
      batch_.Add(operation::kAdd, {.tag = tag_, .size = random_() % 50});
      // The kernel gives the lowest number that is free.
      uint32_t id = 1;
      for (const uint32_t taken : items_) id += taken == id;
      items_.insert(id);
      return;
    }
    auto item = items_.lower_bound(1 + random_() % *items_.rbegin());
    if (wish == 1) {
      batch_.Add(operation::kSet, {.id = *item, .tag = tag_});
    } else {
      batch_.Add(operation::kRemove, {.id = *item});
      items_.erase(item);
    }
  }

  Client client_ = Connect();
  genl::Batch batch_ = client_.NewBatch();
  std::mt19937 random_{7};
  std::set<uint32_t> items_;
  uint32_t tag_ = 0;
};

using Items = std::map<uint32_t, GetReply>;

// What a watch has reported.
class Report {
 public:
  void Add(const GetWatch::Change& change) {
    ++count_[static_cast<size_t>(change.kind)];
    if (change.object == nullptr) return;
    const GetReply& item = *change.object;
    if (change.kind == genl::ChangeKind::kRemoved) {
      EXPECT_EQ(sum_.at(item.id), item);
      sum_.erase(item.id);
      return;
    }
    EXPECT_LT(std::exchange(newest_[item.id], item.tag), item.tag) << "back, or told twice";
    if (change.kind == genl::ChangeKind::kAdded) {
      EXPECT_TRUE(sum_.emplace(item.id, item).second) << item.id;
    } else {
      EXPECT_EQ(sum_.at(item.id), *change.previous);
      sum_[item.id] = item;
    }
  }

  size_t count(genl::ChangeKind kind) const { return count_[static_cast<size_t>(kind)]; }
  const Items& sum() const { return sum_; }

 private:
  Items sum_;
  std::map<uint32_t, uint32_t> newest_;  // the tag that was last reported of an item
  size_t count_[6] = {};
};

Items Dumped(Client& client) {
  Items items;
  const auto dumped = client.GetDump().Collect();
  EXPECT_TRUE(dumped.ok()) << dumped.status();
  for (const GetReply& item : *dumped) items[item.id] = item;
  return items;
}

// The parameter is the number of changes.
class WatchTest : public testing::TestWithParam<uint32_t> {};

TEST_P(WatchTest, GoodReaderWhoLosesMostOfIt) {
  using Kind = genl::ChangeKind;
  Client client = Connect({.capacity = 1 << 14, .receive_buffer = 1 << 12});
  ASSERT_TRUE(client.Clear().ok());
  absl::StatusOr<GetWatch> watch = client.WatchGet();
  ASSERT_TRUE(watch.ok()) << watch.status();

  absl::Status written = absl::UnknownError("not written");
  std::atomic<bool> done = false;
  std::thread writer([&] {
    written = Writer().Run(GetParam());
    done = true;
  });
  Report report;
  for (bool last = false;;) {
    const absl::StatusOr<GetWatch::Change> change = watch->Next(absl::Milliseconds(50));
    if (change.ok()) {
      report.Add(*change);
    } else if (!absl::IsDeadlineExceeded(change.status())) {
      // Dumps that are always interrupted.
      EXPECT_TRUE(absl::IsAborted(change.status())) << change.status();
    } else if (last && watch->synced()) {
      break;
    } else {
      last = done;
    }
  }
  writer.join();
  EXPECT_TRUE(written.ok()) << written;

  const Items dumped = Dumped(client);
  EXPECT_FALSE(dumped.empty());
  EXPECT_EQ(watch->objects(), dumped);
  EXPECT_EQ(report.sum(), dumped);
  EXPECT_GT(report.count(Kind::kBehind), 10u) << "no overruns";
  EXPECT_GT(report.count(Kind::kSynced), 10u);
  std::printf("%u changes: %zu added, %zu changed, %zu removed, %zu overruns, %zu times in step\n",
              GetParam(), report.count(Kind::kAdded), report.count(Kind::kChanged),
              report.count(Kind::kRemoved), report.count(Kind::kBehind),
              report.count(Kind::kSynced));
}

INSTANTIATE_TEST_SUITE_P(Writer, WatchTest, testing::Values(200000, 20000), [](const auto& info) {
  return info.index == 0 ? "AllChanges" : "SomeChanges";
});

}  // namespace
}  // namespace churn
