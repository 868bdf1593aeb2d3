// Which attribute sets a family's messages can contain, and whether C++ can express them.
#ifndef GENLC_USERSPACE_GENERATOR_REACH_H_
#define GENLC_USERSPACE_GENERATOR_REACH_H_

#include <vector>

#include "family/diag/reporter.h"
#include "family/model/family.h"

namespace genlc::cpp {

// The sets of all messages and of the nests in them, each once, those inside others first
// as far as sets that contain themselves allow it.
std::vector<const AttributeSet*> ReachableSets(const Family& family);

// Reports what the C++ back end has no form for; false where there is anything.
bool CheckExpressible(const Family& family, const std::vector<const AttributeSet*>& sets,
                      Reporter& reporter);

// All messages of an operation: requests, replies, event.
std::vector<const Message*> MessagesOf(const Operation& operation);

}  // namespace genlc::cpp

#endif  // GENLC_USERSPACE_GENERATOR_REACH_H_
