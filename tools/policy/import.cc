#include "tools/policy/import.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "family/model/attribute.h"
#include "family/model/spelling.h"
#include "tools/policy/imported_sets.h"

namespace genlc {
namespace {

using genl::PolicyType;
using LimitKind = genl::Limits::Type;

// Of nests that the kernel does not look into.
constexpr char kUnknownSet[] = "unknown";

// The type of the spec, and, of integers, that of the model.
struct Spelled {
  const char* word;
  AttributeType type;
};

Spelled TypeOf(PolicyType type) {
  switch (type) {
    case PolicyType::kFlag: return {"flag", AttributeType::kFlag};
    case PolicyType::kU8: return {"u8", AttributeType::kU8};
    case PolicyType::kU16: return {"u16", AttributeType::kU16};
    case PolicyType::kU32: return {"u32", AttributeType::kU32};
    case PolicyType::kU64: return {"u64", AttributeType::kU64};
    case PolicyType::kS8: return {"s8", AttributeType::kS8};
    case PolicyType::kS16: return {"s16", AttributeType::kS16};
    case PolicyType::kS32: return {"s32", AttributeType::kS32};
    case PolicyType::kS64: return {"s64", AttributeType::kS64};
    case PolicyType::kUint: return {"uint", AttributeType::kUint};
    case PolicyType::kSint: return {"sint", AttributeType::kSint};
    case PolicyType::kString:
    case PolicyType::kNulString: return {"string", AttributeType::kString};
    case PolicyType::kNested: return {"nest", AttributeType::kNest};
    case PolicyType::kNestedArray: return {"indexed-array", AttributeType::kIndexedArray};
    case PolicyType::kBitfield32: return {"bitfield32", AttributeType::kBitfield32};
    default: return {"binary", AttributeType::kBinary};
  }
}

// A name of the kernel, with quotes where YAML could take it for something else.
std::string Name(const std::string& name) {
  const bool plain = !name.empty() && absl::ascii_isalpha(name[0]) &&
                     std::all_of(name.begin(), name.end(), [](char c) {
                       return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '.';
                     });
  if (plain) return name;
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted.push_back('\\');
    quoted.push_back(absl::ascii_isprint(c) ? c : '?');
  }
  return quoted + "\"";
}

std::string SetName(uint32_t root) { return absl::StrCat("set-", root); }
std::string AttributeName(uint16_t number) { return absl::StrCat("attr-", number); }
std::string MaskName(uint64_t mask) { return absl::StrFormat("bits-%x", mask); }

// Whether an enumeration of flags says the mask; all bits, and none, say nothing.
bool HasFlags(const genl::AttributePolicy& attribute) {
  if (attribute.limits.type != LimitKind::kMask || attribute.limits.high == 0) return false;
  if (attribute.type == PolicyType::kBitfield32) return attribute.limits.high != 0xffffffff;
  return attribute.limits.high != TypeRange(TypeOf(attribute.type).type).max;
}

// "min" and "max", where the range is not that of the type.
std::vector<std::pair<const char*, Integer>> EndsOf(const genl::AttributePolicy& attribute) {
  const genl::Limits& limits = attribute.limits;
  const AttributeType type = TypeOf(attribute.type).type;
  if (limits.type != LimitKind::kRange || !IsInteger(type)) return {};
  const auto value = [&](uint64_t bits) {
    return IsSigned(type) ? Integer(static_cast<int64_t>(bits)) : Integer(bits);
  };
  const IntegerRange range = TypeRange(type);
  std::vector<std::pair<const char*, Integer>> ends;
  if (value(limits.low) != range.min) ends.emplace_back("min", value(limits.low));
  if (value(limits.high) != range.max) ends.emplace_back("max", value(limits.high));
  return ends;
}

// A limit below 0 cannot be written in its place.
std::string ConstantName(Integer value) { return absl::StrCat("minus-", Text(-value)); }

class Importer {
 public:
  explicit Importer(const genl::FamilyPolicy& kernel) : kernel_(kernel), sets_(kernel) {}

  std::string Run() {
    AddHead();
    AddDefinitions();
    AddSets();
    AddOperations();
    AddGroups();
    return std::move(text_);
  }

 private:
  template <typename... Parts>
  void Line(const Parts&... parts) {
    absl::StrAppend(&text_, parts..., "\n");
  }

  void AddHead();
  void AddDefinitions();
  void AddSets();
  void AddAttribute(uint32_t root, const genl::AttributePolicy& attribute);
  void AddOperations();
  void AddOperation(const genl::OperationPolicy& operation);
  // `request`: the kernel's set of this use; `set`: that of the operation.
  void AddExchange(const char* mode, std::optional<uint32_t> request, std::optional<uint32_t> set);
  void AddGroups();

