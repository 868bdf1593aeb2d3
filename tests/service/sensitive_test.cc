// Who is told what: a service leaves out what the module of the same profile leaves out
// (tests/torture/privileges_test.cc).
#include <optional>

#include "absl/time/time.h"
#include "genl/testing/fake_kernel.h"
#include "gmock/gmock.h"
#include "tests/torture/torture.service.h"

namespace torture {
namespace {

// Tells all that it knows.
class Frank : public Service {
 public:
  static AlarmReply Known() { return {.serial = 6, .hint = 60, .secret = 66}; }
  absl::StatusOr<AlarmReply> Alarm(genl::Caller&) override { return Known(); }
};

class SensitiveTest : public testing::Test {
 protected:
  SensitiveTest() { EXPECT_TRUE(kernel_.Add(frank_).ok()); }

  Client Connect() { return *Client::Connect({.transport = &kernel_}); }

  Frank frank_;
  genl::FakeKernel kernel_;
};

void ExpectTold(const AlarmReply& alarm, std::optional<uint32_t> hint,
                std::optional<uint32_t> secret) {
  EXPECT_EQ(alarm.serial, 6);
  EXPECT_EQ(alarm.hint, hint);
  EXPECT_EQ(alarm.secret, secret);
}

template <typename Ntf>
Ntf Next(Events& events) {
  const absl::StatusOr<Event> event = events.Next(absl::Seconds(10));
  EXPECT_TRUE(event.ok() && std::holds_alternative<Ntf>(*event)) << event.status();
  return event.ok() && std::holds_alternative<Ntf>(*event) ? std::get<Ntf>(*event) : Ntf();
}

TEST_F(SensitiveTest, GoodReplyTellsEachWhatHeMayKnow) {
  Client client = Connect();
  ExpectTold(*client.Alarm(), 60, 66);
  kernel_.SetAdministrator(false);
  ExpectTold(*client.Alarm(), std::nullopt, std::nullopt);
}

TEST_F(SensitiveTest, GoodNotificationTellsWhatItsGroupMayKnow) {
  Client client = Connect();
  Events events = *client.Subscribe({Group::kEverybody, Group::kNetAdmins, Group::kAdmins});
  ASSERT_TRUE(frank_.Multicast(AlarmNtf{Frank::Known()}).ok());
  ASSERT_TRUE(frank_.Multicast(NetAdminAlarmNtf{Frank::Known()}).ok());
  ASSERT_TRUE(frank_.Multicast(AdminAlarmNtf{Frank::Known()}).ok());
  ExpectTold(Next<AlarmNtf>(events), std::nullopt, std::nullopt);
  ExpectTold(Next<NetAdminAlarmNtf>(events), 60, std::nullopt);
  ExpectTold(Next<AdminAlarmNtf>(events), 60, 66);
}

TEST_F(SensitiveTest, GoodUnicastTellsNothingToWhomever) {
  Client client = Connect();
  Events events = *client.Subscribe({Group::kAdmins});
  ASSERT_TRUE(frank_.Unicast(events.port(), AdminAlarmNtf{Frank::Known()}).ok());
  ExpectTold(Next<AdminAlarmNtf>(events), std::nullopt, std::nullopt);
}

}  // namespace
}  // namespace torture
