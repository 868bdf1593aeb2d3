// A walk through the family `thermo`: every step says what it got, and the exit status
// whether all of them got what was expected. Runs as root where the module is loaded.
#include <cerrno>
#include <cstdio>
#include <optional>
#include <string>
#include <variant>

#include "absl/strings/str_cat.h"
#include "family/examples/thermo/thermo.genl.h"

namespace {

using thermo::Client;
using thermo::Event;
using thermo::Events;

constexpr int kSensors = 5000;
constexpr absl::Duration kPatience = absl::Seconds(20);

// Counts the steps that did not go as expected.
class Walk {
 public:
  // `got` in a line behind `step`; true where `expected` holds.
  bool Step(const std::string& step, bool expected, const std::string& got) {
    std::printf("%s  %-34s %s\n", expected ? "ok    " : "FAILED", step.c_str(), got.c_str());
    std::fflush(stdout);
    if (!expected) ++failures_;
    return expected;
  }
  int failures() const { return failures_; }

 private:
  int failures_ = 0;
};

// Without what programs read from it.
std::string Text(const absl::Status& status) {
  return status.ToString(absl::StatusToStringMode::kWithNoExtraData);
}

std::string Degrees(int32_t millidegrees) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.1f C", millidegrees / 1000.0);
  return text;
}

// Returns the number of the sensor, 0 where there is none.
uint32_t CreateOne(Walk& walk, Client& client) {
  const absl::StatusOr<thermo::SensorNewReply> created = client.SensorNew(
      {.label = "boiler",
       .kind = thermo::Kind::kThermocouple,
       .features = thermo::Feature::kCalibrated | thermo::Feature::kRedundant,
       .bus_address = 0xc0000201,
       .temperature = 58000,
       .drift = 500,
       .interval_ms = 20,
       .location = thermo::Location{.rack = 3, .slot = 12, .note = "behind the pump"},
       .threshold = {{.severity = thermo::Severity::kCritical, .temperature = 60000}}});
  if (!created.ok()) {
    walk.Step("create a sensor", false, Text(created.status()));
    return 0;
  }
  walk.Step("create a sensor", created->id != 0, absl::StrCat("number ", created->id));
  return created->id;
}

void ReadOne(Walk& walk, Client& client, uint32_t id) {
  const absl::StatusOr<thermo::SensorGetReply> sensor = client.SensorGet({.id = id});
  if (!sensor.ok()) {
    walk.Step("get it", false, Text(sensor.status()));
    return;
  }
  walk.Step("get it",
            sensor->label == "boiler" && sensor->kind == thermo::Kind::kThermocouple &&
                sensor->threshold.size() == 1 && sensor->location.has_value(),
            absl::StrCat("`", sensor->label, "`, a ", thermo::Name(sensor->kind), " at ",
                         Degrees(sensor->temperature), ", ", sensor->location->note.value_or("")));
}

void HearOfCreation(Walk& walk, Events& changes, uint32_t id) {
  const absl::StatusOr<Event> event = changes.Next(kPatience);
  const auto* created = event.ok() ? std::get_if<thermo::SensorNewNtf>(&*event) : nullptr;
  walk.Step("hear of the change", created != nullptr && created->id == id,
            created != nullptr
                ? absl::StrCat("sensor-new-ntf: number ", created->id, ", `", created->label, "`")
                : Text(event.status()));
}

void HearTheAlarm(Walk& walk, Events& alarms, uint32_t id) {
  const absl::StatusOr<Event> event = alarms.Next(kPatience);
  const auto* alarm = event.ok() ? std::get_if<thermo::AlarmNtf>(&*event) : nullptr;
  if (alarm == nullptr) {
    walk.Step("receive the timer's alarm", false, Text(event.status()));
    return;
  }
  walk.Step("receive the timer's alarm",
            alarm->sensor_id == id && alarm->temperature >= alarm->threshold.temperature,
            absl::StrCat("alarm-ntf: `", alarm->label, "` at ", Degrees(alarm->temperature),
                         " reached ", Degrees(alarm->threshold.temperature), ", ",
                         thermo::Name(alarm->threshold.severity)));
}

void CreateMany(Walk& walk, Client& client) {
  absl::Status status;
  int created = 1;  // one is there already
  for (; created < kSensors && status.ok(); ++created) {
    status = client
                 .SensorNew({.label = absl::StrCat("sensor ", created),
                             .kind = static_cast<thermo::Kind>(created % 3),
                             .interval_ms = 3600000})
                 .status();
  }
  walk.Step("create more", status.ok(),
            status.ok() ? absl::StrCat(created, " in all") : Text(status));
}

void DumpAll(Walk& walk, Client& client) {
  genl::Dump<thermo::SensorGetReply> dump = client.SensorGetDump();
  int count = 0;
  int infrared = 0;
  for (const thermo::SensorGetReply& sensor : dump) {
    ++count;
    if (sensor.kind == thermo::Kind::kInfrared) ++infrared;
  }
  walk.Step("dump and count them", dump.status().ok() && count == kSensors,
            dump.status().ok() ? absl::StrCat(count, " sensors") : Text(dump.status()));

  const auto filtered = client.SensorGetDump({.kind = thermo::Kind::kInfrared}).Collect();
  walk.Step(
      "dump those of one kind",
      filtered.ok() && static_cast<int>(filtered->size()) == infrared && infrared > 0,
      filtered.ok() ? absl::StrCat(filtered->size(), " are infrared") : Text(filtered.status()));
}

void BeRefused(Walk& walk, Client& client, uint32_t id) {
  const absl::Status status = client.SensorSet(
      {.id = id,
       .threshold = {
           {.severity = thermo::Severity::kNotice, .temperature = 20000},
           {.severity = thermo::Severity::kWarning, .temperature = 40000, .hysteresis = 20001}}});
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  walk.Step("be refused, with the reason",
            error.has_value() && error->error == ERANGE && !error->message.empty() &&
                error->attribute == "threshold[1].hysteresis",
            Text(status));
}

void DeleteOne(Walk& walk, Client& client, uint32_t id) {
  const absl::Status status = client.SensorDel({.id = id});
  const absl::Status gone = client.SensorGet({.id = id}).status();
  walk.Step("delete it", status.ok() && absl::IsNotFound(gone),
            status.ok() ? Text(gone) : Text(status));
}

int Run() {
  Walk walk;
  absl::StatusOr<Client> client = Client::Connect({.timeout = kPatience});
  if (!walk.Step("connect", client.ok(), client.ok() ? "family thermo" : Text(client.status())))
    return 1;
  absl::StatusOr<Events> changes = client->Subscribe({thermo::Group::kChanges});
  absl::StatusOr<Events> alarms = client->Subscribe({thermo::Group::kAlarms});
  absl::Status subscribed = changes.status();
  subscribed.Update(alarms.status());
  if (!walk.Step("subscribe", subscribed.ok(),
                 subscribed.ok() ? "groups changes, alarms" : Text(subscribed))) {
    return 1;
  }
  const uint32_t id = CreateOne(walk, *client);
  if (id == 0) return 1;
  ReadOne(walk, *client, id);
  HearOfCreation(walk, *changes, id);
  HearTheAlarm(walk, *alarms, id);
  CreateMany(walk, *client);
  DumpAll(walk, *client);
  BeRefused(walk, *client, id);
  DeleteOne(walk, *client, id);
  return walk.failures() == 0 ? 0 : 1;
}

}  // namespace

int main() { return Run(); }
