// Clients on the fake kernel: what it does for them, and what it does to them.
#include "genl/testing/fake_kernel.h"

#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "family/examples/thermo/inventory.h"
#include "gmock/gmock.h"
#include "tests/torture/torture.service.h"

namespace genl {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

KernelError ErrorOf(const absl::Status& status) {
  return GetKernelError(status).value_or(KernelError{.message = status.ToString()});
}

class FakeKernelTest : public testing::Test {
 protected:
  FakeKernelTest() { EXPECT_TRUE(kernel_.Add(inventory_).ok()); }

  thermo::Client Connect(absl::Duration timeout = absl::Seconds(10)) {
    return *thermo::Client::Connect({.timeout = timeout, .transport = &kernel_});
  }
  uint32_t AddSensor(thermo::Client& client, const std::string& label) {
    const auto reply = client.SensorNew({.label = label});
    EXPECT_TRUE(reply.ok()) << reply.status();
    return reply.ok() ? reply->id : 0;
  }

  Inventory inventory_;
  FakeKernel kernel_;
};

TEST_F(FakeKernelTest, GoodRequestsReachTheirMethods) {
  thermo::Client client = Connect();
  const uint32_t id = AddSensor(client, "inlet");
  const auto sensor = client.SensorGet({.id = id});
  ASSERT_TRUE(sensor.ok()) << sensor.status();
  EXPECT_EQ(sensor->label, "inlet");
  EXPECT_TRUE(client.SensorDel({.id = id}).ok());
}

TEST_F(FakeKernelTest, DefaultsOfTheProfileAreFilledIn) {
  thermo::Client client = Connect();
  const auto id = client.SensorNew(
      {.label = "inlet", .threshold = {{.temperature = 1}, {.temperature = 2, .hysteresis = 7}}});
  ASSERT_TRUE(id.ok()) << id.status();
  const auto sensor = client.SensorGet({.id = id->id});
  ASSERT_TRUE(sensor.ok()) << sensor.status();
  EXPECT_EQ(sensor->interval_ms, 1000u);
  EXPECT_EQ(sensor->threshold[0].hysteresis, 500u);
  EXPECT_EQ(sensor->threshold[1].hysteresis, 7u);
}

TEST_F(FakeKernelTest, BadValuesAreRefusedBeforeTheMethod) {
  thermo::Client client = Connect();
  const absl::Status status =
      client.SensorNew({.label = "inlet", .threshold = {{}, {.hysteresis = 20001}}}).status();
  EXPECT_EQ(ErrorOf(status), (KernelError{.error = ERANGE,
                                          .message = "integer out of range",
                                          .attribute = "threshold[1].hysteresis",
                                          .policy = "must be at most 20000"}));
}

TEST_F(FakeKernelTest, WhatAMethodRefusesIsWhatTheClientGets) {
  thermo::Client client = Connect();
  EXPECT_EQ(ErrorOf(client.SensorGet({.id = 7}).status()),
            (KernelError{.error = ENOENT, .message = "no such sensor", .attribute = "id"}));
  const absl::Status zero =
      client.SensorNew({.label = "x", .threshold = {{}, {.temperature = -300000}}}).status();
  EXPECT_EQ(ErrorOf(zero).attribute, "threshold[1].temperature");
}

TEST_F(FakeKernelTest, OtherStatusesBecomeTheErrnoOfTheirCode) {
  thermo::Client client = Connect();
  EXPECT_EQ(ErrorOf(client.SensorDel({.id = 7})),
            (KernelError{.error = ENOENT, .message = "no such sensor"}));
}

TEST_F(FakeKernelTest, MethodsThatAreNotOverriddenAreNotSupported) {
  thermo::Client client = Connect();
  EXPECT_EQ(ErrorOf(client.SensorSet({.id = 1})).error, EOPNOTSUPP);
}

TEST_F(FakeKernelTest, WarningsComeWithSuccess) {
  std::vector<std::string> warnings;
  absl::StatusOr<thermo::Client> client = thermo::Client::Connect(
      {.transport = &kernel_,
       .on_warning = [&](absl::string_view operation, const KernelError& warning) {
         warnings.push_back(absl::StrCat(operation, ": ", warning.message));
       }});
  ASSERT_TRUE(client.ok()) << client.status();
  AddSensor(*client, "inlet");
  EXPECT_THAT(warnings, testing::ElementsAre(
                            "thermo.sensor-new: a sensor without thresholds raises no alarm"));
}

TEST_F(FakeKernelTest, PermissionsHold) {
  thermo::Client client = Connect();
  kernel_.SetAdministrator(false);
  EXPECT_TRUE(absl::IsPermissionDenied(client.SensorDel({.id = 1})));
  EXPECT_TRUE(absl::IsPermissionDenied(client.Subscribe({{thermo::Group::kAlarms}}).status()));
  EXPECT_TRUE(client.Subscribe({{thermo::Group::kChanges}}).ok());
}

TEST_F(FakeKernelTest, DumpsHaveAllObjectsOrThoseThatAreAskedFor) {
  thermo::Client client = Connect();
  for (int i = 0; i < 1000; ++i) AddSensor(client, absl::StrCat("sensor", i));
  EXPECT_THAT(*client.SensorGetDump().Collect(), SizeIs(1000));
  EXPECT_THAT(*client.SensorGetDump({.kind = thermo::Kind::kInfrared}).Collect(), IsEmpty());
}

TEST_F(FakeKernelTest, RequestsCanBeMadeBetweenTwoObjects) {
  thermo::Client client = Connect();
  for (int i = 0; i < 1000; ++i) AddSensor(client, absl::StrCat("sensor", i));
  int count = 0;
  for (auto dump = client.SensorGetDump(); const thermo::SensorGetReply& sensor : dump) {
    if (++count % 100 != 0) continue;
    EXPECT_TRUE(client.SensorGet({.id = sensor.id}).ok());
  }
  EXPECT_EQ(count, 1000);
}

// More sensors than sockets have room for.
class Crowd : public thermo::Service {
 public:
  Objects<thermo::SensorGetReply> SensorGetDump(const thermo::SensorGetDumpRequest&,
                                                Caller&) override {
    const auto next = [last = uint32_t{0}](thermo::SensorGetReply& sensor) mutable {
      sensor.id = ++last;
      sensor.label = std::string(500, 'x');
      return last < 20000;
    };
    return Objects<thermo::SensorGetReply>(next).Watching(changes);
  }

