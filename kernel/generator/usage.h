// Which attribute sets travel as nests, and in which direction.
#ifndef GENLC_KERNEL_GENERATOR_USAGE_H_
#define GENLC_KERNEL_GENERATOR_USAGE_H_

#include <set>
#include <vector>

#include "family/model/family.h"

namespace genlc::kernel {

// The messages that a family sends one way.
std::vector<const Message*> Requests(const Family& family);
std::vector<const Message*> Replies(const Family& family);  // and events

// What a request of either side of an operation may carry, in the order of its set.
std::vector<const Attribute*> RequestedOf(const Operation& operation);
// And of any operation of a family all of whose operations have one set.
std::vector<const Attribute*> RequestedOf(const Family& family);

// The attribute with the highest number; there is at least one.
const Attribute& LastAttribute(const std::vector<const Attribute*>& attributes);

class Usage {
 public:
  explicit Usage(const Family& family);

  // Nested in a request or in what the kernel sends, at any depth.
  bool InRequest(const AttributeSet& set) const { return in_request_.count(&set) > 0; }
  bool InReply(const AttributeSet& set) const { return in_reply_.count(&set) > 0; }

  // An attribute, or the one that it stands for in a subset, that a request may carry.
  bool Requested(const Attribute& attribute) const { return requested_.count(&attribute) > 0; }

  // All nested sets; one comes after those that it contains, unless they contain it too.
  const std::vector<const AttributeSet*>& nests() const { return nests_; }

 private:
  using Sets = std::set<const AttributeSet*>;

  void Order(const AttributeSet& set, Sets& seen);

  Sets in_request_;
  Sets in_reply_;
  std::set<const Attribute*> requested_;
  std::vector<const AttributeSet*> nests_;
};

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_USAGE_H_
