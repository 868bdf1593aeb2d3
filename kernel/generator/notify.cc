#include "kernel/generator/notify.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/names.h"
#include "kernel/generator/structures.h"

namespace genlc::kernel {
namespace {

// What a sender is given besides where to send.
struct Carried {
  explicit Carried(const OperationPlan& operation) : composite(operation.async) {
    if (composite == nullptr) return;
    parameters.push_back(absl::StrCat("const struct ", composite->tag, " *value"));
    arguments.push_back("value");
  }

  const Composite* composite;
  std::vector<std::string> parameters;
  std::vector<std::string> arguments;
};

std::vector<std::string> Join(std::vector<std::string> a, const std::vector<std::string>& b,
                              const char* last) {
  a.insert(a.end(), b.begin(), b.end());
  a.push_back(last);
  return a;
}

std::string FamilyStruct(const Plan& plan) {
  return absl::StrCat("&", plan.family().c_name, "_nl_family");
}

std::string Up(const Plan& plan) { return absl::StrCat("&", plan.family().c_name, "_nl_up"); }

// thermo_sensor_get_rsp_message
std::string MessageName(const Plan& plan, const Carried& carried) {
  return absl::StrCat(carried.composite != nullptr ? carried.composite->tag
                                                   : plan.Internal("empty", ""),
                      "_message");
}

// The function that makes a message of one type, for all that carry it.
void EmitMessage(Printer& p, const Plan& plan, const Carried& carried) {
  const Composite* composite = carried.composite;
  std::string size = "0";
  std::string put = "err = 0;";
  if (composite != nullptr) {
    size = absl::StrCat(composite->tag, "_size(value)");
    put = Wrap(absl::StrCat("err = ", composite->tag, "_put("), {"skb", "value"}, ");", 2);
  }
  p.Blank();
  p.Emit({{"head", Function("static struct sk_buff *", MessageName(plan, carried),
                            Join({"u8 cmd"}, carried.parameters, "gfp_t gfp"), ")")},
          {"alloc", Wrap("skb = genlc_message_alloc(", {size, "gfp"}, ");", 1)},
          {"header", Wrap("header = genlmsg_put(",
                          {"skb", "0", "0", FamilyStruct(plan), "0", "cmd"}, ");", 1)},
          {"fill",
           [&] {
             if (composite == nullptr || composite->fixed_header == nullptr) {
               p.Line("if (header)");
               p.Emit({{"put", put}}, "\t$put$\n");
               return;
             }
             p.Line("if (header) {");
             p.Emit({{"copy", CopyFixedHeader("value", 2)}, {"put", put}}, "\t$copy$\n\t$put$\n");
             p.Line("}");
           }}},
         R"(
    $head$
    {
    	int err = -EMSGSIZE;
    	struct sk_buff *skb;
    	void *header;

    	$alloc$
    	if (!skb)
    		return ERR_PTR(-ENOMEM);
    	$header$
    	$fill$
    	return genlc_message_end(skb, header, err);
    }
  )");
}

// `skb = ..._message(COMMAND, value, gfp);`
std::string MessageCall(const Plan& plan, const OperationPlan& operation,
                        const Carried& carried) {
  return Wrap(absl::StrCat("skb = ", MessageName(plan, carried), "("),
              Join({operation.operation->c_name}, carried.arguments, "gfp"), ");", 1);
}

void EmitSend(Printer& p, const Plan& plan, const OperationPlan& operation,
              const Carried& carried) {
  const MulticastGroup& group = *operation.operation->group;
  const std::string index = GroupIndex(plan.family(), group);
  p.Blank();
  p.Emit({{"head", Function("int", absl::StrCat(operation.name, "_send"),
                            Join({"struct net *net"}, carried.parameters, "gfp_t gfp"), ")")},
          {"admin",
           [&] {
             if (!group.admin_perm) return;
             p.Line("if (!genlc_admin_only(net))");
             p.Line("\treturn 0;");
           }},
          {"listeners", Wrap("if (!genlc_has_listeners(",
                             {FamilyStruct(plan), Up(plan), "net", index}, "))", 1)},
          {"message", MessageCall(plan, operation, carried)},
          {"multicast", Wrap("return genlc_multicast(",
                             {FamilyStruct(plan), Up(plan), "net", "skb", index}, ");", 1)}},
         R"(
    $head$
    {
    	struct sk_buff *skb;

    	$admin$
    	$listeners$
    		return 0;
    	$message$
    	$multicast$
    }
  )");
}

void EmitUnicast(Printer& p, const Plan& plan, const OperationPlan& operation,
                 const Carried& carried) {
  p.Blank();
  p.Emit({{"head",
           Function("int", absl::StrCat(operation.name, "_unicast"),
                    Join({"struct net *net", "u32 portid"}, carried.parameters, "gfp_t gfp"),
                    ")")},
          {"message", MessageCall(plan, operation, carried)},
          {"unicast",
           Wrap("return genlc_unicast(", {Up(plan), "net", "skb", "portid"}, ");", 1)}},
         R"(
    $head$
    {
    	struct sk_buff *skb;

    	$message$
    	$unicast$
    }
  )");
}

}  // namespace

void EmitGroupIndices(Printer& p, const Plan& plan) {
  const Family& family = plan.family();
  if (family.groups.empty()) return;
  p.Blank();
  p.Line("enum {");
  for (const auto& group : family.groups) {
    p.Line(absl::StrCat("\t", GroupIndex(family, *group), ","));
  }
  p.Line("};");
}

void EmitSenders(Printer& p, const Plan& plan) {
  std::set<const Composite*> seen;
  for (const OperationPlan& operation : plan.operations()) {
    if (!operation.operation->is_async()) continue;
    const Carried carried(operation);
    if (seen.empty()) {
      p.Blank();
      p.Line("/* Notifications */");
    }
    if (seen.insert(carried.composite).second) EmitMessage(p, plan, carried);
    if (operation.operation->group != nullptr) EmitSend(p, plan, operation, carried);
    EmitUnicast(p, plan, operation, carried);
  }
}

void EmitGroupTable(Printer& p, const Plan& plan) {
  const Family& family = plan.family();
  if (family.groups.empty()) return;
  p.Blank();
  p.Line(absl::StrCat("static const struct genl_multicast_group ", family.c_name,
                      "_nl_groups[] = {"));
  for (const auto& group : family.groups) {
    std::vector<std::pair<std::string, std::string>> fields = {{"name", group->c_name}};
    if (group->admin_perm || group->uns_admin_perm) {
      fields.emplace_back("flags", "GENLC_GROUP_UNS_ADMIN_PERM");
    }
    p.Emit({{"index", GroupIndex(family, *group)}, {"fields", Initializers(fields)}}, R"(
      	[$index$] = {
      		$fields$
      	},
    )");
  }
  p.Line("};");
}

}  // namespace genlc::kernel
