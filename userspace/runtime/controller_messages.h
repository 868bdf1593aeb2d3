// Messages of the kernel's family of families, `nlctrl` (linux/genetlink.h): for who asks it, and
// for who answers in its place.
#ifndef GENL_CONTROLLER_MESSAGES_H_
#define GENL_CONTROLLER_MESSAGES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "genl/extack.h"
#include "genl/operation.h"

namespace genl::controller {

// A family by its number or its name. `operation` narrows GETPOLICY to one command.
struct Request {
  std::optional<uint16_t> family_id = {};
  std::optional<std::string> family_name = {};
  std::optional<uint32_t> operation = {};
};

struct OperationEntry {
  uint32_t id = 0;
  uint32_t flags = 0;  // GENL_*
};

struct GroupEntry {
  std::string name = {};
  uint32_t id = 0;
};

struct Family {
  std::string name = {};
  uint16_t id = 0;
  uint32_t version = 0;
  uint32_t header_size = 0;    // in bytes
  uint32_t max_attribute = 0;  // of the policy that its operations share
  std::vector<OperationEntry> operations = {};
  std::vector<GroupEntry> groups = {};
};

// One attribute of a set, which is known by its index.
struct SetEntry {
  uint32_t set = 0;
  uint32_t attribute = 0;
  PolicyInfo value = {};
};

// The sets of an operation, by their index.
struct Sets {
  std::optional<uint32_t> of_do = {};
  std::optional<uint32_t> of_dump = {};
};

struct OperationSets {
  uint32_t command = 0;
  Sets value = {};
};

// One message of the many that a family's policies are told with.
struct Policy {
  uint16_t family_id = 0;
  std::vector<SetEntry> attributes = {};
  std::vector<OperationSets> operations = {};
};

extern const Layout kFamilyLayout;
extern const Operation kGetFamily;
extern const Operation kGetPolicy;

}  // namespace genl::controller

#endif  // GENL_CONTROLLER_MESSAGES_H_
