// For libFuzzer: bytes that no kernel sends, as any message of any family (see ReadInput()).
#include <memory>
#include <string>
#include <vector>

#include "genl/decode.h"
#include "genl/encode.h"
#include "genl/json/json.h"
#include "tests/fuzz/demand.h"
#include "tests/fuzz/message_input.h"

namespace genlc {
namespace {

using genl::Bytes;
using genl::Writer;
using genl::test::AllMessages;
using genl::test::MessageType;

// A value that each message of the type is decoded into, as clients do.
void* ReusedValue(const MessageInput& input) {
  static auto& values = *new std::vector<std::shared_ptr<void>>(AllMessages().size());
  std::shared_ptr<void>& value = values[input.index];
  if (value == nullptr) value = input.type->make();
  return value.get();
}

// What can be read is a value that can be sent, and is read again as it was.
void FuzzDecode(const MessageInput& input) {
  const MessageType& type = *input.type;
  const genl::Layout& layout = *type.layout;
  const std::shared_ptr<void> value = type.make();
  const absl::Status status = Decode(layout, input.rest, value.get());
  void* const reused = ReusedValue(input);
  const absl::Status again = Decode(layout, input.rest, reused);
  Demand(status == again, "a used value changes nothing", type.name);
  if (!status.ok()) return Demand(absl::IsDataLoss(status), "damage is data loss", type.name);
  Demand(type.equal(value.get(), reused), "nothing is left of what a value held", type.name);

  Writer sent, echo;
  Demand(Encode(layout, value.get(), sent).ok(), "what was read can be sent", type.name);
  Demand(Decode(layout, sent.bytes(), reused).ok(), "what was sent can be read", type.name);
  Demand(type.equal(value.get(), reused), "what was sent is what is read", type.name);
  Demand(Encode(layout, reused, echo).ok(), "it can be sent again", type.name);
  Demand(sent.bytes() == echo.bytes(), "it is sent as it was", type.name);
}

// Whatever is shown can be read, and is shown again as it was.
void FuzzJson(const MessageInput& input) {
  const genl::MessageTable table = TableOf(*input.type);
  const absl::StatusOr<std::string> json = ToJson(table, input.rest);
  if (!json.ok()) return;
  Writer read;
  Demand(FromJson(table, *json, read, nullptr, genl::JsonLimits::kIgnored).ok(),
         "what is shown can be read", *json);
  const absl::StatusOr<std::string> again = ToJson(table, read.bytes());
  Demand(again.ok() && *again == *json, "it is shown as it was", *json);
}

}  // namespace
}  // namespace genlc

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const genlc::MessageInput input = genlc::ReadInput(data, size);
  if (input.type == nullptr) return 0;
  genlc::FuzzDecode(input);
  genlc::FuzzJson(input);
  return 0;
}
