// The resolved family as text, for `genlc inspect --phase=model` and for goldens.
//
//   set sensor thermo_a_sensor max THERMO_A_SENSOR_MAX count __THERMO_A_SENSOR_MAX
//     2 label THERMO_A_SENSOR_LABEL string length 1..31
//
// One line for each thing, numbers and C names first; what is not said is not there. The
// text changes only when the meaning does: it has no places, comments or order of keys.
#ifndef GENLC_FAMILY_MODEL_DUMP_H_
#define GENLC_FAMILY_MODEL_DUMP_H_

#include <string>

#include "family/model/family.h"

namespace genlc {

std::string DumpModel(const Family& family);

}  // namespace genlc

#endif  // GENLC_FAMILY_MODEL_DUMP_H_
