// What the tests of the torture family share: a client with patience, and its events.
#ifndef GENLC_TESTS_TORTURE_CLIENT_H_
#define GENLC_TESTS_TORTURE_CLIENT_H_

#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tests/torture/torture.genl.h"

namespace torture {

// Long enough for an emulated machine under load; a test that passes never waits for it.
constexpr absl::Duration kPatience = absl::Seconds(20);

// For an event that must not come; its sender has returned before.
constexpr absl::Duration kMoment = absl::Milliseconds(50);

inline Client Connect() {
  absl::StatusOr<Client> client = Client::Connect({.timeout = kPatience});
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}

inline Events Listen(const std::vector<Group>& groups) {
  absl::StatusOr<Events> events = Connect().Subscribe(groups);
  EXPECT_TRUE(events.ok()) << events.status();
  return *std::move(events);
}

// The next event, which must be a `T`.
template <typename T>
T Expect(Events& events) {
  const absl::StatusOr<Event> event = events.Next(kPatience);
  EXPECT_TRUE(event.ok()) << event.status();
  if (!event.ok()) return T{};
  EXPECT_TRUE(std::holds_alternative<T>(*event)) << "alternative " << event->index();
  return std::holds_alternative<T>(*event) ? std::get<T>(*event) : T{};
}

}  // namespace torture

#endif  // GENLC_TESTS_TORTURE_CLIENT_H_
