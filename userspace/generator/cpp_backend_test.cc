#include "userspace/generator/cpp_backend.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "userspace/generator/test_output.h"

namespace genlc {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

TEST(CppBackend, GoodTypesOfMembers) {
  struct Case {
    const char* lines;
    const char* member;
  };
  for (const Case& c : {
           Case{"        type: u8\n", "  std::optional<uint8_t> part = {};\n"},
           Case{"        type: sint\n", "  std::optional<int64_t> part = {};\n"},
           Case{"        type: flag\n", "  bool part = false;\n"},
           Case{"        type: string\n", "  std::optional<std::string> part = {};\n"},
           Case{"        type: binary\n", "  std::optional<std::vector<uint8_t>> part = {};\n"},
           Case{"        type: binary\n        sub-type: s16\n",
                "  std::vector<int16_t> part = {};\n"},
           Case{"        type: u32\n        multi-attr: true\n",
                "  std::vector<uint32_t> part = {};\n"},
           Case{"        type: flag\n        multi-attr: true\n",
                "  std::vector<std::monostate> part = {};\n"},
           Case{"        type: indexed-array\n        sub-type: u32\n",
                "  std::vector<uint32_t> part = {};\n"},
           Case{"        type: indexed-array\n        sub-type: binary\n",
                "  std::vector<std::vector<uint8_t>> part = {};\n"},
       }) {
    const Result result = Generate(WithAttribute(c.lines));
    EXPECT_TRUE(result.ok);
    EXPECT_THAT(result.header, HasSubstr(c.member));
  }
}

TEST(CppBackend, GoodRequiredMembersAreNoOptionals) {
  const std::string profile =
      "operations:\n  - name: get\n    do:\n      request:\n        required: [part]\n";
  const Result result = Generate(WithAttribute("        type: u8\n"), profile);
  EXPECT_THAT(result.header,
              AllOf(HasSubstr("  uint8_t part = 0;\n"),
                    HasSubstr("Get(const GetRequest& request) {"), Not(HasSubstr("<optional>"))));
  EXPECT_THAT(result.source, HasSubstr("kRequired"));
}

TEST(CppBackend, GoodRequestWithoutRequiredMembersMayBeLeftOut) {
  EXPECT_THAT(Generate(WithAttribute("        type: u8\n")).header,
              HasSubstr("absl::Status Get(const GetRequest& request = {}) {"));
}

TEST(CppBackend, GoodEnumerationThatServesAsNumberAndAsBits) {
  const std::string definitions =
      "definitions:\n  - name: mode\n    type: enum\n    entries: [slow, fast]\n";
  const std::string flags = "        type: u64\n        enum: mode\n        enum-as-flags: true\n";
  const Result result = Generate(WithAttribute(flags, definitions));
  EXPECT_THAT(result.header,
              AllOf(HasSubstr("enum class Mode : uint32_t {\n  kSlow = 0,\n  kFast = 1,\n};"),
                    HasSubstr("enum class ModeFlags : uint64_t {\n  kSlow = 0x1,\n  kFast = 0x2,\n"
                              "};\nGENL_FLAG_OPERATORS(ModeFlags)"),
                    HasSubstr("  std::optional<ModeFlags> part = {};")));
}

TEST(CppBackend, GoodTwoThingsOfOneName) {
  const std::string definitions =
      "definitions:\n  - name: client\n    type: enum\n    entries: [a-1, a1, class]\n";
  const Result result =
      Generate(WithAttribute("        type: u8\n        enum: client\n", definitions));
  EXPECT_THAT(result.header,
              HasSubstr("enum class ClientEnum : uint32_t {\n  kA1 = 0,\n  kA12 = 1,\n"
                        "  kClass = 2,\n};"));
}

TEST(CppBackend, GoodLimitsStandInTheTable) {
  EXPECT_THAT(Generate(WithAttribute("        type: u32\n        checks: {min: 3}\n")).source,
              HasSubstr(".limits = &genl::kLimits<genl::Range<uint64_t>(3, 4294967295)>"));
  EXPECT_THAT(Generate(WithAttribute("        type: s64\n        checks: {max: s16-min}\n")).source,
              HasSubstr(".limits = &genl::kLimits<genl::Range<int64_t>(INT64_MIN, -32768)>"));
  EXPECT_THAT(
      Generate(WithAttribute("        type: binary\n        checks: {min-len: 3}\n")).source,
      HasSubstr(".limits = &genl::kLimits<genl::MinLength(3)>"));
}

TEST(CppBackend, GoodBitfieldsHaveTheTypeOfTheirFlags) {
  const std::string head =
      absl::StrCat("protocol: genetlink-legacy\n",
                   "definitions: [{name: mode, type: enum, entries: [fast, safe]}]\n");
  const Result flags = Generate(WithAttribute(
      "        type: bitfield32\n        enum: mode\n        enum-as-flags: true\n", head));
  EXPECT_THAT(flags.header, HasSubstr("  std::optional<genl::Bitfield<ModeFlags>> part = {};\n"));
  EXPECT_THAT(flags.header, HasSubstr("#include \"genl/bitfield.h\"\n"));
  EXPECT_THAT(flags.source, HasSubstr("genl::Kind::kBitfield32"));
  EXPECT_THAT(flags.source, HasSubstr(".enumeration = &kModeFlagsEnum"));
  const Result several =
      Generate(WithAttribute("        type: bitfield32\n        multi-attr: true\n", head));
  EXPECT_THAT(several.header, HasSubstr("  std::vector<genl::Bitfield<uint32_t>> part = {};\n"));
}

constexpr char kStructures[] = R"(protocol: genetlink-legacy
definitions:
  - {name: mode, type: enum, entries: [slow, fast]}
  - {name: wide-mode, type: enum, entries: [{name: far, value: 256}]}
  - {name: inner, type: struct, members: [{name: ip, type: u32, byte-order: big-endian}]}
  - {name: unused, type: struct, members: [{name: one, type: u8}]}
  - name: head
    type: struct
    members:
      - {name: index, type: s16, doc: Where it is.}
      - {name: mode, type: u8, enum: mode}
      - {name: wide, type: u8, enum: wide-mode}
      - {name: mac, type: binary, len: 6, display-hint: mac}
      - {name: label, type: string, len: 8}
      - {name: inner, type: binary, struct: inner}
)";

