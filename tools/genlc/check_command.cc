// genlc check: what is wrong with specs.
#include <algorithm>
#include <string>
#include <vector>

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
        "asked for, and goes to standard output.",
    .wrong_input = "there are errors (with --werror: or warnings), or a file cannot be read",
    .examples = {{"check specs as they are written", "genlc check thermo.yaml"},
                 {"in a continuous integration that shows each diagnostic at its line",
                  "genlc check thermo.yaml --format=github --werror"},
                 {"for a program", "genlc check --format=json thermo.yaml"}},
};

class CheckCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }

  std::vector<Flag> Flags() override {
    return {
        {"format", "text|json|github", "how to report; default: text", &format_},
        {"werror", "", "fail on warnings too", &werror_},
        {"profile", "FILE", "the profile, where it is not the one beside the spec", &profile_},
    };
  }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override {
    if (!profile_.empty() && arguments.size() > 1) {
      return WrongUsage("--profile belongs to one spec, and there are several", env);
    }
    SourceManager manager;
    const auto sources = ReadSources(arguments, profile_, env, manager);
    if (!sources.has_value()) return ExitStatus::kWrongInput;

    bool ok = true;
    std::vector<Diagnostic> diagnostics;
    for (const Source& source : *sources) {
      Reporter reporter;
      ok = Analyze(source, reporter) != nullptr && ok;
      Append(reporter.Sorted(), diagnostics);
    }
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
  DiagnosticFormat format_ = DiagnosticFormat::kText;
  bool werror_ = false;
  std::string profile_;
};

}  // namespace

std::unique_ptr<Command> MakeCheckCommand() { return std::make_unique<CheckCommand>(); }

}  // namespace genlc
