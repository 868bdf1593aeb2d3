// genlc explain: the pages of the catalogue of diagnostics.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "family/codegen/banner.h"
#include "family/diag/catalogue.h"
#include "tools/genlc/commands.h"

namespace genlc {
namespace {

const Manual kManual = {
    .name = "explain",
    .purpose = "explain a diagnostic",
    .arguments = "[ID...]",
    .description =
        "Each diagnostic ends with its ID: [GL0203]. This prints what it means and why it "
        "is given. Without an ID: the list of all diagnostics.",
    .examples = {{"one diagnostic", "genlc explain GL0203"},
                 {"all of them, a line each", "genlc explain"}},
};

class ExplainCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }
  std::vector<Flag> Flags() override { return {}; }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override {
    if (arguments.empty()) env.Out(List());
    std::string pages;
    for (const std::string& argument : arguments) {
      const DiagnosticInfo* info = FindDiagnostic(argument);
      if (info == nullptr) {
        return WrongUsage(absl::StrCat("there is no diagnostic `", argument, "`"), env);
      }
      absl::StrAppend(&pages, pages.empty() ? "" : "\n", Line(*info), "\n");
      for (const std::string& line : WrapText(info->why, 80)) absl::StrAppend(&pages, line, "\n");
    }
    env.Out(pages);
    return ExitStatus::kDone;
  }

 private:
  static std::string Line(const DiagnosticInfo& info) {
    const bool error = info.severity == Severity::kError;
    return absl::StrCat(info.id, error ? "  error    " : "  warning  ", info.format, "\n");
  }

  static std::string List() {
    std::string list;
    for (const DiagnosticInfo* info : Catalogue()) list += Line(*info);
    return list;
  }
};

}  // namespace

std::unique_ptr<Command> MakeExplainCommand() { return std::make_unique<ExplainCommand>(); }

}  // namespace genlc
