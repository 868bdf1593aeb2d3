#include "genl/events.h"

#include "genl/fake_kernel.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::ElementsAre;

struct PartNtf : Part {
  bool operator==(const PartNtf&) const = default;
};
using AnyEvent = std::variant<Overrun, PartNtf, Required>;
enum class Group { kParts, kOthers };

constexpr Family kFamily = {"thing", 1};
constexpr MulticastGroup kGroups[] = {{"parts"}, {"others"}};
constexpr EventType kTypes[] = {
    {5, &kPartLayout, 1},
    {6, &kRequiredLayout, 2},
};

class EventsTest : public testing::Test {
 protected:
  EventsTest() : kernel_([](const FakeRequest&) { return std::vector<ByteString>(); }) {
    absl::StatusOr<Client> client = Client::Connect(kFamily, {.transport = &kernel_});
    client_.emplace(*std::move(client));
  }

  absl::StatusOr<Events<AnyEvent>> Listen(std::vector<Group> groups) {
    return Subscribe<AnyEvent>(*client_, absl::Span<const Group>(groups), kGroups, kTypes);
  }

  FakeKernel kernel_;
  std::optional<Client> client_;
};

TEST_F(EventsTest, GoodEventsInTheirOrder) {
  auto events = Listen({Group::kOthers, Group::kParts});
  ASSERT_TRUE(events.ok()) << events.status();
  EXPECT_THAT(kernel_.groups(), ElementsAre("others", "parts"));
  kernel_.Tell(Join({Event(5, Attr(1, {1, 0})), Event(5, Attr(1, {2, 0}))}));
  kernel_.Tell(Event(5, Attr(1, {3, 0})));
  for (const uint16_t number : {1, 2, 3}) {
    const absl::StatusOr<AnyEvent> event = events->Next(absl::Seconds(10));
    ASSERT_TRUE(event.ok()) << event.status();
    EXPECT_EQ(std::get<PartNtf>(*event).number, number);
  }
}

TEST_F(EventsTest, GoodUnknownEventIsSkipped) {
  auto events = Listen({Group::kParts});
  kernel_.Tell(Event(99, {}));
  kernel_.Tell(Message(0x77, 0, 0, 0, {5, 1, 0, 0}));
  kernel_.Tell(Event(5, Attr(1, {1, 0})));
  EXPECT_EQ(std::get<PartNtf>(*events->Next(absl::Seconds(10))).number, 1);
}

TEST_F(EventsTest, BadNothingInTime) {
  auto events = Listen({Group::kParts});
  EXPECT_EQ(events->Next(absl::ZeroDuration()).status().code(),
            absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(events->Next(absl::Milliseconds(20)).status().code(),
            absl::StatusCode::kDeadlineExceeded);
}

TEST_F(EventsTest, BadMalformedEventDoesNotStopTheNext) {
  auto events = Listen({Group::kParts});
  kernel_.Tell(Join({Event(5, {1, 2}), Event(5, Attr(1, {1, 0}))}));
  kernel_.Tell({1, 2, 3});
  kernel_.Tell(Event(5, Attr(1, {2, 0})));
  EXPECT_EQ(events->Next(absl::Seconds(10)).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(std::get<PartNtf>(*events->Next(absl::Seconds(10))).number, 1);
  EXPECT_EQ(events->Next(absl::Seconds(10)).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(std::get<PartNtf>(*events->Next(absl::Seconds(10))).number, 2);
}

TEST_F(EventsTest, BadGroupThatIsNone) {
  EXPECT_EQ(Listen({static_cast<Group>(2)}).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace genl::test
