// A watch of the parts of a fake kernel, for its tests.
#ifndef GENL_WATCH_FIXTURE_H_
#define GENL_WATCH_FIXTURE_H_

#include <linux/genetlink.h>

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "genl/fake_kernel.h"
#include "genl/watch.h"
#include "gtest/gtest.h"

namespace genl::test {

inline constexpr Family kFamily = {"thing", 1};
inline constexpr Operation kDump = {"get", 7, &kPartLayout, 7, &kPartLayout};
inline constexpr WatchedCommand kCommands[] = {{5, false}, {6, true}};
inline constexpr MulticastGroup kGroups[] = {{"parts"}};
inline constexpr uint16_t kKey[] = {1};
inline constexpr WatchTable kTable = {&kDump, kCommands, kGroups, kKey};

inline constexpr uint16_t kOfOthers = 99;

struct PartWatched {
  using Key = uint16_t;
  using Object = Part;
  using Request = Part;

  static Key KeyOf(const Part& part) { return part.number; }
  static bool Includes(const Part& part) { return part.number != kOfOthers; }
};
using PartWatch = Watch<PartWatched>;

inline ByteString AttributesOf(uint16_t number, const std::string& note) {
  const auto byte = static_cast<uint8_t>(number);
  return Join({Attr(1, {byte, 0}), Attr(2, ByteString(note.begin(), note.end()))});
}

// A kernel that has parts; the test is its writer.
class WatchTest : public testing::Test {
 protected:
  WatchTest() : kernel_([this](const FakeRequest& request) { return Answer(request); }) {
    Connect(absl::Seconds(10));
  }

  void Connect(absl::Duration timeout) {
    absl::StatusOr<Client> client = Client::Connect(
        kFamily, {.timeout = timeout, .socket = {.capacity = 1000}, .transport = &kernel_});
    client_.emplace(*std::move(client));
  }

  PartWatch Open(const WatchOptions& options = {}) {
    absl::StatusOr<PartWatch> watch = PartWatch::Open(*client_, kTable, options);
    EXPECT_TRUE(watch.ok()) << watch.status();
    return *std::move(watch);
  }

  // Two parts in a datagram.
  std::vector<ByteString> Answer(const FakeRequest& request) {
    ++dumps_;
    if (before_dump_) before_dump_(dumps_);
    std::vector<ByteString> datagrams;
    const std::map<uint16_t, std::string> shown = shown_ ? *shown_ : parts_;
    for (const auto& [number, note] : shown) {
      const uint16_t flags = NLM_F_MULTI | (dumps_ <= interrupted_ ? NLM_F_DUMP_INTR : 0);
      const ByteString part = Reply(request, AttributesOf(number, note), flags);
      if (datagrams.empty() || datagrams.back().size() > part.size()) datagrams.emplace_back();
      datagrams.back() = Join({datagrams.back(), part});
      if (within_dump_) within_dump_();
    }
    datagrams.push_back(Done(request));
    return datagrams;
  }

  void TellChange(uint16_t number, const std::string& note) {
    kernel_.Tell(Event(5, AttributesOf(number, note)));
  }
  void Set(uint16_t number, const std::string& note) {
    parts_[number] = note;
    TellChange(number, note);
  }
  void Remove(uint16_t number) {
    parts_.erase(number);
    kernel_.Tell(Event(6, AttributesOf(number, "")));
  }
  // What was told is lost: each time more than the buffer holds.
  void Overrun() { kernel_.Tell(ByteString(lost_ += 1000)); }

  // The family is loaded again, and knows nothing any more.
  void Reload() {
    parts_.clear();
    kernel_.SetFamilyId(kFakeFamilyId + 1);
    kernel_.Tell(Message(GENL_ID_CTRL, 0, 0, 0,
                         Join({{CTRL_CMD_NEWFAMILY, 2, 0, 0},
                               Attr(CTRL_ATTR_FAMILY_NAME, {'t', 'h', 'i', 'n', 'g', 0})})));
  }

  // A change in a few letters, which is also added to the sum of all.
  std::string Take(const PartWatch::Change& change) {
    const auto note = [](const Part* part) { return part->note.value_or(""); };
    switch (change.kind) {
      case ChangeKind::kSynced: return "synced";
      case ChangeKind::kBehind: return "behind";
      case ChangeKind::kRestarted: return "restarted";
      case ChangeKind::kAdded:
        EXPECT_TRUE(sum_.emplace(change.object->number, *change.object).second);
        return absl::StrCat("+", change.object->number, note(change.object));
      case ChangeKind::kChanged:
        EXPECT_EQ(sum_.at(change.object->number), *change.previous);
        sum_[change.object->number] = *change.object;
        return absl::StrCat("~", change.object->number, note(change.object));
      case ChangeKind::kRemoved: break;
    }
    EXPECT_EQ(sum_.at(change.object->number), *change.object);
    sum_.erase(change.object->number);
    return absl::StrCat("-", change.object->number);
  }

  // All changes up to the one which says that the watch is in step with the kernel.
  std::vector<std::string> UntilSynced(PartWatch& watch) {
    std::vector<std::string> changes;
    do {
      const absl::StatusOr<PartWatch::Change> change = watch.Next(absl::Seconds(10));
      changes.push_back(change.ok() ? Take(*change) : std::string(change.status().message()));
      if (absl::IsDeadlineExceeded(change.status())) break;
    } while (changes.back() != "synced");
    EXPECT_EQ(watch.objects(), sum_);
    return changes;
  }

  // Those that can be had without waiting.
  std::vector<std::string> AtOnce(PartWatch& watch) {
    std::vector<std::string> changes;
    for (;;) {
      const absl::StatusOr<PartWatch::Change> change = watch.Next(absl::ZeroDuration());
      if (absl::IsDeadlineExceeded(change.status())) break;
      changes.push_back(change.ok() ? Take(*change) : std::string(change.status().message()));
    }
    EXPECT_EQ(watch.objects(), sum_);
    return changes;
  }

  std::map<uint16_t, std::string> parts_;
  std::optional<std::map<uint16_t, std::string>> shown_;  // what dumps show instead
  std::function<void(int)> before_dump_;                  // with the number of the dump, from 1
  std::function<void()> within_dump_;
  int interrupted_ = 0;  // the dumps up to this one
  std::atomic<int> dumps_ = 0;
  size_t lost_ = 1000;
  std::map<uint16_t, Part> sum_;
  FakeKernel kernel_;
  std::optional<Client> client_;
};

}  // namespace genl::test

#endif  // GENL_WATCH_FIXTURE_H_
