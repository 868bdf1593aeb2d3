// The spec of a family that a live command talks to.
#ifndef GENLC_TOOLS_GENLC_LIVE_FAMILY_H_
#define GENLC_TOOLS_GENLC_LIVE_FAMILY_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "family/model/family.h"
#include "family/source/source.h"
#include "genl/operation.h"
#include "tools/genlc/environment.h"

namespace genlc {

// The family of a spec, by the name of its file or its own (FindSpec()). Null after saying on
// standard error what is missing or wrong. `manager` outlives the family.
std::unique_ptr<const Family> LoadLiveFamily(const std::string& name, Environment& env,
                                             SourceManager& manager);

// The family as the runtime takes it; the name is that of `family`, which outlives it.
genl::Family WireFamily(const Family& family);

// What the operation says to a request for one object or for all. Specs of classic families leave
// out dumps (`gettclass` of tc), and there any request with a reply may be one. Null: it is not for
// it.
const Exchange* FindExchange(const Family& family, const Operation& operation, bool dump);

// "`thermo` has no operation `sensor-gte`; did you mean `sensor-get`?"
std::string NotThere(const Family& family, absl::string_view what, absl::string_view name,
                     const std::vector<absl::string_view>& candidates);

// What the family has under the number of a command that the kernel sends unasked.
struct KnownMessage {
  const Operation* operation;
  const Message* message;
};

// A notification or event; else what carries the same.
std::optional<KnownMessage> FindMessage(const Family& family, uint32_t command);

// What a message with this command is that comes in answer to `exchange`: the reply or, where a
// request with NLM_F_ECHO is told what it changed, whatever the family has under the number. Null:
// nothing.
const Message* FindAnswer(const Family& family, const Exchange& exchange, uint32_t command);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_LIVE_FAMILY_H_
