// Prints what the kernel says without being asked: two sources speak to all who listen, two to this
// program alone.
#include <cstdint>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <variant>

#include "family/examples/pushes/pushes.genl.h"

namespace {

using pushes::Source;

constexpr uint32_t kTicks = 5;
constexpr absl::Duration kPatience = absl::Seconds(20);

// One function for each event.
class Printer {
 public:
  explicit Printer(std::string name) : name_(std::move(name)) {}

  void operator()(const pushes::Tick& tick) {
    const uint32_t expected = next_.try_emplace(tick.source, tick.number).first->second;
    if (tick.number != expected) std::cout << tick.number - expected << " lost\n";
    next_[tick.source] = tick.number + 1;
    std::cout << name_ << ": " << pushes::Name(tick.source) << " " << tick.number << ", "
              << pushes::Name(tick.context) << "\n";
  }
  // There was no room for some. The next of each source says how many.
  void operator()(const genl::Overrun&) { std::cout << "too slow\n"; }
  // The module has been loaded again: groups have been joined again, but nobody is registered.
  void operator()(const genl::Restarted&) { std::cout << "restarted\n"; }

 private:
  std::string name_;
  std::map<Source, uint32_t> next_;
};

absl::Status Print(pushes::Events& events, std::string name, uint32_t count) {
  Printer printer(std::move(name));
  for (uint32_t i = 0; i < count; ++i) {
    const absl::StatusOr<pushes::Event> event = events.Next(kPatience);
    if (!event.ok()) return event.status();
    std::visit(printer, *event);
  }
  return absl::OkStatus();
}

absl::Status Run() {
  absl::StatusOr<pushes::Client> client = pushes::Client::Connect();
  if (!client.ok()) return client.status();

  absl::StatusOr<pushes::Events> all = client->Subscribe({pushes::Group::kTicks});
  if (!all.ok()) return all.status();
  absl::Status status = client->Push({.source = Source::kTimer, .count = kTicks});
  status.Update(client->Push({.source = Source::kWork, .count = kTicks}));

  absl::StatusOr<pushes::Events> me = client->Subscribe({});
  if (!me.ok()) return me.status();
  // From the socket that wants to be told.
  status.Update(me->Do(pushes::operation::kRegister));
  status.Update(client->Push({.source = Source::kSoftirq, .port = me->port(), .count = kTicks}));
  status.Update(client->Push({.source = Source::kHardirq, .port = me->port(), .count = kTicks}));

  if (status.ok()) status = Print(*all, "all", 2 * kTicks);
  if (status.ok()) status = Print(*me, "me", 2 * kTicks);
  return status;
}

}  // namespace

int main() {
  const absl::Status status = Run();
  if (!status.ok()) return std::cerr << status << "\n", 1;
}
