// Old against new: what programs that work with one version of a family can rely on no longer.
#ifndef GENLC_FAMILY_CHECK_BREAKING_BREAKING_H_
#define GENLC_FAMILY_CHECK_BREAKING_BREAKING_H_

#include "family/diag/reporter.h"
#include "family/model/family.h"

namespace genlc {

// Who is broken: programs that run already (wire, policy), or that are to be compiled again.
struct BreakGroups {
  bool wire = true;    // GL10xx: messages that one side misreads
  bool policy = true;  // GL11xx: requests that the kernel newly refuses
  bool uapi = true;    // GL12xx: source in C, by the uAPI header
  bool api = true;     // GL13xx: source in C++, by the generated client
};

// Reports each break of the chosen groups, at its place in `after` with a note of the place in
// `before`; for what has gone that is the place of what it stood in. What `allow-breaking` in the
// profile of `after` allows is left out, and an entry that allows nothing gets a warning.
//
// What has gone from the wire has gone for every source too: it is told once, by the first of the
// chosen groups. Both families are free of errors, and so are their texts still there.
void FindBreaks(const Family& before, const Family& after, const BreakGroups& groups,
                Reporter& reporter);

}  // namespace genlc

#endif  // GENLC_FAMILY_CHECK_BREAKING_BREAKING_H_
