// Requests, one after the other and together, and what is to be learned when they are refused.
#include <cerrno>
#include <iostream>
#include <optional>

#include "family/examples/thermo/thermo.genl.h"

namespace {

// Creates a sensor; 0 where that is not possible.
uint32_t Create(thermo::Client& client) {
  const absl::StatusOr<thermo::SensorNewReply> made = client.SensorNew(
      {.label = "boiler",
       .kind = thermo::Kind::kInfrared,
       .features = thermo::Feature::kCalibrated | thermo::Feature::kLatching,
       .location = thermo::Location{.rack = 3, .slot = 12},
       .threshold = {{.severity = thermo::Severity::kWarning, .temperature = 60'000}}});
  if (made.ok()) return made->id;
  std::cerr << made.status() << "\n";
  return 0;
}

void Read(thermo::Client& client, uint32_t id) {
  const absl::StatusOr<thermo::SensorGetReply> sensor = client.SensorGet({.id = id});
  if (!sensor.ok()) return;
  std::cout << sensor->label << ": " << thermo::Name(sensor->kind) << ", slot "
            << (sensor->location ? sensor->location->slot.value_or(0) : 0) << "\n";
}

// Two thresholds, of which the kernel does not like the second.
void BeRefused(thermo::Client& client, uint32_t id) {
  const absl::Status status = client.SensorSet(
      {.id = id,
       .threshold = {
           {.severity = thermo::Severity::kNotice, .temperature = 20'000},
           {.severity = thermo::Severity::kWarning, .temperature = 40'000, .hysteresis = 20'001}}});
  if (const std::optional<genl::KernelError> error = genl::GetKernelError(status)) {
    if (error->error == ERANGE) std::cout << error->attribute << " " << error->policy << "\n";
  }
}

// One that is there and one that is not.
void AskForTwo(thermo::Client& client, uint32_t id) {
  genl::Batch batch = client.NewBatch();
  thermo::SensorGetReply sensors[2];
  batch.Add(thermo::operation::kSensorGet, {.id = id}, &sensors[0]);
  batch.Add(thermo::operation::kSensorGet, {.id = id + 1'000'000}, &sensors[1]);
  if (!batch.Send().ok()) {
    for (const absl::Status& result : batch.results()) {
      std::cout << absl::StatusCodeToString(result.code()) << "\n";
    }
  }
}

}  // namespace

int main() {
  absl::StatusOr<thermo::Client> client = thermo::Client::Connect({.timeout = absl::Seconds(2)});
  if (!client.ok()) return std::cerr << client.status() << "\n", 1;
  const uint32_t id = Create(*client);
  if (id == 0) return 1;
  Read(*client, id);
  BeRefused(*client, id);
  AskForTwo(*client, id);
  const absl::Status removed = client->SensorDel({.id = id});
  if (!removed.ok()) return std::cerr << removed << "\n", 1;
}
