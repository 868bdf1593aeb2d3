// From a C++ value to attributes.
#ifndef GENL_ENCODE_H_
#define GENL_ENCODE_H_

#include "absl/status/status.h"
#include "genl/layout.h"
#include "genl/writer.h"

namespace genl {

// Appends the attributes of `*value`, a struct of this layout. InvalidArgument, with the
// path of the attribute, where a value does not fit its place on the wire; what has been
// written until then is worthless.
absl::Status Encode(const Layout& layout, const void* value, Writer& writer);

}  // namespace genl

#endif  // GENL_ENCODE_H_
