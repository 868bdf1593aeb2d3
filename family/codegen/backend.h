// The interface between the compiler and whatever is made from a family.
#ifndef GENLC_FAMILY_CODEGEN_BACKEND_H_
#define GENLC_FAMILY_CODEGEN_BACKEND_H_

#include "absl/strings/string_view.h"
#include "family/codegen/output.h"
#include "family/diag/reporter.h"
#include "family/model/family.h"

namespace genlc {

// Back ends are listed in tools/genlc; there is no registry.
class Backend {
 public:
  virtual ~Backend() = default;

  // As in the flag that asks for it: "kernel" for --kernel_out.
  virtual absl::string_view name() const = 0;
  virtual absl::string_view description() const = 0;

  // Adds the files for `family`, which has passed all checks. What the back end cannot
  // express it reports with the place in the spec, and returns false; it never drops it.
  virtual bool Generate(const Family& family, OutputFiles& files, Reporter& reporter) const = 0;
};

}  // namespace genlc

#endif  // GENLC_FAMILY_CODEGEN_BACKEND_H_
