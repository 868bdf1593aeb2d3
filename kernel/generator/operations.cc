#include "kernel/generator/operations.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/decode.h"
#include "kernel/generator/dumps.h"
#include "kernel/generator/exchange.h"
#include "kernel/generator/names.h"
#include "kernel/generator/policies.h"
#include "kernel/generator/structures.h"
#include "kernel/generator/values.h"

namespace genlc::kernel {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

void EmitReply(Printer& p, const Plan& plan, const OperationPlan& operation) {
  const Composite& reply = *operation.do_side->reply;
  p.Blank();
  p.Emit({{"head", Function("int", absl::StrCat(operation.name, "_reply"),
                            {"struct genlc_reply *reply",
                             absl::StrCat("const struct ", reply.tag, " *rsp"), "gfp_t gfp"},
                            ")")},
          {"begin", Wrap("header = genlc_reply_begin(",
                         {"reply", FamilyStruct(plan), ReplyCommand(plan, operation),
                          absl::StrCat(reply.tag, "_size(rsp)"), "gfp"},
                         ");", 1)},
          {"fixed", reply.fixed_header == nullptr ? "" : CopyFixedHeader("header", "rsp", 1)},
          {"put", Wrap(absl::StrCat("err = ", reply.tag, "_put("),
                       PutArguments(reply, {"reply->skb", "rsp"}, "reply->audience"), ");", 1)}},
         R"(
    $head$
    {
    	void *header;
    	int err;

    	$begin$
    	if (IS_ERR(header))
    		return PTR_ERR(header);
    	$fixed$
    	$put$
    	return genlc_reply_end(reply, header, err);
    }
  )");
}

// Whether the callback ends with the call of the handler.
bool EndsWithHandler(const ExchangePlan& side) {
  return !side.has_reply && side.exchange->post.empty();
}

// The end of a request: what the handler says is sent, or a reply first.
std::string Finish(const Plan& plan, const OperationPlan& operation) {
  const ExchangePlan& side = *operation.do_side;
  if (EndsWithHandler(side)) return "";
  if (side.reply != nullptr) return "return genlc_reply_finish(&reply, err);";
  if (!side.has_reply) return "return err;";
  return absl::StrCat("if (err)\n\treturn err;\n",
                      Wrap("return genlc_reply_empty(",
                           {"info", FamilyStruct(plan), ReplyCommand(plan, operation)}, ");", 1));
}

void EmitDoit(Printer& p, const Plan& plan, const OperationPlan& operation) {
  const ExchangePlan& side = *operation.do_side;
  std::vector<std::string> locals;
  AddRequestLocal(side, locals);
  if (side.reply != nullptr) locals.push_back("struct genlc_reply reply;");
  const bool fails = side.request != nullptr || side.rejects || !side.exchange->pre.empty();
  if (fails || !EndsWithHandler(side)) locals.push_back("int err;");
  const bool has_object = !side.exchange->object.empty();
  if (has_object) locals.push_back(absl::StrCat(side.exchange->object, " *object;"));
  const char* use = EndsWithHandler(side) ? "return " : "err = ";
  std::vector<std::string> arguments = RequestArguments(side, "info", "object");
  if (side.reply != nullptr) arguments.push_back("&reply");
  const std::vector<std::string> parameters = {"struct sk_buff *skb", "struct genl_info *info"};
  const std::string& pre = side.exchange->pre;
  const std::string& post = side.exchange->post;
  p.Blank();
  p.Emit(
      {{"head", CallbackHead(plan, operation, side, "_doit", parameters)},
       {"locals", [&] { EmitLocals(p, locals); }},
       {"decode", [&] { EmitDecode(p, side, "info->nlhdr", "info->extack"); }},
       {"pre",
        [&] {
          if (pre.empty()) return;
          p.Emit({{"pre", Lower(pre)}, {"object", has_object ? ", &object" : ""}}, R"(
               err = $pre$(info$object$);
               if (err)
               	return err;
             )");
        }},
       {"reply", side.reply == nullptr ? "" : "genlc_reply_init(&reply, info);"},
       {"audience", TellsSecrets(side) ? "reply.audience = genlc_audience_of(skb);" : ""},
       {"handle", Wrap(absl::StrCat(use, operation.name, "("), arguments, ");", 1)},
       {"post",
        post.empty() ? "" : absl::StrCat(Lower(post), has_object ? "(info, object);" : "(info);")},
       {"finish", Finish(plan, operation)}},
      R"(
    $head$
    {
    	$locals$
    	$decode$
    	$pre$
    	$reply$
    	$audience$
    	$handle$
    	$post$
    	$finish$
    }
  )");
  EmitRequestMemory(p, plan, operation, side, "_doit", parameters, {"skb", "info"});
}

// Whether the core does not look at the attributes of requests that should have none: old
// families ignore them.
bool IgnoresAttributes(const OperationPlan& operation) {
  const Operation& op = *operation.operation;
  return (!operation.do_side || op.dont_validate_strict) &&
         (!operation.dump_side || op.dont_validate_dump || op.dont_validate_dump_strict);
}

void AddPolicy(const Plan& plan, const OperationPlan& operation, Fields& fields) {
  if (plan.family().kernel_policy == KernelPolicy::kGlobal) return;  // the family has it
  if (!operation.policy.empty()) {
    fields.emplace_back("policy", PolicyName(plan, operation));
    fields.emplace_back("maxattr", LastAttribute(operation.policy).c_name);
  } else if (!IgnoresAttributes(operation)) {
    fields.emplace_back("policy", "genlc_no_attrs_policy");
    fields.emplace_back("maxattr", "ARRAY_SIZE(genlc_no_attrs_policy) - 1");
  }
}

void EmitTableEntry(Printer& p, const Plan& plan, const OperationPlan& operation) {
  const Operation& op = *operation.operation;
  Fields fields = {{"cmd", op.c_name}};
  std::vector<std::string> validate;
  if (op.dont_validate_strict) validate.push_back("GENL_DONT_VALIDATE_STRICT");
  if (op.dont_validate_dump) validate.push_back("GENL_DONT_VALIDATE_DUMP");
  if (op.dont_validate_dump_strict) validate.push_back("GENL_DONT_VALIDATE_DUMP_STRICT");
  if (!validate.empty()) fields.emplace_back("validate", absl::StrJoin(validate, " | "));
  AddPolicy(plan, operation, fields);
  if (operation.do_side) fields.emplace_back("doit", Callback(plan, operation, "_doit"));
  if (operation.dump_side) {
    if (HasStart(operation)) fields.emplace_back("start", Callback(plan, operation, "_start"));
    fields.emplace_back("dumpit", Callback(plan, operation, "_dumpit"));
    const std::string& post = operation.dump_side->exchange->post;
    if (!post.empty()) {
      fields.emplace_back("done",
                          HasDone(operation) ? Callback(plan, operation, "_done") : Lower(post));
    }
  }
  std::vector<std::string> flags;
  if (op.admin_perm) flags.push_back("GENL_ADMIN_PERM");
  if (op.uns_admin_perm) flags.push_back("GENL_UNS_ADMIN_PERM");
  if (!flags.empty()) fields.emplace_back("flags", absl::StrJoin(flags, " | "));
  p.Emit({{"fields", Initializers(fields)}}, R"(
    	{
    		$fields$
    	},
  )");
}

}  // namespace

