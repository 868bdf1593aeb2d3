// genlc completion: what makes a shell complete the words of a command line.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/completion.h"

namespace genlc {
namespace {

const Manual kManual = {
    .name = "completion",
    .purpose = "print what makes a shell complete command lines",
    .arguments = "bash|zsh",
    .min_arguments = 1,
    .max_arguments = 1,
    .description =
        "The shell then knows commands and flags, families whose specs are found, their "
        "operations and groups, and the attributes and values of a request. In bash: "
        "`source <(genlc completion bash)` in ~/.bashrc, or the output as the file `genlc` in "
        "/usr/share/bash-completion/completions. In zsh: `source <(genlc completion zsh)` behind "
        "`compinit` in ~/.zshrc, or the output as the file `_genlc` in a folder of $fpath.",
    .examples = {{"for bash", "genlc completion bash"}, {"for zsh", "genlc completion zsh"}},
};

class CompletionCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }
  std::vector<Flag> Flags() override { return {}; }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override {
    const std::string& shell = arguments[0];
    if (shell != "bash" && shell != "zsh") {
      return WrongUsage(Unknown("shell", shell, {"bash", "zsh"}), env);
    }
    env.Out(shell == "bash" ? kBashCompletion : kZshCompletion);
    return ExitStatus::kDone;
  }
};

}  // namespace

std::unique_ptr<Command> MakeCompletionCommand() { return std::make_unique<CompletionCommand>(); }

}  // namespace genlc
