#include "tools/genlc/help.h"

#include "absl/strings/str_cat.h"
#include "tools/genlc/page.h"
#include "tools/genlc/spec_path.h"

namespace genlc {
namespace {

HelpPage::Section EnvironmentSection() {
  return {"Environment",
          {{kSpecPathVariable,
            "folders with specs, separated by colons. Where SPEC or FAMILY is a name and not a "
            "file, its spec is looked for there, in Documentation/netlink/specs, and among the "
            "specs that are installed"},
           {"NO_COLOR", "if it is set, diagnostics are not coloured"}}};
}

}  // namespace

HelpPage ProgramHelp(const std::vector<std::unique_ptr<Command>>& commands) {
  HelpPage page = {
      .name = "genlc",
      .purpose = "the Generic Netlink family compiler",
      .usage = "genlc COMMAND [ARGUMENT...] [--FLAG...]",
      .description =
          "From a YAML netlink spec, genlc makes a kernel module and a typed C++ client; and with "
          "it, it talks to the kernel that runs. `genlc families` lists the families that this "
          "kernel has, `genlc describe FAMILY` the operations of one, and `genlc describe FAMILY "
          "OPERATION` what one of them takes and answers. `genlc do` and `genlc dump` call it, "
          "`genlc watch` shows what a family tells unasked. Specs of the kernel's own families are "
          "in its source, in Documentation/netlink/specs.",
      .sections = {},
      .examples = {},
      .see_also = {}};
  std::vector<Row> rows;
  for (const auto& command : commands) {
    const Manual& manual = command->manual();
    rows.push_back({manual.name, manual.purpose});
    page.examples.push_back(manual.examples.front());
    page.see_also.push_back(absl::StrCat("genlc-", manual.name));
  }
  rows.push_back({"help", "print this page, or that of a command"});
  page.sections = {{"Commands", std::move(rows)},
                   {"Flags", {{"--help", "print this page"}, {"--version", "print the version"}}},
                   {"Exit status",
                    {{"0", "done; results are on standard output"},
                     {"1", "the input is wrong, or the kernel said no; why is on standard error"},
                     {"2", "the command line is wrong"}}},
                   EnvironmentSection()};
  return page;
}

HelpPage CommandHelp(const Manual& manual, const std::vector<Flag>& flags) {
  HelpPage page = {.name = absl::StrCat("genlc ", manual.name),
                   .purpose = manual.purpose,
                   .usage = absl::StrCat("genlc ", manual.name, " ", manual.arguments,
                                         *manual.arguments == '\0' ? "" : " ", "[--FLAG...]"),
                   .description = manual.description,
                   .sections = {},
                   .examples = manual.examples,
                   .see_also = {"genlc"}};
  std::vector<Row> rows;
  for (const Flag& flag : flags) rows.push_back({flag.Spelling(), flag.help()});
  std::vector<Row> statuses = {{"0", "done"}};
  if (manual.wrong_input != nullptr) statuses.push_back({"1", manual.wrong_input});
  statuses.push_back({"2", "the command line is wrong"});
  page.sections = {{"Flags", std::move(rows)}, {"Exit status", std::move(statuses)}};
  return page;
}

std::string HelpText(const HelpPage& page) {
  std::string text = absl::StrCat(page.name, ": ", page.purpose, "\n\nUsage: ", page.usage, "\n\n");
  AppendParagraphs(text, page.description);
  for (const HelpPage::Section& section : page.sections) {
    absl::StrAppend(&text, "\n", section.title, ":\n");
    AppendRows(text, section.rows);
  }
  absl::StrAppend(&text, "\nExamples:\n");
  for (const Example& example : page.examples) {
    absl::StrAppend(&text, "  # ", example.what, "\n  ", example.command, "\n");
  }
  if (page.name == "genlc") {
    absl::StrAppend(&text, "\n`genlc COMMAND --help` has all about a command.\n");
  }
  return text;
}

}  // namespace genlc
