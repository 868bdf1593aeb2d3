#include "tests/round_trip/round_trip.h"

#include <algorithm>
#include <utility>

namespace genl::test {
namespace {

std::vector<MessageType>& Registered() {
  static auto& messages = *new std::vector<MessageType>();
  return messages;
}

}  // namespace

void AddMessage(MessageType type) { Registered().push_back(std::move(type)); }

const std::vector<MessageType>& AllMessages() {
  static const auto& sorted = *[] {
    std::sort(Registered().begin(), Registered().end(),
              [](const MessageType& a, const MessageType& b) { return a.name < b.name; });
    return &Registered();
  }();
  return sorted;
}

}  // namespace genl::test
