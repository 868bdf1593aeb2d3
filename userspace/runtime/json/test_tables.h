// A family that has one attribute of each form, for the tests of this room.
#ifndef GENL_JSON_TEST_TABLES_H_
#define GENL_JSON_TEST_TABLES_H_

#include "genl/json/json.h"
#include "genl/table.h"

namespace genl {

extern const AttributeSet kEverything;

// The payloads, one behind the other, of attributes given as hexadecimal text with spaces.
std::vector<uint8_t> FromHex(absl::string_view text);

}  // namespace genl

#endif  // GENL_JSON_TEST_TABLES_H_
