// The only maker of C++ identifiers.
//
// Words of the spec survive: `sensor-get` becomes SensorGet, sensor_get or kSensorGet.
#ifndef GENLC_USERSPACE_GENERATOR_NAMES_H_
#define GENLC_USERSPACE_GENERATOR_NAMES_H_

#include <set>
#include <string>

#include "absl/strings/string_view.h"

namespace genlc::cpp {

// "sensor-get" -> "SensorGet". A name that starts with a digit gets an `N` in front.
std::string TypeName(absl::string_view name);
// "sensor-get" -> "kSensorGet"
std::string ConstantName(absl::string_view name);
// "interval-ms" -> "interval_ms", "class" -> "class_"
std::string MemberName(absl::string_view name);
// As MemberName(), and not what the C library or the runtime has at the outermost level:
// "time" -> "time_".
std::string NamespaceName(absl::string_view name);
// "thermo" -> "THERMO_GENL_H_"
std::string GuardName(absl::string_view stem);

// The identifiers of one C++ scope. A name that is taken gives way: first to the name with
// `suffix`, then to one with a number.
class Scope {
 public:
  Scope() = default;
  explicit Scope(std::set<std::string> reserved) : names_(std::move(reserved)) {}

  std::string Claim(const std::string& name, absl::string_view suffix = "");

 private:
  std::set<std::string> names_;
};

}  // namespace genlc::cpp

#endif  // GENLC_USERSPACE_GENERATOR_NAMES_H_
