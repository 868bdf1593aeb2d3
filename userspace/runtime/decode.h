// From attributes to a C++ value.
#ifndef GENL_DECODE_H_
#define GENL_DECODE_H_

#include "absl/status/status.h"
#include "genl/layout.h"
#include "genl/reader.h"

namespace genl {

// Fills `*value`, a struct of this layout, from the attributes of a message or nest. What
// the struct held before is replaced, but its memory is used again. Attributes that the
// layout does not know are skipped; where one stands twice and may not, the last counts.
// DataLoss, with the path of the attribute, where the bytes are malformed or a required
// attribute is missing; `*value` is then in some valid state.
absl::Status Decode(const Layout& layout, Bytes bytes, void* value);

}  // namespace genl

#endif  // GENL_DECODE_H_
