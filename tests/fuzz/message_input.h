// Inputs of fuzz targets that are about one message of one family.
#ifndef GENLC_TESTS_FUZZ_MESSAGE_INPUT_H_
#define GENLC_TESTS_FUZZ_MESSAGE_INPUT_H_

#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "genl/table.h"
#include "tests/round_trip/round_trip.h"

namespace genlc {

// Bytes at the start of an input: which message, as a little-endian number modulo that of all
// messages. Four of them, so that what follows is aligned as attributes are.
inline constexpr size_t kChoice = 4;

struct MessageInput {
  const genl::test::MessageType* type = nullptr;  // null: the input is too short
  size_t index = 0;                               // of `type` in AllMessages()
  absl::Span<const uint8_t> rest;
};

MessageInput ReadInput(const uint8_t* data, size_t size);

// The tables of the message, without its C++ type.
genl::MessageTable TableOf(const genl::test::MessageType& type);

}  // namespace genlc

#endif  // GENLC_TESTS_FUZZ_MESSAGE_INPUT_H_
