// The family `thermo` from its client's side: runs as root where the module is loaded.
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "family/examples/thermo/thermo.genl.h"
#include "genl/client.h"
#include "genl/layout.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/vm/running_kernel.h"

namespace thermo {
namespace {

using testing::ElementsAre;

// Long enough for an emulated machine under load; a test that passes never waits for it.
constexpr absl::Duration kPatience = absl::Seconds(20);

// Each test has a network namespace, and with it an inventory, of its own.
class ThermoTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(unshare(CLONE_NEWNET), 0) << std::strerror(errno);
    absl::StatusOr<Client> client = Client::Connect({.timeout = kPatience});
    ASSERT_TRUE(client.ok()) << client.status();
    client_.emplace(*std::move(client));
  }

  uint32_t Create(const SensorNewRequest& request) {
    const absl::StatusOr<SensorNewReply> reply = client_->SensorNew(request);
    EXPECT_TRUE(reply.ok()) << reply.status();
    return reply.ok() ? reply->id : 0;
  }

  SensorGetReply Get(uint32_t id) {
    const absl::StatusOr<SensorGetReply> reply = client_->SensorGet({.id = id});
    EXPECT_TRUE(reply.ok()) << reply.status();
    return reply.ok() ? *reply : SensorGetReply{};
  }

  Events Listen(Group group) {
    absl::StatusOr<Events> events = client_->Subscribe({group});
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

  std::optional<Client> client_;
};

// A sensor that says something about everything.
SensorNewRequest FullSensor() {
  return {.label = "boiler",
          .kind = Kind::kInfrared,
          .features = Feature::kCalibrated | Feature::kRedundant,
          .serial = std::vector<uint8_t>{1, 0, 2, 255, 4, 5, 6, 7},
          .bus_address = 0xc0000201,  // 192.0.2.1
          .temperature = -40000,
          .drift = -5,
          .interval_ms = 3600000,
          .location = Location{.rack = 7, .slot = 48, .note = "behind the pump"},
          .threshold = {{.severity = Severity::kWarning, .temperature = 60000, .hysteresis = 0},
                        {.severity = Severity::kCritical, .temperature = 90000}},
          .muted = true};
}

TEST_F(ThermoTest, GoodEveryAttributeThereAndBack) {
  const SensorGetReply got = Get(Create(FullSensor()));
  const SensorGetReply expected = {
      .id = got.id,
      .label = "boiler",
      .kind = Kind::kInfrared,
      .features = Feature::kCalibrated | Feature::kRedundant,
      .serial = std::vector<uint8_t>{1, 0, 2, 255, 4, 5, 6, 7},
      .bus_address = 0xc0000201,
      .temperature = -40000,
      .drift = -5,
      .interval_ms = 3600000,
      .samples = 0,
      .location = Location{.rack = 7, .slot = 48, .note = "behind the pump"},
      // What the request left open is what the profile gives.
      .threshold = {{.severity = Severity::kWarning, .temperature = 60000, .hysteresis = 0},
                    {.severity = Severity::kCritical, .temperature = 90000, .hysteresis = 500}},
      .muted = true};
  EXPECT_EQ(got, expected);
}

TEST_F(ThermoTest, GoodDefaultsOfASensorThatSaysLittle) {
  const SensorGetReply got = Get(Create({.label = "a", .kind = Kind::kThermistor}));
  EXPECT_EQ(got.label, "a");
  EXPECT_EQ(got.kind, Kind::kThermistor);
  EXPECT_EQ(got.interval_ms, 1000);
  EXPECT_FALSE(got.serial.has_value());
  EXPECT_FALSE(got.bus_address.has_value());
  EXPECT_FALSE(got.location.has_value());
  EXPECT_THAT(got.threshold, ElementsAre());
  EXPECT_FALSE(got.muted);
}

TEST_F(ThermoTest, GoodLongestStringsAndExtremeNumbers) {
  SensorNewRequest request = FullSensor();
  request.label = std::string(kLabelMax, 'x');
  request.location->note = std::string(63, 'y');
  request.temperature = 2000000;
  request.drift = INT32_MIN;
  request.interval_ms = 3600000;
  const SensorGetReply got = Get(Create(request));
  EXPECT_EQ(got.label, request.label);
  EXPECT_EQ(got.location, request.location);
  EXPECT_EQ(got.drift, INT32_MIN);
}

TEST_F(ThermoTest, GoodChangeLeavesTheRestAsItIs) {
  const uint32_t id = Create(FullSensor());
  const SensorGetReply before = Get(id);
  ASSERT_TRUE(client_
                  ->SensorSet({.id = id,
                               .interval_ms = 1800000,
                               .threshold = {{.severity = Severity::kNotice, .temperature = 1}}})
                  .ok());
  SensorGetReply expected = before;
  expected.interval_ms = 1800000;
  expected.threshold = {{.severity = Severity::kNotice, .temperature = 1, .hysteresis = 500}};
  expected.muted = false;
  EXPECT_EQ(Get(id), expected);
}

TEST_F(ThermoTest, GoodDeletedSensorIsGone) {
  const uint32_t id = Create(FullSensor());
  ASSERT_TRUE(client_->SensorDel({.id = id}).ok());
  const absl::Status status = client_->SensorGet({.id = id}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound) << status;
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->error, ENOENT);
  EXPECT_EQ(error->attribute, "id");
  EXPECT_NE(Create(FullSensor()), 0) << "its label is free again";
}

