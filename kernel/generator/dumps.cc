#include "kernel/generator/dumps.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/exchange.h"
#include "kernel/generator/names.h"
#include "kernel/generator/policies.h"
#include "kernel/generator/structures.h"
#include "kernel/generator/values.h"

namespace genlc::kernel {
namespace {

// Whether the core leaves the attributes of dumps unparsed, so that the start has to.
bool ValidatesDump(const OperationPlan& operation) {
  return operation.operation->dont_validate_dump && operation.dump_side->request != nullptr &&
         !operation.dump_side->request->members.empty();
}

// Where the core leaves the attributes of dumps alone, they are validated here.
void EmitValidation(Printer& p, const Plan& plan, const OperationPlan& operation, int depth = 1) {
  if (!ValidatesDump(operation)) return;
  p.Emit({{"call", Wrap("err = nlmsg_validate_deprecated(",
                        {"cb->nlh", "GENLC_FRAME_LEN + GENLC_HDRSIZE",
                         LastAttribute(PolicyAttributes(plan, operation)).c_name,
                         PolicyName(plan, operation), "cb->extack"},
                        ");", depth)}},
         R"(
    $call$
    if (err)
    	return err;
  )");
}

const std::vector<std::string>& StartParameters() {
  static const auto& parameters = *new std::vector<std::string>{"struct netlink_callback *cb"};
  return parameters;
}

std::string StartHead(const Plan& plan, const OperationPlan& operation) {
  return CallbackHead(plan, operation, *operation.dump_side, "_start", StartParameters());
}

// A start that ends with a hook; see EmitStart().
void EmitStartWithHook(Printer& p, const Plan& plan, const OperationPlan& operation) {
  const ExchangePlan& side = *operation.dump_side;
  const Exchange& exchange = *side.exchange;
  const std::string call = DecodeCall(side, "err = ", "cb->nlh", "cb->extack", 2);
  const bool has_object = !exchange.object.empty();
  const bool fails = ValidatesDump(operation) || !call.empty() || has_object;
  std::vector<std::string> locals;
  AddRequestLocal(side, locals);
  if (has_object) locals.push_back(absl::StrCat(exchange.object, " *object;"));
  if (fails) locals.push_back("int err;");
  p.Blank();
  p.Emit({{"head", StartHead(plan, operation)},
          {"locals", [&] { EmitLocals(p, locals); }},
          {"decode",
           [&] {
             if (call.empty()) return;
             p.Emit({{"validate", [&] { EmitValidation(p, plan, operation, 2); }}, {"call", call}},
                    R"(
               /* Without an extended ack the dump itself refuses. */
               if (cb->extack) {
               	$validate$
               	$call$
               	if (err)
               		return err;
               }
             )");
           }},
          {"hook",
           [&] {
             const std::string hook = Lower(exchange.pre);
             if (!has_object) return p.Line(absl::StrCat("return ", hook, "(cb);"));
             p.Emit({{"hook", hook}}, R"(
               err = $hook$(cb, &object);
               if (err)
               	return err;
               genlc_dump_state(cb)->object = object;
               return 0;
             )");
           }}},
         R"(
    $head$
    {
    	$locals$
    	$decode$
    	$hook$
    }
  )");
}

// Refuses a dump before it begins, so that user space gets an error and not the end of a
// dump. Kernels before 6.6 have no extended ack at that time; there the first call for a
// message refuses, which can give a reason.
void EmitStart(Printer& p, const Plan& plan, const OperationPlan& operation) {
  const ExchangePlan& side = *operation.dump_side;
  if (!side.exchange->pre.empty()) return EmitStartWithHook(p, plan, operation);
  std::vector<std::string> locals;
  AddRequestLocal(side, locals);
  if (ValidatesDump(operation)) locals.push_back("int err;");
  p.Blank();
  p.Emit({{"head", StartHead(plan, operation)},
          {"locals", [&] { EmitLocals(p, locals); }},
          {"validate", [&] { EmitValidation(p, plan, operation); }},
          {"decode", DecodeCall(side, "return ", "cb->nlh", "cb->extack")}},
         R"(
    $head$
    {
    	$locals$
    	/* Without an extended ack the dump itself refuses. */
    	if (!cb->extack)
    		return 0;
    	$validate$
    	$decode$
    }
  )");
}

// What its hook has found is for the handler's calls, and for the hook at the end.
void EmitDone(Printer& p, const Plan& plan, const OperationPlan& operation) {
  p.Blank();
  p.Emit({{"head", Function("static int", Callback(plan, operation, "_done"),
                            {"struct netlink_callback *cb"}, ")")},
          {"hook", Wrap(absl::StrCat("return ", Lower(operation.dump_side->exchange->post), "("),
                        {"cb", "genlc_dump_state(cb)->object"}, ");", 1)}},
         R"(
    $head$
    {
    	$hook$
    }
  )");
}

void EmitDumpit(Printer& p, const Plan& plan, const OperationPlan& operation) {
  const ExchangePlan& side = *operation.dump_side;
  const std::vector<std::string> parameters = {"struct sk_buff *skb",
                                               "struct netlink_callback *cb"};
  std::vector<std::string> locals = {"struct genlc_dump dump;", "int err;"};
  AddRequestLocal(side, locals);
  p.Blank();
  p.Emit(
      {{"head", CallbackHead(plan, operation, side, "_dumpit", parameters)},
       {"locals", Locals(locals)},
       {"validate", [&] { EmitValidation(p, plan, operation); }},
       {"decode", [&] { EmitDecode(p, side, "cb->nlh", "cb->extack"); }},
       {"audience", TellsSecrets(side) ? "dump.audience = genlc_audience_of(cb->skb);" : ""},
       {"handle", Wrap(absl::StrCat("err = ", operation.name, "_dump("),
                       RequestArguments(side, "&dump", "genlc_dump_state(cb)->object"), ");", 1)}},
      R"(
    $head$
    {
    	$locals$

    	$validate$
    	$decode$
    	genlc_dump_enter(&dump, skb, cb);
    	$audience$
    	$handle$
    	return genlc_dump_leave(&dump, err);
    }
  )");
  EmitRequestMemory(p, plan, operation, side, "_dumpit", parameters, {"skb", "cb"});
}

}  // namespace

bool HasStart(const OperationPlan& operation) {
  const ExchangePlan& side = *operation.dump_side;
  return side.request != nullptr || side.rejects || !side.exchange->pre.empty();
}

bool HasDone(const OperationPlan& operation) {
  const Exchange& exchange = *operation.dump_side->exchange;
  return !exchange.object.empty() && !exchange.post.empty();
}

void EmitDumpPut(Printer& p, const Plan& plan, const OperationPlan& operation) {
  const Composite* reply = operation.dump_side->reply;
  std::vector<std::string> parameters = {"struct genlc_dump *dump"};
  if (reply != nullptr) parameters.push_back(absl::StrCat("const struct ", reply->tag, " *rsp"));
  p.Blank();
  p.Emit(
      {{"head", Function("int", absl::StrCat(operation.name, "_dump_put"), parameters, ")")},
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
       {"put", reply == nullptr
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

void EmitDumpCallbacks(Printer& p, const Plan& plan, const OperationPlan& operation) {
  if (HasStart(operation)) {
    EmitStart(p, plan, operation);
    EmitRequestMemory(p, plan, operation, *operation.dump_side, "_start", StartParameters(),
                      {"cb"});
  }
  EmitDumpit(p, plan, operation);
  if (HasDone(operation)) EmitDone(p, plan, operation);
}

}  // namespace genlc::kernel
