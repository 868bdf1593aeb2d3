// What `genlc --help` and `genlc COMMAND --help` say, and the manual pages: one content, laid out
// for a terminal or for man(1).
#ifndef GENLC_TOOLS_GENLC_HELP_H_
#define GENLC_TOOLS_GENLC_HELP_H_

#include <memory>
#include <string>
#include <vector>

#include "tools/genlc/command.h"
#include "tools/genlc/page.h"

namespace genlc {

// A page before it is laid out.
struct HelpPage {
  struct Section {
    std::string title;  // "Exit status"
    std::vector<Row> rows;
  };

  std::string name;         // "genlc do"
  std::string purpose;      // one line
  std::string usage;        // "genlc do FAMILY OPERATION [--FLAG...]"
  std::string description;  // paragraphs
  std::vector<Section> sections;
  std::vector<Example> examples;
  std::vector<std::string> see_also;  // names of other pages
};

HelpPage ProgramHelp(const std::vector<std::unique_ptr<Command>>& commands);
// `flags` include --help.
HelpPage CommandHelp(const Manual& manual, const std::vector<Flag>& flags);

// For a terminal of 80 columns.
std::string HelpText(const HelpPage& page);
// In the language of man(1).
std::string ManualPage(const HelpPage& page);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_HELP_H_
