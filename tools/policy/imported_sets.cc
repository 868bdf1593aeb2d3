#include "tools/policy/imported_sets.h"

#include <algorithm>

namespace genlc {

ImportedSets::ImportedSets(const genl::FamilyPolicy& kernel) {
  for (uint32_t i = 0; i < kernel.sets.size(); ++i) roots_.push_back(i);
  for (const genl::OperationPolicy& operation : kernel.operations) {
    const genl::PolicySet* of_do = kernel.Set(operation.do_set);
    const genl::PolicySet* of_dump = kernel.Set(operation.dump_set);
    if (of_do == nullptr || of_dump == nullptr) continue;
    // The policy that takes nothing is that of many operations.
    if (!of_do->empty() && !of_dump->empty()) Join(*operation.do_set, *operation.dump_set);
  }
  for (uint32_t i = 0; i < kernel.sets.size(); ++i) {
    auto& attributes = attributes_[Root(i)];
    for (const genl::AttributePolicy& attribute : kernel.sets[i]) {
      if (kernel.Set(attribute.nested) != nullptr) nested_.insert(Root(*attribute.nested));
      const auto [known, inserted] = attributes.emplace(attribute.number, attribute);
      if (!inserted && !(known->second == attribute)) {
        disputed_[Root(i)].push_back(attribute.number);
      }
    }
  }
}

void ImportedSets::Join(uint32_t a, uint32_t b) {
  const uint32_t first = std::min(Root(a), Root(b));
  const uint32_t second = std::max(Root(a), Root(b));
  for (uint32_t& root : roots_) {
    if (root == second) root = first;
  }
}

bool ImportedSets::IsDisputed(uint32_t root, uint16_t number) const {
  const auto found = disputed_.find(root);
  return found != disputed_.end() &&
         std::find(found->second.begin(), found->second.end(), number) != found->second.end();
}

std::vector<uint32_t> ImportedSets::roots() const {
  std::vector<uint32_t> roots;
  for (const auto& [root, attributes] : attributes_) {
    if (!attributes.empty() || nested_.contains(root)) roots.push_back(root);
  }
  return roots;
}

}  // namespace genlc
