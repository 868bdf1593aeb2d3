// An inventory of sensors in memory: what the module thermo is in the kernel, for tests and for
// programs without one.
#ifndef FAMILY_EXAMPLES_THERMO_INVENTORY_H_
#define FAMILY_EXAMPLES_THERMO_INVENTORY_H_

#include <cerrno>
#include <cstdint>
#include <map>

#include "family/examples/thermo/thermo.service.h"

class Inventory : public thermo::Service {
 public:
  absl::StatusOr<thermo::SensorNewReply> SensorNew(const thermo::SensorNewRequest& request,
                                                   genl::Caller& caller) override {
    for (const auto& [id, sensor] : sensors_) {
      if (sensor.label != request.label) continue;
      return genl::Refuse({.error = EEXIST,
                           .message = "another sensor has this label",
                           .attribute = caller.PathOf(&request.label)});
    }
    for (const thermo::Threshold& threshold : request.threshold) {
      if (threshold.temperature >= kAbsoluteZero) continue;
      return genl::Refuse({.error = EINVAL,
                           .message = "temperature below absolute zero",
                           .attribute = caller.PathOf(&threshold.temperature)});
    }
    if (request.threshold.empty()) caller.Warn("a sensor without thresholds raises no alarm");
    const uint32_t id = ++last_id_;
    sensors_[id] = {.id = id,
                    .label = request.label,
                    .kind = request.kind,
                    .temperature = request.temperature.value_or(20000),
                    .interval_ms = *request.interval_ms,  // its default is in the profile
                    .threshold = request.threshold};
    generation_.Count();
    const absl::Status told = Multicast(thermo::SensorNewNtf{sensors_[id]});
    if (!told.ok()) return told;
    return thermo::SensorNewReply{.id = id};
  }

  absl::StatusOr<thermo::SensorGetReply> SensorGet(const thermo::SensorGetRequest& request,
                                                   genl::Caller&) override {
    const auto sensor = sensors_.find(request.id);
    if (sensor != sensors_.end()) return sensor->second;
    return genl::Refuse({.error = ENOENT, .message = "no such sensor", .attribute = "id"});
  }

  absl::Status SensorDel(const thermo::SensorDelRequest& request, genl::Caller&) override {
    const auto sensor = sensors_.find(request.id);
    if (sensor == sensors_.end()) return absl::NotFoundError("no such sensor");
    const thermo::SensorDelNtf last{sensor->second};
    sensors_.erase(sensor);
    generation_.Count();
    return Multicast(last);
  }

  genl::Objects<thermo::SensorGetReply> SensorGetDump(const thermo::SensorGetDumpRequest& request,
                                                      genl::Caller&) override {
    const auto next = [this, request, last = uint32_t{0}](thermo::SensorGetReply& sensor) mutable {
      for (auto it = sensors_.upper_bound(last); it != sensors_.end(); ++it) {
        if (request.kind && it->second.kind != *request.kind) continue;
        last = it->first;
        sensor = it->second;
        return true;
      }
      return false;
    };
    return genl::Objects<thermo::SensorGetReply>(next).Watching(generation_);
  }

 private:
  static constexpr int32_t kAbsoluteZero = -273150;

  std::map<uint32_t, thermo::SensorGetReply> sensors_;
  uint32_t last_id_ = 0;
  genl::Generation generation_;
};

#endif  // FAMILY_EXAMPLES_THERMO_INVENTORY_H_
