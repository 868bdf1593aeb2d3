// What stands in messages, as types of syzkaller.
#ifndef GENLC_TOOLS_SYZLANG_TYPES_H_
#define GENLC_TOOLS_SYZLANG_TYPES_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "family/codegen/printer.h"
#include "family/model/family.h"

namespace genlc::syzlang {

// "sensor-get" -> "sensor_get"; a digit does not come first.
std::string Identifier(absl::string_view name);

// Names a type where it is asked for, and remembers to declare it: nothing is declared that
// no message has.
class Types {
 public:
  explicit Types(const Family& family) : prefix_(Identifier(family.name)) {}

  // A structure before attributes, padded as there.
  std::string Header(const Struct& structure);
  // One of the attributes, for messages that may have some of a set.
  std::string Attributes(const std::string& name, const std::vector<const Attribute*>& attributes);

  // All that has been named.
  void Emit(Printer& printer) const;

 private:
  std::string Name(absl::string_view name) const;
  // Any attribute of a set.
  std::string Set(const AttributeSet& set);
  std::string Structure(const Struct& structure);
  std::string Member(const StructMember& member);
  // nlattr[1, int32]
  std::string Field(const Attribute& attribute);
  std::string Payload(const Attribute& attribute, AttributeType type);
  std::string Integer(const Attribute& attribute, AttributeType type);
  std::string VaryingInteger(const Attribute& attribute, AttributeType type);
  std::string Binary(const Attribute& attribute);
  std::string Bitfield(const Attribute& attribute);
  std::string Nest(const Attribute& attribute);
  std::string SubMessageUnion(const SubMessage& message);
  // The values that an integer may have; empty: they are not listed.
  std::string Values(const Enum* enumeration, bool flags);
  std::string Either(absl::string_view name, const std::vector<std::string>& members);

  struct Declaration {
    bool is_union = false;
    std::vector<std::string> members;  // "name\ttype"
    std::string attributes;            // "packed"
  };

  const std::string prefix_;
  std::vector<std::string> order_;
  std::map<std::string, Declaration> declarations_;
  std::map<std::string, std::string> values_;  // lists of numbers by their names
};

}  // namespace genlc::syzlang

#endif  // GENLC_TOOLS_SYZLANG_TYPES_H_
