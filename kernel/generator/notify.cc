#include "kernel/generator/notify.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/classic.h"
#include "kernel/generator/names.h"
#include "kernel/generator/structures.h"
#include "kernel/generator/values.h"

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

std::string Outbox(const Plan& plan) { return absl::StrCat(plan.family().c_name, "_nl_outbox"); }

// thermo_sensor_get_rsp_notify
std::string NotifyName(const Plan& plan, const Carried& carried) {
  return absl::StrCat(
      carried.composite != nullptr ? carried.composite->tag : plan.Internal("empty", ""),
      "_notify");
}

// The function that makes and sends a message of one type, for all that carry it.
void EmitNotify(Printer& p, const Plan& plan, const Carried& carried) {
  const Composite* composite = carried.composite;
  const bool has_header = composite != nullptr && composite->fixed_header != nullptr;
  const char* command = plan.family().is_generic() ? "u8 cmd" : "u16 cmd";
  std::vector<std::string> parameters = {"const struct genlc_dest *to", command};
  std::string size = "0";
  std::string put = "err = 0;";
  if (composite != nullptr) {
    size = absl::StrCat(composite->tag, "_size(value)");
    put = Wrap(absl::StrCat("err = ", composite->tag, "_put("),
               PutArguments(*composite, {"skb", "value"}, "to->audience"), ");", 1);
  }
  p.Blank();
  p.Emit({{"head", Function("static int", NotifyName(plan, carried),
                            Join(parameters, carried.parameters, "gfp_t gfp"), ")")},
          {"begin", Wrap("skb = genlc_message_begin(", {"to", "cmd", size, "gfp"}, ");", 1)},
          {"header",
           has_header ? CopyFixedHeader("genlc_fixed_header(nlmsg_hdr(skb))", "value", 1) : ""},
          {"put", put}},
         R"(
    $head$
    {
    	struct sk_buff *skb;
    	int err;

    	if (!genlc_wanted(to))
    		return 0;
    	$begin$
    	if (IS_ERR(skb))
    		return PTR_ERR(skb);
    	$header$
    	$put$
    	return genlc_message_end(to, skb, err);
    }
  )");
}

using Fields = std::vector<std::pair<std::string, std::string>>;

// A function that says where a message goes.
void EmitSender(Printer& p, const Plan& plan, const OperationPlan& operation,
                absl::string_view suffix, const std::vector<std::string>& where,
                const Fields& destination) {
  const Carried carried(operation);
  Fields fields = {{"outbox", absl::StrCat("&", Outbox(plan))}};
  fields.insert(fields.end(), destination.begin(), destination.end());
  p.Blank();
  p.Emit({{"head", Function("int", absl::StrCat(operation.name, suffix),
                            Join(where, carried.parameters, "gfp_t gfp"), ")")},
          {"fields", Initializers(fields)},
          {"notify",
           Wrap(absl::StrCat("return ", NotifyName(plan, carried), "("),
                Join({"&to", operation.operation->c_name}, carried.arguments, "gfp"), ");", 1)}},
         R"(
    $head$
    {
    	const struct genlc_dest to = {
    		$fields$
    	};

    	$notify$
    }
  )");
}

void EmitGroupSenders(Printer& p, const Plan& plan, const OperationPlan& operation) {
  const MulticastGroup* group = operation.operation->group;
  if (group == nullptr) return;
  Fields fields = {{"group", GroupIndex(plan.family(), *group)}};
  if (group->audience() != Audience::kAnyone) {
    fields.emplace_back("audience", AudienceName(group->audience()));
  }
  Fields one = {{"reach", "GENLC_GROUP"}, {"net", "net"}};
  one.insert(one.end(), fields.begin(), fields.end());
  EmitSender(p, plan, operation, "_send", {"struct net *net"}, one);
  if (!plan.family().module.netnsok) return;
  fields.insert(fields.begin(), {"reach", "GENLC_GROUP_ALLNS"});
  EmitSender(p, plan, operation, "_send_allns", {}, fields);
}

}  // namespace

void EmitGroupIndices(Printer& p, const Plan& plan) {
  const Family& family = plan.family();
  // Those of classic netlink are in the uAPI header.
  if (family.groups.empty() || !family.is_generic()) return;
  p.Blank();
  p.Line("enum {");
  for (const auto& group : family.groups) {
    p.Line(absl::StrCat("\t", GroupIndex(family, *group), ","));
  }
  p.Line("};");
}

void EmitOutbox(Printer& p, const Plan& plan) {
  if (!plan.has_async()) return;
  p.Blank();
  p.Emit({{"outbox", Outbox(plan)}, {"family", plan.family().c_name}}, R"(
    static struct genlc_outbox $outbox$ = {
    	.family	= &$family$_nl_family,
    };
  )");
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
    if (seen.insert(carried.composite).second) EmitNotify(p, plan, carried);
    EmitGroupSenders(p, plan, operation);
    EmitSender(p, plan, operation, "_unicast", {"struct net *net", "u32 portid"},
               {{"reach", "GENLC_PORT"}, {"net", "net"}, {"portid", "portid"}});
  }
}

void EmitGroupTable(Printer& p, const Plan& plan) {
  const Family& family = plan.family();
  if (!family.is_generic()) return EmitClassicGroups(p, family);
  if (family.groups.empty()) return;
  p.Blank();
  p.Line(
      absl::StrCat("static const struct genl_multicast_group ", family.c_name, "_nl_groups[] = {"));
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
