// What the kernel itself commits for a family: `<family>-nl-gen.c` and its header, with
// policies, operations, groups and the family, name for name.
#ifndef GENLC_KERNEL_GENERATOR_IN_TREE_BACKEND_H_
#define GENLC_KERNEL_GENERATOR_IN_TREE_BACKEND_H_

#include "family/codegen/backend.h"

namespace genlc::kernel {

class InTreeBackend : public Backend {
 public:
  absl::string_view name() const override { return "kernel"; }
  absl::string_view description() const override {
    return "policies and operations as the kernel commits them";
  }
  bool Generate(const Family& family, OutputFiles& files, Reporter& reporter) const override;
};

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_IN_TREE_BACKEND_H_
