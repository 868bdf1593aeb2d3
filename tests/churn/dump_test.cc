// Dumps of the family `churn` while its items come and go: runs as root where the module is loaded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "genl/client.h"
#include "tests/churn/churn.genl.h"

namespace churn {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::SizeIs;

// Long enough for an emulated machine under load; a test that passes never waits for it.
constexpr absl::Duration kPatience = absl::Seconds(20);

// What a dump said.
struct Walk {
  std::vector<uint32_t> ids;
  std::vector<size_t> sizes;  // of the payloads
  absl::Status status;

  bool interrupted() const { return absl::IsAborted(status); }
  bool InOrder() const {
    return std::adjacent_find(ids.begin(), ids.end(), std::greater_equal<>()) == ids.end();
  }
};

void Take(const GetReply& item, Walk& walk) {
  walk.ids.push_back(item.id);
  walk.sizes.push_back(item.payload.size());
}

// Reads on to the end.
Walk Drain(genl::Dump<GetReply>& dump, Walk walk = {}) {
  for (const GetReply& item : dump) Take(item, walk);
  walk.status = dump.status();
  return walk;
}

std::vector<uint32_t> Range(uint32_t first, uint32_t last) {
  std::vector<uint32_t> ids(last - first + 1);
  std::iota(ids.begin(), ids.end(), first);
  return ids;
}

std::vector<uint32_t> Without(std::vector<uint32_t> ids, uint32_t id) {
  std::erase(ids, id);
  return ids;
}

Client Connect(const genl::SocketOptions& socket = {}) {
  absl::StatusOr<Client> client = Client::Connect({.timeout = kPatience, .socket = socket});
  if (!client.ok()) ADD_FAILURE() << client.status();
  return *std::move(client);
}

class DumpTest : public testing::Test {
 protected:
  // Numbers start at 1 again.
  void SetUp() override { ASSERT_TRUE(client_.Clear().ok()); }

  void Fill(uint32_t count, uint32_t tag = 0, uint32_t size = 0) {
    const absl::Status status = client_.Fill({.count = count, .tag = tag, .size = size});
    ASSERT_TRUE(status.ok()) << status;
  }

  Walk DumpAll(const GetDumpRequest& request = {}) {
    genl::Dump<GetReply> dump = client_.GetDump(request);
    return Drain(dump);
  }

