// What the running kernel says of a generic family: its operations, and what each of them accepts.
//
//   absl::StatusOr<genl::FamilyPolicy> policy = genl::ReadPolicy("thermo");
//
// The source is the kernel's family of families, `nlctrl`: CTRL_CMD_GETFAMILY, and from 5.8 on
// CTRL_CMD_GETPOLICY, which tells since 5.10 what each operation accepts. Anybody may ask.
#ifndef GENL_POLICY_H_
#define GENL_POLICY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "genl/client.h"
#include "genl/endpoint.h"
#include "genl/table.h"

namespace genl {

// NL_ATTR_TYPE_* of linux/netlink.h. Newer kernels may say others.
enum class PolicyType : uint32_t {
  kInvalid,
  kFlag,
  kU8,
  kU16,
  kU32,
  kU64,
  kS8,
  kS16,
  kS32,
  kS64,
  kBinary,
  kString,     // may lack its NUL
  kNulString,  // has to have it
  kNested,
  kNestedArray,  // a nest of nests; their own types are numbers of any kind
  kBitfield32,
  kSint,
  kUint,
};

// What the kernel checks of one attribute.
struct AttributePolicy {
  uint16_t number = 0;
  PolicyType type = PolicyType::kInvalid;
  // Integers: a range, which is that of the type where there is no other, or a mask; bitfields: a
  // mask; strings (without their NUL) and bytes: a length.
  Limits limits = {};
  // The set inside, an index of FamilyPolicy::sets; nothing: the kernel does not look inside.
  std::optional<uint32_t> nested = {};

  bool operator==(const AttributePolicy&) const = default;
};

// The attributes that a message or nest may have, in the order of their numbers. The kernel leaves
// out those that it refuses, and (up to 7.3) 16 and 32 bits of big endian whose range it checks.
using PolicySet = std::vector<AttributePolicy>;

// Null: it is not told.
const AttributePolicy* FindAttribute(const PolicySet& set, uint16_t number);

struct OperationPolicy {
  uint32_t command = 0;
  uint32_t flags = 0;  // GENL_* of linux/genetlink.h
  // Of a request to `do` and `dump`, indexes of FamilyPolicy::sets; nothing: it does not say, or
  // there is no such request.
  std::optional<uint32_t> do_set = {};
  std::optional<uint32_t> dump_set = {};

  bool admin_perm() const;
  bool uns_admin_perm() const;
  bool can_do() const;
  bool can_dump() const;

  bool operator==(const OperationPolicy&) const = default;
};

struct FamilyPolicy {
  std::string name = {};
  uint16_t id = 0;
  uint32_t version = 0;
  uint32_t header_size = 0;                      // in bytes
  std::vector<OperationPolicy> operations = {};  // as the kernel orders them
  std::vector<std::string> groups = {};
  // What is inside of requests and nests. Several may share one.
  std::vector<PolicySet> sets = {};

  const OperationPolicy* Find(uint32_t command) const;
  // Null where `set` is nothing or none.
  const PolicySet* Set(std::optional<uint32_t> set) const;
};

// NotFound where the kernel does not have the family. A kernel that cannot tell policies (before
// 5.8) tells no sets.
absl::StatusOr<FamilyPolicy> ReadPolicy(absl::string_view family,
                                        const ConnectOptions& options = {});
// The same from the namespace of `endpoint`, which may be another family's.
absl::StatusOr<FamilyPolicy> ReadPolicy(absl::string_view family, const Endpoint& endpoint,
                                        const ConnectOptions& options);

}  // namespace genl

#endif  // GENL_POLICY_H_