TEST(CppBackend, GoodStructureIsAStruct) {
  const Result result =
      Generate(WithAttribute("        type: binary\n        struct: head\n", kStructures));
  EXPECT_TRUE(result.ok);
  EXPECT_THAT(result.header, HasSubstr(R"(struct Head {
  // Where it is.
  int16_t index = 0;
  Mode mode = {};
  WideMode wide = {};
  std::array<uint8_t, 6> mac = {};
  std::array<char, 8> label = {};
  Inner inner = {};

  bool operator==(const Head&) const = default;
};)"));
  EXPECT_THAT(result.header, AllOf(HasSubstr("enum class Mode : uint32_t {"),
                                   HasSubstr("  std::optional<Head> part = {};\n"),
                                   HasSubstr("#include <array>\n"), Not(HasSubstr("Unused"))));
  EXPECT_THAT(
      result.source,
      AllOf(HasSubstr("{.size = 4, .kind = genl::Kind::kU32, .order = genl::ByteOrder::kBig, "
                      ".name = \"ip\"}"),
            HasSubstr("{.offset = 4, .size = 6, .kind = genl::Kind::kBinary, "
                      ".display = genl::Display::kMac, .name = \"mac\"}"),
            HasSubstr("{.offset = 18, .size = 4, .kind = genl::Kind::kStruct, .name = \"inner\", "
                      ".nested = &kInnerStructure}"),
            HasSubstr("constexpr genl::Structure kHeadStructure = {\"head\", 22, kHeadMembers};"),
            HasSubstr("GENL_STRUCT_FIELD(Head, inner, kHeadMembers[5], &kInnerStruct),"),
            HasSubstr("kHeadLayout = {nullptr, {}, {}, &kHeadStruct, 0};"),
            HasSubstr("GENL_FIELD(GetRequest, part, kToyAttributes[0], kOptional, &kHeadLayout)")));
}

