// What a family's messages can contain, and whether C++ can express it.
#ifndef GENLC_USERSPACE_GENERATOR_REACH_H_
#define GENLC_USERSPACE_GENERATOR_REACH_H_

#include <vector>

#include "family/diag/reporter.h"
#include "family/model/family.h"

namespace genlc::cpp {

// The sets of all messages and of what is nested in them, each once, those inside others first
// as far as sets that contain themselves allow it.
std::vector<const AttributeSet*> ReachableSets(const Family& family);

// The structures in front of messages and in these sets, each once, those inside others first.
std::vector<const Struct*> ReachableStructures(const Family& family,
                                               const std::vector<const AttributeSet*>& sets);

// Whether an attribute of `set`, at any depth, is the sub-message.
bool LeadsTo(const AttributeSet& set, const SubMessage& target);

// Reports what the C++ back end has no form for; false where there is anything.
bool CheckExpressible(const Family& family, const std::vector<const AttributeSet*>& sets,
                      Reporter& reporter);

}  // namespace genlc::cpp

#endif  // GENLC_USERSPACE_GENERATOR_REACH_H_
