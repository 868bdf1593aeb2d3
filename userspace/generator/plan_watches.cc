// The watches of a client, named after the dumps that they begin with.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "userspace/generator/plan_types.h"

namespace genlc::cpp {
namespace {

CppWatch::KeyPart MemberOfHeader(const CppStruct& object, const StructMember* definition) {
  const auto& members = object.header->members;
  const auto member =
      std::find_if(members.begin(), members.end(),
                   [&](const CppStructure::Member& m) { return m.definition == definition; });
  return {member->type, absl::StrCat("header.", member->name)};
}

CppWatch::KeyPart PartOf(const CppStruct& object, const Watch::KeyPart& part) {
  if (part.attribute == nullptr) return MemberOfHeader(object, part.member);
  const auto member =
      std::find_if(object.members.begin(), object.members.end(),
                   [&](const CppMember& m) { return m.attribute == part.attribute; });
  return {member->type, member->name};
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
    for (const Watch::KeyPart& part : watch.watch->key) {
      watch.key.push_back(PartOf(*dump.reply, part));
    }
    for (const Watch::Condition& condition : watch.watch->only) {
      watch.only.push_back({MemberOfHeader(*dump.reply, condition.member).member, condition.value});
    }
    plan.watches.push_back(std::move(watch));
  }
}

}  // namespace genlc::cpp
