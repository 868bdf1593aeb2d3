// The types of the plan: constants, enumerations and the structs of nests and messages.
#ifndef GENLC_USERSPACE_GENERATOR_PLAN_TYPES_H_
#define GENLC_USERSPACE_GENERATOR_PLAN_TYPES_H_

#include <map>
#include <set>
#include <string>
#include <utility>

#include "userspace/generator/names.h"
#include "userspace/generator/plan.h"

namespace genlc::cpp {

// "int16_t"
std::string IntegerType(bool is_signed, int bits);

// Adds constants and enumerations to the plan; its family and sets are there already.
void PlanDefinitions(Plan& plan, Scope& scope);

// Adds binary structures to the plan, behind the enumerations.
void PlanStructures(Plan& plan, Scope& scope);

// Adds the watches; all else is there already. `methods` are the names in the client's class.
void AddWatches(Plan& plan, Scope& scope, Scope& methods);

// Makes structs and adds them to the plan.
class StructPlanner {
 public:
  StructPlanner(Plan& plan, Scope& scope) : plan_(plan), scope_(scope) {}

  // The nests of `message` first.
  const CppStruct* AddMessage(const std::string& name, const std::string& doc,
                              const Message& message);
  // A message of nothing but its header, if it has one.
  const CppStruct* AddEmpty(const std::string& name, const std::string& doc, const Struct* header);
  // A notification: `base` under a name of its own.
  const CppStruct* AddDerived(const std::string& name, const std::string& doc,
                              const CppStruct* base);
  // The structs of nests. To be called once, before any message.
  void AddNests();

 private:
  std::unique_ptr<CppStruct> Make(const std::string& name, absl::string_view suffix,
                                  const std::string& doc, const Struct* header);
  // Behind the variants of its members.
  const CppStruct* Append(std::unique_ptr<CppStruct> added);
  // Null for no set. With a header it is the format of a sub-message.
  const CppStruct* Nest(const AttributeSet* set, const Struct* header = nullptr);
  const CppStructure* Structure(const Struct* definition, bool as_value);
  const CppVariant* Variant(const SubMessage* definition);
  // What a member of this attribute needs: the struct of its nest or of its elements.
  void Prepare(const Attribute& attribute);
  const CppStruct* TypeValueEntry(const Attribute& attribute);
  void AddMember(CppStruct& to, const Attribute& attribute, bool required, Scope& names);
  std::string ElementType(const CppMember& member, AttributeType type) const;
  void Shape(CppMember& member, const std::string& element, const CppStruct& in);
  void Forward(const CppStruct* type);

  Plan& plan_;
  Scope& scope_;
  std::map<std::pair<const AttributeSet*, const Struct*>, CppStruct*> nests_;
  std::map<const SubMessage*, CppVariant*> variants_;
  std::set<const CppVariant*> declared_;
  std::map<const Attribute*, const CppStruct*> entries_;
  std::set<const CppStruct*> complete_;
};

}  // namespace genlc::cpp

#endif  // GENLC_USERSPACE_GENERATOR_PLAN_TYPES_H_
