#include "tests/fuzz/message_input.h"

namespace genlc {

using genl::test::AllMessages;
using genl::test::MessageType;

MessageInput ReadInput(const uint8_t* data, size_t size) {
  if (size < kChoice) return {};
  uint32_t choice = 0;
  for (size_t i = 0; i < kChoice; ++i) choice |= uint32_t{data[i]} << (8 * i);
  const size_t index = choice % AllMessages().size();
  return {&AllMessages()[index], index, {data + kChoice, size - kChoice}};
}

genl::MessageTable TableOf(const MessageType& type) {
  static constexpr genl::AttributeSet kNone;
  const genl::Layout& layout = *type.layout;
  return {layout.set != nullptr ? *layout.set : kNone,
          layout.header != nullptr ? layout.header->structure : nullptr};
}

}  // namespace genlc
