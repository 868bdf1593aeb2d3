#include "tools/genlc/help.h"

#include "absl/strings/str_cat.h"
#include "tools/genlc/page.h"
#include "tools/genlc/spec_path.h"

namespace genlc {
namespace {

void AppendExamples(std::string& page, const std::vector<Example>& examples) {
  absl::StrAppend(&page, "\nExamples:\n");
  for (const Example& example : examples) {
    absl::StrAppend(&page, "  # ", example.what, "\n  ", example.command, "\n");
  }
}

}  // namespace

std::string ProgramHelp(const std::vector<std::unique_ptr<Command>>& commands) {
  std::string page =
      "genlc, the Generic Netlink family compiler: from a YAML netlink spec to a kernel\n"
      "module and a typed C++ client.\n"
      "\nUsage: genlc COMMAND [ARGUMENT...] [--FLAG...]\n"
      "\nCommands:\n";
  std::vector<Row> rows;
  for (const auto& command : commands)
    rows.push_back({command->manual().name, command->manual().purpose});
  rows.push_back({"help", "print this page, or that of a command"});
  AppendRows(page, rows);
  absl::StrAppend(&page, "\nFlags:\n");
  AppendRows(page, {{"--help", "print this page"}, {"--version", "print the version"}});
  absl::StrAppend(&page,
                  "\nExit status: 0 done, 1 the input is wrong, 2 the command line is wrong.\n",
                  "Results go to standard output, diagnostics to standard error.\n");
  absl::StrAppend(&page, "\nEnvironment:\n");
  AppendRows(page,
             {{kSpecPathVariable,
               "folders with specs, separated by colons. Where SPEC or FAMILY is a name and "
               "not a file, its spec is looked for there, in Documentation/netlink/specs, and "
               "among the specs that are installed"},
              {"NO_COLOR", "if it is set, diagnostics are not coloured"}});
  std::vector<Example> examples;
  for (const auto& command : commands) examples.push_back(command->manual().examples.front());
  AppendExamples(page, examples);
  absl::StrAppend(&page, "\n`genlc COMMAND --help` has all about a command.\n");
  return page;
}

std::string CommandHelp(const Manual& manual, const std::vector<Flag>& flags) {
  std::string page =
      absl::StrCat("genlc ", manual.name, ": ", manual.purpose, "\n\nUsage: genlc ", manual.name,
                   " ", manual.arguments, *manual.arguments == '\0' ? "" : " ", "[--FLAG...]\n\n");
  AppendParagraphs(page, manual.description);
  absl::StrAppend(&page, "\nFlags:\n");
  std::vector<Row> rows;
  for (const Flag& flag : flags) rows.push_back({flag.Spelling(), flag.help()});
  AppendRows(page, rows);
  absl::StrAppend(&page, "\nExit status:\n");
  std::vector<Row> statuses = {{"0", "done"}};
  if (manual.wrong_input != nullptr) statuses.push_back({"1", manual.wrong_input});
  statuses.push_back({"2", "the command line is wrong"});
  AppendRows(page, statuses);
  AppendExamples(page, manual.examples);
  return page;
}

}  // namespace genlc
