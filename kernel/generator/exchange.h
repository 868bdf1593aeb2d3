// Pieces of the callbacks of both sides of an operation.
#ifndef GENLC_KERNEL_GENERATOR_EXCHANGE_H_
#define GENLC_KERNEL_GENERATOR_EXCHANGE_H_

#include <string>
#include <vector>

#include "family/codegen/printer.h"
#include "kernel/generator/plan.h"

namespace genlc::kernel {

// "&thermo_nl_family", "THERMO_CMD_SENSOR_GET"
std::string FamilyStruct(const Plan& plan);
std::string ReplyCommand(const Plan& plan, const OperationPlan& operation);
// thermo_nl_sensor_get_doit
std::string Callback(const Plan& plan, const OperationPlan& operation, absl::string_view suffix);

// `err = ` or `return ` the decoding of one side's request into `req`; where it has no
// attributes, the refusal of all. Empty: nothing to do.
std::string DecodeCall(const ExchangePlan& side, absl::string_view use, absl::string_view message,
                       absl::string_view extack, int depth = 1);
// The same with the return after an error.
void EmitDecode(Printer& p, const ExchangePlan& side, absl::string_view message,
                absl::string_view extack);

// A request that is too large for the stack comes from the callback's caller, as `req`; others
// are local variables. The declaration, the parameter, and the callback's own name and parameters.
void AddRequestLocal(const ExchangePlan& side, std::vector<std::string>& locals);
std::string CallbackHead(const Plan& plan, const OperationPlan& operation, const ExchangePlan& side,
                         absl::string_view suffix, std::vector<std::string> parameters);
// The callback that allocates such a request; nothing for others.
void EmitRequestMemory(Printer& p, const Plan& plan, const OperationPlan& operation,
                       const ExchangePlan& side, absl::string_view suffix,
                       const std::vector<std::string>& parameters,
                       const std::vector<std::string>& arguments);

// Declarations and the blank line behind them.
void EmitLocals(Printer& p, const std::vector<std::string>& declarations);

// What a handler is called with: `first`, the object of the hook before it, the request.
std::vector<std::string> RequestArguments(const ExchangePlan& side, absl::string_view first,
                                          absl::string_view object);

// Whether something in its answer is not for everybody.
bool TellsSecrets(const ExchangePlan& side);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_EXCHANGE_H_
