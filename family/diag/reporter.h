// Collects the diagnostics of one compilation.
//
//   return reporter.Report(kUnknownSet, name.span, name.value)
//       .Hint("did you mean `sensor`?")
//       .Label(other.span, "declared here");
//
// What Report() returns converts to false, so that a failing step can return it.
#ifndef GENLC_FAMILY_DIAG_REPORTER_H_
#define GENLC_FAMILY_DIAG_REPORTER_H_

#include <string>
#include <type_traits>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/strings/substitute.h"
#include "family/diag/diagnostic.h"

namespace genlc {

class Reporter {
 public:
  // Adds to a diagnostic that has just been reported. Valid until the next Report().
  class Addition {
   public:
    explicit Addition(Diagnostic& diagnostic) : diagnostic_(diagnostic) {}
    const Addition& Label(SourceSpan span, absl::string_view text) const {
      diagnostic_.labels.push_back({span, std::string(text)});
      return *this;
    }
    const Addition& Hint(absl::string_view text) const {
      diagnostic_.hint = std::string(text);
      return *this;
    }
    operator bool() const { return false; }  // NOLINT: implicit by intent

   private:
    Diagnostic& diagnostic_;
  };

  // More than these are left out, and a last diagnostic says so.
  static constexpr size_t kMostDiagnostics = 1000;

  Reporter() = default;
  Reporter(const Reporter&) = delete;
  Reporter& operator=(const Reporter&) = delete;

  template <typename... Args>
  Addition Report(const DiagnosticDef<Args...>& def, SourceSpan span,
                  const std::type_identity_t<Args>&... args) {
    return Add({&def.info, span, absl::Substitute(def.info.format, Text(args)...), {}, {}});
  }

  int error_count() const { return errors_; }
  bool has_errors() const { return errors_ > 0; }
  bool has_errors_in(const SourceFile* file) const;

  // By file in the order of their first diagnostic, then by position; errors before
  // warnings at one place.
  std::vector<Diagnostic> Sorted() const;

 private:
  static std::string Text(absl::string_view text);
  static std::string Text(absl::int128 number);

  Addition Add(Diagnostic diagnostic);

  std::vector<Diagnostic> diagnostics_;
  Diagnostic dropped_;  // the last one beyond the limit, for what is added to it
  int errors_ = 0;
};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_REPORTER_H_
