// genlc describe: what one would otherwise look up in the spec.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/description.h"
#include "tools/genlc/kernel_family.h"
#include "tools/genlc/live_family.h"
#include "tools/genlc/live_flags.h"

namespace genlc {
namespace {

const Manual kManual = {
    .name = "describe",
    .purpose = "show the operations of a family, or the messages of one",
    .arguments = "FAMILY [OPERATION]",
    .min_arguments = 1,
    .max_arguments = 2,
    .description =
        "Without OPERATION: the operations, with their numbers, whether they are for `do` or "
        "`dump`, and who may call them; the notifications; the multicast groups. With one: the "
        "attributes of its requests and replies, those inside others below them, with types, "
        "limits, entries of enumerations and defaults, and which have to be there. Below a "
        "sub-message stand its formats by the value of the attribute that chooses. The names "
        "are those that `genlc do`, `dump` and `watch` take and print. FAMILY is the file of a "
        "spec, or the name of one (GENLC_SPEC_PATH).\n\n"
        "Where there is no spec, the running kernel is asked: what its requests take, and how much "
        "of it, under names made of numbers, `op-3` and `attr-1`, as `genlc import` writes them.",
    .wrong_input =
        "the spec is wrong, or has no such operation; there is neither a spec nor a "
        "family of that name in the kernel",
    .examples = {{"what a family can do", "genlc describe nlctrl"},
                 {"what an operation takes and answers", "genlc describe nlctrl getfamily"}},
};

class DescribeCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }
  std::vector<Flag> Flags() override { return {namespace_.flag()}; }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override {
    SourceManager manager;
    const std::unique_ptr<const Family> family =
        LoadFamily(arguments[0], namespace_.Options(env), env, manager);
    if (family == nullptr) return ExitStatus::kWrongInput;
    if (arguments.size() == 1) {
      env.Out(DescribeFamily(*family));
      return ExitStatus::kDone;
    }
    const Operation* operation = family->FindOperation(arguments[1]);
    if (operation == nullptr) {
      std::vector<absl::string_view> names;
      for (const auto& known : family->operations) names.push_back(known->name);
      env.Err(absl::StrCat("genlc describe: ", NotThere(*family, "operation", arguments[1], names),
                           "\n"));
      return ExitStatus::kWrongInput;
    }
    env.Out(DescribeOperation(*family, *operation));
    return ExitStatus::kDone;
  }

 private:
  NetworkNamespace namespace_;
};

}  // namespace

std::unique_ptr<Command> MakeDescribeCommand() { return std::make_unique<DescribeCommand>(); }

}  // namespace genlc
