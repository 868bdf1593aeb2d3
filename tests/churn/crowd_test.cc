// A hundred thousand items are dumped while another process adds and removes some: those that
// lived throughout come once, and each change is told. Runs as root where the module is loaded.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "genl/client.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/churn/churn.genl.h"
#include "tests/churn/churner.h"

namespace churn {
namespace {

constexpr uint32_t kItems = 100000;
// Of so many items one comes and goes: the last.
constexpr uint32_t kFlock = 200;
constexpr uint32_t kPassing = 1;  // its tag at first

bool IsPassing(uint32_t id) { return id % kFlock == 0; }

// What a dump has said of the items that stay, and what has changed meanwhile.
struct Sighting {
  uint32_t once = 0;
  uint32_t again = 0;
  bool changed = false;  // for certain while the kernel was at work
  absl::Status status;
};

// The parameter is the length of receives and of the socket's buffer, in KiB.
class CrowdTest : public testing::TestWithParam<int> {
 protected:
  static void SetUpTestSuite() {
    Client client = Connect({});
    ASSERT_TRUE(client.Clear().ok());
    for (uint32_t flock = 0; flock < kItems / kFlock; ++flock) {
      const absl::Status filled =
          client.Fill({.count = kFlock - 1, .tag = 0, .size = flock % 8 * 16});
      ASSERT_TRUE(filled.ok()) << filled;
      ASSERT_TRUE(client.Fill({.count = 1, .tag = kPassing}).ok());
    }
  }

  static Client Connect(const genl::SocketOptions& socket) {
    absl::StatusOr<Client> client =
        Client::Connect({.timeout = absl::Seconds(20), .socket = socket});
    if (!client.ok()) ADD_FAILURE() << client.status();
    return *std::move(client);
  }

  // Looks at the items with a churner at work, or without one.
  Sighting Look(const Churner* churner) {
    Sighting sighting;
    std::vector<bool> seen(kItems + 1);
    uint64_t first = 0;
    genl::Dump<GetReply> dump = client_.GetDump();
    for (const GetReply& item : dump) {
      if (item.id > kItems || IsPassing(item.id)) continue;
      ++(seen[item.id] ? sighting.again : sighting.once);
      seen[item.id] = true;
      if (churner == nullptr) continue;
      // The kernel is at work on the dump between these two.
      if (sighting.once == 1) first = churner->begun();
      if (sighting.once == kItems / 10 * 9) sighting.changed = churner->done() > first;
    }
    sighting.status = dump.status();
    return sighting;
  }

  Client client_ = Connect(
      {.capacity = static_cast<size_t>(GetParam()) << 10, .receive_buffer = GetParam() << 10});
};

void ExpectAllOnce(const Sighting& sighting) {
  EXPECT_EQ(sighting.once, kItems - kItems / kFlock);
  EXPECT_EQ(sighting.again, 0);
}

TEST_P(CrowdTest, GoodWhatStaysComesOnceAndChangesAreTold) {
  std::vector<uint32_t> passing;
  for (uint32_t id = kFlock; id <= kItems; id += kFlock) passing.push_back(id);
  Churner churner(passing);
  const Sighting sighting = Look(&churner);
  ExpectAllOnce(sighting);
  EXPECT_TRUE(sighting.changed) << "the churner slept";
  EXPECT_TRUE(absl::IsAborted(sighting.status)) << sighting.status;
  EXPECT_TRUE(churner.Stop());

  const Sighting quiet = Look(nullptr);
  ExpectAllOnce(quiet);
  EXPECT_TRUE(quiet.status.ok()) << quiet.status;
  // The next test finds as many as this one.
  while (client_.Add({.tag = kPassing})->id <= kItems) continue;
  ASSERT_TRUE(client_.Remove({.id = kItems + 1}).ok());
}

INSTANTIATE_TEST_SUITE_P(Buffers, CrowdTest, testing::Values(4, 8, 16, 32, 64),
                         [](const auto& info) { return absl::StrCat(info.param, "KiB"); });

}  // namespace
}  // namespace churn
