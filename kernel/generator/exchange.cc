#include "kernel/generator/exchange.h"

#include "absl/strings/str_cat.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/names.h"
#include "kernel/generator/stack.h"

namespace genlc::kernel {
namespace {

std::string RequestArgument(const ExchangePlan& side) {
  return IsLargeRequest(side.request) ? "req" : "&req";
}

// Of the function behind a callback that allocates: thermo_nl_sensor_get_doit_with
std::string InnerName(const Plan& plan, const OperationPlan& operation, absl::string_view suffix) {
  return absl::StrCat(Callback(plan, operation, suffix), "_with");
}

}  // namespace

std::string FamilyStruct(const Plan& plan) {
  return absl::StrCat("&", plan.family().c_name, "_nl_family");
}

std::string ReplyCommand(const Plan& plan, const OperationPlan& operation) {
  return kernel::ReplyCommand(plan.family(), *operation.operation);
}

std::string Callback(const Plan& plan, const OperationPlan& operation, absl::string_view suffix) {
  return plan.Internal(operation.operation->name, suffix);
}

std::string DecodeCall(const ExchangePlan& side, absl::string_view use, absl::string_view message,
                       absl::string_view extack, int depth) {
  std::vector<std::string> arguments = {std::string(message), std::string(extack)};
  if (side.request != nullptr) {
    arguments.push_back(RequestArgument(side));
    return Wrap(absl::StrCat(use, side.request->tag, "_decode("), arguments, ");", depth);
  }
  return side.rejects ? Wrap(absl::StrCat(use, "genlc_reject_all("), arguments, ");", depth) : "";
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

void AddRequestLocal(const ExchangePlan& side, std::vector<std::string>& locals) {
  if (side.request == nullptr || IsLargeRequest(side.request)) return;
  locals.push_back(absl::StrCat("struct ", side.request->tag, " req;"));
}

std::string CallbackHead(const Plan& plan, const OperationPlan& operation, const ExchangePlan& side,
                         absl::string_view suffix, std::vector<std::string> parameters) {
  if (!IsLargeRequest(side.request)) {
    return Function("static int", Callback(plan, operation, suffix), parameters, ")");
  }
  parameters.push_back(absl::StrCat("struct ", side.request->tag, " *req"));
  return Function("static int", InnerName(plan, operation, suffix), parameters, ")");
}

void EmitRequestMemory(Printer& p, const Plan& plan, const OperationPlan& operation,
                       const ExchangePlan& side, absl::string_view suffix,
                       const std::vector<std::string>& parameters,
                       const std::vector<std::string>& arguments) {
  if (!IsLargeRequest(side.request)) return;
  EmitAllocation(p, *side.request, Callback(plan, operation, suffix),
                 InnerName(plan, operation, suffix), parameters, arguments);
}

void EmitLocals(Printer& p, const std::vector<std::string>& declarations) {
  if (declarations.empty()) return;
  p.Emit({{"locals", Locals(declarations)}}, "$locals$\n");
  p.Blank();
}

std::vector<std::string> RequestArguments(const ExchangePlan& side, absl::string_view first,
                                          absl::string_view object) {
  std::vector<std::string> arguments = {std::string(first)};
  if (!side.exchange->object.empty()) arguments.emplace_back(object);
  if (side.request != nullptr) arguments.push_back(RequestArgument(side));
  return arguments;
}

bool TellsSecrets(const ExchangePlan& side) {
  return side.reply != nullptr && side.reply->has_secrets;
}

}  // namespace genlc::kernel
