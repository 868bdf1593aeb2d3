// Follows the sensors of the machine: in a loop of events, and by waiting for the next change.
#include <poll.h>

#include <cerrno>
#include <iostream>

#include "family/examples/thermo/thermo.genl.h"

namespace {

void Print(const thermo::SensorGetWatch::Change& change, size_t count) {
  switch (change.kind) {
    case genl::ChangeKind::kAdded: std::cout << "+ " << change.object->label << "\n"; break;
    case genl::ChangeKind::kRemoved: std::cout << "- " << change.object->label << "\n"; break;
    case genl::ChangeKind::kChanged:
      std::cout << "~ " << change.object->label << ": " << change.previous->temperature << " to "
                << change.object->temperature << "\n";
      break;
    case genl::ChangeKind::kSynced: std::cout << "in step, " << count << " sensors\n"; break;
    case genl::ChangeKind::kBehind: std::cout << "some changes were lost\n"; break;
    case genl::ChangeKind::kRestarted: std::cout << "the module was loaded again\n"; break;
  }
}

// Prints each change until there are no sensors any more.
absl::Status Follow(thermo::SensorGetWatch& watch) {
  while (!watch.synced() || !watch.objects().empty()) {
    const absl::StatusOr<thermo::SensorGetWatch::Change> change = watch.Next(absl::Seconds(10));
    if (!change.ok()) return change.status();
    Print(*change, watch.objects().size());
  }
  return absl::OkStatus();
}

// What a loop calls when watch.fd() is readable, and once before its first wait.
absl::Status Process(thermo::SensorGetWatch& watch) {
  for (;;) {
    const auto change = watch.Next(absl::ZeroDuration());
    if (absl::IsDeadlineExceeded(change.status())) return absl::OkStatus();
    if (!change.ok()) return change.status();
    Print(*change, watch.objects().size());
  }
}

// A loop that has nothing else to wait for.
absl::Status Loop(thermo::SensorGetWatch& watch) {
  absl::Status status = Process(watch);
  while (status.ok() && !watch.synced()) {
    pollfd poller = {.fd = watch.fd(), .events = POLLIN, .revents = 0};
    if (poll(&poller, 1, -1) < 0) return absl::ErrnoToStatus(errno, "poll");
    status = Process(watch);
  }
  return status;
}

absl::Status Run(thermo::Client& client) {
  constexpr auto kKind = thermo::Kind::kThermocouple;
  const auto boiler = client.SensorNew({.label = "boiler", .kind = kKind, .temperature = 60'000});
  const auto oven = client.SensorNew({.label = "oven", .kind = kKind, .temperature = 20'000});
  if (!boiler.ok() || !oven.ok()) return boiler.ok() ? oven.status() : boiler.status();
  absl::StatusOr<thermo::SensorGetWatch> watch = client.WatchSensorGet();
  if (!watch.ok()) return watch.status();
  absl::Status status = Loop(*watch);
  status.Update(client.SensorSet({.id = oven->id, .temperature = 215'000}));
  status.Update(client.SensorDel({.id = boiler->id}));
  status.Update(client.SensorDel({.id = oven->id}));
  if (status.ok()) status = Follow(*watch);
  return status;
}

}  // namespace

int main() {
  absl::StatusOr<thermo::Client> client = thermo::Client::Connect();
  if (!client.ok()) return std::cerr << client.status() << "\n", 1;
  const absl::Status end = Run(*client);
  if (!end.ok()) return std::cerr << end << "\n", 1;
}
