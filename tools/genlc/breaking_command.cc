// genlc breaking: what a new version of a spec breaks for users of the old one.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "family/check/breaking/breaking.h"
#include "family/diag/render.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/pipeline.h"
#include "tools/genlc/rule_groups.h"
#include "tools/genlc/sources.h"

namespace genlc {
namespace {

const Manual kManual = {
    .name = "breaking",
    .purpose = "report what a new version of a spec breaks",
    .arguments = "OLD NEW | SPEC... --against=git:REV",
    .min_arguments = 1,
    .description =
        "Compares two versions of a spec, each with the profile beside it, and reports every "
        "change that somebody has to notice, at its place in the new one with a note of the place "
        "in the old one; where nothing breaks it prints nothing. Additions are harmless, and so is "
        "a limit that is loosened.\n\n"
        "The rules are of four groups. wire: programs that are built already misread messages "
        "(GL10xx). policy: their requests are refused, or mean something else (GL11xx). uapi: C "
        "source does not compile with the uAPI header, or gets another value from it (GL12xx). "
        "api: C++ source does not compile with the client (GL13xx). What has gone from the wire is "
        "gone for every source, and told once. `genlc explain GL1011` explains a rule.\n\n"
        "A break that is on purpose stands in the profile of the new spec, with the rule, the "
        "place that the report names first, and a reason:\n\n"
        "allow-breaking: [{rule: GL1011, at: sensor.label, reason: nobody could set it}]",
    .wrong_input = "something breaks, a spec has errors, or a file or revision cannot be read",
    .examples = {{"what the next release would break",
                  "genlc breaking released/thermo.yaml thermo.yaml"},
                 {"what the changes that are not committed yet would break",
                  "genlc breaking thermo.yaml --against=git:HEAD"},
                 {"only what programs notice that are built already",
                  "genlc breaking thermo.yaml --against=git:HEAD --only=wire,policy"}},
};

constexpr RuleGroup<BreakGroups> kGroups[] = {{"wire", &BreakGroups::wire},
                                              {"policy", &BreakGroups::policy},
                                              {"uapi", &BreakGroups::uapi},
                                              {"api", &BreakGroups::api}};

// Two versions of one spec.
struct Versions {
  Source before;
  Source after;
};

class BreakingCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }

  std::vector<Flag> Flags() override {
    return {
        {"against", "git:REV", "compare each SPEC with what git has of it in this revision",
         &against_},
        {"only", "GROUP,...", "rules of these groups: wire, policy, uapi, api", &only_},
        {"except", "GROUP,...", "no rules of these groups", &except_},
        {"format", "text|json|github", "how to report; default: text", &format_},
        {"profile", "FILE", "the profile of the new spec, where it is not the one beside it",
         &profile_},
        {"old_profile", "FILE", "the same for the old spec", &old_profile_},
    };
  }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override {
    const absl::StatusOr<BreakGroups> groups =
        ChooseRuleGroups<BreakGroups>(only_, except_, kGroups);
    if (!groups.ok()) return WrongUsage(groups.status().message(), env);
    absl::string_view revision = against_;
    if (const std::string problem = Problem(arguments, revision); !problem.empty()) {
      return WrongUsage(problem, env);
    }
    SourceManager manager;
    const auto versions = against_.empty() ? ReadBoth(arguments, env, manager)
                                           : ReadAgainst(arguments, revision, env, manager);
    if (!versions.has_value()) return ExitStatus::kWrongInput;
    bool ok = true;
    std::vector<Diagnostic> diagnostics;
    for (const Versions& pair : *versions) ok = Compare(pair, *groups, diagnostics) && ok;
    Print(diagnostics, env);
    return ok ? ExitStatus::kDone : ExitStatus::kWrongInput;
  }

 private:
  // What is wrong with the command line; empty: nothing. Takes the prefix off `revision`.
  std::string Problem(const std::vector<std::string>& arguments,
                      absl::string_view& revision) const {
    if (against_.empty()) {
      return arguments.size() == 2 ? "" : "wants OLD and NEW, or a SPEC and --against=git:REV";
    }
    if (!absl::ConsumePrefix(&revision, "git:") || revision.empty() || revision[0] == '-') {
      return absl::StrCat("--against is `git:` and a revision, not `", against_, "`");
    }
    if (arguments.size() > 1 && !(profile_ + old_profile_).empty()) {
      return "a profile belongs to one spec, and there are several";
    }
    return "";
  }

  std::optional<std::vector<Versions>> ReadBoth(const std::vector<std::string>& arguments,
                                                Environment& env, SourceManager& manager) const {
    const auto before = ReadSources({arguments[0]}, old_profile_, env, manager);
    const auto after = ReadSources({arguments[1]}, profile_, env, manager);
    if (!before.has_value() || !after.has_value()) return std::nullopt;
    return {{{before->front(), after->front()}}};
  }

  // A spec that the revision does not have is new and breaks nothing.
  std::optional<std::vector<Versions>> ReadAgainst(const std::vector<std::string>& arguments,
                                                   absl::string_view revision, Environment& env,
                                                   SourceManager& manager) const {
    const auto sources = ReadSources(arguments, profile_, env, manager);
    if (!sources.has_value()) return std::nullopt;
    bool ok = true;
    std::vector<Versions> versions;
    for (const Source& after : *sources) {
      const auto before =
          ReadRevision(after.spec->path(), old_profile_, std::string(revision), env, manager);
      if (before.ok()) {
        versions.push_back({*before, after});
        continue;
      }
      ok = ok && absl::IsNotFound(before.status());
      env.Err(absl::StrCat("genlc breaking: ", before.status().message(), "\n"));
    }
    if (!ok) return std::nullopt;
    return versions;
  }

  // False where something breaks, or a spec has errors.
  static bool Compare(const Versions& versions, const BreakGroups& groups,
                      std::vector<Diagnostic>& diagnostics) {
    Reporter of_before;
    Reporter of_after;
    const std::unique_ptr<const Family> before = Analyze(versions.before, of_before);
    const std::unique_ptr<const Family> after = Analyze(versions.after, of_after);
    if (before == nullptr) Append(of_before.Sorted(), diagnostics);
    if (after == nullptr) Append(of_after.Sorted(), diagnostics);
    if (before == nullptr || after == nullptr) return false;
    Reporter reporter;
    FindBreaks(*before, *after, groups, reporter);
    Append(reporter.Sorted(), diagnostics);
    return !reporter.has_errors();
  }

  void Print(const std::vector<Diagnostic>& diagnostics, Environment& env) const {
    const std::string report = Render(diagnostics, {format_, env.color()});
    if (format_ == DiagnosticFormat::kText) {
      env.Err(report);
    } else {
      env.Out(report);
    }
  }

  std::string against_;
  std::vector<std::string> only_;
  std::vector<std::string> except_;
  DiagnosticFormat format_ = DiagnosticFormat::kText;
  std::string profile_;
  std::string old_profile_;
};

}  // namespace

std::unique_ptr<Command> MakeBreakingCommand() { return std::make_unique<BreakingCommand>(); }

}  // namespace genlc
