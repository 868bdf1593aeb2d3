// What a diagnostic is: a numbered definition of the catalogue, and one instance of it.
#ifndef GENLC_FAMILY_DIAG_DIAGNOSTIC_H_
#define GENLC_FAMILY_DIAG_DIAGNOSTIC_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "family/source/source.h"

namespace genlc {

enum class Severity { kError, kWarning, kNote };

// "error"
absl::string_view Name(Severity severity);

// The part of a definition that does not depend on its arguments.
struct DiagnosticInfo {
  const char* id;  // "GL0203": stable, never reused
  Severity severity;
  const char* format;  // `$0`, `$1` ... are the arguments
  const char* why;     // one paragraph for `genlc explain`
};

// A definition with the types of its arguments. That the format uses exactly these is
// checked when the catalogue is compiled.
template <typename... Args>
struct DiagnosticDef {
  DiagnosticInfo info;

  consteval DiagnosticDef(const char* id, Severity severity, const char* format, const char* why)
      : info{id, severity, format, why} {
    unsigned used = 0;
    for (const char* c = format; *c != '\0'; ++c) {
      if (*c != '$') continue;
      const unsigned index = static_cast<unsigned>(c[1] - '0');
      if (index >= sizeof...(Args)) throw "the format names an argument that is not declared";
      used |= 1u << index;
    }
    if (used != (1u << sizeof...(Args)) - 1) throw "the format does not use every argument";
  }
};

// Another place that explains the first: "first declared here".
struct Label {
  SourceSpan span;
  std::string text;
};

struct Diagnostic {
  const DiagnosticInfo* info = nullptr;
  SourceSpan span;
  std::string message;
  std::vector<Label> labels;
  std::string hint;  // could be pasted; empty: none
};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_DIAGNOSTIC_H_
