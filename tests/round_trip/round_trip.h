// Messages of generated clients that are to be tried with random values, or random bytes.
#ifndef GENLC_TESTS_ROUND_TRIP_ROUND_TRIP_H_
#define GENLC_TESTS_ROUND_TRIP_ROUND_TRIP_H_

#include <memory>
#include <string>
#include <vector>

#include "genl/layout.h"

namespace genl::test {

// A message type, without the type.
struct MessageType {
  std::string name;  // "rt-link.GetlinkReply"
  const Layout* layout = nullptr;
  std::shared_ptr<void> (*make)() = nullptr;
  bool (*equal)(const void* a, const void* b) = nullptr;
};

// All that the program has, by name.
const std::vector<MessageType>& AllMessages();

void AddMessage(MessageType type);

// Adds the message `T`.
template <typename T>
int Register(const char* name, const Layout& layout) {
  AddMessage({name, &layout, [] { return std::static_pointer_cast<void>(std::make_shared<T>()); },
              [](const void* a, const void* b) {
                return *static_cast<const T*>(a) == *static_cast<const T*>(b);
              }});
  return 0;
}

}  // namespace genl::test

#endif  // GENLC_TESTS_ROUND_TRIP_ROUND_TRIP_H_
