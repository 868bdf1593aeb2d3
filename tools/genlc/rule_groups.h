// Groups of rules that a command line chooses by their words: --only=wire,policy --except=api.
#ifndef GENLC_TOOLS_GENLC_RULE_GROUPS_H_
#define GENLC_TOOLS_GENLC_RULE_GROUPS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "tools/genlc/flags.h"

namespace genlc {

// A member of `Groups`, a struct of flags that are all true, by its word.
template <typename Groups>
struct RuleGroup {
  const char* word;
  bool Groups::*member;
};

// Sets the groups of these words; the error names one that is none.
template <typename Groups>
absl::Status SetRuleGroups(const std::vector<std::string>& words, bool value,
                           absl::Span<const RuleGroup<Groups>> known, Groups& groups) {
  for (const std::string& word : words) {
    bool found = false;
    std::vector<std::string> all;
    for (const RuleGroup<Groups>& group : known) {
      all.push_back(group.word);
      if (word != group.word) continue;
      groups.*(group.member) = value;
      found = true;
    }
    if (!found) return absl::InvalidArgumentError(Unknown("group of rules", word, all));
  }
  return absl::OkStatus();
}

// Those of --only, or all, without those of --except.
template <typename Groups>
absl::StatusOr<Groups> ChooseRuleGroups(const std::vector<std::string>& only,
                                        const std::vector<std::string>& except,
                                        absl::Span<const RuleGroup<Groups>> known) {
  Groups groups;
  for (const RuleGroup<Groups>& group : known) groups.*(group.member) = only.empty();
  if (absl::Status status = SetRuleGroups(only, true, known, groups); !status.ok()) return status;
  if (absl::Status status = SetRuleGroups(except, false, known, groups); !status.ok()) {
    return status;
  }
  return groups;
}

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_RULE_GROUPS_H_
