// For libFuzzer: text that nobody would write, as JSON and as the words of a command line for any
// message of any family (see ReadInput()).
#include <memory>
#include <string>

#include "absl/strings/str_split.h"
#include "genl/json/json.h"
#include "tests/fuzz/demand.h"
#include "tests/fuzz/message_input.h"

namespace genlc {
namespace {

using genl::JsonFault;
using genl::Writer;
using genl::test::MessageType;

// The bytes can be shown, and what is shown says the same.
void DemandSameWhenShown(const genl::MessageTable& table, genl::Bytes bytes) {
  const absl::StatusOr<std::string> json = ToJson(table, bytes);
  Demand(json.ok(), "what was read can be shown");
  Writer again;
  Demand(FromJson(table, *json, again, nullptr, genl::JsonLimits::kIgnored).ok(),
         "what is shown can be read", *json);
  const absl::StatusOr<std::string> shown = ToJson(table, again.bytes());
  Demand(shown.ok() && *shown == *json, "it is shown as it was", *json);
}

void DemandPlace(const JsonFault& fault, size_t end) {
  Demand(!fault.text.empty() && fault.place.offset <= end, "a fault has a text and a place",
         fault.text);
}

void FuzzText(const genl::MessageTable& table, absl::string_view text) {
  Writer writer;
  JsonFault fault;
  if (FromJson(table, text, writer, &fault).ok()) {
    DemandSameWhenShown(table, writer.bytes());
  } else {
    DemandPlace(fault, text.size());
  }
}

// One word a line.
void FuzzArguments(const genl::MessageTable& table, absl::string_view text) {
  const std::vector<std::string> words = absl::StrSplit(text, '\n');
  Writer writer;
  JsonFault fault;
  if (FromArguments(table, words, writer, &fault).ok()) {
    DemandSameWhenShown(table, writer.bytes());
  } else {
    DemandPlace(fault, text.size() + 1);
  }
}

// The same message as a value of its C++ type: where the text is one, it can be shown.
void FuzzValue(const MessageType& type, absl::string_view text) {
  const std::shared_ptr<void> value = type.make();
  JsonFault fault;
  if (FromJson(*type.layout, text, value.get(), &fault).ok()) {
    Demand(ToJson(*type.layout, value.get()).ok(), "a value can be shown", type.name);
  } else {
    Demand(!fault.text.empty(), "a fault has a text", type.name);
  }
}

}  // namespace
}  // namespace genlc

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const genlc::MessageInput input = genlc::ReadInput(data, size);
  if (input.type == nullptr) return 0;
  const absl::string_view text(reinterpret_cast<const char*>(input.rest.data()), input.rest.size());
  const genl::MessageTable table = genlc::TableOf(*input.type);
  if (!text.empty() && text[0] == '{') {
    genlc::FuzzText(table, text);
    genlc::FuzzValue(*input.type, text);
  } else {
    genlc::FuzzArguments(table, text);
  }
  return 0;
}
