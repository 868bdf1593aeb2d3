// --doc_out: NAME.md and NAME.html.
#ifndef GENLC_TOOLS_DOC_DOC_BACKEND_H_
#define GENLC_TOOLS_DOC_DOC_BACKEND_H_

#include "family/codegen/backend.h"

namespace genlc {

class DocBackend : public Backend {
 public:
  absl::string_view name() const override { return "doc"; }
  absl::string_view description() const override {
    return "documentation of the family as Markdown and as one HTML page";
  }
  bool Generate(const Family& family, OutputFiles& files, Reporter& reporter) const override;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_DOC_DOC_BACKEND_H_
