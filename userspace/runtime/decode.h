// From attributes to a C++ value.
#ifndef GENL_DECODE_H_
#define GENL_DECODE_H_

#include <cstddef>

#include "absl/status/status.h"
#include "genl/fault.h"
#include "genl/layout.h"
#include "genl/reader.h"

namespace genl {

// Fills `*value`, a struct of this layout, from the attributes of a message or nest. What
// the struct held before is replaced, but its memory is used again. Attributes that the
// layout does not know are skipped; where one stands twice and may not, the last counts.
// DataLoss, with the path of the attribute, where the bytes are malformed or a required
// attribute is missing; `*value` is then in some valid state.
absl::Status Decode(const Layout& layout, Bytes bytes, void* value);

// The same of one member: `attributes` are all that stand beside it.
absl::Status DecodeMember(const Layout& layout, const Field& field, Bytes attributes, void* member);

// Parts of it. False, and told in `fault`, where ...
// ... the payload is no integer of this kind, or does not fit in `width` bytes.
bool DecodeInteger(Kind kind, ByteOrder order, size_t width, Bytes payload, void* value,
                   Fault& fault);
// ... the bytes are shorter than the fixed header of the message.
bool HasHeader(const Layout& layout, Bytes bytes, Fault& fault);
// ... `rest` is left over behind the last attribute.
bool IsAtEnd(Bytes rest, Fault& fault);

}  // namespace genl

#endif  // GENL_DECODE_H_
