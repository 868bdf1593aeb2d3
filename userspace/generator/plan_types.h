// The types of the plan: constants, enumerations and the structs of nests and messages.
#ifndef GENLC_USERSPACE_GENERATOR_PLAN_TYPES_H_
#define GENLC_USERSPACE_GENERATOR_PLAN_TYPES_H_

#include <map>
#include <set>
#include <string>

#include "userspace/generator/names.h"
#include "userspace/generator/plan.h"

namespace genlc::cpp {

// Adds constants and enumerations to the plan; its family and sets are there already.
void PlanDefinitions(Plan& plan, Scope& scope);

// Makes structs and adds them to the plan.
class StructPlanner {
 public:
  StructPlanner(Plan& plan, Scope& scope) : plan_(plan), scope_(scope) {}

  // The nests of `message` first.
  const CppStruct* AddMessage(const std::string& name, const std::string& doc,
                              const Message& message);
  // A message of no members.
  const CppStruct* AddEmpty(const std::string& name, const std::string& doc);
  // A notification: `base` under a name of its own.
  const CppStruct* AddDerived(const std::string& name, const std::string& doc,
                              const CppStruct* base);
  // The structs of nests. To be called once, before any message.
  void AddNests();

 private:
  CppStruct* Append(const std::string& name, absl::string_view suffix, const std::string& doc);
  const CppStruct* Nest(const AttributeSet* set);
  // What a member of this attribute needs: the struct of its nest or of its elements.
  void Prepare(const Attribute& attribute);
  const CppStruct* TypeValueEntry(const Attribute& attribute);
  CppMember Member(const Attribute& attribute, bool required, Scope& names);
  std::string ElementType(const Attribute& attribute, AttributeType type,
                          const CppStruct* nested) const;
  void Shape(CppMember& member, const std::string& element, bool incomplete) const;

  Plan& plan_;
  Scope& scope_;
  std::map<const AttributeSet*, CppStruct*> nests_;
  std::map<const Attribute*, const CppStruct*> entries_;
  std::set<const CppStruct*> complete_;
};

}  // namespace genlc::cpp

#endif  // GENLC_USERSPACE_GENERATOR_PLAN_TYPES_H_