TEST(CppBackend, GoodFixedHeaderIsTheFirstMember) {
  const Result result = Generate(absl::StrCat(kHead, kStructures, R"(
attribute-sets:
  - name: toy
    attributes: [{name: header, type: u8}]
operations:
  fixed-header: head
  list:
    - name: get
      doc: Get it.
      attribute-set: toy
      do: {request: {attributes: [header]}, reply: {}}
)"));
  EXPECT_TRUE(result.ok);
  EXPECT_THAT(result.header,
              AllOf(HasSubstr("struct GetRequest {\n  Head header = {};\n"
                              "  std::optional<uint8_t> header2 = {};\n"),
                    HasSubstr("struct GetReply {\n  Head header = {};\n\n"),
                    HasSubstr("absl::StatusOr<GetReply> Get(const GetRequest& request = {}) {")));
  EXPECT_THAT(result.source,
              AllOf(HasSubstr("constexpr genl::LayoutOf<1, 2> kGetRequestLayout(kToySet, {\n"),
                    HasSubstr("}, kHeadStruct, offsetof(GetRequest, header));"),
                    HasSubstr("kGetReplyLayout = {nullptr, {}, {}, &kHeadStruct, "
                              "offsetof(GetReply, header)};"),
                    Not(HasSubstr("kHeadLayout"))));
}

// A sub-message with formats of every form; those of the set `deep` contain it again.
constexpr char kSubMessages[] = R"(protocol: netlink-raw
protonum: 0
definitions:
  - {name: head, type: struct, members: [{name: index, type: u32}]}
attribute-sets:
  - name: toy
    attributes:
      - {name: kind, type: string}
      - {name: options, type: sub-message, sub-message: options-msg, selector: kind}
      - {name: deep, type: nest, nested-attributes: deep, multi-attr: true}
  - name: flat
    attributes: [{name: one, type: u8}]
  - name: deep
    attributes:
      - {name: kind, type: string}
      - {name: more, type: sub-message, sub-message: options-msg, selector: kind}
sub-messages:
  - name: options-msg
    formats:
      - {value: none}
      - {value: flat, attribute-set: flat}
      - {value: flat-too, attribute-set: flat}
      - {value: head, fixed-header: head}
      - {value: both, fixed-header: head, attribute-set: flat}
      - {value: deep, attribute-set: deep}
operations:
  enum-model: directional
  list:
    - name: get
      doc: Get it.
      attribute-set: toy
      do: {request: {value: 1, attributes: [kind, options, deep]}}
)";

TEST(CppBackend, GoodSubMessageIsAVariant) {
  const Result result =
      Generate("# SPDX-License-Identifier: BSD-3-Clause\nname: toy\ndoc: A toy.\n" +
               std::string(kSubMessages));
  EXPECT_TRUE(result.ok);
  EXPECT_THAT(
      result.header,
      AllOf(
          HasSubstr("struct FlatWithHeader {\n  Head header = {};\n"
                    "  std::optional<uint8_t> one = {};\n"),
          HasSubstr(
              "using OptionsMsg = genl::OneOf<Flat, Head, FlatWithHeader, Deep>;\n\nstruct Deep {"),
          HasSubstr("\nstruct Deep;\n"), HasSubstr("  std::optional<OptionsMsg> more = {};\n"),
          HasSubstr("  std::optional<OptionsMsg> options = {};\n"),
          HasSubstr("  std::vector<Deep> deep = {};\n")));
  EXPECT_THAT(
      result.source,
      AllOf(HasSubstr("    {\"none\", nullptr, nullptr},\n    {\"flat\", nullptr, &kFlatSet},\n"),
            HasSubstr("    {\"both\", &kHeadStructure, &kFlatSet},\n"),
            HasSubstr(".kind = genl::Kind::kSubMessage, .name = \"options\", .sub_message = "
                      "&kOptionsMsgSubMessage, .selector = \"kind\"}"),
            HasSubstr("kOptionsMsgAlternatives[] = {\n    nullptr,\n    &kFlatLayout,\n"
                      "    &kHeadLayout,\n    &kFlatWithHeaderLayout,\n    &kDeepLayout,\n};\n"),
            HasSubstr("kOptionsMsgOfFormat[] = {0, 1, 1, 2, 3, 4};"),
            HasSubstr("genl::WithVariant(GENL_FIELD(GetRequest, options, kToyAttributes[1], "
                      "kOptional, nullptr), kOptionsMsgVariant),")));
}

TEST(CppBackend, GoodOperationsAreTypedAndSayWhoseTheyAre) {
  const Result result = Generate(WithAttribute("        type: u8\n"));
  EXPECT_THAT(result.header,
              AllOf(HasSubstr("extern const genl::TypedOperation<GetRequest, void> kGet;\n"),
                    HasSubstr("class Client : public genl::FamilyClient {")));
  EXPECT_THAT(result.source, HasSubstr("constexpr genl::TypedOperation<GetRequest, void> "
                                       "operation::kGet = {{\"get\", 1, "
                                       "&table::kGetRequestLayout}, &table::kFamily};"));
}

