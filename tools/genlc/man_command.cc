// genlc man: the manual pages, from what `--help` is made of.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/genlc.h"
#include "tools/genlc/help.h"

namespace genlc {
namespace {

const Manual kManual = {
    .name = "man",
    .purpose = "print a manual page, or write all of them",
    .arguments = "[COMMAND]",
    .max_arguments = 1,
    .description =
        "Prints the page of genlc, or that of a command, in the language of man(1). With --out, "
        "writes all pages into a folder: genlc.1, genlc-do.1 and so on.",
    .wrong_input = "a page cannot be written",
    .examples = {{"all pages, for an installation", "genlc man --out=share/man/man1"},
                 {"one page", "genlc man do"}},
};

class ManCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }
  std::vector<Flag> Flags() override { return {{"out", "DIR", "write all pages into DIR", &out_}}; }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override {
    const std::vector<std::unique_ptr<Command>> commands = Commands();
    std::vector<HelpPage> pages = {ProgramHelp(commands)};
    std::vector<std::string> names;
    for (const auto& command : commands) {
      pages.push_back(HelpOf(*command));
      names.push_back(command->manual().name);
    }
    if (!out_.empty())
      return arguments.empty() ? WriteAll(pages, env) : WrongUsage("--out writes all pages", env);
    const std::string name = arguments.empty() ? "genlc" : absl::StrCat("genlc ", arguments[0]);
    for (const HelpPage& page : pages) {
      if (page.name != name) continue;
      env.Out(ManualPage(page));
      return ExitStatus::kDone;
    }
    return WrongUsage(Unknown("command", arguments[0], names), env);
  }

 private:
  ExitStatus WriteAll(const std::vector<HelpPage>& pages, Environment& env) const {
    for (const HelpPage& page : pages) {
      const std::string path =
          absl::StrCat(out_, "/", absl::StrReplaceAll(page.name, {{" ", "-"}}), ".1");
      const absl::Status status = env.files().Write(path, ManualPage(page));
      if (status.ok()) continue;
      env.Err(absl::StrCat("genlc: cannot write ", path, ": ", status.message(), "\n"));
      return ExitStatus::kWrongInput;
    }
    return ExitStatus::kDone;
  }

  std::string out_;
};

}  // namespace

std::unique_ptr<Command> MakeManCommand() { return std::make_unique<ManCommand>(); }

}  // namespace genlc
