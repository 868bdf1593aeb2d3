// What a command of genlc is.
//
// A command describes itself in a Manual and a table of flags; parsing, `--help`,
// did-you-mean and the list of commands are made from these (genlc.h, help.h).
#ifndef GENLC_TOOLS_GENLC_COMMAND_H_
#define GENLC_TOOLS_GENLC_COMMAND_H_

#include <limits>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/genlc/environment.h"
#include "tools/genlc/flags.h"

namespace genlc {

struct Example {
  const char* what;     // "check every spec of a folder"
  const char* command;  // the whole line; a test runs it
};

struct Manual {
  const char* name;
  const char* purpose;    // one line
  const char* arguments;  // "SPEC..."
  size_t min_arguments = 0;
  size_t max_arguments = std::numeric_limits<size_t>::max();
  const char* description;            // paragraphs, wrapped when printed
  const char* wrong_input = nullptr;  // what exit status 1 means; null: never
  std::vector<Example> examples;
};

class Command {
 public:
  virtual ~Command() = default;

  virtual const Manual& manual() const = 0;
  // Their destinations are members of the command.
  virtual std::vector<Flag> Flags() = 0;
  // After the flags have been set. The number of arguments is as the manual says.
  virtual ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) = 0;

  // Says what is wrong with the command line, and where to read how it is right.
  ExitStatus WrongUsage(absl::string_view problem, Environment& env) const;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_COMMAND_H_