// A family of classic netlink with a request, a dump and an event.
constexpr char kClassic[] = R"(
protocol: netlink-raw
protonum: 0
definitions:
  - {name: head, type: struct, members: [{name: index, type: s32}]}
attribute-sets:
  - name: toy
    attributes: [{name: part, type: u8}]
operations:
  enum-model: directional
  fixed-header: head
  list:
    - name: newtoy
      doc: Make it.
      attribute-set: toy
      do: {request: {value: 1024, attributes: [part]}}
    - name: gettoy
      doc: Get it.
      attribute-set: toy
      do: {request: {value: 1026}, reply: {value: 1024, attributes: [part]}}
      dump: {request: {value: 1026}, reply: {value: 1024, attributes: [part]}}
    - name: newtoy-ntf
      doc: It was made.
      value: 1024
      notify: gettoy
mcast-groups:
  list: [{name: toys, value: 36}]
)";

TEST(CppBackend, GoodClassicFamilyHasNumbersOfItsOwn) {
  const Result result = Generate(absl::StrCat(kHead, kClassic));
  EXPECT_TRUE(result.ok);
  EXPECT_THAT(
      result.source,
      AllOf(
          HasSubstr("constexpr genl::Family kFamily = {\"toy\", 1, 0};"),
          HasSubstr("operation::kGettoy = {{\"gettoy\", 1026, &table::kGettoyRequestLayout, 1024, "
                    "&table::kGettoyReplyLayout}, &table::kFamily};"),
          HasSubstr("constexpr genl::Operation operation::kGettoyDump = {\"gettoy\", 1026, "
                    "&table::kGettoyDumpRequestLayout, 1024, &table::kGettoyReplyLayout};"),
          HasSubstr("    {\"toys\", 36},\n"), HasSubstr("{1024, &kGettoyReplyLayout, 2},")));
}

TEST(CppBackend, GoodRequestsOfAClassicFamilyHaveFlags) {
  const Result classic = Generate(absl::StrCat(kHead, kClassic));
  EXPECT_THAT(classic.header,
              AllOf(HasSubstr("absl::Status Newtoy(const NewtoyRequest& request = {}, "
                              "genl::RequestFlags flags = {}) {\n    return "
                              "client_.Do(operation::kNewtoy, &request, nullptr, flags);\n  }\n"),
                    HasSubstr("GettoyDump(const GettoyDumpRequest& request = {}) {\n    return "
                              "{client_, operation::kGettoyDump, &request};\n  }\n"),
                    HasSubstr("#include \"genl/request_flags.h\"")));
  EXPECT_THAT(Generate(WithAttribute("        type: u8\n")).header, Not(HasSubstr("RequestFlags")));
}

