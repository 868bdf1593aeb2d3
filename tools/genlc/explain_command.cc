// genlc explain: the pages of the catalogue of diagnostics.
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "family/diag/catalogue.h"
#include "family/diag/explain.h"
#include "tools/genlc/commands.h"

namespace genlc {
namespace {

const Manual kManual = {
    .name = "explain",
    .purpose = "explain a diagnostic: a wrong spec, its repair, and why",
    .arguments = "[ID...]",
    .description =
        "Each diagnostic ends with its ID: [GL0203]. This prints why there is such "
        "a diagnostic, a small spec that has it, and the same spec repaired. Without an ID: the "
        "list of all diagnostics.",
    .examples = {{"one diagnostic", "genlc explain GL0203"},
                 {"all of them, a line each", "genlc explain"}},
};

class ExplainCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }
  std::vector<Flag> Flags() override { return {}; }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override {
    if (arguments.empty()) {
      for (const DiagnosticInfo* info : Catalogue()) env.Out(absl::StrCat(Headline(*info), "\n"));
    }
    std::string pages;
    for (const std::string& argument : arguments) {
      const std::optional<std::string> page = Explain(argument);
      if (!page.has_value()) {
        return WrongUsage(absl::StrCat("there is no diagnostic `", argument, "`"), env);
      }
      absl::StrAppend(&pages, pages.empty() ? "" : "\n", *page);
    }
    env.Out(pages);
    return ExitStatus::kDone;
  }
};

}  // namespace

std::unique_ptr<Command> MakeExplainCommand() { return std::make_unique<ExplainCommand>(); }

}  // namespace genlc
