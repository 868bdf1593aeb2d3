// genlc verify: a spec against the running kernel.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "family/diag/render.h"
#include "genl/policy.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/kernel_family.h"
#include "tools/genlc/live_flags.h"
#include "tools/genlc/pipeline.h"
#include "tools/genlc/rule_groups.h"
#include "tools/genlc/sources.h"
#include "tools/policy/verify.h"

namespace genlc {
namespace {

const Manual kManual = {
    .name = "verify",
    .purpose = "hold a spec against the running kernel",
    .arguments = "SPEC...",
    .min_arguments = 1,
    .description =
        "Asks the running kernel which operations the family has, who may call them, which "
        "multicast groups there are, and for each request which attributes it takes, of which "
        "types and within which limits, inside of others too. Reports, at its place in the spec, "
        "what is not so; where both agree it prints nothing.\n\n"
        "The rules are of five groups. missing: the spec has it and the kernel does not, which may "
        "be older (GL15xx). unsaid: the kernel has it and the spec does not (GL16xx). differs: "
        "both "
        "have it, and not alike (GL17xx). limits: other values or lengths are right (GL18xx). "
        "notes: what the kernel does not say, so that nothing is known (GL19xx); a note is no "
        "error. `genlc explain GL1503` explains a rule.\n\n"
        "Of replies and notifications a kernel says nothing, and of classic netlink nothing at "
        "all. "
        "A daemon wants to know whether the kernel has what it uses: --only=missing,differs. A "
        "module wants to be what its spec says: no flags.",
    .wrong_input =
        "spec and kernel differ, the kernel does not have the family, or a spec has "
        "errors or cannot be read",
    .examples = {{"whether module and spec agree", "genlc verify thermo.yaml"},
                 {"whether this kernel has what a program uses",
                  "genlc verify thermo.yaml --only=missing,differs"},
                 {"what is nobody's mistake left out, for a script",
                  "genlc verify thermo.yaml --except=notes --format=json"}},
};

constexpr RuleGroup<VerifyGroups> kGroups[] = {{"missing", &VerifyGroups::missing},
                                               {"unsaid", &VerifyGroups::unsaid},
                                               {"differs", &VerifyGroups::differs},
                                               {"limits", &VerifyGroups::limits},
                                               {"notes", &VerifyGroups::notes}};

class VerifyCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }

  std::vector<Flag> Flags() override {
    return {
        {"only", "GROUP,...", "rules of these groups: missing, unsaid, differs, limits, notes",
         &only_},
        {"except", "GROUP,...", "no rules of these groups", &except_},
        {"format", "text|json|github", "how to report; default: text", &format_},
        {"profile", "FILE", "the profile, where it is not the one beside the spec", &profile_},
        namespace_.flag(),
    };
  }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override {
    const auto groups = ChooseRuleGroups<VerifyGroups>(only_, except_, kGroups);
    if (!groups.ok()) return WrongUsage(groups.status().message(), env);
    SourceManager manager;
    const auto sources = ReadSources(arguments, profile_, env, manager);
    if (!sources.has_value()) return ExitStatus::kWrongInput;
    bool ok = true;
    std::vector<Diagnostic> diagnostics;
    for (const Source& source : *sources) {
      ok = VerifySource(source, *groups, env, diagnostics) && ok;
    }
    const std::string report = Render(diagnostics, {format_, env.color()});
    if (format_ == DiagnosticFormat::kText) {
      env.Err(report);
    } else {
      env.Out(report);
    }
    return ok ? ExitStatus::kDone : ExitStatus::kWrongInput;
  }

 private:
  // False where the two differ, or cannot be compared.
  bool VerifySource(const Source& source, const VerifyGroups& groups, Environment& env,
                    std::vector<Diagnostic>& diagnostics) const {
    Reporter of_spec;
    const std::unique_ptr<const Family> family = Analyze(source, of_spec);
    if (family == nullptr) {
      Append(of_spec.Sorted(), diagnostics);
      return false;
    }
    Reporter reporter;
    if (!family->is_generic()) {
      VerifyClassic(*family, groups, reporter);
    } else {
      const auto kernel = genl::ReadPolicy(family->name, namespace_.Options(env));
      if (!kernel.ok()) {
        env.Err(absl::StrCat("genlc verify: ", family->source_path, ": ",
                             NoKernelFamily(family->name, kernel.status()), "\n"));
        return false;
      }
      Verify(*family, *kernel, groups, reporter);
    }
    Append(reporter.Sorted(), diagnostics);
    return !reporter.has_errors();
  }

  std::vector<std::string> only_;
  std::vector<std::string> except_;
  DiagnosticFormat format_ = DiagnosticFormat::kText;
  std::string profile_;
  NetworkNamespace namespace_;
};

}  // namespace

std::unique_ptr<Command> MakeVerifyCommand() { return std::make_unique<VerifyCommand>(); }

}  // namespace genlc
