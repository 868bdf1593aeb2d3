// genlc import: a first spec from the running kernel.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "genl/policy.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/kernel_family.h"
#include "tools/genlc/live_flags.h"
#include "tools/policy/import.h"

namespace genlc {
namespace {

const Manual kManual = {
    .name = "import",
    .purpose = "write a first spec from the running kernel",
    .arguments = "FAMILY",
    .min_arguments = 1,
    .max_arguments = 1,
    .description =
        "Prints a spec of a family that has none. The kernel tells operations, who may call them, "
        "multicast groups, and the attributes that requests may have: their numbers, types and "
        "limits, and what is inside of them. It tells no names, so that these are made of the "
        "numbers, and nothing of replies and notifications. What a person has to decide is marked "
        "with `decide:`.\n\n"
        "`genlc check` accepts the spec, and `genlc verify` has nothing against it.",
    .wrong_input = "the kernel does not have the family, or cannot be asked",
    .examples = {{"begin a spec", "genlc import thermo"},
                 {"of the family that lists all families", "genlc import nlctrl"}},
};

class ImportCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }

  std::vector<Flag> Flags() override { return {namespace_.flag()}; }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override {
    const auto kernel = genl::ReadPolicy(arguments[0], namespace_.Options(env));
    if (!kernel.ok()) {
      env.Err(absl::StrCat("genlc import: ", NoKernelFamily(arguments[0], kernel.status()), "\n"));
      return ExitStatus::kWrongInput;
    }
    env.Out(ImportSpec(*kernel));
    return ExitStatus::kDone;
  }

 private:
  NetworkNamespace namespace_;
};

}  // namespace

std::unique_ptr<Command> MakeImportCommand() { return std::make_unique<ImportCommand>(); }

}  // namespace genlc
