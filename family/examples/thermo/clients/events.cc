// What the kernel tells without being asked: waits for the first alarm of a sensor that gets warm.
#include <iostream>
#include <variant>

#include "family/examples/thermo/thermo.genl.h"

namespace {

// One function for each event that matters.
struct Listener {
  void operator()(const thermo::AlarmNtf& alarm) {
    std::cout << alarm.label << ": " << thermo::Name(alarm.threshold.severity) << "\n";
    done = true;
  }
  void operator()(const thermo::SensorNewNtf& sensor) { std::cout << sensor.label << " is new\n"; }
  // Some are lost: whoever keeps a copy of the kernel's state reads it anew.
  void operator()(const genl::Overrun&) { std::cout << "too slow\n"; }
  // The module has been loaded again; its groups have been joined again, its sensors are gone.
  void operator()(const genl::Restarted&) { std::cout << "restarted\n"; }
  template <typename Other>
  void operator()(const Other&) {}

  bool done = false;
};

absl::Status Listen(thermo::Events& events, absl::Duration patience) {
  Listener listener;
  while (!listener.done) {
    const absl::StatusOr<thermo::Event> event = events.Next(patience);
    if (!event.ok()) return event.status();
    std::visit(listener, *event);
  }
  return absl::OkStatus();
}

}  // namespace

int main() {
  absl::StatusOr<thermo::Client> client = thermo::Client::Connect();
  if (!client.ok()) return std::cerr << client.status() << "\n", 1;
  absl::StatusOr<thermo::Events> events =
      client->Subscribe({thermo::Group::kChanges, thermo::Group::kAlarms});
  if (!events.ok()) return std::cerr << events.status() << "\n", 1;
  const absl::StatusOr<thermo::SensorNewReply> sensor = client->SensorNew(
      {.label = "oven",
       .kind = thermo::Kind::kThermocouple,
       .temperature = 58'000,
       .drift = 500,
       .interval_ms = 20,
       .threshold = {{.severity = thermo::Severity::kCritical, .temperature = 60'000}}});
  if (!sensor.ok()) return std::cerr << sensor.status() << "\n", 1;
  absl::Status status = Listen(*events, absl::Seconds(20));
  status.Update(client->SensorDel({.id = sensor->id}));
  if (!status.ok()) return std::cerr << status << "\n", 1;
}
