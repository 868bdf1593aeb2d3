// From a place in a request to the name of the attribute that stands there.
#ifndef GENL_PATH_H_
#define GENL_PATH_H_

#include <cstdint>
#include <string>

#include "genl/reader.h"
#include "genl/table.h"

namespace genl {

struct AttributePath {
  std::string text;                      // `threshold[1].hysteresis`; empty: nothing found
  const Attribute* attribute = nullptr;  // null for an element of an array
  const AttributeSet* nested = nullptr;  // of a nest or sub-message: what is inside
};

// The attribute that starts `offset` bytes into `message`, whose attributes are of `set`
// and start at `header` bytes, behind a fixed header (HeaderSize()). Elements of repeated
// attributes and arrays count from 0; an attribute that the set does not know appears as its
// number, `(57)`.
AttributePath ResolveOffset(const AttributeSet& set, Bytes message, size_t header, size_t offset);

}  // namespace genl

#endif  // GENL_PATH_H_
