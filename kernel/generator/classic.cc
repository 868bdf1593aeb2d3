#include "kernel/generator/classic.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/names.h"
#include "kernel/generator/operations.h"
#include "kernel/generator/policies.h"

namespace genlc::kernel {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

Fields FamilyFields(const Plan& plan) {
  const Family& family = plan.family();
  const std::string ops = absl::StrCat(family.c_name, "_nl_ops");
  const std::string groups = absl::StrCat(family.c_name, "_nl_groups");
  Fields fields = {{"name", family.c_family_name}, {"protocol", ProtocolName(family)}};
  if (family.module.netnsok) fields.emplace_back("netnsok", "true");
  if (family.module.parallel_ops) fields.emplace_back("parallel_ops", "true");
  if (!plan.policy().empty()) {
    fields.emplace_back("policy", absl::StrCat(family.c_name, "_nl_policy"));
    fields.emplace_back("maxattr", LastAttribute(plan.policy()).c_name);
  }
  if (HasRequests(plan)) {
    fields.emplace_back("ops", ops);
    fields.emplace_back("n_ops", absl::StrCat("ARRAY_SIZE(", ops, ")"));
  }
  if (!family.groups.empty()) {
    fields.emplace_back("groups", groups);
    fields.emplace_back("n_groups", absl::StrCat("ARRAY_SIZE(", groups, ")"));
  }
  fields.emplace_back("input", absl::StrCat(family.c_name, "_nl_input"));
  fields.emplace_back("bind", absl::StrCat(family.c_name, "_nl_bind"));
  fields.emplace_back("pernet", absl::StrCat("&", family.c_name, "_nl_pernet"));
  return fields;
}

}  // namespace

void EmitClassicEntries(Printer& p, const Plan& plan) {
  p.Blank();
  p.Emit(
      {{"receive_head",
        Function("static int", plan.Internal("receive", ""),
                 {"struct sk_buff *skb", "struct nlmsghdr *nlh", "struct netlink_ext_ack *extack"},
                 ")")},
       {"bind_head",
        Function("static int", plan.Internal("bind", ""), {"struct net *net", "int group"}, ")")},
       {"family", plan.family().c_name}},
      R"(
    /* What the core calls */

    $receive_head$
    {
    	return genlc_receive(&$family$_nl_family, skb, nlh, extack);
    }

    static void $family$_nl_input(struct sk_buff *skb)
    {
    	netlink_rcv_skb(skb, $family$_nl_receive);
    }

    $bind_head$
    {
    	return genlc_join(&$family$_nl_family, net, group);
    }

    static int __net_init $family$_nl_net_init(struct net *net)
    {
    	return genlc_pernet_open(&$family$_nl_family, net);
    }

    static void __net_exit $family$_nl_net_exit(struct net *net)
    {
    	genlc_pernet_close(&$family$_nl_family, net);
    }

    static struct pernet_operations $family$_nl_pernet = {
    	.init	= $family$_nl_net_init,
    	.exit	= $family$_nl_net_exit,
    	.id	= &$family$_nl_family.pernet_id,
    	.size	= sizeof(struct genlc_pernet),
    };
  )");
}

void EmitClassicGroups(Printer& p, const Family& family) {
  if (family.groups.empty()) return;
  p.Blank();
  p.Line(absl::StrCat("static const struct genlc_group ", family.c_name, "_nl_groups[] = {"));
  for (const auto& group : family.groups) {
    const bool restricted = group->audience() != Audience::kAnyone;
    p.Line(absl::StrCat("\t{ .number = ", GroupIndex(family, *group),
                        restricted ? ", .uns_admin = true }," : " },"));
  }
  p.Line("};");
}

void EmitClassicFamily(Printer& p, const Plan& plan) {
  p.Blank();
  p.Emit({{"family", plan.family().c_name}, {"fields", Initializers(FamilyFields(plan))}}, R"(
    static struct genlc_family $family$_nl_family = {
    	$fields$
    };
  )");
}

}  // namespace genlc::kernel
