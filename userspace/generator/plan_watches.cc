// The watches of a client, named after the dumps that they begin with.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "userspace/generator/plan_types.h"

namespace genlc::cpp {
namespace {

// A part of the key as it stands in the object.
struct Part {
  std::string type;
  std::string value;
};

Part MemberOfHeader(const CppStruct& object, const StructMember* definition) {
  const auto& members = object.header->members;
  const auto member =
      std::find_if(members.begin(), members.end(),
                   [&](const CppStructure::Member& m) { return m.definition == definition; });
  return {member->type, absl::StrCat("object.header.", member->name)};
}

Part PartOf(const CppStruct& object, const Watch::KeyPart& part) {
  if (part.attribute == nullptr) return MemberOfHeader(object, part.member);
  const auto member =
      std::find_if(object.members.begin(), object.members.end(),
                   [&](const CppMember& m) { return m.attribute == part.attribute; });
  return {member->type, absl::StrCat("object.", member->name)};
}

void AddKey(const CppStruct& object, CppWatch& watch) {
  std::vector<std::string> types, values;
  for (const Watch::KeyPart& key : watch.watch->key) {
    const Part part = PartOf(object, key);
    types.push_back(part.type);
    values.push_back(part.value);
  }
  const bool several = types.size() > 1;
  watch.key = several ? absl::StrCat("std::tuple<", absl::StrJoin(types, ", "), ">") : types[0];
  watch.key_of = several ? absl::StrCat("{", absl::StrJoin(values, ", "), "}") : values[0];
}

}  // namespace

void AddWatches(Plan& plan, Scope& scope, Scope& methods) {
  for (const CppOperation& dump : plan.operations) {
    if (!dump.dump || !dump.operation->watch) continue;
    const std::string name = TypeName(dump.operation->name);
    CppWatch watch;
    watch.watch = &*dump.operation->watch;
    watch.dump = &dump;
    watch.name = scope.Claim(name + "Watch");
    watch.traits = scope.Claim(name + "Watched");
    watch.method = methods.Claim("Watch" + name, "Call");
    AddKey(*dump.reply, watch);
    for (const Watch::Condition& condition : watch.watch->only) {
      watch.only.push_back({MemberOfHeader(*dump.reply, condition.member).value, condition.value});
    }
    plan.watches.push_back(std::move(watch));
  }
}

}  // namespace genlc::cpp
