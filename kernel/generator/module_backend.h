// A complete kernel module in one folder, which builds with `make` on kernels from 5.10 on.
#ifndef GENLC_KERNEL_GENERATOR_MODULE_BACKEND_H_
#define GENLC_KERNEL_GENERATOR_MODULE_BACKEND_H_

#include "family/codegen/backend.h"

namespace genlc::kernel {

class ModuleBackend : public Backend {
 public:
  absl::string_view name() const override { return "kernel"; }
  absl::string_view description() const override {
    return "a kernel module; its author writes handlers on typed structs";
  }
  bool Generate(const Family& family, OutputFiles& files, Reporter& reporter) const override;
};

// The uAPI header, at its path below the output directory.
class UapiBackend : public Backend {
 public:
  absl::string_view name() const override { return "uapi"; }
  absl::string_view description() const override { return "the uAPI header"; }
  bool Generate(const Family& family, OutputFiles& files, Reporter& reporter) const override;
};

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_MODULE_BACKEND_H_
