#include "tools/dissector/messages.h"

#include "absl/strings/str_cat.h"
#include "family/diag/catalogue.h"
#include "tools/dissector/lua.h"

namespace genlc::dissector {
namespace {

class Collector {
 public:
  explicit Collector(Reporter& reporter) : reporter_(reporter) {}

  void Add(const Operation& operation) {
    for (const std::optional<Exchange>* exchange : {&operation.do_exchange, &operation.dump}) {
      if (!exchange->has_value()) continue;
      const Exchange& known = **exchange;
      Add(messages_.requests, known.request.number, operation, known.request);
      if (known.reply) Add(messages_.replies, known.reply->number, operation, *known.reply);
    }
  }

  void AddAsync(const Operation& operation) {
    const Message* message = operation.async_message();
    if (message != nullptr) Add(messages_.replies, operation.number, operation, *message);
  }

  std::optional<Messages> Take() {
    if (!ok_) return std::nullopt;
    return std::move(messages_);
  }

 private:
  void Add(std::map<uint32_t, NamedMessage>& to, uint32_t number, const Operation& operation,
           const Message& message) {
    const auto [place, is_new] = to.try_emplace(number, NamedMessage{&operation, &message});
    if (is_new) return;
    NamedMessage& known = place->second;
    // A request for a dump often has no attributes where that for one object has some.
    if (known.message->set == nullptr) known.message = &message;
    if (message.set != nullptr && known.message->set != message.set) {
      Refuse(operation, number, *known.operation, "attributes");
    } else if (known.message->fixed_header != message.fixed_header) {
      Refuse(operation, number, *known.operation, "a fixed header");
    }
  }

  void Refuse(const Operation& operation, uint32_t number, const Operation& other,
              absl::string_view what) {
    ok_ = reporter_.Report(
        kNotExpressible, operation.span, "dissector",
        absl::StrCat("a message ", number, " with ", what, " other than `", other.name, "` has"));
  }

  Reporter& reporter_;
  Messages messages_;
  bool ok_ = true;
};

void EmitTable(Printer& printer, absl::string_view name,
               const std::map<uint32_t, NamedMessage>& messages) {
  printer.Line(absl::StrCat("local ", name, " = {"));
  for (const auto& [number, known] : messages) {
    Row row;
    row.Add("name", known.operation->name);
    if (known.message->fixed_header != nullptr)
      row.Add("header", known.message->fixed_header->name);
    if (known.message->set != nullptr) row.Add("set", known.message->set->name);
    printer.Line(absl::StrCat("  [", number, "] = ", row.text(), ","));
  }
  printer.Line("}");
}

}  // namespace

std::optional<Messages> CollectMessages(const Family& family, Reporter& reporter) {
  Collector collector(reporter);
  for (const auto& operation : family.operations) collector.Add(*operation);
  for (const auto& operation : family.operations) collector.AddAsync(*operation);
  return collector.Take();
}

void EmitMessages(Printer& printer, const Messages& messages) {
  printer.Emit(R"(

    -- Messages by their commands: those to the kernel, and those from it.
  )");
  EmitTable(printer, "requests", messages.requests);
  EmitTable(printer, "replies", messages.replies);
}

}  // namespace genlc::dissector
