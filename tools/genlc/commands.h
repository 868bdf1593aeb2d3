// The commands of genlc, a file each.
#ifndef GENLC_TOOLS_GENLC_COMMANDS_H_
#define GENLC_TOOLS_GENLC_COMMANDS_H_

#include <memory>

#include "tools/genlc/command.h"

namespace genlc {

std::unique_ptr<Command> MakeCompileCommand();     // compile_command.cc
std::unique_ptr<Command> MakeCheckCommand();       // check_command.cc
std::unique_ptr<Command> MakeBreakingCommand();    // breaking_command.cc
std::unique_ptr<Command> MakeExplainCommand();     // explain_command.cc
std::unique_ptr<Command> MakeInspectCommand();     // inspect_command.cc
std::unique_ptr<Command> MakeFamiliesCommand();    // families_command.cc
std::unique_ptr<Command> MakeDescribeCommand();    // describe_command.cc
std::unique_ptr<Command> MakeDoCommand();          // do_command.cc
std::unique_ptr<Command> MakeDumpCommand();        // do_command.cc
std::unique_ptr<Command> MakeWatchCommand();       // watch_command.cc
std::unique_ptr<Command> MakeVerifyCommand();      // verify_command.cc
std::unique_ptr<Command> MakeImportCommand();      // import_command.cc
std::unique_ptr<Command> MakeCompletionCommand();  // completion_command.cc
std::unique_ptr<Command> MakeDecodeCommand();      // decode_command.cc
std::unique_ptr<Command> MakeEncodeCommand();      // encode_command.cc
std::unique_ptr<Command> MakeManCommand();         // man_command.cc

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_COMMANDS_H_
