// Bytes and the text for them, both ways.
#include "genl/json/json.h"

#include <bit>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "genl/json/test_tables.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace genl {
namespace {

// The goldens below are of little-endian machines.
static_assert(std::endian::native == std::endian::little);

std::string JsonOf(absl::string_view hex, JsonStyle style = JsonStyle::kCompact) {
  const auto json = ToJson(kEverything, FromHex(hex), style);
  return json.ok() ? *json : std::string(json.status().message());
}

std::string Hex(const Writer& writer) {
  std::string text;
  for (const uint8_t byte : writer.bytes()) {
    absl::StrAppend(&text, absl::Hex(byte, absl::kZeroPad2));
  }
  return text;
}

std::string BytesOf(absl::string_view json) {
  Writer writer;
  const absl::Status status = FromJson(kEverything, json, writer);
  return status.ok() ? Hex(writer) : std::string(status.message());
}

struct Golden {
  const char* name;
  const char* hex;
  const char* json;
};

class Goldens : public testing::TestWithParam<Golden> {};

TEST_P(Goldens, GoodBytesBecomeThisText) { EXPECT_EQ(JsonOf(GetParam().hex), GetParam().json); }

TEST_P(Goldens, GoodTextBecomesTheseBytes) {
  EXPECT_EQ(BytesOf(GetParam().json), Hex([] {
              Writer writer;
              const std::vector<uint8_t> bytes = FromHex(GetParam().hex);
              writer.Append(bytes.data(), bytes.size());
              return writer;
            }()));
}

TEST_P(Goldens, GoodTextIsJsonForOthers) {
  EXPECT_EQ(nlohmann::ordered_json::parse(GetParam().json).dump(), GetParam().json);
}

const Golden kGoldens[] = {
    {"Nothing", "", "{}"},
    {"U8Most", "0500 0100 ff000000", R"({"u8":255})"},
    {"BigEndian", "0600 0200 01bb0000", R"({"port":443})"},
    {"U64Most", "0c00 0400 ffffffffffffffff", R"({"u64":18446744073709551615})"},
    {"U64BeyondDouble", "0c00 0400 0100000000002000", R"({"u64":9007199254740993})"},
    {"S8Least", "0500 0500 80000000", R"({"s8":-128})"},
    {"S64Least", "0c00 0600 0000000000000080", R"({"s64":-9223372036854775808})"},
    {"S64Most", "0c00 0600 ffffffffffffff7f", R"({"s64":9223372036854775807})"},
    {"UintOf32", "0800 0700 ffffffff", R"({"uint":4294967295})"},
    {"UintMost", "0c00 0700 ffffffffffffffff", R"({"uint":18446744073709551615})"},
    {"SintLeast", "0c00 0800 0000000000000080", R"({"sint":-9223372036854775808})"},
    {"UintOf64", "0c00 0700 0000000001000000", R"({"uint":4294967296})"},
    {"SintOf32", "0800 0800 00000080", R"({"sint":-2147483648})"},
    {"SintOf64", "0c00 0800 ffffff7fffffffff", R"({"sint":-2147483649})"},
    {"String", "0900 0900 646f6f7200 000000", R"({"label":"door"})"},
    {"StringWithEscapes", "0a00 0900 22095cc3bc00 0000", R"({"label":"\"\t\\ü"})"},
    {"Binary", "0800 0a00 00c0ffee", R"({"serial":"00c0ffee"})"},
    {"Flag", "0400 0b00", R"({"muted":true})"},
    {"Enum", "0800 0c00 02000000", R"({"severity":"critical"})"},
    {"EnumWithoutName", "0800 0c00 09000000", R"({"severity":9})"},
    {"Flags", "0800 0d00 05000000", R"({"features":["calibrated","redundant"]})"},
    {"NoFlags", "0800 0d00 00000000", R"({"features":[]})"},
    {"HexHint", "0800 0e00 efbeadde", R"({"handle":"0xdeadbeef"})"},
    {"Mac", "0a00 0f00 001b213a7c550000", R"({"mac":"00:1b:21:3a:7c:55"})"},
    {"Ipv4InBytesOfTheWire", "0800 1000 c0000201", R"({"bus-address":"192.0.2.1"})"},
    {"Ipv4OrV6IsV4", "0800 1100 c0000201", R"({"address":"192.0.2.1"})"},
    {"Ipv4OrV6IsV6", "1400 1100 20010db8000000000000000000000001", R"({"address":"2001:db8::1"})"},
    {"Ipv4OrV6IsNeither", "0600 1100 c0000000", R"({"address":"c000"})"},
    {"Ipv6", "1400 1b00 fe800000000000000000000000000042", R"({"gateway":"fe80::42"})"},
    {"Uuid", "1400 1200 0b3c1f6e8f524d0a9c513d2f7a1b4e60",
     R"({"uuid":"0b3c1f6e-8f52-4d0a-9c51-3d2f7a1b4e60"})"},
    {"Fddi", "0a00 1f00 001b213a7c550000", R"({"station":"00:1b:21:3a:7c:55"})"},
    {"RepeatedMac", "0a00 2400 001b213a7c550000 0a00 2400 ffffffffffff0000",
     R"({"ports":["00:1b:21:3a:7c:55","ff:ff:ff:ff:ff:ff"]})"},
    {"ArrayOfIpv4", "1400 2680 0800 0100 c0000201 0800 0200 c0000202",
     R"({"servers":["192.0.2.1","192.0.2.2"]})"},
    {"Ipv4OfWrongWidth", "0600 1000 c0000000", R"({"bus-address":{"#hex":"c000"}})"},
    {"NegativeEnum", "0500 2200 ff000000", R"({"phase":"before"})"},
    {"NegativeEnumWithoutName", "0500 2200 80000000", R"({"phase":-128})"},
    {"ArrayOfEnum", "0700 2500 02000900", R"({"severities":["critical","notice",9]})"},
    {"FlagsOf64Bits", "0c00 2300 0100000000000080", R"({"states":["up","last"]})"},
    {"FlagsOf64BitsWithoutName", "0c00 2300 0100000000002000",
     R"({"states":["up",9007199254740992]})"},
    {"Hex64", "0c00 2100 efbeadde00000080", R"({"cookie":"0x80000000deadbeef"})"},
    {"BigEndian64", "0c00 2000 0102030405060708", R"({"be64":72623859790382856})"},
    {"BitfieldOfFlags", "0c00 1d00 01000000 0d000000",
     R"({"change":{"value":["calibrated"],"selector":["calibrated","redundant",8]}})"},
    {"BitfieldOfBits", "0c00 1e00 01000000 ffffffff",
     R"({"bits":{"value":1,"selector":4294967295}})"},
    {"BitfieldOfWrongWidth", "0800 1e00 01000000", R"({"bits":{"#hex":"01000000"}})"},
    {"Nest", "0c00 1380 0800 0200 9cffffff", R"({"point":{"temperature":-100}})"},
    {"EmptyNest", "0400 1380", R"({"point":{}})"},
    {"NestInItself", "1000 1380 0c00 0380 0800 0300 07000000", R"({"point":{"inner":{"id":7}}})"},
    {"RepeatedNest", "0c00 1480 0800 0100 01000000 0c00 1480 0800 0200 05000000",
     R"({"threshold":[{"severity":"warning"},{"temperature":5}]})"},
    {"RepeatedScalar", "0800 1500 01000000 0800 1500 02000000", R"({"ids":[1,2]})"},
    {"RepeatedOnce", "0800 1500 01000000", R"({"ids":[1]})"},
    {"Array", "0a00 1600 010002000300 0000", R"({"samples":[1,2,3]})"},
    {"EmptyArray", "0400 1600", R"({"samples":[]})"},
    {"IndexedArray", "1400 1780 0800 0100 0a000000 0800 0200 0b000000", R"({"queues":[10,11]})"},
    {"IndexedArrayOfNests", "1400 1880 0400 0180 0c00 0280 0800 0100 00000000",
     R"({"points":[{},{"severity":"notice"}]})"},
    {"NestTypeValue",
     "2000 1980 1000 0580 0c00 0180 0800 0200 01000000 0c00 0680 0800 0280 0400 0380",
     R"({"policy":[{"policy-id":5,"attr-id":1,"temperature":1},)"
     R"({"policy-id":6,"attr-id":2,"inner":{}}]})"},
    {"NoNestTypeValue", "0400 1980", R"({"policy":[]})"},
    {"Unknown", "0700 3f00 abcdef00", R"({"#63":"abcdef"})"},
    {"UnknownTwice", "0500 3f00 01000000 0500 3f00 02000000", R"({"#63":["01","02"]})"},
    {"OrderOfTheWire", "0800 0c00 00000000 0800 0300 01000000", R"({"severity":"notice","id":1})"},
    {"WrongWidth", "0600 0300 01000000", R"({"id":{"#hex":"0100"}})"},
    {"StringNotUtf8", "0700 0900 41ff0000", R"({"label":{"#hex":"41ff00"}})"},
    {"StringWithNulInside", "0800 0900 41004200", R"({"label":{"#hex":"41004200"}})"},
    {"FlagWithPayload", "0500 0b00 01000000", R"({"muted":{"#hex":"01"}})"},
    {"ArrayOfPart", "0700 1600 01000200", R"({"samples":{"#hex":"010002"}})"},
    {"NestOfGarbage", "0700 1380 01020300", R"({"point":{"#hex":"010203"}})"},
    {"ElementOfGarbage", "1000 1780 0800 0100 0a000000 0400 0200",
     R"({"queues":[10,{"#hex":""}]})"},
    {"NestTypeValueOfGarbage", "0800 1980 ffffffff 1000 1980 0c00 0580 0800 0180 0400 0380",
     R"({"policy":[{"#hex":"ffffffff"},{"policy-id":5,"attr-id":1,"inner":{}}]})"},
};

INSTANTIATE_TEST_SUITE_P(Json, Goldens, testing::ValuesIn(kGoldens),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(JsonTest, GoodFlagsWithoutNameAreANumber) {
  EXPECT_EQ(JsonOf("0800 0d00 0a000080"), R"({"features":["latching",2147483656]})");
  Writer writer;
  EXPECT_TRUE(FromJson(kEverything, R"({"features":["latching",2147483656]})", writer, nullptr,
                       JsonLimits::kIgnored)
                  .ok());
  EXPECT_EQ(Hex(writer), "08000d000a000080");
}

TEST(JsonTest, GoodPaddingIsNotShown) { EXPECT_EQ(JsonOf("0400 1a00"), "{}"); }

TEST(JsonTest, GoodPaddingWithPayloadIsKept) {
  EXPECT_EQ(JsonOf("0500 1a00 07000000"), R"({"#26":"07"})");
  EXPECT_EQ(BytesOf(R"({"#26":"07"})"), "05001a0007000000");
}

TEST(JsonTest, GoodLastOfTwoCounts) {
  EXPECT_EQ(JsonOf("0800 0300 01000000 0800 0300 02000000"), R"({"id":2})");
}

TEST(JsonTest, GoodRepeatedAttributesStandTogether) {
  EXPECT_EQ(JsonOf("0800 1500 01000000 0800 0300 07000000 0800 1500 02000000"),
            R"({"ids":[1,2],"id":7})");
}

TEST(JsonTest, GoodStringMayLackItsNul) { EXPECT_EQ(JsonOf("0500 0900 41"), R"({"label":"A"})"); }

TEST(JsonTest, GoodStringMayHaveSeveralNuls) {
  EXPECT_EQ(JsonOf("0800 0900 41000000"), R"({"label":"A"})");
}

TEST(JsonTest, GoodIndexesOfAnArrayMayBeAny) {
  EXPECT_EQ(JsonOf("1400 1780 0800 0700 0a000000 0800 0300 0b000000"), R"({"queues":[10,11]})");
}

TEST(JsonTest, GoodPrettyHasALineForEachMember) {
  EXPECT_EQ(JsonOf("0800 0300 01000000 0800 0d00 03000000 0c00 1480 0800 0100 01000000"
                   "0400 1480 0400 1380 0400 1600",
                   JsonStyle::kPretty),
            R"({
  "id": 1,
  "features": ["calibrated", "latching"],
  "threshold": [
    {
      "severity": "warning"
    },
    {}
  ],
  "point": {},
  "samples": []
})");
}

TEST(JsonTest, GoodJsonIsAppended) {
  std::string text = "before ";
  ASSERT_TRUE(AppendJson(kEverything, {}, JsonStyle::kCompact, text).ok());
  EXPECT_EQ(text, "before {}");
}

TEST(JsonTest, BadBytesThatAreNoAttributes) {
  std::string text = "before";
  const absl::Status status = AppendJson(kEverything, FromHex("ffff"), JsonStyle::kCompact, text);
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(text, "before");
}

// {"point":{"inner":{"point": ...
std::string Nested(int depth) {
  std::string json = "{}";
  for (int i = 0; i < depth; ++i) {
    json = absl::StrCat(i % 2 == depth % 2 ? R"({"inner":)" : R"({"point":)", json, "}");
  }
  return json;
}

TEST(JsonTest, GoodNestsUpToTheLimitGoThereAndBack) {
  const std::string json = Nested(kMaxNesting - 1);
  Writer writer;
  ASSERT_EQ(FromJson(kEverything, json, writer), absl::OkStatus());
  EXPECT_EQ(*ToJson(kEverything, writer.bytes()), json);
}

TEST(JsonTest, BadNestsBeyondTheLimit) {
  Writer writer;
  JsonFault fault;
  EXPECT_FALSE(FromJson(kEverything, Nested(kMaxNesting), writer, &fault).ok());
  EXPECT_EQ(fault.text, "nests stand too deep in each other");
}

TEST(JsonTest, GoodBytesTooDeepAreShownRaw) {
  Writer writer;
  std::vector<Writer::Mark> open;
  for (int i = 0; i < 1000; ++i) open.push_back(writer.Begin(i % 2 == 0 ? 19 : 3));
  for (; !open.empty(); open.pop_back()) ASSERT_TRUE(writer.End(open.back()));
  const auto json = ToJson(kEverything, writer.bytes());
  ASSERT_TRUE(json.ok());
  EXPECT_THAT(*json, testing::HasSubstr(R"({"point":{"inner":)"));
  EXPECT_THAT(*json, testing::HasSubstr(R"({"#hex":")"));
  // Too deep for the way back as well as for the way here: the raw part carries it.
  Writer again;
  ASSERT_EQ(FromJson(kEverything, *json, again), absl::OkStatus());
  EXPECT_EQ(again.bytes().size(), writer.bytes().size());
}

// A struct as generated clients have them.
struct Probe {
  uint32_t id = 0;
  std::optional<std::string> label = {};
  bool muted = false;
  std::vector<uint32_t> ids = {};
};

const Attribute kProbeAttributes[] = {*kEverything.Find(3), *kEverything.Find(9),
                                      *kEverything.Find(11), *kEverything.Find(21)};
const Field kProbeFields[] = {
    GENL_FIELD(Probe, id, kProbeAttributes[0], kRequired, nullptr),
    GENL_FIELD(Probe, label, kProbeAttributes[1], kOptional, nullptr),
    GENL_FIELD(Probe, muted, kProbeAttributes[2], kOptional, nullptr),
    GENL_FIELD(Probe, ids, kProbeAttributes[3], kOptional, nullptr),
};
const std::vector<uint16_t> kProbeIndex = [] {
  std::vector<uint16_t> index(22);
  index[3] = 1;
  index[9] = 2;
  index[11] = 3;
  index[21] = 4;
  return index;
}();
const Layout kProbeLayout = {&kEverything, kProbeFields, kProbeIndex};

TEST(TypedJsonTest, GoodStructGoesThereAndBack) {
  const Probe probe{.id = 7, .label = "door", .muted = true, .ids = {1, 2}};
  const auto json = ToJson(kProbeLayout, &probe);
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(*json, R"({"id":7,"label":"door","muted":true,"ids":[1,2]})");
  Probe back;
  ASSERT_EQ(FromJson(kProbeLayout, *json, &back), absl::OkStatus());
  EXPECT_EQ(back.id, 7u);
  EXPECT_EQ(back.label, "door");
  EXPECT_TRUE(back.muted);
  EXPECT_THAT(back.ids, testing::ElementsAre(1, 2));
}

TEST(TypedJsonTest, BadStructWithoutARequiredMember) {
  Probe probe;
  EXPECT_EQ(FromJson(kProbeLayout, R"({"label":"door"})", &probe).message(),
            "attribute `id`: required, but missing");
}

// It once had none: libFuzzer found it.
TEST(TypedJsonTest, BadMissingMemberIsAFaultWithAText) {
  Probe probe;
  JsonFault fault;
  EXPECT_FALSE(FromJson(kProbeLayout, R"({"label":"door"})", &probe, &fault).ok());
  EXPECT_EQ(fault.Message(), "attribute `id`: required, but missing");
  EXPECT_EQ(fault.place.offset, 0u);
}

TEST(TypedJsonTest, BadMemberHasItsPlace) {
  Probe probe;
  JsonFault fault;
  EXPECT_FALSE(FromJson(kProbeLayout, R"({"id":0})", &probe, &fault).ok());
  EXPECT_EQ(fault.place.offset, 6u);
}

TEST(TypedJsonTest, GoodLayoutWithoutASetIsEmpty) {
  const Layout none;
  EXPECT_EQ(*ToJson(none, nullptr), "{}");
}

// What ToJson() does not write, but people do.
TEST(JsonTest, GoodOtherSpellings) {
  EXPECT_EQ(BytesOf(R"({"id": "0x10"})"), BytesOf(R"({"id":16})"));
  EXPECT_EQ(BytesOf(R"({"s64": "-5"})"), BytesOf(R"({"s64":-5})"));
  EXPECT_EQ(BytesOf(R"({"features": "latching"})"), BytesOf(R"({"features":["latching"]})"));
  EXPECT_EQ(BytesOf(R"({"features": 6})"), BytesOf(R"({"features":["latching","redundant"]})"));
  EXPECT_EQ(BytesOf(R"({"features": ["latching", "0x4"]})"), BytesOf(R"({"features":6})"));
  EXPECT_EQ(BytesOf(R"({"severity": 1})"), BytesOf(R"({"severity":"warning"})"));
  EXPECT_EQ(BytesOf(R"({"severity": "1"})"), BytesOf(R"({"severity":"warning"})"));
  EXPECT_EQ(BytesOf(R"({"muted": false})"), "");
  EXPECT_EQ(BytesOf(R"({"bus-address": 3221225985})"), BytesOf(R"({"bus-address":"192.0.2.1"})"));
  EXPECT_EQ(BytesOf(R"({"mac": "001B213A7C55"})"), BytesOf(R"({"mac":"00:1b:21:3a:7c:55"})"));
  EXPECT_EQ(BytesOf(R"({"ids": []})"), "");
}

TEST(JsonTest, BadMembersOfABitfield) {
  const auto error = [](absl::string_view json) {
    Writer writer;
    return std::string(FromJson(kEverything, json, writer).message());
  };
  EXPECT_THAT(error(R"({"bits":{"value":1}})"), testing::HasSubstr("`selector` is missing"));
  EXPECT_THAT(error(R"({"bits":{"value":1,"selector":1,"mask":1}})"),
              testing::HasSubstr("a bitfield has no member `mask`"));
  EXPECT_THAT(error(R"({"bits":3})"), testing::HasSubstr("an object is expected"));
  EXPECT_THAT(error(R"({"change":{"value":["slow"],"selector":1}})"),
              testing::HasSubstr("change.value"));
  EXPECT_THAT(error(R"({"bits":{"value":4294967296,"selector":1}})"),
              testing::HasSubstr("bits.value"));
}

}  // namespace
}  // namespace genl
