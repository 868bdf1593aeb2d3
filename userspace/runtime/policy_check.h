// Requests held to the limits of the spec, as a kernel does it before a handler sees them.
#ifndef GENL_POLICY_CHECK_H_
#define GENL_POLICY_CHECK_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "genl/complaint.h"
#include "genl/layout.h"
#include "genl/reader.h"

namespace genl {

// How thoroughly (`dont-validate` of a spec).
enum class Validation : uint8_t {
  kStrict,
  kLiberal,  // as of old: unknown attributes, trailing bytes and integers that are too long pass
};

// The attributes that a request may carry, by their numbers.
class RequestPolicy {
 public:
  // Adds those of one side of an operation; null: it has none.
  void Add(const Layout* request);
  // As if it allowed them all: an old operation without attributes.
  void AllowAll() { allows_all_ = true; }

  bool allows_all() const { return allows_all_; }
  bool empty() const { return by_number_.empty(); }
  uint16_t last() const { return static_cast<uint16_t>(by_number_.size() - 1); }
  // Null: not allowed.
  const Attribute* Find(uint16_t number) const {
    return number < by_number_.size() ? by_number_[number] : nullptr;
  }

 private:
  std::vector<const Attribute*> by_number_;
  bool allows_all_ = false;
};

// What the core of the kernel checks with a policy (lib/nlattr.c: validate_nla() and
// __nla_validate_parse()): the same errors in the same order, with the same texts. False: see
// `complaint`.
bool CheckPolicy(const RequestPolicy& policy, Validation validation, Bytes attributes,
                 Complaint& complaint);
// The same of a nest whose attributes are of a set.
bool CheckPolicy(const AttributeSet& set, Validation validation, Bytes attributes,
                 Complaint& complaint);

// What a policy cannot say and a generated module checks while it decodes: what is required, gaps
// of enumerations, lengths of elements. `attributes` have passed CheckPolicy(). `complete`: of an
// operation whose sides have each a policy of their own, so that what belongs to the other side is
// refused.
bool CheckRequest(const Layout& request, Bytes attributes, bool complete, Complaint& complaint);

}  // namespace genl

#endif  // GENL_POLICY_CHECK_H_
