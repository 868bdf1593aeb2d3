// The module of the family `churn` is unloaded and loaded again while others use it: runs as root
// where it is loaded.
#include "tests/churn/reload.h"

#include <optional>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "genl/client.h"
#include "gtest/gtest.h"
#include "tests/churn/churn.genl.h"
#include "tests/churn/traffic.h"

namespace churn {
namespace {

absl::StatusOr<Client> Connect(const genl::SocketOptions& socket = {}) {
  return Client::Connect({.timeout = absl::Seconds(10), .socket = socket});
}

// Adds an item and removes it.
absl::Status Requests() {
  absl::StatusOr<Client> client = Connect();
  if (!client.ok()) return client.status();
  for (int i = 0; i < 5; ++i) {
    const absl::StatusOr<AddReply> added = client->Add();
    if (!added.ok()) return added.status();
    if (absl::StatusOr<GetReply> item = client->Get({.id = added->id}); !item.ok()) {
      return item.status();
    }
    if (absl::Status removed = client->Remove({.id = added->id}); !removed.ok()) return removed;
  }
  return absl::OkStatus();
}

// Leaves dumps half read, which refuses to let the module go, or reads them slowly to their end.
absl::Status Dumps() {
  static std::mt19937 random;
  absl::StatusOr<Client> client = Connect({.capacity = 4096});
  if (!client.ok()) return client.status();
  if (absl::Status filled = client->Fill({.count = 100, .size = 100}); !filled.ok()) return filled;
  const uint32_t end = random() % 200;
  uint32_t count = 0;
  genl::Dump<GetReply> dump = client->GetDump();
  for ([[maybe_unused]] const GetReply& item : dump) {
    if (++count == 1) absl::SleepFor(absl::Milliseconds(random() % 5));
    if (count == end) break;
  }
  // Others add and remove.
  if (!dump.status().ok() && !absl::IsAborted(dump.status())) return dump.status();
  return client->Clear();
}

// Listens to what is told to all.
absl::Status Listens() {
  absl::StatusOr<Client> client = Connect();
  if (!client.ok()) return client.status();
  absl::StatusOr<Events> events = client->Subscribe({Group::kChanges, Group::kCensus});
  if (!events.ok()) return events.status();
  for (int i = 0; i < 5; ++i) {
    const absl::StatusOr<Event> event = events->Next(absl::Milliseconds(100));
    // After the module has gone nobody speaks any more.
    if (absl::IsDeadlineExceeded(event.status())) return absl::UnavailableError("silence");
    if (!event.ok()) return event.status();
  }
  return absl::OkStatus();
}

// Follows the items through all that the module goes through.
absl::Status Watches() {
  static std::optional<Client> client;
  static std::optional<GetWatch> watch;
  if (!watch) {
    absl::StatusOr<Client> connected = Connect();
    if (!connected.ok()) return connected.status();
    client.emplace(*std::move(connected));
    absl::StatusOr<GetWatch> opened = client->WatchGet();
    if (!opened.ok()) return opened.status();
    watch.emplace(*std::move(opened));
  }
  for (int i = 0; i < 50; ++i) {
    const absl::Status status = watch->Next(absl::Milliseconds(100)).status();
    if (absl::IsDeadlineExceeded(status)) {
      return watch->synced() ? absl::OkStatus() : absl::UnavailableError("not yet");
    }
    // Others add and remove.
    if (!status.ok() && !absl::IsAborted(status)) return status;
  }
  return absl::OkStatus();
}

// Has a timer send to a socket, and closes that.
absl::Status Beats() {
  absl::StatusOr<Client> client = Connect();
  if (!client.ok()) return client.status();
  for (int i = 0; i < 4; ++i) {
    if (absl::Status status = client->StartBeat({.interval_ms = 1}); !status.ok()) return status;
    absl::SleepFor(absl::Milliseconds(3));
  }
  return absl::OkStatus();
}

TEST(Reload, GoodUnderTraffic) {
  Traffic traffic;
  traffic.Start("requests", Requests);
  traffic.Start("more requests", Requests);
  traffic.Start("dumps", Dumps);
  traffic.Start("listener", Listens);
  traffic.Start("watch", Watches);
  traffic.Start("beats", Beats);
  ReloadUnder(traffic, "churn");
}

// A client that outlives the module says so, and finds the next one by itself.
TEST(Reload, GoodClientOfTheModuleBefore) {
  absl::StatusOr<Client> client = Connect();
  ASSERT_TRUE(client.ok()) << client.status();
  genlc::Module module(kModuleFile, "churn");
  ASSERT_TRUE(UnloadSoon(module).ok());
  EXPECT_EQ(client->Add().status(),
            absl::UnavailableError("churn.add: the family is gone: its module has been unloaded"));
  EXPECT_TRUE(absl::IsNotFound(Connect().status()));
  ASSERT_TRUE(module.Load().ok());
  const absl::StatusOr<AddReply> added = client->Add();
  EXPECT_TRUE(added.ok()) << added.status();
}

// So does a listener.
TEST(Reload, GoodListenerOfTheModuleBefore) {
  absl::StatusOr<Client> client = Connect();
  ASSERT_TRUE(client.ok()) << client.status();
  absl::StatusOr<Events> events = client->Subscribe({Group::kChanges});
  ASSERT_TRUE(events.ok()) << events.status();
  genlc::Module module(kModuleFile, "churn");
  ASSERT_TRUE(UnloadSoon(module).ok());
  ASSERT_TRUE(module.Load().ok());
  absl::StatusOr<Event> event = events->Next(absl::Seconds(10));
  ASSERT_TRUE(event.ok()) << event.status();
  EXPECT_TRUE(std::holds_alternative<genl::Restarted>(*event));
  ASSERT_TRUE(client->Add().ok());
  event = events->Next(absl::Seconds(10));
  EXPECT_TRUE(event.ok()) << event.status();
}

// So does a watch, and what went with the module is reported.
TEST(Reload, GoodWatchOfTheModuleBefore) {
  absl::StatusOr<Client> client = Connect();
  ASSERT_TRUE(client.ok()) << client.status();
  ASSERT_TRUE(client->Clear().ok());
  ASSERT_TRUE(client->Fill({.count = 2, .tag = 5}).ok());
  absl::StatusOr<GetWatch> watch = client->WatchGet();
  ASSERT_TRUE(watch.ok()) << watch.status();
  const auto next = [&] {
    const absl::StatusOr<GetWatch::Change> change = watch->Next(absl::Seconds(10));
    if (!change.ok()) return std::string(change.status().message());
    const char* const kinds[] = {"+", "~", "-", "synced", "behind", "restarted"};
    const std::string kind = kinds[static_cast<int>(change->kind)];
    return change->object == nullptr ? kind : absl::StrCat(kind, change->object->id);
  };
  for (const char* expected : {"+1", "+2", "synced"}) EXPECT_EQ(next(), expected);

  genlc::Module module(kModuleFile, "churn");
  ASSERT_TRUE(UnloadSoon(module).ok());
  EXPECT_TRUE(absl::IsUnavailable(client->Add().status()));
  ASSERT_TRUE(module.Load().ok());
  ASSERT_TRUE(client->Add({.tag = 7}).ok());
  for (const char* expected : {"restarted", "~1", "-2", "synced"}) EXPECT_EQ(next(), expected);
  EXPECT_EQ(watch->objects().at(1).tag, 7u);
  ASSERT_TRUE(client->Add().ok());
  EXPECT_EQ(next(), "+2");
}

// A dump that has begun keeps the module until its reader is gone.
TEST(Reload, GoodDumpHoldsTheModule) {
  genlc::Module module(kModuleFile, "churn");
  absl::StatusOr<Client> client = Connect();
  ASSERT_TRUE(client.ok()) << client.status();
  ASSERT_TRUE(client->Clear().ok());
  ASSERT_TRUE(client->Fill({.count = 10000}).ok());
  uint32_t count = 0;
  {
    genl::Dump<GetReply> left = client->GetDump();
    EXPECT_EQ(left.begin()->id, 1);
    EXPECT_TRUE(absl::IsUnavailable(module.Unload()));
    genl::Dump<GetReply> dump = client->GetDump();
    for ([[maybe_unused]] const GetReply& item : dump) ++count;
    EXPECT_TRUE(dump.status().ok()) << dump.status();
  }
  EXPECT_EQ(count, 10000);
  EXPECT_TRUE(UnloadSoon(module).ok());
  EXPECT_TRUE(module.Load().ok());
}

}  // namespace
}  // namespace churn
