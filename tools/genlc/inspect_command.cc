// genlc inspect: what a phase of the compiler made of a spec.
#include <optional>
#include <string>
#include <vector>

#include "family/diag/render.h"
#include "family/load/dump.h"
#include "family/load/load.h"
#include "family/model/dump.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/pipeline.h"
#include "tools/genlc/sources.h"

namespace genlc {
namespace {

const Manual kManual = {
    .name = "inspect",
    .purpose = "show what the compiler made of a spec",
    .arguments = "SPEC",
    .min_arguments = 1,
    .max_arguments = 1,
    .description =
        "Prints what one phase of the compiler made of SPEC, as compact text that only "
        "changes when the meaning does. raw: the spec as it is written, each value with its "
        "line and column. model: everything that is settled from then on: numbers, C names, "
        "limits, and what each message may and must carry.",
    .wrong_input = "the spec is wrong; what could be understood is printed all the same",
    .examples = {{"every number, C name and limit of a family", "genlc inspect thermo.yaml"},
                 {"what was read, and where it stands", "genlc inspect --phase=raw thermo.yaml"}},
};

class InspectCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }

  std::vector<Flag> Flags() override {
    return {
        {"phase", "raw|model", "which phase; default: model", &phase_},
        {"profile", "FILE", "the profile, where it is not the one beside the spec", &profile_},
    };
  }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override {
    SourceManager manager;
    const auto sources = ReadSources(arguments, profile_, env, manager);
    if (!sources.has_value()) return ExitStatus::kWrongInput;
    Reporter reporter;
    env.Out(phase_ == Phase::kRaw ? Raw(sources->front(), reporter)
                                  : Model(sources->front(), reporter));
    env.Err(Render(reporter.Sorted(), {.color = env.color()}));
    return reporter.has_errors() ? ExitStatus::kWrongInput : ExitStatus::kDone;
  }

 private:
  enum class Phase { kRaw, kModel };

  static std::string Raw(const Source& source, Reporter& reporter) {
    std::string text;
    if (const auto spec = LoadSpec(*source.spec, reporter)) text += DumpRaw(*spec);
    if (source.profile == nullptr) return text;
    if (const auto profile = LoadProfile(*source.profile, reporter)) text += DumpRaw(*profile);
    return text;
  }

  static std::string Model(const Source& source, Reporter& reporter) {
    const std::unique_ptr<const Family> family = Build(source, reporter);
    return family == nullptr ? "" : DumpModel(*family);
  }

  Phase phase_ = Phase::kModel;
  std::string profile_;
};

}  // namespace

std::unique_ptr<Command> MakeInspectCommand() { return std::make_unique<InspectCommand>(); }

}  // namespace genlc
