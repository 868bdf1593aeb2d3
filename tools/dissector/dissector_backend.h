// --dissector_out: NAME.lua, a dissector of the family's messages for Wireshark.
#ifndef GENLC_TOOLS_DISSECTOR_DISSECTOR_BACKEND_H_
#define GENLC_TOOLS_DISSECTOR_DISSECTOR_BACKEND_H_

#include "family/codegen/backend.h"

namespace genlc {

// What the family has stands in the file as Lua tables; the code below them is the same for all
// (fields.lua, messages.lua, and generic.lua or classic.lua).
class DissectorBackend : public Backend {
 public:
  absl::string_view name() const override { return "dissector"; }
  absl::string_view description() const override {
    return "a dissector of the family's messages for Wireshark, in Lua";
  }
  bool Generate(const Family& family, OutputFiles& files, Reporter& reporter) const override;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_DISSECTOR_DISSECTOR_BACKEND_H_
