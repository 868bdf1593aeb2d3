// How names of a spec become names of C.
#ifndef GENLC_FAMILY_MODEL_C_NAMES_H_
#define GENLC_FAMILY_MODEL_C_NAMES_H_

#include <string>

#include "absl/strings/string_view.h"

namespace genlc {

// "sensor-get" -> "sensor_get". Capitals stay: some struct members have them. Specs of older
// kernels have blanks in a few names; they become underscores too.
std::string CLower(absl::string_view name);
// "thermo-cmd-sensor-get" -> "THERMO_CMD_SENSOR_GET"
std::string CUpper(absl::string_view name);

}  // namespace genlc

#endif  // GENLC_FAMILY_MODEL_C_NAMES_H_
