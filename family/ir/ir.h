// The resolved family as JSON: the boundary for other people's back ends.
//
// docs/ir.md describes every member. What a reader of one version relies on stays in all
// documents of that version; new members may be added.
#ifndef GENLC_FAMILY_IR_IR_H_
#define GENLC_FAMILY_IR_IR_H_

#include <string>

#include "family/codegen/backend.h"
#include "family/model/family.h"

namespace genlc {

// Written as the member `ir-version`.
inline constexpr int kIrVersion = 1;

// Indented by two, members in a fixed order, a line end behind it.
std::string FamilyToJson(const Family& family);

// --ir_out: one file, NAME.ir.json.
class IrBackend : public Backend {
 public:
  absl::string_view name() const override { return "ir"; }
  absl::string_view description() const override {
    return "the resolved family as JSON, for other back ends";
  }
  bool Generate(const Family& family, OutputFiles& files, Reporter& reporter) const override;
};

}  // namespace genlc

#endif  // GENLC_FAMILY_IR_IR_H_
