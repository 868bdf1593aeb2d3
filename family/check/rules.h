// The groups of rules, one file each. Internal to this directory.
//
// A rule is a small function over one node of the model that reports and returns nothing;
// its group decides which nodes it sees. Rules do not depend on one another's outcome.
#ifndef GENLC_FAMILY_CHECK_RULES_H_
#define GENLC_FAMILY_CHECK_RULES_H_

#include "family/diag/reporter.h"
#include "family/model/family.h"

namespace genlc {

// The levels genetlink-legacy and netlink-raw describe families as they have been for years. What
// is only odd, and what nobody generates from them, is left in peace there.
inline bool IsOld(const Family& family) {
  return family.level == Level::kGenetlinkLegacy || family.level == Level::kNetlinkRaw;
}

void CheckNames(const Family& family, Reporter& reporter);       // unique, and short enough
void CheckNumbers(const Family& family, Reporter& reporter);     // unique, and fit their fields
void CheckAttributes(const Family& family, Reporter& reporter);  // keys that fit the type
void CheckPolicies(const Family& family, Reporter& reporter);    // `checks` that can be made
void CheckOperations(const Family& family, Reporter& reporter);  // messages and who sends them
void CheckUapi(const Family& family, Reporter& reporter);        // names and paths in C
void CheckProfile(const Family& family, Reporter& reporter);     // what the profile adds
void CheckLint(const Family& family, Reporter& reporter);        // only warnings

}  // namespace genlc

#endif  // GENLC_FAMILY_CHECK_RULES_H_
