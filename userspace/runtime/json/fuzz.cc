// For libFuzzer: bytes of the wire, or text, that nobody would send. Of the first byte, bit 0
// says that it is text, bit 1 that the message has a header, structures and sub-messages.
//
//   clang++ -std=c++20 -g -fsanitize=fuzzer,address,undefined fuzz.cc test_tables.cc ...
//
// mutation_test.cc runs the same in every build, from a seed.
#include <cstdlib>
#include <string>

#include "genl/json/json.h"
#include "genl/json/test_tables.h"
#include "genl/test_envelope.h"

namespace genl {
namespace {

void Demand(bool holds) {
  if (!holds) std::abort();
}

// Whatever is printed can be read, and says the same when it is printed again.
void FuzzWire(const MessageTable& message, Bytes bytes) {
  const absl::StatusOr<std::string> json = ToJson(message, bytes);
  if (!json.ok()) return;
  Writer writer;
  Demand(FromJson(message, *json, writer, nullptr, JsonLimits::kIgnored).ok());
  Demand(*ToJson(message, writer.bytes()) == *json);
  const auto pretty = ToJson(message, bytes, JsonStyle::kPretty);
  Writer again;
  Demand(FromJson(message, *pretty, again, nullptr, JsonLimits::kIgnored).ok());
  Demand(again.bytes() == writer.bytes());
}

// Text is refused with a place in it, or it is a message.
void FuzzText(const MessageTable& message, absl::string_view text) {
  Writer writer;
  JsonFault fault;
  if (FromJson(message, text, writer, &fault).ok()) {
    Demand(ToJson(message, writer.bytes()).ok());
  } else {
    Demand(!fault.text.empty() && fault.place.offset <= text.size());
  }
  const std::string words[] = {std::string(text.substr(0, text.size() / 2)),
                               std::string(text.substr(text.size() / 2))};
  writer.Clear();
  if (FromArguments(message, words, writer, &fault).ok()) {
    Demand(ToJson(message, writer.bytes()).ok());
  } else {
    Demand(!fault.text.empty() && fault.place.offset <= text.size() + 1);
  }
}

}  // namespace
}  // namespace genl

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  genl::MessageTable message(genl::kEverything);
  if (data[0] & 2) message = {genl::test::kEnvelopeSet, &genl::test::kHeadStructure};
  if (data[0] & 1) {
    genl::FuzzText(message, {reinterpret_cast<const char*>(data + 1), size - 1});
  } else {
    genl::FuzzWire(message, {data + 1, size - 1});
  }
  return 0;
}