TEST_F(ThermoTest, GoodDumpOfThousandsWithFilters) {
  constexpr uint32_t kCount = 5000;
  for (uint32_t i = 0; i < kCount; ++i) {
    const Feature features = i % 2 == 0 ? Feature::kCalibrated | Feature::kLatching : Feature{};
    ASSERT_NE(Create({.label = absl::StrCat("sensor ", i),
                      .kind = static_cast<Kind>(i % 3),
                      .features = features,
                      .interval_ms = 3600000}),
              0);
  }
  genl::Dump<SensorGetReply> dump = client_->SensorGetDump();
  uint32_t last = 0;
  std::set<std::string> labels;
  for (const SensorGetReply& sensor : dump) {
    EXPECT_GT(sensor.id, last) << "in rising order, none twice";
    last = sensor.id;
    labels.insert(sensor.label);
  }
  EXPECT_TRUE(dump.status().ok()) << dump.status();
  EXPECT_EQ(labels.size(), kCount);

  const auto infrared = client_->SensorGetDump({.kind = Kind::kInfrared}).Collect();
  ASSERT_TRUE(infrared.ok()) << infrared.status();
  EXPECT_EQ(infrared->size(), kCount / 3);
  for (const SensorGetReply& sensor : *infrared) EXPECT_EQ(sensor.kind, Kind::kInfrared);

  const auto latching =
      client_->SensorGetDump({.kind = Kind::kThermistor, .features = Feature::kLatching}).Collect();
  ASSERT_TRUE(latching.ok()) << latching.status();
  EXPECT_EQ(latching->size(), (kCount + 5) / 6);
}

TEST_F(ThermoTest, GoodRequestsBetweenTwoObjectsOfADump) {
  for (int i = 0; i < 300; ++i) Create({.label = absl::StrCat(i), .kind = Kind::kThermistor});
  genl::Dump<SensorGetReply> dump = client_->SensorGetDump();
  int seen = 0;
  for (const SensorGetReply& sensor : dump) {
    EXPECT_EQ(Get(sensor.id).label, sensor.label);
    ++seen;
  }
  EXPECT_EQ(seen, 300);
  EXPECT_TRUE(dump.status().ok()) << dump.status();
}

TEST_F(ThermoTest, BadDumpDuringWhichSensorsComeIsInterrupted) {
  for (int i = 0; i < 1000; ++i) Create({.label = absl::StrCat(i), .kind = Kind::kThermistor});
  genl::Dump<SensorGetReply> dump = client_->SensorGetDump();
  bool first = true;
  for (const SensorGetReply& sensor : dump) {
    if (first) {
      ASSERT_TRUE(client_->SensorDel({.id = sensor.id + 500}).ok());
    }
    first = false;
  }
  EXPECT_EQ(dump.status().code(), absl::StatusCode::kAborted) << dump.status();
  const auto again = client_->SensorGetDump().Collect();
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->size(), 999);
}

