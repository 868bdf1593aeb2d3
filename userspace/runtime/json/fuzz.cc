// For libFuzzer: bytes of the wire, or text, that nobody would send.
//
//   clang++ -std=c++20 -g -fsanitize=fuzzer,address,undefined fuzz.cc test_tables.cc ...
//
// mutation_test.cc runs the same in every build, from a seed.
#include <cstdlib>
#include <string>

#include "genl/json/json.h"
#include "genl/json/test_tables.h"

namespace genl {
namespace {

void Demand(bool holds) {
  if (!holds) std::abort();
}

// Whatever is printed can be read, and says the same when it is printed again.
void FuzzWire(Bytes bytes) {
  const absl::StatusOr<std::string> json = ToJson(kEverything, bytes);
  if (!json.ok()) return;
  Writer writer;
  Demand(FromJson(kEverything, *json, writer, nullptr, JsonLimits::kIgnored).ok());
  Demand(*ToJson(kEverything, writer.bytes()) == *json);
  const auto pretty = ToJson(kEverything, bytes, JsonStyle::kPretty);
  Writer again;
  Demand(FromJson(kEverything, *pretty, again, nullptr, JsonLimits::kIgnored).ok());
  Demand(again.bytes() == writer.bytes());
}

// Text is refused with a place in it, or it is a message.
void FuzzText(absl::string_view text) {
  Writer writer;
  JsonFault fault;
  if (FromJson(kEverything, text, writer, &fault).ok()) {
    Demand(ToJson(kEverything, writer.bytes()).ok());
  } else {
    Demand(!fault.text.empty() && fault.place.offset <= text.size());
  }
  const std::string words[] = {std::string(text.substr(0, text.size() / 2)),
                               std::string(text.substr(text.size() / 2))};
  writer.Clear();
  if (FromArguments(kEverything, words, writer, &fault).ok()) {
    Demand(ToJson(kEverything, writer.bytes()).ok());
  } else {
    Demand(!fault.text.empty() && fault.place.offset <= text.size() + 1);
  }
}

}  // namespace
}  // namespace genl

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  if (data[0] % 2 == 0) {
    genl::FuzzWire({data + 1, size - 1});
  } else {
    genl::FuzzText({reinterpret_cast<const char*>(data + 1), size - 1});
  }
  return 0;
}