  Client client_ = Connect();
};

TEST_F(DumpTest, GoodNothing) {
  const Walk walk = DumpAll();
  EXPECT_TRUE(walk.status.ok()) << walk.status;
  EXPECT_THAT(walk.ids, IsEmpty());
}

TEST_F(DumpTest, GoodFilter) {
  for (int i = 0; i < 200; ++i) Fill(1, /*tag=*/i % 2);
  const Walk walk = DumpAll({.tag = 1});
  EXPECT_TRUE(walk.status.ok()) << walk.status;
  EXPECT_THAT(walk.ids, SizeIs(100));
  EXPECT_THAT(walk.ids, Each(testing::Truly([](uint32_t id) { return id % 2 == 0; })));
  EXPECT_TRUE(walk.InOrder());
  EXPECT_THAT(DumpAll({.tag = 2}).ids, IsEmpty());
}

// Objects round the sizes of messages: each dump goes on exactly at the one that did not fit.
TEST_F(DumpTest, GoodObjectsOfAllSizes) {
  std::vector<size_t> sizes;
  // The first message has less than a page before it grows.
  for (uint32_t size : {20000, 0, 100, 3000, 10000, 7, 20000, 32000, 1, 2, 3, 31000, 16384}) {
    sizes.push_back(size);
  }
  for (uint32_t size = 3500; size < 4100; size += 12) {
    sizes.push_back(size);
    sizes.push_back(0);
  }
  for (const size_t size : sizes) Fill(1, 0, static_cast<uint32_t>(size));
  const Walk walk = DumpAll();
  EXPECT_TRUE(walk.status.ok()) << walk.status;
  EXPECT_EQ(walk.ids, Range(1, static_cast<uint32_t>(sizes.size())));
  EXPECT_EQ(walk.sizes, sizes);
}

TEST_F(DumpTest, BadObjectLargerThanAMessage) {
  Fill(100);
  Fill(1, 0, kPayloadMax);
  Fill(100);
  const Walk walk = DumpAll();
  EXPECT_EQ(walk.ids, Range(1, 100));
  const std::optional<genl::KernelError> error = genl::GetKernelError(walk.status);
  ASSERT_TRUE(error) << walk.status;
  EXPECT_EQ(error->error, EMSGSIZE);
  EXPECT_EQ(error->message, "an object does not fit into a message");
  EXPECT_EQ(client_.Get({.id = 101})->payload.size(), kPayloadMax);
}

TEST_F(DumpTest, BadObjectLargerThanTheReader) {
  Fill(10);
  Fill(1, 0, 10000);
  Client client = Connect({.capacity = 4096});
  genl::Dump<GetReply> dump = client.GetDump();
  const Walk walk = Drain(dump);
  EXPECT_EQ(walk.ids, Range(1, 10));
  EXPECT_EQ(walk.status.code(), absl::StatusCode::kResourceExhausted) << walk.status;
}

// Items that take three messages and more, of which the third is not made before the second is
// read, and their size.
constexpr uint32_t kItems = 100;
constexpr uint32_t kSize = 100;
constexpr genl::SocketOptions kShort = {.capacity = 4096};

// Every object once is the one at which the dump stands.
TEST_F(DumpTest, GoodAnyObjectGoesMeanwhile) {
  Fill(kItems, 0, kSize);
  Client reader = Connect(kShort);
  for (uint32_t id = 1; id <= kItems; ++id) {
    genl::Dump<GetReply> dump = reader.GetDump();
    Walk walk;
    Take(*dump.begin(), walk);
    ASSERT_TRUE(client_.Remove({.id = id}).ok());
    walk = Drain(dump, walk);
    EXPECT_TRUE(walk.interrupted()) << walk.status;
    EXPECT_EQ(Without(walk.ids, id), Without(Range(1, kItems), id));
    EXPECT_TRUE(walk.InOrder());
    ASSERT_EQ(client_.Add({.size = kSize})->id, id);
  }
}

TEST_F(DumpTest, GoodEverythingGoesMeanwhile) {
  Fill(kItems, 0, kSize);
  Client reader = Connect(kShort);
  genl::Dump<GetReply> dump = reader.GetDump();
  Walk walk;
  Take(*dump.begin(), walk);
  ASSERT_TRUE(client_.Clear().ok());
  walk = Drain(dump, walk);
  EXPECT_TRUE(walk.interrupted()) << "nothing is left that could say so but the end: "
                                  << walk.status;
  EXPECT_LT(walk.ids.size(), kItems);
  EXPECT_TRUE(walk.InOrder());
}

TEST_F(DumpTest, GoodChangeBeforeAndAfterIsNone) {
  Fill(kItems, 0, kSize);
  genl::Dump<GetReply> dump = client_.GetDump();
  const Walk walk = Drain(dump);
  ASSERT_TRUE(client_.Remove({.id = 1}).ok());
  EXPECT_TRUE(walk.status.ok()) << walk.status;
  EXPECT_TRUE(DumpAll().status.ok());
}

// A change within one message: also within the last, where only the end can tell, and before an
// object that turns out not to fit, which the dump comes to again.
TEST_F(DumpTest, GoodChangeWhileAMessageIsMade) {
  Fill(kItems, 0, kSize);
  for (uint32_t id = 1; id <= kItems; ++id) {
    SCOPED_TRACE(id);
    const Walk walk = DumpAll({.lose_at = id});
    EXPECT_TRUE(walk.interrupted()) << walk.status;
    EXPECT_THAT(walk.ids, IsSupersetOf(Range(3, kItems)));
    EXPECT_TRUE(walk.InOrder());
    // One has gone, or two where the dump came to the item twice.
    while (client_.Add({.size = kSize})->id <= kItems) continue;
    ASSERT_TRUE(client_.Remove({.id = kItems + 1}).ok());
  }
}

TEST_F(DumpTest, GoodChangeInADumpWithoutObjects) {
  Fill(3);
  const Walk walk = DumpAll({.tag = 7, .lose_at = 2});
  EXPECT_THAT(walk.ids, IsEmpty());
  EXPECT_TRUE(walk.interrupted()) << walk.status;
}

TEST_F(DumpTest, GoodSeveralAtOnce) {
  Fill(2000);
  Client client = Connect({.capacity = 8192, .receive_buffer = 4096});
  std::vector<genl::Dump<GetReply>> dumps;
  std::vector<Walk> walks(8);
  dumps.reserve(walks.size());
  for (size_t i = 0; i < walks.size(); ++i) dumps.push_back(client.GetDump());
  bool more = true;
  while (more) {
    more = false;
    for (size_t i = 0; i < walks.size(); ++i) {
      const auto object = dumps[i].begin();
      if (object == dumps[i].end()) continue;
      Take(*object, walks[i]);
      more = true;
    }
  }
  for (size_t i = 0; i < walks.size(); ++i) {
    EXPECT_TRUE(dumps[i].status().ok()) << dumps[i].status();
    EXPECT_EQ(walks[i].ids, Range(1, 2000));
  }
}

}  // namespace
}  // namespace churn
