#include "kernel/generator/exchange.h"

#include "absl/strings/str_cat.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/names.h"

namespace genlc::kernel {

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
    arguments.push_back("&req");
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

void EmitLocals(Printer& p, const std::vector<std::string>& declarations) {
  if (declarations.empty()) return;
  p.Emit({{"locals", Locals(declarations)}}, "$locals$\n");
  p.Blank();
}

std::vector<std::string> RequestArguments(const ExchangePlan& side, absl::string_view first,
                                          absl::string_view object) {
  std::vector<std::string> arguments = {std::string(first)};
  if (!side.exchange->object.empty()) arguments.emplace_back(object);
  if (side.request != nullptr) arguments.push_back("&req");
  return arguments;
}

bool TellsSecrets(const ExchangePlan& side) {
  return side.reply != nullptr && side.reply->has_secrets;
}

}  // namespace genlc::kernel
