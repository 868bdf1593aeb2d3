// The pages of `genlc --help` and `genlc COMMAND --help`.
#ifndef GENLC_TOOLS_GENLC_HELP_H_
#define GENLC_TOOLS_GENLC_HELP_H_

#include <memory>
#include <string>
#include <vector>

#include "tools/genlc/command.h"

namespace genlc {

std::string ProgramHelp(const std::vector<std::unique_ptr<Command>>& commands);
std::string CommandHelp(const Manual& manual, const std::vector<Flag>& flags);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_HELP_H_