TEST_F(ThermoTest, GoodOneNotificationForEachChange) {
  Events events = Listen(Group::kChanges);
  const uint32_t id = Create(FullSensor());
  const SensorGetReply created = Get(id);
  EXPECT_EQ(static_cast<const SensorGetReply&>(Expect<SensorNewNtf>(events)), created);

  ASSERT_TRUE(client_->SensorSet({.id = id, .drift = 3, .muted = true}).ok());
  const SensorSetNtf changed = Expect<SensorSetNtf>(events);
  EXPECT_EQ(changed.id, id);
  EXPECT_EQ(changed.drift, 3);

  ASSERT_TRUE(client_->SensorDel({.id = id}).ok());
  const SensorDelNtf removed = Expect<SensorDelNtf>(events);
  EXPECT_EQ(removed.label, "boiler");
  EXPECT_EQ(removed.drift, 3);
  EXPECT_EQ(events.Next(absl::ZeroDuration()).status().code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(ThermoTest, BadListenerThatIsTooSlowLearnsThatItLostSomething) {
  Events events = Listen(Group::kChanges);
  uint32_t last = 0;
  for (int i = 0; i < 3000; ++i) {
    last = Create({.label = absl::StrCat(i), .kind = Kind::kThermistor, .interval_ms = 3600000});
  }
  int overruns = 0;
  int heard = 0;
  absl::StatusOr<Event> event;
  while ((event = events.Next(absl::ZeroDuration())).ok()) {
    std::holds_alternative<genl::Overrun>(*event) ? ++overruns : ++heard;
  }
  EXPECT_EQ(event.status().code(), absl::StatusCode::kDeadlineExceeded) << event.status();
  EXPECT_EQ(overruns, 1);
  EXPECT_GT(heard, 0);
  EXPECT_LT(heard, 3000);
  ASSERT_TRUE(client_->SensorDel({.id = last}).ok());
  EXPECT_EQ(Expect<SensorDelNtf>(events).id, last) << "and goes on listening";
}

TEST_F(ThermoTest, GoodAlarmFromTheTimer) {
  Events events = Listen(Group::kAlarms);
  const uint32_t id = Create(
      {.label = "rising",
       .kind = Kind::kThermocouple,
       .temperature = 20000,
       .drift = 1000,
       .interval_ms = 10,
       .threshold = {{.severity = Severity::kCritical, .temperature = 25000, .hysteresis = 700}}});
  const AlarmNtf alarm = Expect<AlarmNtf>(events);
  EXPECT_EQ(alarm.sensor_id, id);
  EXPECT_EQ(alarm.label, "rising");
  EXPECT_EQ(alarm.temperature, 25000);
  const Threshold expected = {
      .severity = Severity::kCritical, .temperature = 25000, .hysteresis = 700};
  EXPECT_EQ(alarm.threshold, expected);
  EXPECT_GT(alarm.timestamp, 0);
  EXPECT_GE(Get(id).samples, 5);
}

TEST_F(ThermoTest, GoodMutedSensorRaisesNoAlarm) {
  Events events = Listen(Group::kAlarms);
  const uint32_t id = Create({.label = "quiet",
                              .kind = Kind::kThermistor,
                              .temperature = 1000,
                              .interval_ms = 10,
                              .threshold = {{.severity = Severity::kNotice, .temperature = 0}},
                              .muted = true});
  while (Get(id).samples < 5) usleep(10000);
  EXPECT_EQ(events.Next(absl::ZeroDuration()).status().code(), absl::StatusCode::kDeadlineExceeded);
}

// What the kernel refuses, and how it says so. A member that is empty here is not compared.
struct Refusal {
  const char* what;
  std::function<void(SensorNewRequest&)> spoil;
  int error;
  const char* attribute;
  const char* policy;
  const char* message;
};

const Refusal kRefusals[] = {
    {"a number below its range", [](SensorNewRequest& r) { r.interval_ms = 9; }, ERANGE,
     "interval-ms", "must be 10..3600000", "integer out of range"},
    {"a number above its range", [](SensorNewRequest& r) { r.temperature = 2000001; }, ERANGE,
     "temperature", "must be at most 2000000", "integer out of range"},
    {"a string that is too long", [](SensorNewRequest& r) { r.label = std::string(32, 'x'); },
     EINVAL, "label", "must have at most 31 bytes", ""},
    {"a string that is too short", [](SensorNewRequest& r) { r.label = ""; }, 0, "label", "", ""},
    {"bytes of another length", [](SensorNewRequest& r) { r.serial->pop_back(); }, 0, "serial",
     "must have exactly 8 bytes", ""},
    {"an entry that the enumeration has not",
     [](SensorNewRequest& r) { r.kind = static_cast<Kind>(3); }, ERANGE, "kind",
     "must be at most 2", "integer out of range"},
    {"a flag that nobody knows",
     [](SensorNewRequest& r) { r.features = static_cast<Feature>(0x10); }, EINVAL, "features", "",
     "reserved bit set"},
    {"a number in a nest", [](SensorNewRequest& r) { r.location->slot = 49; }, ERANGE,
     "location.slot", "must be 1..48", "integer out of range"},
    {"a number in the second of two nests",
     [](SensorNewRequest& r) { r.threshold[1].hysteresis = 20001; }, ERANGE,
     "threshold[1].hysteresis", "must be at most 20000", "integer out of range"},
    {"what the handler refuses", [](SensorNewRequest& r) { r.temperature = -273151; }, ERANGE,
     "temperature", "", "temperature below absolute zero"},
    {"one threshold too many", [](SensorNewRequest& r) { r.threshold.resize(9); }, E2BIG,
     "threshold[8]", "", "too many thresholds"},
};

TEST_F(ThermoTest, BadRequestsAreRefusedWithTheirReason) {
  for (const Refusal& refusal : kRefusals) {
    SCOPED_TRACE(refusal.what);
    SensorNewRequest request = FullSensor();
    refusal.spoil(request);
    const absl::Status status = client_->SensorNew(request).status();
    const std::optional<genl::KernelError> error = genl::GetKernelError(status);
    ASSERT_TRUE(error.has_value()) << status;
    SCOPED_TRACE(status.message());
    if (refusal.error != 0) {
      EXPECT_EQ(error->error, refusal.error);
    }
    EXPECT_EQ(error->attribute, refusal.attribute);
    if (*refusal.policy != '\0') {
      EXPECT_EQ(error->policy, refusal.policy);
    }
    if (*refusal.message != '\0') {
      EXPECT_EQ(error->message, refusal.message);
    }
  }
  const auto sensors = client_->SensorGetDump().Collect();
  ASSERT_TRUE(sensors.ok()) << sensors.status();
  EXPECT_EQ(sensors->size(), 0) << "a refused request changes nothing";
}

TEST_F(ThermoTest, GoodClientKnowsWhatTheModuleTakes) {
  using genl::Support;
  // With a protocol of its own it cannot say.
  const Support yes =
      operation::kSensorSet.family->is_generic() ? Support::kYes : Support::kNotSaid;
  EXPECT_EQ(*client_->Supports(operation::kSensorSet), yes);
  EXPECT_EQ(*client_->Supports(operation::kSensorGetDump, "kind"), yes);
  EXPECT_EQ(*client_->Supports(operation::kSensorSet, "threshold.hysteresis"), yes);
  EXPECT_EQ(*client_->Supports(operation::kSensorSet, &SensorSetRequest::threshold,
                               &Threshold::hysteresis),
            yes);
  EXPECT_TRUE(absl::IsInvalidArgument(
      client_->Supports(operation::kSensorSet, "threshold.label").status()));
}

TEST_F(ThermoTest, BadSecondSensorOfTheSameLabel) {
  Create(FullSensor());
  const absl::Status status = client_->SensorNew(FullSensor()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error.has_value()) << status;
  EXPECT_EQ(error->error, EEXIST);
  EXPECT_EQ(error->attribute, "label");
  EXPECT_EQ(error->message, "another sensor has this label");
}

// The typed client always sends what is required, so these requests have tables of their
// own in which everything may be left out.
struct LooseThreshold {
  std::optional<uint32_t> severity = {};
  std::optional<int32_t> temperature = {};
};

struct LooseSensor {
  std::optional<uint32_t> id = {};
  std::optional<std::string> label = {};
  std::optional<uint32_t> kind = {};
  std::optional<std::vector<uint8_t>> bus_address = {};
  std::vector<LooseThreshold> threshold = {};
};

// clang-format off
constexpr genl::Attribute kThresholdAttributes[] = {
    {.number = 1, .kind = genl::Kind::kU32, .name = "severity"},
    {.number = 2, .kind = genl::Kind::kS32, .name = "temperature"},
};
constexpr genl::AttributeSet kThresholdSet = genl::MakeSet<kThresholdAttributes>("threshold");
constexpr genl::Field kThresholdFields[] = {
    GENL_FIELD(LooseThreshold, severity, kThresholdAttributes[0], kOptional, nullptr),
    GENL_FIELD(LooseThreshold, temperature, kThresholdAttributes[1], kOptional, nullptr),
};
constexpr genl::Layout kThresholdLayout = genl::MakeLayout<kThresholdFields>(kThresholdSet);

constexpr genl::Attribute kSensorAttributes[] = {
    {.number = 1, .kind = genl::Kind::kU32, .name = "id"},
    {.number = 2, .kind = genl::Kind::kString, .name = "label"},
    {.number = 3, .kind = genl::Kind::kU32, .name = "kind"},
    {.number = 6, .kind = genl::Kind::kBinary, .name = "bus-address"},
    {.number = 12, .kind = genl::Kind::kNest, .multi = true, .name = "threshold", .nested = &kThresholdSet},
};
constexpr genl::AttributeSet kSensorSet = genl::MakeSet<kSensorAttributes>("sensor");
constexpr genl::Field kSensorFields[] = {
    GENL_FIELD(LooseSensor, id, kSensorAttributes[0], kOptional, nullptr),
    GENL_FIELD(LooseSensor, label, kSensorAttributes[1], kOptional, nullptr),
    GENL_FIELD(LooseSensor, kind, kSensorAttributes[2], kOptional, nullptr),
    GENL_FIELD(LooseSensor, bus_address, kSensorAttributes[3], kOptional, nullptr),
    GENL_FIELD(LooseSensor, threshold, kSensorAttributes[4], kOptional, &kThresholdLayout),
};
constexpr genl::Layout kSensorLayout = genl::MakeLayout<kSensorFields>(kSensorSet);
// clang-format on

// `operation`, a constant of the generated code, with these layouts.
genl::Operation Loose(genl::Operation operation) {
  operation.request = operation.reply = &kSensorLayout;
  return operation;
}

const genl::Operation kLooseNew = Loose(operation::kSensorNew);
const genl::Operation kLooseGet = Loose(operation::kSensorGet);

class LooseThermoTest : public ThermoTest {
 protected:
  void SetUp() override {
    ThermoTest::SetUp();
    absl::StatusOr<genl::Client> client = genl::Client::Connect(*operation::kSensorGet.family);
    ASSERT_TRUE(client.ok()) << client.status();
    loose_.emplace(*std::move(client));
  }

  genl::KernelError Refused(const genl::Operation& operation, const LooseSensor& request) {
    const absl::Status status = loose_->Call<LooseSensor>(operation, &request).status();
    EXPECT_TRUE(genl::GetKernelError(status).has_value()) << status;
    return genl::GetKernelError(status).value_or(genl::KernelError{});
  }

  std::optional<genl::Client> loose_;
};

// Older kernels have no place for the name: the text has to do, and the nest that lacks something.
MATCHER_P2(Lacks, name, nest, "") {
  const bool named = genlc::RunningKernelNamesMissingAttributes();
  return arg.error == EINVAL && arg.message == "required attribute missing" &&
         arg.missing_attribute == (named ? name : "") && arg.attribute == (named ? "" : nest);
}

TEST_F(LooseThermoTest, BadRequestWithoutARequiredAttribute) {
  EXPECT_THAT(Refused(kLooseNew, {.kind = 0}), Lacks("label", ""));
  EXPECT_THAT(Refused(kLooseNew, {.label = "x"}), Lacks("kind", ""));
  EXPECT_THAT(Refused(kLooseGet, {}), Lacks("id", ""));
}

TEST_F(LooseThermoTest, BadNestWithoutARequiredAttribute) {
  EXPECT_THAT(
      Refused(kLooseNew, {.label = "x", .kind = 0, .threshold = {{0, 1}, {.severity = 0}, {0, 1}}}),
      Lacks("threshold[1].temperature", "threshold[1]"));
}

TEST_F(LooseThermoTest, BadAttributeThatTheCommandDoesNotHave) {
  const genl::KernelError error = Refused(kLooseGet, {.id = 1, .label = "x"});
  EXPECT_EQ(error.attribute, "label");
}

TEST_F(LooseThermoTest, GoodBigEndianFieldIsBigEndianOnTheWire) {
  const LooseSensor request = {.id = Create(FullSensor())};
  const absl::StatusOr<LooseSensor> sensor = loose_->Call<LooseSensor>(kLooseGet, &request);
  ASSERT_TRUE(sensor.ok()) << sensor.status();
  EXPECT_THAT(*sensor->bus_address, ElementsAre(192, 0, 2, 1));
}

// Runs `body` in a process of its own; its complaints are the result.
std::string InChild(const std::function<std::string()>& body) {
  int ends[2];
  if (pipe(ends) != 0) return "pipe";
  const pid_t child = fork();
  if (child == 0) {
    const std::string complaint = body();
    const ssize_t written = write(ends[1], complaint.data(), complaint.size());
    _exit(written == static_cast<ssize_t>(complaint.size()) ? 0 : 1);
  }
  close(ends[1]);
  std::string result;
  char buffer[512];
  for (ssize_t size; (size = read(ends[0], buffer, sizeof(buffer))) > 0;) {
    result.append(buffer, static_cast<size_t>(size));
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return status == 0 ? result : absl::StrCat(result, " (wait status ", status, ")");
}

std::string Differs(absl::string_view what, absl::StatusCode got, absl::StatusCode expected) {
  if (got == expected) return "";
  return absl::StrCat(what, ": ", absl::StatusCodeToString(got), "; ");
}

TEST_F(ThermoTest, BadCallerWithoutPrivileges) {
  const uint32_t id = Create(FullSensor());
  const std::string complaint = InChild([id] {
    constexpr uid_t kNobody = 65534;
    if (setresuid(kNobody, kNobody, kNobody) != 0) return std::string("setresuid");
    absl::StatusOr<Client> client = Client::Connect();
    if (!client.ok()) return client.status().ToString();
    const absl::Status refused = client->SensorDel({.id = id});
    const std::optional<genl::KernelError> error = genl::GetKernelError(refused);
    if (!error || error->error != EPERM) return absl::StrCat("not EPERM: ", refused.ToString());
    return absl::StrCat(Differs("sensor-del", refused.code(), absl::StatusCode::kPermissionDenied),
                        Differs("alarms", client->Subscribe({Group::kAlarms}).status().code(),
                                absl::StatusCode::kPermissionDenied),
                        Differs("changes", client->Subscribe({Group::kChanges}).status().code(),
                                absl::StatusCode::kOk),
                        Differs("sensor-get", client->SensorGet({.id = id}).status().code(),
                                absl::StatusCode::kOk));
  });
  EXPECT_EQ(complaint, "");
  EXPECT_EQ(Get(id).label, "boiler") << "still there";
}

// In a user namespace of its own the caller administers its network namespace, and that
// alone.
TEST_F(ThermoTest, GoodAdministratorOfTheNamespaceHearsAlarmsButDeletesNothing) {
  const std::string complaint = InChild([] {
    if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return std::string("unshare");
    absl::StatusOr<Client> client = Client::Connect();
    if (!client.ok()) return client.status().ToString();
    const auto created = client->SensorNew({.label = "mine", .kind = Kind::kThermistor});
    if (!created.ok()) return created.status().ToString();
    return absl::StrCat(Differs("alarms", client->Subscribe({Group::kAlarms}).status().code(),
                                absl::StatusCode::kOk),
                        Differs("sensor-del", client->SensorDel({.id = created->id}).code(),
                                absl::StatusCode::kPermissionDenied));
  });
  EXPECT_EQ(complaint, "");
}

}  // namespace
}  // namespace thermo
