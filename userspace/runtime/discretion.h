// Messages without what is not for everybody (`sensitive` of a profile).
#ifndef GENL_DISCRETION_H_
#define GENL_DISCRETION_H_

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "genl/layout.h"
#include "genl/service.h"
#include "genl/writer.h"

namespace genl {

// What is for some only, and what rights those have who read a message.
struct Discretion {
  absl::Span<const SensitiveAttribute> sensitive = {};
  Permission reader = Permission::kAdmin;
};

// Encode() without what is not for the reader, also inside of nests.
absl::Status EncodeFor(const Discretion& discretion, const Layout& layout, const void* value,
                       Writer& writer);

}  // namespace genl

#endif  // GENL_DISCRETION_H_
