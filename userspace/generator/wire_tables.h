// The tables of a family for the runtime's codecs, built at run time.
//
//   WireTables tables(*family);
//   OwnedSet rows;
//   const genl::MessageTable request = tables.List(exchange.request, rows);
//   genl::FromJson(request, text, writer);             // only what the spec lists for it
//   genl::ToJson(tables.All(*exchange.reply), bytes);  // whatever has a name
//
// The same rows as a generated client has as constants. Names are those of the family, which
// must outlive its tables.
#ifndef GENLC_USERSPACE_GENERATOR_WIRE_TABLES_H_
#define GENLC_USERSPACE_GENERATOR_WIRE_TABLES_H_

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "family/model/family.h"
#include "genl/table.h"

namespace genlc {

// A set with its rows and index.
class OwnedSet {
 public:
  OwnedSet() = default;
  OwnedSet(const OwnedSet&) = delete;
  OwnedSet& operator=(const OwnedSet&) = delete;

  const genl::AttributeSet& set() const { return set_; }
  // Replaces what was there; set() keeps its address.
  void Assign(const char* name, const std::vector<genl::Attribute>& rows);

 private:
  std::vector<genl::Attribute> rows_;
  std::vector<uint16_t> index_;
  genl::AttributeSet set_;
};

class WireTables {
 public:
  explicit WireTables(const Family& family);
  WireTables(const WireTables&) = delete;
  WireTables& operator=(const WireTables&) = delete;

  // Null: not a set of this family.
  const genl::AttributeSet* Find(const AttributeSet& set) const;

  // All attributes of the set of the message: what may arrive.
  genl::MessageTable All(const Message& message) const;
  // Fills `to` with the attributes that the spec lists for the message, in its order: what
  // may be sent. The nests in them belong to this object.
  genl::MessageTable List(const Message& message, OwnedSet& to) const;

 private:
  struct OwnedStructure {
    std::vector<genl::StructMember> members;
    genl::Structure table;
  };
  struct OwnedSubMessage {
    std::vector<genl::Format> formats;
    genl::SubMessage table;
  };
  struct OwnedEnum {
    std::vector<genl::EnumEntry> entries;
    genl::Enum table;
  };

  void AddStructure(const Struct& structure);
  void AddSubMessage(const SubMessage& message);
  genl::StructMember Row(const StructMember& member);
  genl::Attribute Row(const Attribute& attribute);
  void SetPayload(const Attribute& attribute, genl::Attribute& row);
  const genl::Enum* EnumOf(const Enum* definition, bool flags);
  // Null for null.
  const genl::Structure* Find(const Struct* structure) const;

  std::map<const AttributeSet*, OwnedSet> sets_;
  // An enumeration whose entries serve as numbers and as bits has two tables.
  std::map<std::pair<const Enum*, bool>, OwnedEnum> enums_;
  std::map<const Struct*, OwnedStructure> structures_;
  std::map<const SubMessage*, OwnedSubMessage> sub_messages_;
  std::deque<std::string> level_names_;
  std::deque<genl::Limits> limits_;
};

}  // namespace genlc

#endif  // GENLC_USERSPACE_GENERATOR_WIRE_TABLES_H_