TEST(CppBackend, GoodHeaderOfASmallFamilyIsAPageOrTwo) {
  const Result result = Generate(absl::StrCat(kHead, R"(
definitions:
  - name: mode
    type: enum
    doc: How fast it may turn.
    entries: [{name: quiet, doc: At most 900 rpm.}, {name: cool, doc: As fast as it can.}]
attribute-sets:
  - name: fan
    attributes:
      - {name: id, type: u32, doc: Counted from 0.}
      - {name: label, type: string}
      - {name: mode, type: u32, enum: mode}
      - {name: rpm, type: u32, doc: Now.}
      - {name: serial, type: binary}
operations:
  list:
    - name: get
      doc: One fan, or all of them.
      attribute-set: fan
      do: {request: {attributes: [id]}, reply: {attributes: [id, label, mode, rpm, serial]}}
      dump: {reply: {attributes: [id, label, mode, rpm, serial]}}
    - name: set
      doc: Change what is given.
      attribute-set: fan
      flags: [admin-perm]
      do: {request: {attributes: [id, label, mode]}}
    - name: change-ntf
      doc: A fan is not what it was.
      notify: get
      mcgrp: changes
mcast-groups:
  list: [{name: changes}]
)"));
  EXPECT_TRUE(result.ok);
  EXPECT_LE(std::count(result.header.begin(), result.header.end(), '\n'), 150);
  // What a reader wants stands first, in this order, each with its words.
  size_t position = 0;
  for (const char* part :
       {"// How fast it may turn.\nenum class Mode", "  // At most 900 rpm.\n  kQuiet = 0,",
        "struct GetRequest {", "  // Counted from 0.\n  std::optional<uint32_t> id",
        "struct GetReply {", "struct SetRequest {", "struct ChangeNtf : GetReply {",
        "class Client : ", "  // One fan, or all of them.\n  absl::StatusOr<GetReply> Get("}) {
    const size_t found = result.header.find(part, position);
    ASSERT_NE(found, std::string::npos) << part;
    position = found;
  }
}

// A header, two attributes and a condition make the key and decide what counts.
TEST(CppBackend, GoodWatchOfAnOldFamily) {
  const std::string spec = absl::StrCat(kHead, R"(
protocol: netlink-raw
protonum: 0
definitions:
  - name: toy-header
    type: struct
    members: [{name: family, type: u8}, {name: index, type: s32}]
attribute-sets:
  - name: toy
    attributes: [{name: label, type: string}, {name: color, type: u32}]
operations:
  enum-model: directional
  fixed-header: toy-header
  list:
    - {name: new, doc: Add., attribute-set: toy, do: {request: {value: 16, attributes: [label]}}}
    - {name: del, doc: Remove., attribute-set: toy, do: {request: {value: 17, attributes: [label]}}}
    - name: get
      doc: Get.
      attribute-set: toy
      dump:
        request: {value: 18, attributes: []}
        reply: {value: 16, attributes: [label, color]}
mcast-groups: {list: [{name: others, value: 1}, {name: toys, value: 2}]}
)");
  const Result result = Generate(spec, R"(
operations:
  - name: get
    watch:
      key: [index, label]
      changed: [new]
      removed: [del]
      groups: [toys]
      only: [{name: family, value: 0}]
)");
  ASSERT_TRUE(result.ok);
  EXPECT_THAT(
      result.header,
      AllOf(HasSubstr("  using Key = std::tuple<int32_t, std::optional<std::string>>;\n"),
            HasSubstr("  using Request = GetDumpRequest;\n"),
            HasSubstr("{ return Key(object.header.index, object.label); }\n"),
            HasSubstr("    return static_cast<int64_t>(object.header.family) == 0;\n"),
            HasSubstr("#include <tuple>\n"), HasSubstr("  absl::StatusOr<GetWatch> WatchGet(")));
  EXPECT_THAT(result.source,
              AllOf(HasSubstr("Commands[] = {{16, false}, {17, true}};\n"),
                    HasSubstr("Groups[] = {kGroups[1]};\n"), HasSubstr("Key[] = {1};\n")));
}

// What goes to single sockets.
TEST(CppBackend, GoodEventsOfAFamilyWithoutGroups) {
  const Result result = Generate(absl::StrCat(kHead, R"(
attribute-sets:
  - name: toy
    attributes: [{name: part, type: u32}]
operations:
  list:
    - {name: ask, doc: Ask., attribute-set: toy, do: {request: {attributes: [part]}}}
    - {name: hint, doc: It is there., attribute-set: toy, event: {attributes: [part]}}
)"));
  ASSERT_TRUE(result.ok);
  EXPECT_THAT(result.header,
              AllOf(HasSubstr("using Event = std::variant<genl::Overrun, genl::Restarted, Hint>;\n"
                              "using Events = genl::Events<Event>;\n"),
                    HasSubstr("  absl::StatusOr<Events> Subscribe();\n"), HasSubstr("kEvents;\n"),
                    HasSubstr("#include \"genl/events.h\"\n"), Not(HasSubstr("Group"))));
  EXPECT_THAT(result.source, AllOf(HasSubstr("{2, &kHintLayout, 2},\n"),
                                   HasSubstr("genl::Subscribe<Event>(client_, table::kEvents)")));
  EXPECT_THAT(result.service_header, AllOf(HasSubstr("Unicast(uint32_t port, const Hint& event)"),
                                           Not(HasSubstr("Multicast"))));
  EXPECT_THAT(result.service_source, AllOf(HasSubstr(".events = &operation::kEvents,"),
                                           Not(HasSubstr("groups_of_events"))));
}

TEST(CppBackend, GoodNoEventsNoSubscription) {
  EXPECT_THAT(Generate(WithAttribute("        type: u8\n")).header,
              Not(AnyOf(HasSubstr("Subscribe"), HasSubstr("Event"))));
}

TEST(CppBackend, GoodNoWatchWithoutAProfile) {
  const Result result = Generate(WithAttribute("        type: u8\n"));
  EXPECT_THAT(result.header, Not(HasSubstr("Watch")));
}

}  // namespace
}  // namespace genlc
