#include "userspace/generator/plan.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "userspace/generator/names.h"
#include "userspace/generator/plan_types.h"
#include "userspace/generator/reach.h"

namespace genlc::cpp {
namespace {

std::string StemOf(const Family& family) {
  const std::string& path = family.source_path;
  const std::string file = path.substr(path.rfind('/') + 1);
  const std::string stem = file.substr(0, file.rfind('.'));
  return stem.empty() ? family.c_name : stem;
}

bool SameFields(const Message& a, const Message& b) {
  if (a.set != b.set || a.fixed_header != b.fixed_header) return false;
  if (a.fields.size() != b.fields.size()) return false;
  for (size_t i = 0; i < a.fields.size(); ++i) {
    if (a.fields[i].attribute != b.fields[i].attribute ||
        a.fields[i].required != b.fields[i].required) {
      return false;
    }
  }
  return true;
}

// Without its messages.
CppOperation Method(const Operation& operation, const Exchange& exchange, const std::string& name) {
  CppOperation added;
  added.operation = &operation;
  added.method = name;
  added.number = exchange.request.number;
  // A dump without a reply of its own in the spec answers by the number of its request.
  added.reply_number = exchange.reply ? exchange.reply->number : exchange.request.number;
  return added;
}

// Operations and events with their messages.
class OperationPlanner {
 public:
  OperationPlanner(Plan& plan, Scope& scope) : plan_(plan), scope_(scope), structs_(plan, scope) {}

  void Run() {
    structs_.AddNests();
    for (const auto& operation : plan_.family->operations) AddMessages(*operation);
    for (const auto& operation : plan_.family->operations) AddEvent(*operation);
    AddMethods();
  }

 private:
  struct Replies {
    const CppStruct* do_reply = nullptr;
    const CppStruct* dump_reply = nullptr;
  };

  void AddMessages(const Operation& operation);
  const CppStruct* AddRequest(const std::string& name, absl::string_view method,
                              const Message& message);
  const CppStruct* AddDumpReply(const std::string& name, const Operation& operation);
  void AddEvent(const Operation& operation);
  void AddMethods();

  Plan& plan_;
  Scope& scope_;
  StructPlanner structs_;
  std::map<const Operation*, Replies> replies_;
};

const CppStruct* OperationPlanner::AddRequest(const std::string& name, absl::string_view method,
                                              const Message& message) {
  if (message.fields.empty() && message.fixed_header == nullptr) return nullptr;
  return structs_.AddMessage(name, absl::StrCat("What to give to Client::", method, "()."),
                             message);
}

void OperationPlanner::AddMessages(const Operation& operation) {
  const std::string name = TypeName(operation.name);
  Replies& replies = replies_[&operation];
  if (operation.do_exchange) {
    const Exchange& exchange = *operation.do_exchange;
    CppOperation added = Method(operation, exchange, name);
    added.has_flags = !plan_.family->is_generic();
    added.request = AddRequest(name + "Request", name, exchange.request);
    if (exchange.reply) {
      added.reply = replies.do_reply = structs_.AddMessage(
          name + "Reply", absl::StrCat("What Client::", name, "() answers."), *exchange.reply);
    }
    plan_.operations.push_back(added);
  }
  if (operation.dump) {
    const std::string method = name + "Dump";
    CppOperation added = Method(operation, *operation.dump, method);
    added.dump = true;
    added.request = AddRequest(method + "Request", method, operation.dump->request);
    added.reply = replies.dump_reply = AddDumpReply(name, operation);
    plan_.operations.push_back(added);
  }
}

// One struct where both replies are the same.
const CppStruct* OperationPlanner::AddDumpReply(const std::string& name,
                                                const Operation& operation) {
  const std::optional<Message>& reply = operation.dump->reply;
  const CppStruct* do_reply = replies_[&operation].do_reply;
  const std::string doc = absl::StrCat("One object of Client::", name, "Dump().");
  const std::string struct_name = name + (do_reply != nullptr ? "DumpReply" : "Reply");
  if (!reply) return structs_.AddEmpty(struct_name, doc, operation.fixed_header);
  if (do_reply != nullptr && SameFields(*operation.do_exchange->reply, *reply)) return do_reply;
  return structs_.AddMessage(struct_name, doc, *reply);
}

void OperationPlanner::AddEvent(const Operation& operation) {
  if (!operation.is_async()) return;
  const std::string name = TypeName(operation.name);
  const CppStruct* type;
  if (operation.event) {
    type = structs_.AddMessage(name, operation.doc, *operation.event);
  } else {
    const Replies& replies = replies_[operation.notify];
    const CppStruct* base = replies.do_reply != nullptr ? replies.do_reply : replies.dump_reply;
    type = base != nullptr ? structs_.AddDerived(name, operation.doc, base)
                           : structs_.AddEmpty(name, operation.doc, operation.fixed_header);
  }
  plan_.events.push_back({&operation, type});
}

// A method must not hide what its class uses, that of the client or that of the service.
void OperationPlanner::AddMethods() {
  Scope methods({"Client", "Connect", "Do", "NewBatch", "NewCalls", "Subscribe", "Events", "Group",
                 "Service", "Multicast", "Unicast"});
  for (const auto& type : plan_.structs) methods.Claim(type->name);
  for (CppOperation& operation : plan_.operations) {
    operation.method = methods.Claim(operation.method, "Call");
  }
  AddWatches(plan_, scope_, methods);
}

}  // namespace

const ReachableSet& Plan::FindSet(const AttributeSet* definition) const {
  return *std::find_if(sets.begin(), sets.end(),
                       [&](const ReachableSet& set) { return set.set == definition; });
}

const CppEnum* Plan::FindEnum(const Enum* definition, bool flags) const {
  for (const CppEnum& candidate : enums) {
    if (candidate.definition == definition && candidate.flags == flags) return &candidate;
  }
  return nullptr;
}

CppStructure* Plan::FindStructure(const Struct* definition) const {
  for (const auto& candidate : structures) {
    if (candidate->definition == definition) return candidate.get();
  }
  return nullptr;
}

std::optional<Plan> MakePlan(const Family& family, Reporter& reporter) {
  Plan plan;
  plan.family = &family;
  plan.stem = StemOf(family);
  plan.namespace_name = NamespaceName(family.name);
  plan.sets = ReachableSets(family);
  if (!CheckExpressible(family, plan.sets, reporter)) return std::nullopt;
  Scope scope({"Client", "Event", "Events", "Group", "Name", "Service", "table", "kFamily"});
  Scope set_names;
  for (const ReachableSet& set : plan.sets) {
    plan.set_names[set.set] = set_names.Claim(TypeName(set.set->name));
  }
  PlanDefinitions(plan, scope);
  PlanStructures(plan, scope);
  OperationPlanner(plan, scope).Run();
  Scope groups;
  for (const auto& group : family.groups) {
    plan.groups.push_back({group.get(), groups.Claim(ConstantName(group->name))});
  }
  return plan;
}

}  // namespace genlc::cpp
