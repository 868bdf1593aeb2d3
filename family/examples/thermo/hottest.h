// The hottest of all sensors: a small program's only function, and what its test is about.
#ifndef FAMILY_EXAMPLES_THERMO_HOTTEST_H_
#define FAMILY_EXAMPLES_THERMO_HOTTEST_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "family/examples/thermo/thermo.genl.h"

// Its label. NotFound where there is no sensor; starts again where sensors come or go meanwhile.
inline absl::StatusOr<std::string> HottestSensor(thermo::Client& client) {
  const absl::StatusOr<std::vector<thermo::SensorGetReply>> sensors =
      client.SensorGetDump().Collect();
  if (!sensors.ok()) return sensors.status();
  const thermo::SensorGetReply* hottest = nullptr;
  for (const thermo::SensorGetReply& sensor : *sensors) {
    if (hottest == nullptr || sensor.temperature > hottest->temperature) hottest = &sensor;
  }
  if (hottest == nullptr) return absl::NotFoundError("there is no sensor");
  return hottest->label;
}

#endif  // FAMILY_EXAMPLES_THERMO_HOTTEST_H_