  // The attributes of both uses; nothing where the kernel tells none.
  std::optional<uint32_t> SetOf(const genl::OperationPolicy& operation) const;
  // ", nested-attributes: set-1"; what a person has to decide is added to `decide`.
  std::string Inside(const genl::AttributePolicy& attribute,
                     std::vector<std::string>& decide) const;
  // ", checks: {min: 1}"
  static std::string Checks(const genl::AttributePolicy& attribute);

  const genl::FamilyPolicy& kernel_;
  const ImportedSets sets_;
  std::string text_;
};

void Importer::AddHead() {
  Line("# SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)");
  Line("#");
  Line(
      "# What the running kernel says of the family. It tells numbers, types and limits of "
      "requests;");
  Line("# names, what things mean, and replies are for a person: see each `decide:`.");
  Line("---");
  Line("name: ", Name(kernel_.name));
  Line("protocol: genetlink-legacy  # decide: genetlink, where nothing of an old family is needed");
  Line("doc: The family ", Name(kernel_.name), ".  # decide: what it is for");
  // Specs have none below 1, which is what they mean without one; the core looks at no version.
  if (kernel_.version > 1) Line("version: ", kernel_.version);
}

void Importer::AddDefinitions() {
  std::set<uint64_t> masks;
  std::set<Integer> below_zero;
  for (const uint32_t root : sets_.roots()) {
    for (const auto& [number, attribute] : sets_.Attributes(root)) {
      if (HasFlags(attribute)) masks.insert(attribute.limits.high);
      for (const auto& [check, value] : EndsOf(attribute)) {
        if (value < 0) below_zero.insert(value);
      }
    }
  }
  if (masks.empty() && below_zero.empty() && kernel_.header_size == 0) return;
  Line("\ndefinitions:");
  for (const Integer value : below_zero) {
    Line("  - {name: ", ConstantName(value), ", type: const, value: ", Text(value),
         "}  # decide: a name");
  }
  for (const uint64_t mask : masks) {
    std::vector<std::string> entries;
    for (int bit = 0; bit < 64; ++bit) {
      if ((mask >> bit & 1) == 0) continue;
      entries.push_back(absl::StrCat("{name: bit-", bit, ", value: ", bit, "}"));
    }
    Line("  -  # decide: names");
    Line("    name: ", MaskName(mask));
    Line("    type: flags");
    Line("    entries: [", absl::StrJoin(entries, ", "), "]");
  }
  if (kernel_.header_size == 0) return;
  Line("  -  # decide: the members");
  Line("    name: header");
  Line("    type: struct");
  Line("    members: [{name: bytes, type: binary, len: ", kernel_.header_size, "}]");
}

void Importer::AddSets() {
  Line("\nattribute-sets:");
  bool unknown = sets_.roots().empty();  // a family has at least one, too
  for (const uint32_t root : sets_.roots()) {
    const auto& attributes = sets_.Attributes(root);
    Line("  -");
    Line("    name: ", SetName(root), "  # decide: a name");
    Line("    attributes:");
    // A set has at least one.
    if (attributes.empty())
      Line("      - {name: attr-1, type: unused}  # decide: the kernel tells none");
    for (const auto& [number, attribute] : attributes) {
      AddAttribute(root, attribute);
      unknown = unknown || TypeOf(attribute.type).type == AttributeType::kNest ||
                TypeOf(attribute.type).type == AttributeType::kIndexedArray;
    }
  }
  if (!unknown) return;
  Line("  -");
  Line("    name: ", kUnknownSet, "  # decide: a set for each nest that has this one");
  Line("    attributes:");
  Line("      - {name: attr-1, type: unused}");
}

void Importer::AddAttribute(uint32_t root, const genl::AttributePolicy& attribute) {
  std::vector<std::string> decide;
  const Spelled type = TypeOf(attribute.type);
  const std::string inside = Inside(attribute, decide);
  const std::string flags =
      HasFlags(attribute) ? absl::StrCat(", enum: ", MaskName(attribute.limits.high)) : "";
  if (attribute.type == PolicyType::kInvalid || attribute.type > PolicyType::kUint) {
    decide.push_back(absl::StrCat("the kernel says type ", static_cast<uint32_t>(attribute.type)));
  }
  if (sets_.IsDisputed(root, attribute.number)) {
    decide.push_back("`do` and `dump` do not take the same");
  }
  Line("      - {name: ", AttributeName(attribute.number), ", value: ", attribute.number,
       ", type: ", type.word, inside, flags, Checks(attribute), "}",
       decide.empty() ? "" : "  # decide: ", absl::StrJoin(decide, "; "));
}

std::string Importer::Inside(const genl::AttributePolicy& attribute,
                             std::vector<std::string>& decide) const {
  const AttributeType type = TypeOf(attribute.type).type;
  if (type != AttributeType::kNest && type != AttributeType::kIndexedArray) return "";
  std::string set = kUnknownSet;
  if (kernel_.Set(attribute.nested) != nullptr) {
    set = SetName(sets_.Root(*attribute.nested));
  } else {
    decide.push_back("what is inside");
  }
  return absl::StrCat(type == AttributeType::kNest ? "" : ", sub-type: nest",
                      ", nested-attributes: ", set);
}

std::string Importer::Checks(const genl::AttributePolicy& attribute) {
  const genl::Limits& limits = attribute.limits;
  std::vector<std::string> checks;
  for (const auto& [check, value] : EndsOf(attribute)) {
    checks.push_back(absl::StrCat(check, ": ", value < 0 ? ConstantName(value) : Text(value)));
  }
  if (limits.type == LimitKind::kLength) {
    if (limits.low == limits.high && limits.low != 0) {
      checks.push_back(absl::StrCat("exact-len: ", limits.low));
    } else {
      if (limits.low != 0) checks.push_back(absl::StrCat("min-len: ", limits.low));
      if (limits.high != genl::Limits::kNoMaximum && limits.high != 0) {
        checks.push_back(absl::StrCat("max-len: ", limits.high));
      }
    }
  }
  if (attribute.type == PolicyType::kString) checks.push_back("unterminated-ok: true");
  return checks.empty() ? "" : absl::StrCat(", checks: {", absl::StrJoin(checks, ", "), "}");
}

void Importer::AddOperations() {
  Line("\noperations:");
  if (kernel_.header_size != 0) Line("  fixed-header: header");
  Line("  list:");
  std::vector<genl::OperationPolicy> operations = kernel_.operations;
  std::sort(operations.begin(), operations.end(),
            [](const auto& a, const auto& b) { return a.command < b.command; });
  for (const genl::OperationPolicy& operation : operations) AddOperation(operation);
  if (!operations.empty()) return;
  // A family has at least one. What has no operations sends notifications, which are not told.
  Line("    -");
  Line("      name: op-1  # decide: the notifications of the family");
  Line("      doc: The kernel tells no operation.");
}

void Importer::AddOperation(const genl::OperationPolicy& operation) {
  Line("    -");
  Line("      name: op-", operation.command, "  # decide: a name, what it is for, what it answers");
  Line("      value: ", operation.command);
  Line("      doc: The operation of number ", operation.command, ".");
  const std::optional<uint32_t> set = SetOf(operation);
  if (set) Line("      attribute-set: ", SetName(sets_.Root(*set)));
  if (kernel_.Set(operation.do_set) == nullptr && kernel_.Set(operation.dump_set) == nullptr) {
    Line("      # decide: the kernel does not say what it takes");
  }
  if (operation.admin_perm()) Line("      flags: [admin-perm]");
  if (operation.uns_admin_perm()) Line("      flags: [uns-admin-perm]");
  if (operation.can_do()) AddExchange("do", operation.do_set, set);
  if (operation.can_dump()) AddExchange("dump", operation.dump_set, set);
}

std::optional<uint32_t> Importer::SetOf(const genl::OperationPolicy& operation) const {
  for (const std::optional<uint32_t>& set : {operation.do_set, operation.dump_set}) {
    const genl::PolicySet* taken = kernel_.Set(set);
    if (taken != nullptr && !taken->empty()) return set;
  }
  return std::nullopt;
}

void Importer::AddExchange(const char* mode, std::optional<uint32_t> request,
                           std::optional<uint32_t> set) {
  std::vector<std::string> taken;
  std::vector<std::string> answered;
  if (const genl::PolicySet* attributes = kernel_.Set(request)) {
    for (const genl::AttributePolicy& attribute : *attributes) {
      taken.push_back(AttributeName(attribute.number));
    }
  }
  if (set) {
    for (const auto& [number, attribute] : sets_.Attributes(sets_.Root(*set))) {
      answered.push_back(AttributeName(number));
    }
  }
  Line("      ", mode, ":");
  Line("        request: {attributes: [", absl::StrJoin(taken, ", "), "]}");
  Line("        reply: {attributes: [", absl::StrJoin(answered, ", "), "]}");
}

void Importer::AddGroups() {
  if (kernel_.groups.empty()) return;
  Line("\nmcast-groups:");
  Line("  list:  # decide: which notifications go to them, and `flags` for who may join");
  for (const std::string& group : kernel_.groups) Line("    - {name: ", Name(group), "}");
}

}  // namespace

std::string ImportSpec(const genl::FamilyPolicy& kernel) { return Importer(kernel).Run(); }

}  // namespace genlc
