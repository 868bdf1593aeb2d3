// What a family's messages can contain, and whether C++ can express it.
#ifndef GENLC_USERSPACE_GENERATOR_REACH_H_
#define GENLC_USERSPACE_GENERATOR_REACH_H_

#include <vector>

#include "family/diag/reporter.h"
#include "family/model/family.h"

namespace genlc::cpp {

// A set, with those of its attributes that can be on the wire, by number. Those are all of a set
// that is nested; otherwise those that messages list, and what may select a sub-message.
struct ReachableSet {
  const AttributeSet* set = nullptr;
  std::vector<const Attribute*> attributes;
};

// The sets of all messages and of what is nested in them, each once, those inside others first
// as far as sets that contain themselves allow it.
std::vector<ReachableSet> ReachableSets(const Family& family);

// The structures in front of messages and in these sets, each once, those inside others first.
std::vector<const Struct*> ReachableStructures(const Family& family,
                                               const std::vector<ReachableSet>& sets);

// Whether an attribute of `set`, at any depth, is the sub-message.
bool LeadsTo(const AttributeSet& set, const SubMessage& target);

// Reports what the C++ back end has no form for; false where there is anything.
bool CheckExpressible(const Family& family, const std::vector<ReachableSet>& sets,
                      Reporter& reporter);

}  // namespace genlc::cpp

#endif  // GENLC_USERSPACE_GENERATOR_REACH_H_
