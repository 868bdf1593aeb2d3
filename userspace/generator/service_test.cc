#include "userspace/generator/service.h"

#include "gmock/gmock.h"
#include "userspace/generator/test_output.h"

namespace genlc {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kSpec[] = R"(name: toy
protocol: genetlink
doc: A toy.
attribute-sets:
  - name: part
    attributes:
      - {name: size, type: u32}
operations:
  list:
    - name: get
      doc: Get it.
      attribute-set: part
      flags: [admin-perm]
      do: {request: {attributes: [size]}, reply: {attributes: [size]}}
      dump: {reply: {attributes: [size]}}
    - name: drop
      doc: Drop it.
      attribute-set: part
      dont-validate: [strict]
      do: {request: {attributes: [size]}}
    - name: dropped
      doc: It has been dropped.
      notify: get
      mcgrp: news
    - name: hint
      doc: For one socket.
      attribute-set: part
      event: {attributes: [size]}
mcast-groups:
  list:
    - {name: news, flags: [uns-admin-perm]}
)";

constexpr char kProfile[] = R"(attribute-sets:
  - name: part
    attributes:
      - {name: size, default: 7}
)";

TEST(Service, GoodEachOperationIsAMethod) {
  EXPECT_THAT(
      Generate(kSpec).service_header,
      AllOf(HasSubstr("virtual absl::StatusOr<GetReply> Get(const GetRequest&, genl::Caller&) {"),
            HasSubstr("virtual genl::Objects<GetReply> GetDump(genl::Caller&) {"),
            HasSubstr("virtual absl::Status Drop(const DropRequest&, genl::Caller&) {")));
}

TEST(Service, GoodEventsWithoutAGroupGoToOneSocketAlone) {
  EXPECT_THAT(Generate(kSpec).service_header,
              AllOf(HasSubstr("Multicast(const Dropped& event) { return SendToGroup(0, &event); }"),
                    HasSubstr("Unicast(uint32_t port, const Hint& event)"),
                    Not(HasSubstr("Multicast(const Hint&"))));
}

TEST(Service, GoodTablesSayWhoMayAndHowStrictly) {
  EXPECT_THAT(
      Generate(kSpec, kProfile).service_source,
      AllOf(HasSubstr("&Service::GetDump>, genl::Permission::kAdmin},"),
            HasSubstr("&Service::Drop>, genl::Permission::kAnyone, genl::Validation::kLiberal},"),
            HasSubstr("{{\"news\"}, genl::Permission::kUnsAdmin},"),
            HasSubstr("kGroupsOfEvents[] = {0, -1};"),
            HasSubstr("{\"part\", 1, static_cast<uint64_t>(7)},")));
}

TEST(Service, GoodTablesSayWhoIsToldWhat) {
  constexpr char kSecret[] = R"(attribute-sets:
  - name: part
    attributes:
      - {name: size, sensitive: uns-admin-perm}
)";
  EXPECT_THAT(Generate(kSpec, kSecret).service_source,
              AllOf(HasSubstr("SensitiveAttribute kSensitive[] = {"),
                    HasSubstr("{\"part\", 1, genl::Permission::kUnsAdmin},"),
                    HasSubstr(".sensitive = kSensitive,")));
  EXPECT_THAT(Generate(kSpec, kProfile).service_source, Not(HasSubstr("kSensitive")));
}

TEST(Service, GoodAClientHasNothingOfIt) {
  const Result result = Generate(kSpec);
  EXPECT_THAT(result.header + result.source, Not(HasSubstr("ervice")));
}

}  // namespace
}  // namespace genlc