void EmitReplyFunctions(Printer& p, const Plan& plan, const OperationPlan& operation) {
  if (operation.do_side && operation.do_side->reply != nullptr) EmitReply(p, plan, operation);
  if (operation.dump_side) EmitDumpPut(p, plan, operation);
}

void EmitCallbacks(Printer& p, const Plan& plan, const OperationPlan& operation) {
  EmitOperationPolicy(p, plan, operation);
  if (operation.do_side) {
    const ExchangePlan& side = *operation.do_side;
    if (side.request != nullptr) EmitRequestDecoder(p, *side.request, side.rejects);
    EmitDoit(p, plan, operation);
  }
  if (operation.dump_side) {
    const ExchangePlan& side = *operation.dump_side;
    if (side.request != nullptr) EmitRequestDecoder(p, *side.request, side.rejects);
    EmitDumpCallbacks(p, plan, operation);
  }
}

bool HasSmallTable(const Plan& plan) {
  if (plan.family().kernel_policy != KernelPolicy::kGlobal) return false;
  return std::none_of(plan.operations().begin(), plan.operations().end(),
                      [](const OperationPlan& operation) {
                        if (!operation.dump_side) return false;
                        return HasStart(operation) || !operation.dump_side->exchange->post.empty();
                      });
}

bool HasRequests(const Plan& plan) {
  return std::any_of(
      plan.operations().begin(), plan.operations().end(),
      [](const OperationPlan& operation) { return operation.do_side || operation.dump_side; });
}

void EmitOperationTable(Printer& p, const Plan& plan) {
  if (!HasRequests(plan)) return;
  p.Blank();
  const char* type = !plan.family().is_generic() ? "genlc_op"
                     : HasSmallTable(plan)       ? "genl_small_ops"
                                                 : "genl_ops";
  p.Line(absl::StrCat("static const struct ", type, " ", plan.family().c_name, "_nl_ops[] = {"));
  for (const OperationPlan& operation : plan.operations()) {
    if (!operation.do_side && !operation.dump_side) continue;
    const std::string& condition = operation.operation->config_cond;
    if (!condition.empty()) p.Line(absl::StrCat("#ifdef CONFIG_", Upper(condition)));
    EmitTableEntry(p, plan, operation);
    if (!condition.empty()) p.Line(absl::StrCat("#endif /* CONFIG_", Upper(condition), " */"));
  }
  p.Line("};");
}

}  // namespace genlc::kernel
