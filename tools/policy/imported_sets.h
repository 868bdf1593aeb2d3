// The attribute sets of a spec that is made of policies. Internal to this directory.
#ifndef GENLC_TOOLS_POLICY_IMPORTED_SETS_H_
#define GENLC_TOOLS_POLICY_IMPORTED_SETS_H_

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "genl/policy.h"

namespace genlc {

// The kernel's sets of one operation are one set of the spec.
class ImportedSets {
 public:
  explicit ImportedSets(const genl::FamilyPolicy& kernel);

  // The kernel's index that the spec's set of this one is called after: "set-0" has it.
  uint32_t Root(uint32_t index) const { return roots_[index]; }
  // All attributes of the spec's set, by their numbers. Where two of the kernel's sets say
  // something else of one attribute, it is said as the first does, and IsDisputed().
  const std::map<uint16_t, genl::AttributePolicy>& Attributes(uint32_t root) const {
    return attributes_.at(root);
  }
  bool IsDisputed(uint32_t root, uint16_t number) const;
  // The spec's sets, in the order of their numbers: those that have an attribute, or are nested.
  std::vector<uint32_t> roots() const;

 private:
  void Join(uint32_t a, uint32_t b);

  std::vector<uint32_t> roots_;  // at [index]
  std::map<uint32_t, std::map<uint16_t, genl::AttributePolicy>> attributes_;
  std::map<uint32_t, std::vector<uint16_t>> disputed_;
  std::set<uint32_t> nested_;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_POLICY_IMPORTED_SETS_H_
