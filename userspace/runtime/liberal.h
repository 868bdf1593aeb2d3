// Requests that pass as of old (Validation::kLiberal), as a kernel reads them.
#ifndef GENL_LIBERAL_H_
#define GENL_LIBERAL_H_

#include "genl/layout.h"
#include "genl/reader.h"
#include "genl/writer.h"

namespace genl {

// Appends what a request of the layout says, as Decode() wants it: of integers that are too long
// the first bytes, and nothing of what is unknown or no attribute at the end. `payload` begins with
// the fixed header, if there is one, and has passed CheckPolicy().
void Tidy(const Layout& layout, Bytes payload, Writer& writer);

}  // namespace genl

#endif  // GENL_LIBERAL_H_
