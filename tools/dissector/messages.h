// What arrives and what is sent, by the number of the command.
#ifndef GENLC_TOOLS_DISSECTOR_MESSAGES_H_
#define GENLC_TOOLS_DISSECTOR_MESSAGES_H_

#include <cstdint>
#include <map>
#include <optional>

#include "family/codegen/printer.h"
#include "family/diag/reporter.h"
#include "family/model/family.h"

namespace genlc::dissector {

struct NamedMessage {
  const Operation* operation;
  const Message* message;
};

struct Messages {
  std::map<uint32_t, NamedMessage> requests;
  // Also notifications and events.
  std::map<uint32_t, NamedMessage> replies;
};

// Nothing after reporting two messages under one number that do not look alike: a capture does
// not say which is meant.
std::optional<Messages> CollectMessages(const Family& family, Reporter& reporter);

void EmitMessages(Printer& printer, const Messages& messages);

}  // namespace genlc::dissector

#endif  // GENLC_TOOLS_DISSECTOR_MESSAGES_H_
