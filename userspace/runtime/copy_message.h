// Copies of messages that leave something out.
#ifndef GENL_COPY_MESSAGE_H_
#define GENL_COPY_MESSAGE_H_

#include <optional>

#include "absl/functional/function_ref.h"
#include "genl/layout.h"
#include "genl/reader.h"
#include "genl/writer.h"

namespace genl {

// What of an attribute, one of the layout's, goes into the copy: its payload or the beginning of
// it; nothing: it is left out. Of a nest that is kept, those inside are chosen in turn.
using Choose = absl::FunctionRef<std::optional<Bytes>(const Layout&, const RawAttribute&)>;

// Appends a message of the layout: its fixed header, if it has one, and what is chosen of the
// attributes behind it.
void CopyMessage(const Layout& layout, Bytes payload, Choose choose, Writer& writer);

}  // namespace genl

#endif  // GENL_COPY_MESSAGE_H_
