#include "tools/genlc/genlc.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/completion.h"
#include "tools/genlc/flags.h"

namespace genlc {
namespace {

Command* Find(const std::vector<std::unique_ptr<Command>>& commands, absl::string_view name) {
  for (const auto& command : commands) {
    if (name == command->manual().name) return command.get();
  }
  return nullptr;
}

ExitStatus UnknownCommand(const std::vector<std::unique_ptr<Command>>& commands,
                          absl::string_view word, Environment& env) {
  std::vector<std::string> names = {"help"};
  for (const auto& command : commands) names.push_back(command->manual().name);
  const std::string problem = absl::StartsWith(word, "-")
                                  ? Unknown("flag", word, {"--help", "--version"})
                                  : Unknown("command", word, names);
  env.Err(absl::StrCat("genlc: ", problem, "\nsee `genlc --help`\n"));
  return ExitStatus::kWrongUsage;
}

// The flags of a command and the one that all have.
std::vector<Flag> AllFlags(Command& command, bool& help) {
  std::vector<Flag> flags = command.Flags();
  flags.emplace_back("help", "", "print this page", &help);
  return flags;
}

ExitStatus Help(const std::vector<std::unique_ptr<Command>>& commands,
                const std::vector<std::string>& words, Environment& env) {
  if (words.empty() || words.front() == "--help") {
    env.Out(HelpText(ProgramHelp(commands)));
    return ExitStatus::kDone;
  }
  Command* command = Find(commands, words.front());
  if (command == nullptr) return UnknownCommand(commands, words.front(), env);
  env.Out(HelpText(HelpOf(*command)));
  return ExitStatus::kDone;
}

// For the scripts of `genlc completion`, and not for people: it is in no list.
ExitStatus CompleteLine(const std::vector<std::unique_ptr<Command>>& commands,
                        std::vector<std::string> words, Environment& env) {
  if (!words.empty() && words.front() == "--") words.erase(words.begin());
  for (const std::string& word : Complete(commands, words, env)) env.Out(absl::StrCat(word, "\n"));
  return ExitStatus::kDone;
}

ExitStatus RunCommand(Command& command, std::vector<std::string> words, Environment& env) {
  for (std::string& word : words) {
    if (word == "--") break;
    if (word == "-h") word = "--help";
  }
  bool help = false;
  const Manual& manual = command.manual();
  const std::vector<Flag> flags = AllFlags(command, help);
  const absl::StatusOr<std::vector<std::string>> arguments = ParseFlags(flags, words);
  if (!arguments.ok()) return command.WrongUsage(arguments.status().message(), env);
  if (help) {
    env.Out(HelpText(CommandHelp(manual, flags)));
    return ExitStatus::kDone;
  }
  if (arguments->size() < manual.min_arguments || arguments->size() > manual.max_arguments) {
    return command.WrongUsage(
        absl::StrCat(
            "wants ", manual.arguments, ", got ",
            arguments->empty() ? "nothing" : absl::StrCat(arguments->size(), " arguments")),
        env);
  }
  return command.Run(*arguments, env);
}

}  // namespace

ExitStatus Command::WrongUsage(absl::string_view problem, Environment& env) const {
  const std::string name = absl::StrCat("genlc ", manual().name);
  env.Err(absl::StrCat(name, ": ", problem, "\nsee `", name, " --help`\n"));
  return ExitStatus::kWrongUsage;
}

HelpPage HelpOf(Command& command) {
  bool help = false;
  return CommandHelp(command.manual(), AllFlags(command, help));
}

std::vector<std::unique_ptr<Command>> Commands() {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(MakeCompileCommand());
  commands.push_back(MakeCheckCommand());
  commands.push_back(MakeBreakingCommand());
  commands.push_back(MakeExplainCommand());
  commands.push_back(MakeInspectCommand());
  commands.push_back(MakeFamiliesCommand());
  commands.push_back(MakeDescribeCommand());
  commands.push_back(MakeDoCommand());
  commands.push_back(MakeDumpCommand());
  commands.push_back(MakeWatchCommand());
  commands.push_back(MakeVerifyCommand());
  commands.push_back(MakeImportCommand());
  commands.push_back(MakeDecodeCommand());
  commands.push_back(MakeEncodeCommand());
  commands.push_back(MakeCompletionCommand());
  commands.push_back(MakeManCommand());
  return commands;
}

ExitStatus Run(const std::vector<std::string>& words, Environment& env) {
  const std::vector<std::unique_ptr<Command>> commands = Commands();
  if (words.empty()) {
    env.Err(HelpText(ProgramHelp(commands)));
    return ExitStatus::kWrongUsage;
  }
  const std::vector<std::string> rest(words.begin() + 1, words.end());
  const std::string& first = words.front();
  if (first == "help" || first == "--help" || first == "-h") return Help(commands, rest, env);
  if (first == "--version") {
    env.Out(absl::StrCat("genlc ", kVersion, "\n"));
    return ExitStatus::kDone;
  }
  if (first == "complete") return CompleteLine(commands, rest, env);
  Command* command = Find(commands, first);
  if (command == nullptr) return UnknownCommand(commands, first, env);
  return RunCommand(*command, rest, env);
}

}  // namespace genlc
