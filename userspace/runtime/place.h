// From the name of an attribute to its place in a request: the way back of genl/path.h.
#ifndef GENL_PLACE_H_
#define GENL_PLACE_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "genl/reader.h"
#include "genl/table.h"

namespace genl {

// The header of the attribute `threshold[1].hysteresis` among `attributes`, which are of the set.
// Where a part of the path is not there, that of what is around it; null where nothing is.
const uint8_t* FindPlace(const AttributeSet& set, Bytes attributes, absl::string_view path);

// The same of one that is missing: its number, and the header of the nest that should have it
// (null: the request itself). False where the set does not know the name.
bool FindMissing(const AttributeSet& set, Bytes attributes, absl::string_view path,
                 uint16_t& number, const uint8_t*& nest);

}  // namespace genl

#endif  // GENL_PLACE_H_
