// Diagnostics as people, scripts and code review see them.
//
//   family.yaml:14:9: error: unknown key `chekcs` in an attribute [GL0203]
//      14 |         chekcs:
//         |         ^~~~~~
//   hint: did you mean `checks`?
#ifndef GENLC_FAMILY_DIAG_RENDER_H_
#define GENLC_FAMILY_DIAG_RENDER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "family/diag/diagnostic.h"

namespace genlc {

enum class DiagnosticFormat {
  kText,
  kJson,    // one object a line, so that a stream can be cut anywhere
  kGithub,  // workflow commands, which become annotations of a pull request
};

// "text", "json" or "github"; false for another word.
bool ParseDiagnosticFormat(absl::string_view word, DiagnosticFormat* format);

struct RenderOptions {
  DiagnosticFormat format = DiagnosticFormat::kText;
  bool color = false;  // text only
};

// One diagnostic, with its final line feed.
std::string Render(const Diagnostic& diagnostic, const RenderOptions& options = {});

// All of them, in the order given; text has a blank line between two.
std::string Render(const std::vector<Diagnostic>& diagnostics, const RenderOptions& options = {});

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_RENDER_H_
