// What the C++ of a family will consist of: all names and types are settled here, so that
// what prints it only prints.
#ifndef GENLC_USERSPACE_GENERATOR_PLAN_H_
#define GENLC_USERSPACE_GENERATOR_PLAN_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "family/diag/reporter.h"
#include "family/model/family.h"
#include "userspace/generator/reach.h"

namespace genlc::cpp {

struct CppConstant {
  const Constant* definition = nullptr;
  std::string name;  // kLabelMax
  std::string type;  // uint32_t; empty: text
};

// An enumeration of the spec as a C++ type. One whose entries serve as numbers and as bits
// (`enum-as-flags`) becomes two.
struct CppEnum {
  const Enum* definition = nullptr;
  std::string name;  // Kind
  std::string underlying;
  bool flags = false;
  bool used = false;  // by an attribute or structure that can be on the wire
  struct Entry {
    const EnumEntry* definition;
    std::string name;  // kInfrared
    Integer value;
  };
  std::vector<Entry> entries;
};

// A binary structure, as an attribute or in front of attributes.
struct CppStructure {
  const Struct* definition = nullptr;
  std::string name;  // TcRatespec
  struct Member {
    const StructMember* definition = nullptr;
    std::string name;
    std::string type;
    std::string initializer;
    const CppStructure* nested = nullptr;
  };
  std::vector<Member> members;  // without padding
  bool used = false;            // by one of the structs below, or by a structure that is
  bool as_value = false;        // and not only in front of attributes
};

struct CppStruct;
struct CppVariant;

struct CppMember {
  const Attribute* attribute = nullptr;
  std::string name;         // interval_ms
  std::string type;         // std::optional<uint32_t>
  std::string initializer;  // "0", "{}"; empty: none
  bool required = false;
  const CppStruct* nested = nullptr;        // of nests and arrays of nests
  const CppStructure* structure = nullptr;  // of binary structures
  const CppVariant* variant = nullptr;      // of sub-messages
};

struct CppStruct {
  std::string name;  // SensorGetReply
  std::string doc;
  const CppStructure* header = nullptr;  // the first member, if there is one
  const AttributeSet* set = nullptr;     // null: without attributes
  std::vector<CppMember> members;
  // A notification is what its operation replies, under a name of its own.
  const CppStruct* base = nullptr;
  // One element of `nest-type-value`: the values, then the nest.
  std::vector<std::string> levels;
  const CppStruct* value = nullptr;
  // Those that it is the first to use.
  std::vector<const CppVariant*> variants;

  // The struct that has the members.
  const CppStruct& body() const { return base != nullptr ? *base : *this; }
};

// What a sub-message can hold, as a genl::OneOf: bytes, for formats that are empty or unknown,
// or whatever its formats are, each once.
struct CppVariant {
  const SubMessage* definition = nullptr;
  std::string name;  // OptionsMsg
  struct Alternative {
    const CppStruct* attributes = nullptr;
    const CppStructure* structure = nullptr;  // where there are no attributes

    const std::string& name() const {
      return attributes != nullptr ? attributes->name : structure->name;
    }
  };
  std::vector<Alternative> alternatives;
  // For each format 0, the bytes, or the position of its alternative, from 1.
  std::vector<size_t> of_format;
};

struct CppOperation {
  const Operation* operation = nullptr;
  bool dump = false;
  std::string method;  // SensorGetDump
  uint32_t number = 0;
  const CppStruct* request = nullptr;  // null: neither header nor attributes
  uint32_t reply_number = 0;
  const CppStruct* reply = nullptr;  // null: an acknowledgement only
  bool has_flags = false;            // its method takes genl::RequestFlags

  // Of request and reply; `void` for none.
  std::vector<std::string> TypeNames() const {
    return {request != nullptr ? request->name : "void", reply != nullptr ? reply->name : "void"};
  }
};

struct CppEvent {
  const Operation* operation = nullptr;
  const CppStruct* type = nullptr;
};

// What follows the objects of a dump.
struct CppWatch {
  const Watch* watch = nullptr;
  const CppOperation* dump = nullptr;
  std::string name;    // SensorGetWatch
  std::string traits;  // SensorGetWatched
  std::string method;  // WatchSensorGet
  struct KeyPart {
    std::string type;    // uint32_t
    std::string member;  // id; header.index
  };
  std::vector<KeyPart> key;
  struct Condition {
    std::string member;  // header.family
    Integer value;
  };
  std::vector<Condition> only;  // where a message is about an object
};

struct CppGroup {
  const MulticastGroup* group = nullptr;
  std::string name;  // kAlarms
};

struct Plan {
  const Family* family = nullptr;
  std::string stem;  // of the files: "thermo"
  std::string namespace_name;
  std::vector<CppConstant> constants;
  std::vector<CppEnum> enums;
  // All sets that can be on the wire, those inside others first, and their names in the tables.
  std::vector<ReachableSet> sets;
  std::map<const AttributeSet*, std::string> set_names;
  // All structures that can be on the wire, each behind what it contains.
  std::vector<std::unique_ptr<CppStructure>> structures;
  std::vector<std::unique_ptr<CppVariant>> variants;
  // Nests first, each behind what it contains; messages in the order of the spec.
  std::vector<std::unique_ptr<CppStruct>> structs;
  // Structs that are named before they can be defined, because they contain themselves.
  std::vector<const CppStruct*> forward;
  std::vector<CppOperation> operations;
  std::vector<CppEvent> events;
  std::vector<CppGroup> groups;
  std::vector<CppWatch> watches;

  // Whether there is anything to listen to.
  bool has_events() const { return !events.empty() || !groups.empty(); }

  const ReachableSet& FindSet(const AttributeSet* definition) const;
  // Null where there is none; `definition` may be null.
  const CppEnum* FindEnum(const Enum* definition, bool flags) const;
  CppStructure* FindStructure(const Struct* definition) const;
};

// Nothing where the family has something that C++ output cannot express yet; each such
// place has been reported.
std::optional<Plan> MakePlan(const Family& family, Reporter& reporter);

}  // namespace genlc::cpp

#endif  // GENLC_USERSPACE_GENERATOR_PLAN_H_
