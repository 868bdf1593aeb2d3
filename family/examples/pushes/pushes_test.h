// What the tests of pushes have in common: listeners, and how sources are made to speak.
#ifndef FAMILY_EXAMPLES_PUSHES_PUSHES_TEST_H_
#define FAMILY_EXAMPLES_PUSHES_PUSHES_TEST_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "family/examples/pushes/pushes.genl.h"
#include "gtest/gtest.h"

namespace pushes {

// Long enough for an emulated machine under load; a test that passes never waits for it.
inline constexpr absl::Duration kPatience = absl::Seconds(20);

inline constexpr Source kSources[] = {Source::kTimer, Source::kWork, Source::kSoftirq,
                                      Source::kHardirq};

// A receive buffer with room for a few ticks: the kernel makes two kilobytes of it.
inline constexpr genl::SocketOptions kTiny = {.receive_buffer = 1};

Client Connect(const genl::SocketOptions& socket = {});

// The errno that the kernel answered, 0 for none.
int ErrorOf(const absl::Status& status);

// Reads a subscription, and holds the numbers of each source against each other.
class Listener {
 public:
  explicit Listener(Client& client, const std::vector<Group>& groups = {Group::kTicks});

  // Reads ticks. Each has to follow upon the last one of its source.
  void ExpectInARow(uint32_t count);
  void ExpectSilence();
  // Reads what there is, and returns how many ticks that were.
  uint32_t ReadAll();
  // The next tick, and how many of its source are missing before it.
  uint32_t ExpectGap();
  // Until the module has been loaded again.
  void ExpectRestart();

  int overruns() const { return overruns_; }
  Events& events() { return events_; }

 private:
  std::optional<Tick> Next(absl::Duration patience);
  uint32_t MissingBefore(const Tick& tick);

  Events events_;
  std::map<Source, uint32_t> next_;
  int overruns_ = 0;
};

class PushesTest : public testing::Test {
 protected:
  // As soon as the source has nothing else to say.
  void Push(const PushRequest& request);

  // The ports that have registered.
  std::vector<uint32_t> Registered();
  // Tells each of them something, and so ends the registrations of closed sockets.
  void EndClosed();

  Client client_ = Connect();
};

// A test for each source.
class SourceTest : public PushesTest, public testing::WithParamInterface<Source> {
 protected:
  // When `listener`, of the group, has heard it, all that the source said before has arrived.
  void SayOneMore(Listener& listener);
};

// For INSTANTIATE_TEST_SUITE_P.
inline std::string NameOf(const testing::TestParamInfo<Source>& info) {
  return std::string(Name(info.param));
}

}  // namespace pushes

#endif  // FAMILY_EXAMPLES_PUSHES_PUSHES_TEST_H_
