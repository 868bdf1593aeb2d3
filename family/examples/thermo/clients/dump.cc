// All objects, one at a time and all at once.
#include <iostream>
#include <string>
#include <vector>

#include "family/examples/thermo/thermo.genl.h"

namespace {

absl::Status CreateMany(thermo::Client& client) {
  genl::Batch batch = client.NewBatch();
  for (int i = 0; i < 1000; ++i) {
    batch.Add(thermo::operation::kSensorNew,
              {.label = "sensor " + std::to_string(i), .kind = static_cast<thermo::Kind>(i % 3)});
  }
  return batch.Send();
}

// One sensor is in memory at a time, however many there are.
absl::Status CountAll(thermo::Client& client) {
  genl::Dump<thermo::SensorGetReply> dump = client.SensorGetDump();
  int sensors = 0;
  for (const thermo::SensorGetReply& sensor : dump) {
    if (sensor.kind == thermo::Kind::kInfrared) ++sensors;
  }
  if (!dump.status().ok()) return dump.status();
  std::cout << sensors << " are infrared\n";
  return absl::OkStatus();
}

// A dump that is left early does not keep the client from anything.
std::string FirstLabel(thermo::Client& client) {
  genl::Dump<thermo::SensorGetReply> dump = client.SensorGetDump();
  for (const thermo::SensorGetReply& sensor : dump) return sensor.label;
  return "";
}

absl::Status RemoveAll(thermo::Client& client, thermo::Kind kind) {
  const absl::StatusOr<std::vector<thermo::SensorGetReply>> sensors =
      client.SensorGetDump({.kind = kind}).Collect();
  if (!sensors.ok()) return sensors.status();
  genl::Batch batch = client.NewBatch();
  for (const thermo::SensorGetReply& sensor : *sensors) {
    batch.Add(thermo::operation::kSensorDel, {.id = sensor.id});
  }
  return batch.Send();
}

}  // namespace

int main() {
  absl::StatusOr<thermo::Client> client = thermo::Client::Connect();
  if (!client.ok()) return std::cerr << client.status() << "\n", 1;
  absl::Status status = CreateMany(*client);
  status.Update(CountAll(*client));
  std::cout << FirstLabel(*client) << "\n";
  status.Update(RemoveAll(*client, thermo::Kind::kInfrared));
  status.Update(CountAll(*client));
  status.Update(RemoveAll(*client, thermo::Kind::kThermistor));
  status.Update(RemoveAll(*client, thermo::Kind::kThermocouple));
  if (!status.ok()) return std::cerr << status << "\n", 1;
}
