#include "kernel/generator/operations.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/decode.h"
#include "kernel/generator/names.h"
#include "kernel/generator/policies.h"
#include "kernel/generator/structures.h"
#include "kernel/generator/values.h"

namespace genlc::kernel {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string FamilyStruct(const Plan& plan) {
  return absl::StrCat("&", plan.family().c_name, "_nl_family");
}

std::string ReplyCommand(const Plan& plan, const OperationPlan& operation) {
  return kernel::ReplyCommand(plan.family(), *operation.operation);
}

std::string Callback(const Plan& plan, const OperationPlan& operation, absl::string_view suffix) {
  return plan.Internal(operation.operation->name, suffix);
}

// Whether the core leaves the attributes of dumps unparsed, so that the start has to.
bool ValidatesDump(const OperationPlan& operation) {
  return operation.operation->dont_validate_dump && operation.dump_side->request != nullptr &&
         !operation.dump_side->request->members.empty();
}

// Whether a dump has anything to do before its first message.
bool HasStart(const OperationPlan& operation) {
  const ExchangePlan& side = *operation.dump_side;
  return side.request != nullptr || side.rejects || !side.exchange->pre.empty();
}

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

void EmitDumpPut(Printer& p, const Plan& plan, const OperationPlan& operation) {
  const Composite* reply = operation.dump_side->reply;
  std::vector<std::string> parameters = {"struct genlc_dump *dump"};
  if (reply != nullptr) parameters.push_back(absl::StrCat("const struct ", reply->tag, " *rsp"));
  p.Blank();
  p.Emit({{"head", Function("int", absl::StrCat(operation.name, "_dump_put"), parameters, ")")},
          {"begin", Wrap("header = genlc_dump_begin(",
                         {"dump", FamilyStruct(plan), ReplyCommand(plan, operation)}, ");", 1)},
          {"fixed", reply == nullptr || reply->fixed_header == nullptr
                        ? ""
                        : CopyFixedHeader("header", "rsp", 1)},
          {"room",
           [&] {
             if (reply == nullptr) return;
             p.Line("if (!dump->skb->len)");
             p.Emit({{"call", Wrap("genlc_dump_make_room(",
                                   {"dump", absl::StrCat(reply->tag, "_size(rsp)")}, ");", 2)}},
                    "\t$call$\n");
           }},
          {"put",
           reply == nullptr
               ? std::string("err = 0;")
               : Wrap(absl::StrCat("err = ", reply->tag, "_put("),
                      PutArguments(*reply, {"dump->skb", "rsp"}, "dump->audience"), ");", 1)}},
         R"(
    $head$
    {
    	void *header;
    	int err;

    	$room$
    	$begin$
    	if (!header)
    		return -EMSGSIZE;
    	$fixed$
    	$put$
    	return genlc_dump_end(dump, header, err);
    }
  )");
}

// `err = ` or `return ` the decoding of one side's request into `req`; where it has no
// attributes, the refusal of all. Empty: nothing to do.
std::string DecodeCall(const ExchangePlan& side, absl::string_view use, absl::string_view message,
                       absl::string_view extack) {
  std::vector<std::string> arguments = {std::string(message), std::string(extack)};
  if (side.request != nullptr) {
    arguments.push_back("&req");
    return Wrap(absl::StrCat(use, side.request->tag, "_decode("), arguments, ");", 1);
  }
  return side.rejects ? Wrap(absl::StrCat(use, "genlc_reject_all("), arguments, ");", 1) : "";
}

void EmitDecode(Printer& p, const ExchangePlan& side, absl::string_view message,
                absl::string_view extack) {
  const std::string call = DecodeCall(side, "err = ", message, extack);
  if (call.empty()) return;
  p.Emit({{"call", call}}, R"(
    $call$
    if (err)
    	return err;
  )");
}

// Declarations and the blank line behind them.
void EmitLocals(Printer& p, const std::vector<std::string>& declarations) {
  if (declarations.empty()) return;
  p.Emit({{"locals", Locals(declarations)}}, "$locals$\n");
  p.Blank();
}

std::vector<std::string> RequestArguments(const ExchangePlan& side, absl::string_view first) {
  std::vector<std::string> arguments = {std::string(first)};
  if (side.request != nullptr) arguments.push_back("&req");
  return arguments;
}

// Whether the callback ends with the call of the handler.
bool EndsWithHandler(const ExchangePlan& side) {
  return !side.has_reply && side.exchange->post.empty();
}

// Whether something in its answer is not for everybody.
bool TellsSecrets(const ExchangePlan& side) {
  return side.reply != nullptr && side.reply->has_secrets;
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
  if (side.request != nullptr) {
    locals.push_back(absl::StrCat("struct ", side.request->tag, " req;"));
  }
  if (side.reply != nullptr) locals.push_back("struct genlc_reply reply;");
  const bool fails = side.request != nullptr || side.rejects || !side.exchange->pre.empty();
  if (fails || !EndsWithHandler(side)) locals.push_back("int err;");
  const char* use = EndsWithHandler(side) ? "return " : "err = ";
  std::vector<std::string> arguments = RequestArguments(side, "info");
  if (side.reply != nullptr) arguments.push_back("&reply");
  const std::string& pre = side.exchange->pre;
  const std::string& post = side.exchange->post;
  p.Blank();
  p.Emit({{"head", Function("static int", Callback(plan, operation, "_doit"),
                            {"struct sk_buff *skb", "struct genl_info *info"}, ")")},
          {"locals", [&] { EmitLocals(p, locals); }},
          {"decode", [&] { EmitDecode(p, side, "info->nlhdr", "info->extack"); }},
          {"pre",
           [&] {
             if (pre.empty()) return;
             p.Emit({{"pre", Lower(pre)}}, R"(
               err = $pre$(info);
               if (err)
               	return err;
             )");
           }},
          {"reply", side.reply == nullptr ? "" : "genlc_reply_init(&reply, info);"},
          {"audience", TellsSecrets(side) ? "reply.audience = genlc_audience_of(skb);" : ""},
          {"handle", Wrap(absl::StrCat(use, operation.name, "("), arguments, ");", 1)},
          {"post", post.empty() ? "" : absl::StrCat(Lower(post), "(info);")},
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
}

// Where the core leaves the attributes of dumps alone, they are validated here.
void EmitValidation(Printer& p, const Plan& plan, const OperationPlan& operation) {
  if (!ValidatesDump(operation)) return;
  p.Emit({{"call", Wrap("err = nlmsg_validate_deprecated(",
                        {"cb->nlh", "GENL_HDRLEN + GENLC_HDRSIZE",
                         LastAttribute(PolicyAttributes(plan, operation)).c_name,
                         PolicyName(plan, operation), "cb->extack"},
                        ");", 1)}},
         R"(
    $call$
    if (err)
    	return err;
  )");
}

// Refuses a dump before it begins, so that user space gets an error and not the end of a
// dump. Kernels before 6.6 have no extended ack at that time; there the first call for a
// message refuses, which can give a reason.
void EmitStart(Printer& p, const Plan& plan, const OperationPlan& operation) {
  const ExchangePlan& side = *operation.dump_side;
  const std::string& pre = side.exchange->pre;
  const std::string hook = absl::StrCat(Lower(pre), "(cb)");
  const std::string call = DecodeCall(side, "err = ", "cb->nlh", "cb->extack");
  std::vector<std::string> locals;
  if (side.request != nullptr) {
    locals.push_back(absl::StrCat("struct ", side.request->tag, " req;"));
  }
  if (ValidatesDump(operation) || (!call.empty() && !pre.empty())) locals.push_back("int err;");
  p.Blank();
  p.Emit({{"head", Function("static int", Callback(plan, operation, "_start"),
                            {"struct netlink_callback *cb"}, ")")},
          {"locals", [&] { EmitLocals(p, locals); }},
          {"validate", [&] { EmitValidation(p, plan, operation); }},
          {"decode",
           [&] {
             if (call.empty()) return;
             p.Line("/* Without an extended ack the dump itself refuses. */");
             p.Line("if (!cb->extack)");
             p.Line(absl::StrCat("\treturn ", pre.empty() ? "0" : hook, ";"));
             if (!pre.empty()) EmitDecode(p, side, "cb->nlh", "cb->extack");
           }},
          {"result", pre.empty() ? DecodeCall(side, "return ", "cb->nlh", "cb->extack")
                                 : absl::StrCat("return ", hook, ";")}},
         R"(
    $head$
    {
    	$locals$
    	$validate$
    	$decode$
    	$result$
    }
  )");
}

void EmitDumpit(Printer& p, const Plan& plan, const OperationPlan& operation) {
  const ExchangePlan& side = *operation.dump_side;
  std::vector<std::string> locals = {"struct genlc_dump dump;", "int err;"};
  if (side.request != nullptr) {
    locals.push_back(absl::StrCat("struct ", side.request->tag, " req;"));
  }
  p.Blank();
  p.Emit({{"head", Function("static int", Callback(plan, operation, "_dumpit"),
                            {"struct sk_buff *skb", "struct netlink_callback *cb"}, ")")},
          {"locals", Locals(locals)},
          {"decode", [&] { EmitDecode(p, side, "cb->nlh", "cb->extack"); }},
          {"audience", TellsSecrets(side) ? "dump.audience = genlc_audience_of(cb->skb);" : ""},
          {"handle", Wrap(absl::StrCat("err = ", operation.name, "_dump("),
                          RequestArguments(side, "&dump"), ");", 1)}},
         R"(
    $head$
    {
    	$locals$

    	$decode$
    	genlc_dump_enter(&dump, skb, cb);
    	$audience$
    	$handle$
    	return genlc_dump_leave(&dump, err);
    }
  )");
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
    if (!post.empty()) fields.emplace_back("done", Lower(post));
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
    if (HasStart(operation)) EmitStart(p, plan, operation);
    EmitDumpit(p, plan, operation);
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
  p.Line(absl::StrCat("static const struct ", HasSmallTable(plan) ? "genl_small_ops " : "genl_ops ",
                      plan.family().c_name, "_nl_ops[] = {"));
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
