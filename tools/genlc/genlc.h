// The tool without a process around it: main() calls Run(), and so do the tests.
#ifndef GENLC_TOOLS_GENLC_GENLC_H_
#define GENLC_TOOLS_GENLC_GENLC_H_

#include <memory>
#include <string>
#include <vector>

#include "tools/genlc/command.h"
#include "tools/genlc/environment.h"
#include "tools/genlc/help.h"

namespace genlc {

inline constexpr char kVersion[] = "0.1";

// What `--help` says of a command.
HelpPage HelpOf(Command& command);

// All commands, in the order of `genlc --help`.
std::vector<std::unique_ptr<Command>> Commands();

// `words` is the command line without the name of the program.
ExitStatus Run(const std::vector<std::string>& words, Environment& env);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_GENLC_H_
