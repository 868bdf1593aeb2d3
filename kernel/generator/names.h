// Identifiers and numbers of the generated C. Nothing else in this room makes them.
#ifndef GENLC_KERNEL_GENERATOR_NAMES_H_
#define GENLC_KERNEL_GENERATOR_NAMES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "family/model/family.h"

namespace genlc::kernel {

// "sensor-get" -> "sensor_get", "SENSOR_GET".
std::string Lower(absl::string_view name);
std::string Upper(absl::string_view name);

// thermo_sensor_get: the family's name and one from the spec.
std::string Prefixed(const Family& family, absl::string_view name);

// The member of a struct that holds an attribute: a C identifier that is no keyword of C
// and no macro of the kernel.
std::string MemberName(absl::string_view name);

// The command of an operation's reply: THERMO_CMD_SENSOR_GET, with _REPLY behind it where
// the two directions are numbered apart.
std::string ReplyCommand(const Family& family, const Operation& operation);

// HELLO_PROTOCOL: the number of a protocol of its own.
std::string ProtocolName(const Family& family);

// THERMO_NLGRP_ALARMS: the index of a group in the module's table; of classic netlink its number.
std::string GroupIndex(const Family& family, const MulticastGroup& group);

// thermo_a_sensor_id_validate, thermo_a_sensor_id_range: what an attribute's policy uses.
std::string ValidatorName(const Attribute& attribute);
std::string RangeName(const Attribute& attribute);

// As C source: 42. Without a suffix; see Literal().
std::string Decimal(Integer number);
// As C source, of a type that holds it: 5000000000LL.
std::string Literal(Integer number);
// A limit as its author wrote it: THERMO_LABEL_MAX, U32_MAX, 20000.
std::string LimitText(const Limit& limit);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_NAMES_H_
