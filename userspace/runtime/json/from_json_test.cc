// What is refused: which words, at which path, under which part of the text.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "genl/json/json.h"
#include "genl/json/test_tables.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Bad {
  const char* name;
  const char* text;     // JSON, or arguments separated by spaces
  const char* marked;   // the part of it at fault
  const char* message;  // with the path
};

std::string Marked(absl::string_view text, const JsonFault& fault) {
  if (fault.place.offset > text.size()) return "beyond the text";
  return std::string(text.substr(fault.place.offset, fault.place.length));
}

class BadJson : public testing::TestWithParam<Bad> {};

TEST_P(BadJson, IsRefusedAtItsPlace) {
  Writer writer;
  JsonFault fault;
  const absl::Status status = FromJson(kEverything, GetParam().text, writer, &fault);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), GetParam().message);
  EXPECT_EQ(fault.Message(), GetParam().message);
  EXPECT_EQ(Marked(GetParam().text, fault), GetParam().marked);
}

const Bad kBadJson[] = {
    {"Empty", "", "", "a value is expected"},
    {"NoObject", "[1]", "[1]", "an object is expected, not an array"},
    {"NoEnd", R"({"id": 1)", "", "a comma or `}` is expected"},
    {"TrailingComma", R"({"id": 1,})", "}", "a name in quotes is expected"},
    {"TwoDocuments", R"({} {})", "{}", "nothing more is expected here"},
    {"Twice", R"({"id": 1, "id": 2})", R"("id")", "`id` stands twice in this object"},
    {"Null", R"({"id": null})", "null", "attribute `id`: a number is expected, not null"},
    {"UnknownMember", R"({"ids": [1], "lable": "x"})", R"("lable")",
     "there is no attribute `lable` here"},
    {"UnknownMemberInNest", R"({"threshold": [{}, {"severty": 1}]})", R"("severty")",
     "attribute `threshold[1]`: there is no attribute `severty` here"},
    {"PaddingByName", R"({"pad": ""})", R"("pad")", "there is no attribute `pad` here"},
    {"TextForNumber", R"({"id": "three"})", R"("three")", "attribute `id`: a number is expected"},
    {"BoolForNumber", R"({"id": true})", "true", "attribute `id`: a number is expected, not true"},
    {"Fraction", R"({"id": 1.5})", "1.5", "attribute `id`: a whole number is expected"},
    {"Exponent", R"({"id": 1e3})", "1e3", "attribute `id`: a whole number is expected"},
    {"BelowRange", R"({"id": 0})", "0", "attribute `id`: 0 is out of range: 1 to 1000 is allowed"},
    {"AboveRange", R"({"id": "0x3e9"})", R"("0x3e9")",
     "attribute `id`: 1001 is out of range: 1 to 1000 is allowed"},
    {"SignedRange", R"({"point": {"temperature": -301}})", "-301",
     "attribute `point.temperature`: -301 is out of range: -300 to 2000 is allowed"},
    {"RangeInNests", R"({"threshold": [{"severity": 0}, {"inner": {"point": {"severity": 3}}}]})",
     "3", "attribute `threshold[1].inner.point.severity`: 3 is out of range: 0 to 2 is allowed"},
    {"TooWideFor8", R"({"u8": 256})", "256",
     "attribute `u8`: the number does not fit in u8, which holds 0 to 255"},
    {"TooLowFor8", R"({"s8": -129})", "-129",
     "attribute `s8`: the number does not fit in s8, which holds -128 to 127"},
    {"NegativeUnsigned", R"({"u64": -1})", "-1",
     "attribute `u64`: the number does not fit in u64, which holds 0 to 18446744073709551615"},
    {"TooWideFor64", R"({"u64": 18446744073709551616})", "18446744073709551616",
     "attribute `u64`: the number does not fit in u64, which holds 0 to 18446744073709551615"},
    {"MuchTooWide", R"({"uint": 184467440737095516150000000})", "184467440737095516150000000",
     "attribute `uint`: the number does not fit in uint, which holds 0 to 18446744073709551615"},
    {"TooHighForS64", R"({"s64": 9223372036854775808})", "9223372036854775808",
     "attribute `s64`: the number does not fit in s64, which holds -9223372036854775808 to "
     "9223372036854775807"},
    {"UnknownEntry", R"({"severity": "warnign"})", R"("warnign")",
     "attribute `severity`: `severity` has no entry `warnign`"},
    {"EntryOfWrongType", R"({"severity": ["notice"]})", R"(["notice"])",
     "attribute `severity`: the name of an entry, or a number, is expected, not an array"},
    {"UnknownFlag", R"({"features": ["latching", "redundnat"]})", R"("redundnat")",
     "attribute `features`: `feature` has no entry `redundnat`"},
    {"FlagBeyondMask", R"({"features": ["latching", 8]})", R"(["latching", 8])",
     "attribute `features`: the bits 0x8 are not among 0x7"},
    {"FlagsInArrayInArray", R"({"features": [["latching"]]})", R"(["latching"])",
     "attribute `features`: the name of a flag is expected, not an array"},
    {"FlagsNegative", R"({"features": [-1]})", "[-1]",
     "attribute `features`: the number does not fit in u32, which holds 0 to 4294967295"},
    {"NumberForText", R"({"label": 5})", "5", "attribute `label`: text is expected, not a number"},
    {"TextTooShort", R"({"label": ""})", R"("")",
     "attribute `label`: 0 bytes where at least 1 are needed"},
    {"TextTooLong", R"({"label": "abcdefghijklmnopqrstuvwxyz123456"})",
     R"("abcdefghijklmnopqrstuvwxyz123456")",
     "attribute `label`: 32 bytes where at most 31 are allowed"},
    {"NulInText", R"({"label": "a\u0000b"})", R"("a\u0000b")",
     "attribute `label`: a NUL inside a string"},
    {"OddHex", R"({"serial": "abc"})", R"("abc")",
     "attribute `serial`: hexadecimal text, two digits a byte, is expected"},
    {"NoHex", R"({"serial": "zz"})", R"("zz")",
     "attribute `serial`: hexadecimal text, two digits a byte, is expected"},
    {"BinaryTooLong", R"({"serial": "0011223344"})", R"("0011223344")",
     "attribute `serial`: 5 bytes where exactly 4 are allowed"},
    {"BinaryTooShort", R"({"serial": "00"})", R"("00")",
     "attribute `serial`: 1 byte where exactly 4 are needed"},
    {"BadMac", R"({"mac": "00:1b:2g"})", R"("00:1b:2g")",
     "attribute `mac`: an address like 02:00:5e:10:00:01 is expected"},
    {"BadIpv4", R"({"bus-address": "192.0.2.256"})", R"("192.0.2.256")",
     "attribute `bus-address`: an IPv4 address is expected"},
    {"NulInAddress", R"({"bus-address": "192.0.2.1\u0000"})", R"("192.0.2.1\u0000")",
     "attribute `bus-address`: an IPv4 address is expected"},
    {"Ipv6ForIpv4", R"({"bus-address": "::1"})", R"("::1")",
     "attribute `bus-address`: an IPv4 address is expected"},
    {"BadIpv6", R"({"gateway": "fe80::1::2"})", R"("fe80::1::2")",
     "attribute `gateway`: an IPv6 address is expected"},
    {"BadUuid", R"({"uuid": "0b3c1f6e-8f52-4d0a-9c51"})", R"("0b3c1f6e-8f52-4d0a-9c51")",
     "attribute `uuid`: a UUID like 0b3c1f6e-8f52-4d0a-9c51-3d2f7a1b4e60 is expected"},
    {"NumberForFlag", R"({"muted": 1})", "1",
     "attribute `muted`: true or false is expected, not a number"},
    {"ArrayForNest", R"({"point": []})", "[]",
     "attribute `point`: an object is expected, not an array"},
    {"ObjectForRepeated", R"({"threshold": {}})", "{}",
     "attribute `threshold`: an array is expected, not an object"},
    {"NumberForArray", R"({"samples": 1})", "1",
     "attribute `samples`: an array is expected, not a number"},
    {"ElementOfArray", R"({"samples": [1, 65536]})", "65536",
     "attribute `samples[1]`: the number does not fit in u16, which holds 0 to 65535"},
    {"ElementOfIndexedArray", R"({"queues": [1, "x"]})", R"("x")",
     "attribute `queues[1]`: a number is expected"},
    {"InElementOfIndexedArray", R"({"points": [{}, {"temperature": "cold"}]})", R"("cold")",
     "attribute `points[1].temperature`: a number is expected"},
    {"ElementOfRepeated", R"({"ids": [1, 2, -3]})", "-3",
     "attribute `ids[2]`: the number does not fit in u32, which holds 0 to 4294967295"},
    {"TypeMissing", R"({"policy": [{"policy-id": 1}]})", R"({"policy-id": 1})",
     "attribute `policy[0]`: `attr-id` is missing"},
    {"TypeTooHigh", R"({"policy": [{"policy-id": 1, "attr-id": 16384}]})", "16384",
     "attribute `policy[0].attr-id`: a number from 0 to 16383 is expected"},
    {"TypeOfWrongType", R"({"policy": [{"policy-id": [], "attr-id": 0}]})", "[]",
     "attribute `policy[0].policy-id`: a number from 0 to 16383 is expected"},
    {"InTypeValue", R"({"policy": [{"policy-id": 1, "attr-id": 2, "severity": {}}]})", "{}",
     "attribute `policy[0].severity`: the name of an entry, or a number, is expected, not an "
     "object"},
    {"NumberTooHigh", R"({"#16384": ""})", R"("#16384")", "`#16384` is no number of an attribute"},
    {"NumberOfNothing", R"({"#": ""})", R"("#")", "`#` is no number of an attribute"},
    {"NumberedWithoutHex", R"({"#63": ["00", 1]})", "1",
     "attribute `#63`: hexadecimal text is expected, not a number"},
    {"RawWithoutHex", R"({"id": {"#hex": "0"}})", R"("0")",
     "attribute `id`: hexadecimal text, two digits a byte, is expected"},
};

INSTANTIATE_TEST_SUITE_P(Json, BadJson, testing::ValuesIn(kBadJson),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(BadJson, TooLongForAnAttribute) {
  std::string json = R"({"mac": ")";
  json.append(2 * 65532, '0');
  json.append("\"}");
  Writer writer;
  JsonFault fault;
  EXPECT_EQ(FromJson(kEverything, json, writer, &fault).message(),
            "attribute `mac`: longer than the 65535 bytes that an attribute can have");
  EXPECT_EQ(fault.place.offset, 8);
  EXPECT_EQ(fault.place.length, 2u * 65532 + 2);
}

TEST(BadJson, TooManyElements) {
  std::string json = R"({"queues": [0)";
  for (int i = 0; i < 16383; ++i) json.append(",0");
  json.append("]}");
  Writer writer;
  EXPECT_EQ(FromJson(kEverything, json, writer).message(), "attribute `queues`: too many elements");
}

TEST(FromJsonTest, GoodCandidatesAreWhatCouldHaveStoodThere) {
  Writer writer;
  JsonFault fault;
  EXPECT_FALSE(FromJson(kEverything, R"({"point": {"temprature": 1}})", writer, &fault).ok());
  EXPECT_EQ(fault.word, "temprature");
  EXPECT_THAT(fault.candidates, ElementsAre("severity", "temperature", "inner"));
  EXPECT_FALSE(FromJson(kEverything, R"({"features": ["x"]})", writer, &fault).ok());
  EXPECT_EQ(fault.word, "x");
  EXPECT_THAT(fault.candidates, ElementsAre("calibrated", "latching", "redundant"));
  EXPECT_FALSE(FromJson(kEverything, R"({"lable": 1})", writer, &fault).ok());
  EXPECT_THAT(fault.candidates, Contains("label"));
  EXPECT_THAT(fault.candidates, testing::Not(Contains("pad")));
  EXPECT_FALSE(
      FromJson(kEverything, R"({"policy": [{"atr-id": 1, "policy-id": 1}]})", writer, &fault).ok());
  EXPECT_EQ(fault.Message(), "attribute `policy[0]`: `attr-id` is missing");
}

TEST(FromJsonTest, GoodFaultIsForgottenByTheNextCall) {
  Writer writer;
  JsonFault fault;
  EXPECT_FALSE(FromJson(kEverything, R"({"point": {"x": 1}})", writer, &fault).ok());
  EXPECT_TRUE(FromJson(kEverything, "{}", writer, &fault).ok());
  EXPECT_THAT(fault.Message(), IsEmpty());
  EXPECT_THAT(fault.candidates, IsEmpty());
}

TEST(FromJsonTest, GoodValuesBeyondLimitsWhereTheyAreIgnored) {
  Writer writer;
  EXPECT_TRUE(FromJson(kEverything, R"({"id": 0, "label": "", "serial": "00", "features": 8})",
                       writer, nullptr, JsonLimits::kIgnored)
                  .ok());
  EXPECT_FALSE(FromJson(kEverything, R"({"u8": 256})", writer, nullptr, JsonLimits::kIgnored).ok());
}

std::vector<std::string> Words(absl::string_view text) {
  if (text.empty()) return {};
  return absl::StrSplit(text, '|');
}

struct Same {
  const char* arguments;  // separated by |
  const char* json;
};

class GoodArguments : public testing::TestWithParam<Same> {};

TEST_P(GoodArguments, MeanTheSameAsJson) {
  Writer from_arguments;
  Writer from_json;
  ASSERT_EQ(FromArguments(kEverything, Words(GetParam().arguments), from_arguments),
            absl::OkStatus());
  ASSERT_EQ(FromJson(kEverything, GetParam().json, from_json), absl::OkStatus());
  EXPECT_EQ(*ToJson(kEverything, from_arguments.bytes()), *ToJson(kEverything, from_json.bytes()));
  EXPECT_THAT(std::vector<uint8_t>(from_arguments.bytes().begin(), from_arguments.bytes().end()),
              testing::ElementsAreArray(from_json.bytes()));
}

const Same kSame[] = {
    {"", "{}"},
    {"id=3", R"({"id": 3})"},
    {"id=0x1f|label=front door", R"({"id": 31, "label": "front door"})"},
    {"label=a=b", R"({"label": "a=b"})"},
    {"s64=-9223372036854775808", R"({"s64": -9223372036854775808})"},
    {"severity=warning", R"({"severity": "warning"})"},
    {"features=latching,redundant", R"({"features": ["latching", "redundant"]})"},
    {"features=latching|id=1", R"({"features": ["latching"], "id": 1})"},
    {"features=", R"({"features": []})"},
    {"features=latching|features=calibrated", R"({"features": ["latching", "calibrated"]})"},
    {"muted", R"({"muted": true})"},
    {"muted=true", R"({"muted": true})"},
    {"muted=false", "{}"},
    {"mac=00:1b:21:3a:7c:55|gateway=::1", R"({"mac": "00:1b:21:3a:7c:55", "gateway": "::1"})"},
    {"point.temperature=-5|point.severity=critical",
     R"({"point": {"temperature": -5, "severity": "critical"}})"},
    {"point.inner.point.temperature=1", R"({"point": {"inner": {"point": {"temperature": 1}}}})"},
    {"threshold[0].severity=warning|threshold[1].severity=notice|threshold[0].temperature=9",
     R"({"threshold": [{"severity": "warning", "temperature": 9}, {"severity": "notice"}]})"},
    {"threshold.severity=warning|threshold.temperature=9",
     R"({"threshold": [{"severity": "warning", "temperature": 9}]})"},
    {R"(threshold={"severity": 1}|threshold={})", R"({"threshold": [{"severity": 1}, {}]})"},
    {R"(threshold=[{"severity": 1}, {}])", R"({"threshold": [{"severity": 1}, {}]})"},
    {R"(point={"severity": "notice"})", R"({"point": {"severity": "notice"}})"},
    {"ids=1|ids=2|ids=3", R"({"ids": [1, 2, 3]})"},
    {"ids[0]=1|ids[1]=2", R"({"ids": [1, 2]})"},
    {"ids=[4,5]", R"({"ids": [4, 5]})"},
    {"ids=7", R"({"ids": [7]})"},
    {"names=[::1]:80|names={x", R"({"names": ["[::1]:80", "{x"]})"},
    {"samples=1|samples=2", R"({"samples": [1, 2]})"},
    {"queues[0]=8", R"({"queues": [8]})"},
    {"points[0].severity=notice", R"({"points": [{"severity": "notice"}]})"},
    {"policy[0].policy-id=5|policy[0].attr-id=6|policy[0].severity=notice",
     R"({"policy": [{"policy-id": 5, "attr-id": 6, "severity": "notice"}]})"},
    {"#63=c0ffee", R"({"#63": "c0ffee"})"},
    {"id.#hex=0102", R"({"id": {"#hex": "0102"}})"},
};

INSTANTIATE_TEST_SUITE_P(Arguments, GoodArguments, testing::ValuesIn(kSame));

class BadArguments : public testing::TestWithParam<Bad> {};

TEST_P(BadArguments, AreRefusedAtTheirPlace) {
  const std::vector<std::string> words = Words(GetParam().text);
  Writer writer;
  JsonFault fault;
  const absl::Status status = FromArguments(kEverything, words, writer, &fault);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), GetParam().message);
  EXPECT_EQ(Marked(absl::StrJoin(words, " "), fault), GetParam().marked);
}

const Bad kBadArguments[] = {
    {"NoName", "id=1|=5", "=", "the name of an attribute is expected"},
    {"EmptyWord", "id=1||muted", " ", "the name of an attribute is expected"},
    {"NoNameBehindDot", "point.=5", "=", "the name of an attribute is expected"},
    {"NoIndex", "threshold[x].severity=1", "[x", "an index like [0] is expected"},
    {"IndexWithoutEnd", "threshold[1=1", "[1", "an index like [0] is expected"},
    {"IndexTooHigh", "ids[0]=1|ids[2]=1", "[2]", "`ids[1]` has to come first"},
    {"BehindIndex", "threshold[0]x=1", "x", "a dot is expected"},
    {"UnknownName", "id=1|lable=x", "lable", "there is no attribute `lable` here"},
    {"UnknownInNest", "muted|threshold[0].severty=1", "severty",
     "attribute `threshold[0]`: there is no attribute `severty` here"},
    {"OutOfRange", "muted|id=2000", "2000",
     "attribute `id`: 2000 is out of range: 1 to 1000 is allowed"},
    {"UnknownFlag", "id=1|features=latching,redundnat,calibrated", "redundnat",
     "attribute `features`: `feature` has no entry `redundnat`"},
    {"EmptyFlag", "features=latching,", "", "attribute `features`: `feature` has no entry ``"},
    {"Twice", "id=1|id=2", "2", "attribute `id`: one value is expected, not several"},
    {"NestAsWord", "point=5", "5", "attribute `point`: an object is expected, not a single word"},
    {"BrokenJson", R"(id=1|point={"severity": })", "}", "attribute `point`: a value is expected"},
    {"WrongInJson", R"(id=1|threshold=[{"severity": "x"}])", R"("x")",
     "attribute `threshold[0].severity`: `severity` has no entry `x`"},
    {"ValueAndNest", "point=5|point.severity=1", "point.", "`point` has a value already"},
    {"NestAndValue", "point.severity=1|point=5", "point", "its attributes have been given already"},
    {"IndexBehindValue", "ids=1|ids[0]=2", "ids", "`ids` stood without an index before"},
    {"NoValue", "id", "id", "attribute `id`: a number is expected, not true"},
};

INSTANTIATE_TEST_SUITE_P(Arguments, BadArguments, testing::ValuesIn(kBadArguments),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(BadArguments, PathOfAThousandSteps) {
  std::string path = "point";
  for (int i = 0; i < 1000; ++i) path += ".inner.point";
  Writer writer;
  EXPECT_EQ(FromArguments(kEverything, {path + "=1"}, writer).message(), "the path is too long");
}

}  // namespace
}  // namespace genl
