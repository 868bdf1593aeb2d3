// Who may call what, and who may hear what.
//
// Commands are refused as their flags say. Groups know less: on every kernel, who joins one needs
// CAP_NET_ADMIN over the network namespace and no more. So the root of a user namespace can join an
// `admin-perm` group in a namespace of his own; the generated senders send nothing there.
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <functional>
#include <optional>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "tests/torture/client.h"

namespace torture {
namespace {

// Runs `body` in a process of its own, after `become` has succeeded there.
void InChild(const std::function<bool()>& become, const std::function<void()>& body) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    EXPECT_TRUE(become()) << std::strerror(errno);
    if (!testing::Test::HasFailure()) body();
    std::fflush(nullptr);
    _exit(testing::Test::HasFailure() ? 1 : 0);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0) << "see above";
}

bool BecomeNobody() {
  constexpr uid_t kNobody = 65534;
  return setresgid(kNobody, kNobody, kNobody) == 0 && setresuid(kNobody, kNobody, kNobody) == 0;
}

// Root of a user namespace, in the network namespace of the machine.
bool BecomeRootOfUsers() { return unshare(CLONE_NEWUSER) == 0; }

// Likewise, in a network namespace of his own.
bool BecomeRootOfUsersAndNet() { return unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0; }

void ExpectRefused(const absl::Status& status) {
  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
}

void ExpectAccepted(const absl::Status& status) { EXPECT_TRUE(status.ok()) << status; }

absl::Status Join(Group group) { return Connect().Subscribe({group}).status(); }

void ExpectAllRefused() {
  ExpectRefused(Connect().NetAdmin());
  ExpectRefused(Connect().NetAdminDump().Collect().status());
  ExpectRefused(Connect().Admin());
  ExpectRefused(Connect().AdminDump().Collect().status());
  ExpectRefused(Join(Group::kNetAdmins));
  ExpectRefused(Join(Group::kAdmins));
  ExpectAccepted(Connect().Poke());
  ExpectAccepted(Join(Group::kEverybody));
}

TEST(Privileges, GoodRootOfTheMachineMayDoAndHearAll) {
  ExpectAccepted(Connect().NetAdmin());
  ExpectAccepted(Connect().NetAdminDump().Collect().status());
  ExpectAccepted(Connect().Admin());
  ExpectAccepted(Connect().AdminDump().Collect().status());
  Events events = Listen({Group::kNetAdmins, Group::kAdmins});
  ExpectAccepted(Connect().Raise({.serial = 1, .audience = Audience::kNetAdmins}).status());
  ExpectAccepted(Connect().Raise({.serial = 2, .audience = Audience::kAdmins}).status());
  EXPECT_EQ(Expect<NetAdminAlarmNtf>(events).serial, 1);
  EXPECT_EQ(Expect<AdminAlarmNtf>(events).serial, 2);
}

TEST(Privileges, BadNobodyMayNeitherCallNorJoin) { InChild(BecomeNobody, ExpectAllRefused); }

TEST(Privileges, BadRootOfUsersHasNoRightsInTheNamespaceOfTheMachine) {
  InChild(BecomeRootOfUsers, ExpectAllRefused);
}

TEST(Privileges, GoodRootOfUsersAdministratesHisOwnNamespace) {
  InChild(BecomeRootOfUsersAndNet, [] {
    ExpectAccepted(Connect().NetAdmin());
    ExpectAccepted(Connect().NetAdminDump().Collect().status());
    Events events = Listen({Group::kNetAdmins});
    ExpectAccepted(Connect().Raise({.serial = 3, .audience = Audience::kNetAdmins}).status());
    EXPECT_EQ(Expect<NetAdminAlarmNtf>(events).serial, 3);
  });
}

TEST(Privileges, BadRootOfUsersNeitherCallsNorHearsWhatIsTheMachines) {
  InChild(BecomeRootOfUsersAndNet, [] {
    ExpectRefused(Connect().Admin());
    ExpectRefused(Connect().AdminDump().Collect().status());
    absl::StatusOr<Events> events = Connect().Subscribe({Group::kAdmins});
    if (!events.ok()) return ExpectRefused(events.status());
    ExpectAccepted(Connect().Raise({.serial = 4, .audience = Audience::kAdmins}).status());
    EXPECT_TRUE(absl::IsDeadlineExceeded(events->Next(kMoment).status())) << "it was heard";
  });
}

// Both a hint and a secret; who is asked for says who is told.
RaiseRequest Confidential(Audience audience) {
  return {.serial = 6, .audience = audience, .hint = 60, .secret = 66};
}

void ExpectTold(const AlarmReply& alarm, std::optional<uint32_t> hint,
                std::optional<uint32_t> secret) {
  EXPECT_EQ(alarm.serial, 6);
  EXPECT_EQ(alarm.hint, hint);
  EXPECT_EQ(alarm.secret, secret);
}

AlarmReply LastAlarm() {
  const absl::StatusOr<AlarmReply> alarm = Connect().Alarm();
  EXPECT_TRUE(alarm.ok()) << alarm.status();
  return alarm.value_or(AlarmReply());
}

TEST(Sensitive, GoodReplyTellsEachWhatHeMayKnow) {
  ExpectAccepted(Connect().Raise(Confidential(Audience::kEverybody)).status());
  ExpectTold(LastAlarm(), 60, 66);
  InChild(BecomeNobody, [] { ExpectTold(LastAlarm(), std::nullopt, std::nullopt); });
  InChild(BecomeRootOfUsers, [] { ExpectTold(LastAlarm(), std::nullopt, std::nullopt); });
  InChild(BecomeRootOfUsersAndNet, [] { ExpectTold(LastAlarm(), 60, std::nullopt); });
}

TEST(Sensitive, GoodNotificationTellsWhatItsGroupMayKnow) {
  Events events = Listen({Group::kEverybody, Group::kNetAdmins, Group::kAdmins});
  for (const Audience audience : {Audience::kEverybody, Audience::kNetAdmins, Audience::kAdmins}) {
    ExpectAccepted(Connect().Raise(Confidential(audience)).status());
  }
  ExpectTold(Expect<AlarmNtf>(events), std::nullopt, std::nullopt);
  ExpectTold(Expect<NetAdminAlarmNtf>(events), 60, std::nullopt);
  ExpectTold(Expect<AdminAlarmNtf>(events), 60, 66);
}

// A network namespace that the machine's root made belongs to the machine.
TEST(Privileges, GoodRootOfTheMachineHearsInANamespaceOfHis) {
  InChild([] { return unshare(CLONE_NEWNET) == 0; },
          [] {
            Events events = Listen({Group::kAdmins});
            ExpectAccepted(Connect().Raise({.serial = 5, .audience = Audience::kAdmins}).status());
            EXPECT_EQ(Expect<AdminAlarmNtf>(events).serial, 5);
          });
}

}  // namespace
}  // namespace torture