  Generation changes;
};

TEST(CrowdTest, AChangeInterruptsADump) {
  Crowd crowd;
  FakeKernel kernel;
  ASSERT_TRUE(kernel.Add(crowd).ok());
  absl::StatusOr<thermo::Client> client = thermo::Client::Connect({.transport = &kernel});
  ASSERT_TRUE(client.ok()) << client.status();
  EXPECT_TRUE(client->SensorGetDump().Collect().ok());
  Dump<thermo::SensorGetReply> dump = client->SensorGetDump();
  auto object = dump.begin();
  crowd.changes.Count();
  while (!(object == dump.end())) ++object;
  EXPECT_TRUE(absl::IsAborted(dump.status())) << dump.status();
}

TEST(CrowdTest, ADumpGoesOnWhenAnotherFamilyGoes) {
  Crowd crowd;
  torture::Service other;
  FakeKernel kernel;
  ASSERT_TRUE(kernel.Add(crowd).ok());
  ASSERT_TRUE(kernel.Add(other).ok());
  absl::StatusOr<thermo::Client> client = thermo::Client::Connect({.transport = &kernel});
  ASSERT_TRUE(client.ok()) << client.status();
  Dump<thermo::SensorGetReply> dump = client->SensorGetDump();
  auto object = dump.begin();
  kernel.Remove(other);
  while (!(object == dump.end())) ++object;
  EXPECT_TRUE(dump.status().ok()) << dump.status();
}

TEST_F(FakeKernelTest, EventsReachWhoHasSubscribed) {
  thermo::Client client = Connect();
  absl::StatusOr<thermo::Events> events = client.Subscribe({{thermo::Group::kChanges}});
  ASSERT_TRUE(events.ok()) << events.status();
  AddSensor(client, "inlet");
  const absl::StatusOr<thermo::Event> event = events->Next(absl::Seconds(10));
  ASSERT_TRUE(event.ok()) << event.status();
  EXPECT_EQ(std::get<thermo::SensorNewNtf>(*event).label, "inlet");
  ASSERT_TRUE(events->Leave(thermo::Group::kChanges).ok());
  AddSensor(client, "outlet");
  EXPECT_TRUE(absl::IsDeadlineExceeded(events->Next(absl::Milliseconds(50)).status()));
}

TEST_F(FakeKernelTest, EventsThatNobodyReadsAreLostAndTold) {
  thermo::Client client = Connect();
  absl::StatusOr<thermo::Events> events = client.Subscribe({{thermo::Group::kAlarms}});
  const thermo::AlarmNtf alarm{.label = std::string(30000, 'x')};
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(inventory_.Multicast(alarm).ok());
  int alarms = 0;
  for (;; ++alarms) {
    const auto event = events->Next(absl::Seconds(10));
    ASSERT_TRUE(event.ok()) << event.status();
    if (std::holds_alternative<Overrun>(*event)) break;
  }
  EXPECT_LT(alarms, 200);
  ASSERT_TRUE(inventory_.Multicast(alarm).ok());
  EXPECT_TRUE(std::holds_alternative<thermo::AlarmNtf>(*events->Next(absl::Seconds(10))));
}

TEST_F(FakeKernelTest, AnEventCanGoToOneSocketAlone) {
  EXPECT_TRUE(absl::IsNotFound(inventory_.Unicast(1, thermo::AlarmNtf())));
}

// As thermo_test.cc has it of the module.
TEST_F(FakeKernelTest, ClientsKnowWhatTheFamilyTakes) {
  thermo::Client client = Connect();
  EXPECT_EQ(*client.Supports(thermo::operation::kSensorSet), Support::kYes);
  EXPECT_EQ(*client.Supports(thermo::operation::kSensorGetDump, "kind"), Support::kYes);
  EXPECT_EQ(*client.Supports(thermo::operation::kSensorSet, "threshold.hysteresis"), Support::kYes);
  EXPECT_EQ(*client.Supports(thermo::operation::kSensorSet, &thermo::SensorSetRequest::threshold,
                             &thermo::Threshold::hysteresis),
            Support::kYes);
  EXPECT_TRUE(absl::IsInvalidArgument(
      client.Supports(thermo::operation::kSensorSet, "threshold.label").status()));
}

TEST_F(FakeKernelTest, ClientsOfAnOldKernelAreNotToldWhatTheFamilyTakes) {
  kernel_.SetTellsPolicies(false);
  thermo::Client client = Connect();
  EXPECT_EQ(*client.Supports(thermo::operation::kSensorSet), Support::kYes);
  EXPECT_EQ(*client.Supports(thermo::operation::kSensorSet, "interval-ms"), Support::kNotSaid);
}

// A dump of the service's objects is what a test means.
TEST_F(FakeKernelTest, AskingForPoliciesTakesNoFaultAway) {
  thermo::Client client = Connect();
  kernel_.InterruptDump();
  EXPECT_EQ(*client.Supports(thermo::operation::kSensorSet, "interval-ms"), Support::kYes);
  EXPECT_TRUE(absl::IsAborted(client.SensorGetDump().Collect(1).status()));
}

TEST_F(FakeKernelTest, FaultsComeOnDemand) {
  thermo::Client client = Connect(absl::Milliseconds(300));
  const uint32_t id = AddSensor(client, "inlet");
  kernel_.FailNext({.error = EBUSY, .message = "not now"});
  EXPECT_EQ(ErrorOf(client.SensorGet({.id = id}).status()),
            (KernelError{.error = EBUSY, .message = "not now"}));
  EXPECT_TRUE(client.SensorGet({.id = id}).ok());
  kernel_.TruncateNext(30);
  EXPECT_TRUE(absl::IsDataLoss(client.SensorGet({.id = id}).status()));
  EXPECT_TRUE(client.SensorGet({.id = id}).ok());
  kernel_.TruncateNext(0);
  EXPECT_FALSE(client.SensorGet({.id = id}).ok());
  kernel_.SwapNext();
  EXPECT_FALSE(client.SensorGet({.id = id}).ok());  // acknowledged before it is answered
  EXPECT_TRUE(client.SensorGet({.id = id}).ok());
  kernel_.SetDelay(absl::Milliseconds(500));
  EXPECT_TRUE(absl::IsDeadlineExceeded(client.SensorGet({.id = id}).status()));
  kernel_.SetDelay(absl::ZeroDuration());
}

TEST_F(FakeKernelTest, OverrunsComeOnDemand) {
  thermo::Client client = Connect();
  absl::StatusOr<thermo::Events> events = client.Subscribe({{thermo::Group::kChanges}});
  kernel_.LoseEvents();
  const absl::StatusOr<thermo::Event> event = events->Next(absl::Seconds(10));
  ASSERT_TRUE(event.ok()) << event.status();
  EXPECT_TRUE(std::holds_alternative<Overrun>(*event));
}

TEST_F(FakeKernelTest, AFamilyGoesAndComesBackWithAnotherNumber) {
  thermo::Client client = Connect();
  const uint32_t id = AddSensor(client, "inlet");
  absl::StatusOr<thermo::Events> events = client.Subscribe({{thermo::Group::kChanges}});
  kernel_.Remove(inventory_);
  EXPECT_TRUE(absl::IsUnavailable(client.SensorGet({.id = id}).status()));
  ASSERT_TRUE(kernel_.Add(inventory_).ok());
  EXPECT_TRUE(client.SensorGet({.id = id}).ok());
  EXPECT_TRUE(std::holds_alternative<Restarted>(*events->Next(absl::Seconds(10))));
  AddSensor(client, "outlet");
  EXPECT_TRUE(std::holds_alternative<thermo::SensorNewNtf>(*events->Next(absl::Seconds(10))));
}

TEST_F(FakeKernelTest, ASubscriptionMayAskOnItsOwnSocket) {
  thermo::Client client = Connect();
  absl::StatusOr<thermo::Events> events = client.Subscribe({{thermo::Group::kChanges}});
  thermo::SensorNewReply made;
  ASSERT_TRUE(events->Do(thermo::operation::kSensorNew, {.label = "inlet"}, &made).ok());
  EXPECT_EQ(std::get<thermo::SensorNewNtf>(*events->Next(absl::ZeroDuration())).id, made.id);
  kernel_.Remove(inventory_);
  EXPECT_TRUE(absl::IsUnavailable(events->Do(thermo::operation::kSensorDel, {.id = made.id})));
  ASSERT_TRUE(kernel_.Add(inventory_).ok());
  EXPECT_TRUE(events->Do(thermo::operation::kSensorDel, {.id = made.id}).ok());
  EXPECT_TRUE(std::holds_alternative<Restarted>(*events->Next(absl::Seconds(10))));
  ASSERT_TRUE(events->Do(thermo::operation::kSensorNew, {.label = "outlet"}, &made).ok());
  EXPECT_EQ(std::get<thermo::SensorNewNtf>(*events->Next(absl::ZeroDuration())).id, made.id);
}

TEST_F(FakeKernelTest, BadFamilyThatNobodyOffers) {
  kernel_.Remove(inventory_);
  const absl::Status status = thermo::Client::Connect({.transport = &kernel_}).status();
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_THAT(status.message(), HasSubstr("`thermo`"));
}

TEST_F(FakeKernelTest, BadTwoServicesOfOneFamily) {
  Inventory other;
  EXPECT_TRUE(absl::IsAlreadyExists(kernel_.Add(other)));
}

TEST_F(FakeKernelTest, SeveralThreadsShareAClient) {
  thermo::Client client = Connect();
  const uint32_t id = AddSensor(client, "inlet");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 500; ++k) EXPECT_TRUE(client.SensorGet({.id = id}).ok());
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace genl
