// The module of the example is unloaded and loaded again under requests, dumps, and timers that
// raise alarms: runs as root where it is loaded.
#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "family/examples/thermo/thermo.genl.h"
#include "genl/client.h"
#include "gtest/gtest.h"
#include "tests/churn/reload.h"
#include "tests/churn/traffic.h"

namespace thermo {
namespace {

absl::StatusOr<Client> Connect() {
  return Client::Connect({.timeout = absl::Seconds(10), .socket = {.capacity = 4096}});
}

// Makes two sensors that are too hot at each sample, changes them and leaves one behind.
absl::Status Sensors() {
  static int count = 0;
  absl::StatusOr<Client> client = Connect();
  if (!client.ok()) return client.status();
  uint32_t id = 0;
  for (int i = 0; i < 2; ++i) {
    const absl::StatusOr<SensorNewReply> made =
        client->SensorNew({.label = absl::StrCat(getpid(), "-", ++count),
                           .kind = Kind::kThermistor,
                           .temperature = 90000,
                           .interval_ms = 10,
                           .threshold = {{.severity = Severity::kCritical, .temperature = 80000}}});
    if (!made.ok()) return made.status();
    id = made->id;
  }
  for (int i = 0; i < 3; ++i) {
    absl::SleepFor(absl::Milliseconds(4));
    if (absl::Status set = client->SensorSet({.id = id}); !set.ok()) return set;
  }
  return client->SensorDel({.id = id});
}

// Leaves dumps half read, or reads them to their end.
absl::Status Dumps() {
  static size_t rounds = 0;
  absl::StatusOr<Client> client = Connect();
  if (!client.ok()) return client.status();
  size_t count = 0;
  genl::Dump<SensorGetReply> dump = client->SensorGetDump();
  for ([[maybe_unused]] const SensorGetReply& sensor : dump) {
    if (++count == 1) absl::SleepFor(absl::Milliseconds(2));
    if (rounds % 2 == 0) break;
  }
  ++rounds;
  // Others make and delete sensors.
  return absl::IsAborted(dump.status()) ? absl::OkStatus() : dump.status();
}

// Listens to what is told to all.
absl::Status Listens() {
  absl::StatusOr<Client> client = Connect();
  if (!client.ok()) return client.status();
  absl::StatusOr<Events> events = client->Subscribe({Group::kChanges, Group::kAlarms});
  if (!events.ok()) return events.status();
  bool alarm = false;
  for (int i = 0; i < 1000 && !alarm; ++i) {
    const absl::StatusOr<Event> event = events->Next(absl::Milliseconds(100));
    // After the module has gone nobody speaks any more, and when it is back it has no sensors.
    if (absl::IsDeadlineExceeded(event.status())) return absl::UnavailableError("silence");
    if (!event.ok()) return event.status();
    if (std::holds_alternative<genl::Restarted>(*event)) return absl::UnavailableError("reloaded");
    alarm = std::holds_alternative<AlarmNtf>(*event);
  }
  return alarm ? absl::OkStatus() : absl::InternalError("no alarm");
}

TEST(ThermoReload, GoodUnderTraffic) {
  churn::Traffic traffic;
  traffic.Start("sensors", Sensors);
  traffic.Start("more sensors", Sensors);
  traffic.Start("dumps", Dumps);
  traffic.Start("listener", Listens);
  churn::ReloadUnder(traffic, "thermo");
}

}  // namespace
}  // namespace thermo
