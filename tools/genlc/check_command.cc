// genlc check: what is wrong with specs.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "family/check/check.h"
#include "family/diag/catalogue.h"
#include "family/diag/render.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/pipeline.h"
#include "tools/genlc/sources.h"

namespace genlc {
namespace {

const Manual kManual = {
    .name = "check",
    .purpose = "report what is wrong with specs",
    .arguments = "SPEC...",
    .min_arguments = 1,
    .description =
        "Reports every error and warning of each SPEC and of the profile beside it, with its "
        "place, and prints nothing where all is well. As text the report goes to standard "
        "error; as json (for editors) or github (annotations of a workflow) it is what was "
        "asked for, and goes to standard output.\n\n"
        "Warnings of GL09xx are advice from the kernel's documents. That one does not fit a place "
        "is said in the profile (`allow-lint`); --disable drops a rule everywhere.",
    .wrong_input = "there are errors (with --werror: or warnings), or a file cannot be read",
    .examples = {{"check specs as they are written", "genlc check thermo.yaml"},
                 {"in a continuous integration that shows each diagnostic at its line",
                  "genlc check thermo.yaml --format=github --werror"},
                 {"for a program", "genlc check --format=json thermo.yaml"},
                 {"with all advice but one",
                  "genlc check thermo.yaml --pedantic --disable=GL0909"}},
};

class CheckCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }

  std::vector<Flag> Flags() override {
    return {
        {"format", "text|json|github", "how to report; default: text", &format_},
        {"werror", "", "fail on warnings too", &werror_},
        {"pedantic", "", "also ask for documentation and for limits: GL0907, GL0909", &pedantic_},
        {"disable", "ID,...", "advice that is not wanted: some of GL09xx", &disabled_},
        {"profile", "FILE", "the profile, where it is not the one beside the spec", &profile_},
    };
  }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override {
    if (!profile_.empty() && arguments.size() > 1) {
      return WrongUsage("--profile belongs to one spec, and there are several", env);
    }
    for (const std::string& id : disabled_) {
      const DiagnosticInfo* rule = FindDiagnostic(id);
      if (rule == nullptr) return WrongUsage(absl::StrCat("--disable: there is no ", id), env);
      if (!IsLint(*rule)) {
        return WrongUsage(absl::StrCat("--disable: ", id, " is not advice"), env);
      }
    }
    SourceManager manager;
    const auto sources = ReadSources(arguments, profile_, env, manager);
    if (!sources.has_value()) return ExitStatus::kWrongInput;

    bool ok = true;
    std::vector<Diagnostic> diagnostics;
    for (const Source& source : *sources) {
      Reporter reporter;
      const std::unique_ptr<const Family> family = Analyze(source, reporter);
      ok = family != nullptr && ok;
      if (family != nullptr && pedantic_) CheckPedantic(*family, reporter);
      Append(reporter.Sorted(), diagnostics);
    }
    diagnostics.erase(std::remove_if(diagnostics.begin(), diagnostics.end(),
                                     [this](const Diagnostic& d) { return IsDisabled(d); }),
                      diagnostics.end());
    const std::string report = Render(diagnostics, {format_, env.color()});
    if (format_ == DiagnosticFormat::kText) {
      env.Err(report);
    } else {
      env.Out(report);
    }
    const bool failed = !ok || (werror_ && !diagnostics.empty());
    return failed ? ExitStatus::kWrongInput : ExitStatus::kDone;
  }

 private:
  bool IsDisabled(const Diagnostic& diagnostic) const {
    return std::any_of(disabled_.begin(), disabled_.end(), [&](const std::string& id) {
      return absl::EqualsIgnoreCase(id, diagnostic.info->id);
    });
  }

  DiagnosticFormat format_ = DiagnosticFormat::kText;
  bool werror_ = false;
  bool pedantic_ = false;
  std::vector<std::string> disabled_;
  std::string profile_;
};

}  // namespace

std::unique_ptr<Command> MakeCheckCommand() { return std::make_unique<CheckCommand>(); }

}  // namespace genlc
