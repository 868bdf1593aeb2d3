// The resolved family: what every generator, check and tool reads.
//
// A Family is built once from a raw spec and its profile, and is const from then on.
// All numbers, defaults, C names and links between its parts are settled here; a
// generator prints them and decides nothing. Everything is owned by the Family.
#ifndef GENLC_FAMILY_MODEL_FAMILY_H_
#define GENLC_FAMILY_MODEL_FAMILY_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "family/model/attribute.h"
#include "family/model/definition.h"
#include "family/model/operation.h"

namespace genlc {

// The schema level of a spec (`protocol`). Each includes those before it, except that
// netlink-raw stands beside genetlink-legacy.
enum class Level { kGenetlink, kGenetlinkC, kGenetlinkLegacy, kNetlinkRaw };

// How the kernel groups its policies (`kernel-policy`).
enum class KernelPolicy { kSplit, kPerOperation, kGlobal };

// What only the kernel module needs to know; from the profile.
struct Module {
  std::string name;     // of the .ko, default: the family's name with underscores
  std::string license;  // MODULE_LICENSE, default "GPL"
  std::string author;
  std::string description;
  bool netnsok = true;
  bool parallel_ops = true;
  Places places;
};

// What is odd and meant to be; from the profile, where the reason stands too.
struct Allowed {
  std::string rule;   // "GL1011"
  std::string place;  // "sensor.label"
  SourceSpan span;    // of the rule
};

struct Family {
  std::string name;    // on the wire: "thermo", "dev-energymodel"
  std::string c_name;  // with underscores: "dev_energymodel"
  std::string doc;
  std::string license;      // SPDX expression of the spec's first line
  std::string source_path;  // of the spec, as given to the compiler
  Level level = Level::kGenetlink;
  uint32_t version = 1;
  std::string uapi_header;        // "linux/thermo.h"
  std::string c_family_name;      // THERMO_FAMILY_NAME
  std::string c_version_name;     // THERMO_FAMILY_VERSION
  std::optional<int> protocol_number;  // netlink-raw
  KernelPolicy kernel_policy = KernelPolicy::kSplit;
  bool max_by_define = false;

  std::string command_prefix;   // "THERMO_CMD_"
  std::string command_enum;     // tag of the C enumeration of commands; empty: none
  std::string command_max_name;
  std::string command_count_name;
  std::string async_prefix;     // where notifications have an enumeration of their own
  std::string async_enum;
  bool directional = false;     // commands to and from the kernel are numbered apart
  bool has_async_enum = false;

  std::vector<std::string> kernel_headers;  // kernel-family: headers
  std::string sock_priv;                    // kernel-family: sock-priv

  // In the order of the spec.
  std::vector<std::unique_ptr<Constant>> constants;
  std::vector<std::unique_ptr<Enum>> enums;
  std::vector<std::unique_ptr<Struct>> structs;
  // All definitions as the spec orders them, for output that keeps the order.
  std::vector<std::variant<const Constant*, const Enum*, const Struct*>> definitions;
  std::vector<std::unique_ptr<AttributeSet>> sets;
  std::vector<std::unique_ptr<SubMessage>> sub_messages;
  std::vector<std::unique_ptr<Operation>> operations;
  std::vector<std::unique_ptr<MulticastGroup>> groups;

  Module module;
  std::vector<Allowed> allowed_breaks;  // changes that would break users
  std::vector<Allowed> allowed_lint;    // what `genlc check` would warn of
  SourceSpan span;
  Places places;
  Places operations_places;  // of `operations`
  Places kernel_places;      // of `kernel-family`

  const Constant* FindConstant(absl::string_view name) const;
  const Enum* FindEnum(absl::string_view name) const;
  const Struct* FindStruct(absl::string_view name) const;
  const AttributeSet* FindSet(absl::string_view name) const;
  const Operation* FindOperation(absl::string_view name) const;
  const MulticastGroup* FindGroup(absl::string_view name) const;

  bool is_generic() const { return level != Level::kNetlinkRaw; }
};

}  // namespace genlc

#endif  // GENLC_FAMILY_MODEL_FAMILY_H_
