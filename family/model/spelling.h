// What the model holds, in the words of the spec language.
#ifndef GENLC_FAMILY_MODEL_SPELLING_H_
#define GENLC_FAMILY_MODEL_SPELLING_H_

#include <string>

#include "absl/strings/string_view.h"
#include "family/model/family.h"

namespace genlc {

// "genetlink-legacy"
absl::string_view Spelling(Level level);
// "per-op"
absl::string_view Spelling(KernelPolicy policy);
// "uapi"
absl::string_view Spelling(Scope scope);
// "ipv4-or-v6"; empty: none.
absl::string_view Spelling(DisplayHint hint);
// "big-endian"; empty: that of the host.
absl::string_view Spelling(ByteOrder order);
// "uns-admin-perm"; empty: everybody.
absl::string_view Spelling(Audience audience);
// "u32"
absl::string_view Spelling(StructMember::Kind kind);

// In decimal.
std::string Text(Integer value);

}  // namespace genlc

#endif  // GENLC_FAMILY_MODEL_SPELLING_H_
