#include "genl/events.h"

#include <linux/genetlink.h>

#include "genl/fake_kernel.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::ElementsAre;

struct PartNtf : Part {
  bool operator==(const PartNtf&) const = default;
};
using AnyEvent = std::variant<Overrun, Restarted, PartNtf, Required>;
enum class Group { kParts, kOthers };

constexpr Family kFamily = {"thing", 1};
constexpr MulticastGroup kGroups[] = {{"parts"}, {"others"}};
constexpr EventType kTypes[] = {
    {5, &kPartLayout, 2},
    {6, &kRequiredLayout, 3},
};

class EventsTest : public testing::Test {
 protected:
  EventsTest() : kernel_([](const FakeRequest&) { return std::vector<ByteString>(); }) {
    absl::StatusOr<Client> client = Client::Connect(kFamily, {.transport = &kernel_});
    client_.emplace(*std::move(client));
  }

  absl::StatusOr<Events<AnyEvent, Group>> Listen(std::vector<Group> groups) {
    return Subscribe<AnyEvent>(*client_, absl::Span<const Group>(groups), kGroups, kTypes, {});
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

// What the controller tells when somebody registers a family.
ByteString Registered(const std::string& name) {
  ByteString text(name.begin(), name.end());
  text.push_back(0);
  return Message(GENL_ID_CTRL, 0, 0, 0,
                 Join({{CTRL_CMD_NEWFAMILY, 2, 0, 0}, Attr(CTRL_ATTR_FAMILY_NAME, text)}));
}

TEST_F(EventsTest, GoodFamilyThatCameBackIsHeardAgain) {
  auto events = Listen({Group::kParts, Group::kOthers});
  kernel_.SetFamilyId(0);
  kernel_.Tell(Registered("thing"));
  EXPECT_TRUE(absl::IsDeadlineExceeded(events->Next(absl::ZeroDuration()).status()))
      << "it has gone since";
  kernel_.SetFamilyId(kFakeFamilyId + 1);
  kernel_.Tell(Registered("something"));
  kernel_.Tell(Registered("thing"));
  kernel_.Tell(Event(5, Attr(1, {7, 0})));  // by the old number, which may be another's now
  kernel_.Tell(Message(kFakeFamilyId + 1, 0, 0, 0, Join({{5, 1, 0, 0}, Attr(1, {8, 0})})));
  const absl::StatusOr<AnyEvent> event = events->Next(absl::Seconds(10));
  ASSERT_TRUE(event.ok()) << event.status();
  EXPECT_TRUE(std::holds_alternative<Restarted>(*event));
  EXPECT_THAT(kernel_.groups(), ElementsAre("parts", "others", "parts", "others"));
  EXPECT_EQ(std::get<PartNtf>(*events->Next(absl::Seconds(10))).number, 8);
}

TEST_F(EventsTest, GoodGroupsThatAreJoinedAndLeft) {
  auto events = Listen({Group::kParts});
  EXPECT_TRUE(events->Join(Group::kOthers).ok());
  EXPECT_THAT(kernel_.groups(), ElementsAre("parts", "others"));
  EXPECT_TRUE(events->Leave(Group::kParts).ok());
  EXPECT_THAT(kernel_.groups(), ElementsAre("others"));
  EXPECT_EQ(events->Join(static_cast<Group>(2)).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(events->Leave(static_cast<Group>(2)).code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(EventsTest, GoodEventIntoMemoryThatIsUsedAgain) {
  auto events = Listen({Group::kParts});
  AnyEvent event;
  for (const uint8_t number : {1, 2}) {
    const ByteString note(100, 'x');
    kernel_.Tell(Event(5, Join({Attr(1, {number, 0}), Attr(2, note)})));
    ASSERT_TRUE(events->Next(absl::Seconds(10), &event).ok());
    EXPECT_EQ(std::get<PartNtf>(event).number, number);
  }
  const char* const memory = std::get<PartNtf>(event).note->data();
  kernel_.Tell(Event(5, Join({Attr(1, {3, 0}), Attr(2, ByteString(90, 'y'))})));
  ASSERT_TRUE(events->Next(absl::Seconds(10), &event).ok());
  EXPECT_EQ(std::get<PartNtf>(event).note->data(), memory);
}

TEST_F(EventsTest, BadGroupThatIsNone) {
  EXPECT_EQ(Listen({static_cast<Group>(2)}).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace genl::test
