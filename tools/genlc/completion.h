// What a shell offers for a word of a command line that is not finished.
#ifndef GENLC_TOOLS_GENLC_COMPLETION_H_
#define GENLC_TOOLS_GENLC_COMPLETION_H_

#include <memory>
#include <string>
#include <vector>

#include "tools/genlc/command.h"

namespace genlc {

// `words` is the command line without the name of the program; the last one is to be completed, and
// may be empty. A result that ends in one of "=./," is not finished: no blank belongs behind it.
// Nothing where a file may stand, or where a spec cannot be read.
std::vector<std::string> Complete(const std::vector<std::unique_ptr<Command>>& commands,
                                  const std::vector<std::string>& words, Environment& env);

// The script that makes a shell ask `genlc complete -- WORD...`.
extern const char kBashCompletion[];
extern const char kZshCompletion[];

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_COMPLETION_H_
