// What a newer kernel says and the spec does not know.
#ifndef GENL_UNKNOWN_H_
#define GENL_UNKNOWN_H_

#include <functional>
#include <string>

#include "genl/layout.h"
#include "genl/reader.h"

namespace genl {

// An attribute that stands in a message, and not among those that the spec lists for it.
struct UnknownAttribute {
  std::string path;  // as in KernelError: `threshold[1].(57)`; with its name, where its set has one
  Bytes payload;     // as long as the message
};

// Calls `found` for each in a message of this layout, in their order, without those inside another
// one. What is malformed is passed over.
void FindUnknown(const Layout& layout, Bytes bytes,
                 const std::function<void(const UnknownAttribute&)>& found);

}  // namespace genl

#endif  // GENL_UNKNOWN_H_
