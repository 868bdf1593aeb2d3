// The extended acknowledgement: attributes that the kernel puts behind an error.
#ifndef GENL_EXTACK_H_
#define GENL_EXTACK_H_

#include <cstdint>
#include <optional>
#include <string>

#include "genl/layout.h"

namespace genl {

// What the kernel says of the policy of an attribute (enum netlink_policy_type_attr): of one that
// was failed, and of all where it is asked for them (policy.h).
struct PolicyInfo {
  std::optional<uint32_t> type = {};  // enum netlink_attribute_type
  std::optional<int64_t> min_signed = {};
  std::optional<int64_t> max_signed = {};
  std::optional<uint64_t> min = {};
  std::optional<uint64_t> max = {};
  std::optional<uint32_t> min_length = {};
  std::optional<uint32_t> max_length = {};
  std::optional<uint32_t> nested = {};       // index of the set inside,
  std::optional<uint32_t> last_nested = {};  // and its highest number
  std::optional<uint32_t> bitfield_mask = {};
  std::optional<uint64_t> mask = {};
};

// enum nlmsgerr_attrs
struct ExtAck {
  std::optional<std::string> message = {};
  std::optional<uint32_t> offset = {};  // of the attribute at fault, from the message header
  std::optional<PolicyInfo> policy = {};
  std::optional<uint32_t> missing_type = {};
  std::optional<uint32_t> missing_nest = {};  // offset of the nest that should have it
};

extern const Layout kExtAckLayout;
extern const AttributeSet kPolicyInfoSet;
extern const Layout kPolicyInfoLayout;

// "must be 10..3600000"; empty for a policy that limits nothing.
std::string DescribePolicy(const PolicyInfo& policy);

}  // namespace genl

#endif  // GENL_EXTACK_H_
