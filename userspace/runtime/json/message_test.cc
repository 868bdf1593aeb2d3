// Fixed headers, structures and sub-messages: bytes and the text for them, both ways.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "genl/json/json.h"
#include "genl/json/test_tables.h"
#include "genl/json/values.h"
#include "genl/test_envelope.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

const MessageTable kMessage(test::kEnvelopeSet, &test::kHeadStructure);
// Attributes alone: what is in the goldens below is not repeated in each.
const MessageTable kBody(test::kEnvelopeSet);

std::string JsonOf(const MessageTable& message, absl::string_view hex) {
  const auto json = ToJson(message, FromHex(hex));
  return json.ok() ? *json : std::string(json.status().message());
}

std::string BytesOf(const MessageTable& message, absl::string_view json) {
  Writer writer;
  const absl::Status status = FromJson(message, json, writer);
  return status.ok() ? HexText(writer.bytes()) : std::string(status.message());
}

struct Golden {
  const char* name;
  const char* hex;
  const char* json;
};

// clang-format off
#define RATE_HEX "07 1234 02 feffffff 001b21 00 61620000 01020304 8877665544332211 fffe"
#define RATE_JSON                                                                        \
  R"("level":7,"be16":4660,"mode":"fast","s32":-2,"key":"00:1b:21","name":"ab",)"        \
  R"("inner":{"be32":16909060,"u64":1234605616436508552},"be-s16":-2)"

const Golden kGoldens[] = {
    {"Structure", "2200 0300 " RATE_HEX " 0000", R"({"rate":{)" RATE_JSON "}}"},
    {"RepeatedStructure", "2200 0400 " RATE_HEX " 0000 2200 0400 " RATE_HEX " 0000",
     R"({"rates":[{)" RATE_JSON "},{" RATE_JSON "}]}"},
    {"ArrayOfStructures", "2800 0580 2200 0100 " RATE_HEX " 0000", R"({"indexed":[{)" RATE_JSON "}]}"},
    {"LongerStructure", "2400 0300 " RATE_HEX " c0ff", R"({"rate":{)" RATE_JSON R"(,"#rest":"c0ff"}})"},
    {"ShorterStructure", "0800 0300 07123402", R"({"rate":{"level":7,"be16":4660,"mode":"fast","#size":4}})"},
    {"StructureThatEndsInAMember", "0600 0300 07120000",
     R"({"rate":{"level":7,"be16":4608,"#size":2}})"},
    {"StructureThatEndsInOneInside",
     "1800 0300 07 1234 02 feffffff 001b21 00 61620000 01020304",
     R"({"rate":{"level":7,"be16":4660,"mode":"fast","s32":-2,"key":"00:1b:21","name":"ab",)"
     R"("inner":{"be32":16909060},"#size":20}})"},
    {"EmptyStructure", "0400 0300", R"({"rate":{"#size":0}})"},
    {"PaddingThatIsNotZero", "1000 0300 07 1234 02 feffffff 001b21 01",
     R"({"rate":{"#hex":"07123402feffffff001b2101"}})"},
    {"TextThatIsNone", "1400 0300 00 0000 00 00000000 000000 00 ff000000",
     R"({"rate":{"level":0,"be16":0,"mode":0,"s32":0,"key":"00:00:00","name":{"#hex":"ff000000"},"#size":16}})"},
    {"TextThatFillsItsPlace", "1400 0300 00 0000 00 00000000 000000 00 61626364",
     R"({"rate":{"level":0,"be16":0,"mode":0,"s32":0,"key":"00:00:00","name":"abcd","#size":16}})"},

    {"FormatOfAttributes", "0900 0100 7061727400 000000 0c00 0680 0600 0100 05000000",
     R"({"kind":"part","options":{"number":5}})"},
    {"FormatWithoutAttributes", "0900 0100 7061727400 000000 0400 0680", R"({"kind":"part","options":{}})"},
    {"FormatThatIsAStructure", "0900 0100 7261746500 000000 2200 0600 " RATE_HEX " 0000",
     R"({"kind":"rate","options":{)" RATE_JSON "}}"},
    {"FormatOfHeaderAndAttributes",
     "0a00 0100 6e6574656d00 0000 1000 0600 02 1234 00 0800 0100 09000000",
     R"({"kind":"netem","options":{"header":{"family":2,"index":4660},"loss":9}})"},
    {"FormatOfHeaderOnly", "0a00 0100 6e6574656d00 0000 0800 0600 02 1234 00",
     R"({"kind":"netem","options":{"header":{"family":2,"index":4660}}})"},
    {"FormatThatLacksItsHeader", "0a00 0100 6e6574656d00 0000 0600 0600 02120000",
     R"({"kind":"netem","options":{"#hex":"0212"}})"},
    {"FormatWithNothing", "0900 0100 6e6f6e6500 000000 0400 0600", R"({"kind":"none","options":{}})"},
    {"FormatWithNothingThatHasSomething", "0900 0100 6e6f6e6500 000000 0500 0600 01000000",
     R"({"kind":"none","options":{"#hex":"01"}})"},
    {"FormatOfGarbage", "0900 0100 7061727400 000000 0700 0600 01020300",
     R"({"kind":"part","options":{"#hex":"010203"}})"},
    {"UnknownFormat", "0800 0100 6e657700 0600 0600 c0ff0000", R"({"kind":"new","options":"c0ff"})"},
    {"UnknownFormatWithNothing", "0800 0100 6e657700 0400 0600", R"({"kind":"new","options":""})"},
    {"NoSelector", "0600 0600 c0ff0000", R"({"options":"c0ff"})"},
    {"SelectorThatIsNoText", "0700 0100 70ff0000 0600 0600 c0ff0000",
     R"({"kind":{"#hex":"70ff00"},"options":"c0ff"})"},
    {"SelectorBehind", "0c00 0680 0600 0100 05000000 0900 0100 7061727400 000000",
     R"({"options":{"number":5},"kind":"part"})"},
    {"SelectorAround", "0900 0100 7061727400 000000 1000 0880 0c00 0180 0600 0100 05000000",
     R"({"kind":"part","stats":{"app":{"number":5}}})"},
    {"SelectorAroundAndBehind", "1000 0880 0c00 0180 0600 0100 05000000 0900 0100 7061727400 000000",
     R"({"stats":{"app":{"number":5}},"kind":"part"})"},
    {"SelectorByEntry", "0800 0200 00000002 1000 0880 0c00 0280 0600 0100 05000000",
     R"({"mode":"fast","stats":{"by-mode":{"number":5}}})"},
    {"SelectorByNumber", "0800 0200 00000009 0c00 0880 0600 0200 05000000",
     R"({"mode":9,"stats":{"by-mode":"0500"}})"},
    {"SubMessageInItself",
     "0900 0100 7772617000 000000 1c00 0680 0900 0100 7061727400 000000 0c00 0280 0600 0100 05000000",
     R"({"kind":"wrap","options":{"kind":"part","options":{"number":5}}})"},
    {"RepeatedSubMessage", "0900 0100 7061727400 000000 0400 0780 0c00 0780 0600 0100 05000000",
     R"({"kind":"part","many":[{},{"number":5}]})"},
};
// clang-format on

class Formats : public testing::TestWithParam<Golden> {};

TEST_P(Formats, GoodBytesBecomeThisText) {
  EXPECT_EQ(JsonOf(kBody, GetParam().hex), GetParam().json);
}

TEST_P(Formats, GoodTextBecomesTheseBytes) {
  EXPECT_EQ(BytesOf(kBody, GetParam().json), HexText(FromHex(GetParam().hex)));
}

INSTANTIATE_TEST_SUITE_P(Json, Formats, testing::ValuesIn(kGoldens),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(HeaderTest, GoodHeaderIsAMemberOfTheMessage) {
  EXPECT_EQ(JsonOf(kMessage, "02 1234 00"), R"({"header":{"family":2,"index":4660}})");
  EXPECT_EQ(JsonOf(kMessage, "02 1234"), R"({"header":{"family":2,"index":4660}})");
  EXPECT_EQ(JsonOf(kMessage, "02 1234 00 0600 0600 c0ff0000"),
            R"({"header":{"family":2,"index":4660},"options":"c0ff"})");
}

TEST(HeaderTest, GoodHeaderMayStandAnywhere) {
  EXPECT_EQ(BytesOf(kMessage, R"({"options":"c0ff","header":{"index":4660}})"),
            "00123400"
            "06000600c0ff0000");
}

TEST(HeaderTest, GoodWhatIsNotGivenIsZero) {
  EXPECT_EQ(BytesOf(kMessage, "{}"), "00000000");
  EXPECT_EQ(BytesOf(kMessage, R"({"header":{}})"), "00000000");
}

TEST(HeaderTest, GoodPaddingIsKept) {
  EXPECT_EQ(JsonOf(kMessage, "02 1234 ff"), R"({"header":{"family":2,"index":4660,"#rest":"ff"}})");
  EXPECT_EQ(BytesOf(kMessage, R"({"header":{"family":2,"index":4660,"#rest":"ff"}})"), "021234ff");
  EXPECT_EQ(BytesOf(kMessage, R"({"header":{"#hex":"0212"}})"), "02120000");
}

// Bytes where the header has no member, in a message that ends with it.
TEST(HeaderTest, GoodRawHeaderHasItsPadding) {
  static constexpr StructMember kMembers[] = {
      {.offset = 0, .size = 1, .kind = Kind::kU8, .name = "first"},
      {.offset = 2, .size = 1, .kind = Kind::kU8, .name = "last"},
  };
  static constexpr Structure kHoled = {"holed", 3, kMembers};
  const MessageTable message(test::kEnvelopeSet, &kHoled);
  EXPECT_EQ(JsonOf(message, "01 02 03"), R"({"header":{"#hex":"01020300"}})");
  EXPECT_EQ(BytesOf(message, R"({"header":{"#hex":"01020300"}})"), "01020300");
}

// In a set whose message has a fixed header.
TEST(HeaderTest, GoodAttributeOfThatNameIsShownByNumber) {
  static constexpr Attribute kAttributes[] = {{.number = 1, .kind = Kind::kU8, .name = "header"}};
  static constexpr AttributeSet kSet = MakeSet<kAttributes>("set");
  const MessageTable message(kSet, &test::kHeadStructure);
  EXPECT_EQ(JsonOf(message, "02 1234 00 0500 0100 09000000"),
            R"({"header":{"family":2,"index":4660},"#1":"09"})");
  EXPECT_EQ(BytesOf(message, R"({"header":{"family":2,"index":4660},"#1":"09"})"),
            "02123400"
            "0500010009000000");
  EXPECT_EQ(JsonOf(kSet, "0500 0100 09000000"), R"({"header":9})");
}

TEST(HeaderTest, BadMessageThatIsShorter) {
  std::string text = "before";
  const absl::Status status = AppendJson(kMessage, FromHex("0212"), JsonStyle::kCompact, text);
  EXPECT_EQ(status, absl::DataLossError("2 bytes where the header `head` alone has 3"));
  EXPECT_EQ(text, "before");
}

TEST(SubMessageTest, GoodNearestSelectorCounts) {
  EXPECT_EQ(BytesOf(kBody, R"({"kind":"wrap","options":{"options":{"number":5},"kind":"part"}})"),
            HexText(FromHex("0900 0100 7772617000 000000 1c00 0680"
                            "0c00 0280 0600 0100 05000000 0900 0100 7061727400 000000")));
}

std::string BytesOfWords(absl::string_view words) {
  Writer writer;
  const std::vector<std::string> arguments = absl::StrSplit(words, ' ');
  const absl::Status status = FromArguments(kMessage, arguments, writer);
  return status.ok() ? HexText(writer.bytes()) : std::string(status.message());
}

TEST(ArgumentsTest, GoodPathsLeadIntoHeadersStructuresAndSubMessages) {
  EXPECT_EQ(BytesOfWords("header.index=0x1234 header.family=2"), "02123400");
  EXPECT_EQ(BytesOfWords("options.number=5 kind=part"),
            BytesOf(kMessage, R"({"options":{"number":5},"kind":"part"})"));
  EXPECT_EQ(BytesOfWords("kind=netem options.header.family=2 options.loss=9"),
            BytesOf(kMessage, R"({"kind":"netem","options":{"header":{"family":2},"loss":9}})"));
  EXPECT_EQ(BytesOfWords("rate.mode=fast rate.inner.u64=3 rate.key=00:00:01"),
            BytesOf(kMessage, R"({"rate":{"mode":2,"inner":{"u64":3},"key":"000001"}})"));
  EXPECT_EQ(BytesOfWords("rates[0].level=1 rates[1].level=2"),
            BytesOf(kMessage, R"({"rates":[{"level":1},{"level":2}]})"));
  EXPECT_EQ(BytesOfWords("mode=fast stats.by-mode.number=5"),
            BytesOf(kMessage, R"({"mode":"fast","stats":{"by-mode":{"number":5}}})"));
}

TEST(ArgumentsTest, GoodPartsMayBeJson) {
  EXPECT_EQ(BytesOfWords(R"(header={"family":2} rate={"inner":{"u64":3}})"),
            BytesOf(kMessage, R"({"header":{"family":2},"rate":{"inner":{"u64":3}}})"));
  EXPECT_EQ(
      BytesOfWords(R"(rate.inner={"u64":3} kind=part options={"number":5})"),
      BytesOf(kMessage, R"({"rate":{"inner":{"u64":3}},"kind":"part","options":{"number":5}})"));
  EXPECT_EQ(BytesOfWords("kind=new options=c0ff"),
            BytesOf(kMessage, R"({"kind":"new","options":"c0ff"})"));
}

struct Bad {
  const char* name;
  const char* json;
  const char* marked;  // the part of it at fault
  const char* message;
};

class BadMessage : public testing::TestWithParam<Bad> {};

TEST_P(BadMessage, IsRefusedAtItsPlace) {
  Writer writer;
  JsonFault fault;
  const absl::string_view text = GetParam().json;
  EXPECT_EQ(FromJson(kMessage, text, writer, &fault),
            absl::InvalidArgumentError(GetParam().message));
  ASSERT_LE(fault.place.offset, text.size());
  EXPECT_EQ(text.substr(fault.place.offset, fault.place.length), GetParam().marked);
}

const Bad kBad[] = {
    {"HeaderIsNoObject", R"({"header": 3})", "3",
     "attribute `header`: an object is expected, not a number"},
    {"UnknownMemberOfHeader", R"({"header": {"famly": 3}})", R"("famly")",
     "attribute `header`: `head` has no member `famly`"},
    {"HeaderTooLong", R"({"header": {"#rest": "0000"}})", R"({"#rest": "0000"})",
     "attribute `header`: 5 bytes where the header has 3"},
    {"RawHeaderTooLong", R"({"header": {"#hex": "0000000000"}})", R"({"#hex": "0000000000"})",
     "attribute `header`: 5 bytes where the header has 3"},
    {"PaddingByName", R"({"rate": {"pad": 0}})", R"("pad")",
     "attribute `rate`: `rate` has no member `pad`"},
    {"MemberTooLarge", R"({"rate": {"level": 256}})", "256",
     "attribute `rate.level`: the number does not fit in u8, which holds 0 to 255"},
    {"UnknownEntry", R"({"rates": [{}, {"mode": "fats"}]})", R"("fats")",
     "attribute `rates[1].mode`: `mode` has no entry `fats`"},
    {"MemberInside", R"({"indexed": [{"inner": {"be32": -1}}]})", "-1",
     "attribute `indexed[0].inner.be32`: the number does not fit in u32, which holds 0 to "
     "4294967295"},
    {"BytesTooShort", R"({"rate": {"key": "00:01"}})", R"("00:01")",
     "attribute `rate.key`: 2 bytes where the member has 3"},
    {"TextTooLong", R"({"rate": {"name": "abcde"}})", R"("abcde")",
     "attribute `rate.name`: 5 bytes where the member has 4"},
    {"RawMemberTooShort", R"({"rate": {"name": {"#hex": "00"}}})", R"({"#hex": "00"})",
     "attribute `rate.name`: 1 bytes where the member has 4"},
    {"SizeBeyondTheStructure", R"({"rate": {"#size": 31}})", "31",
     "attribute `rate.#size`: a number from 0 to 30 is expected"},
    {"RestIsNoHex", R"({"rate": {"#rest": "x"}})", R"("x")",
     "attribute `rate.#rest`: hexadecimal text, two digits a byte, is expected"},
    {"StructureIsText", R"({"rate": "00"})", R"("00")",
     "attribute `rate`: an object is expected, not text"},
    {"NoSelector", R"({"options": {}})", "{}",
     "attribute `options`: its selector `kind` is missing"},
    {"UnknownSelector", R"({"kind": "prat", "many": [{}]})", "{}",
     "attribute `many[0]`: hexadecimal text is expected, as the spec does not know `kind` "
     "\"prat\""},
    {"SelectorOfWrongType", R"({"options": {"number": 1}, "kind": 5})", "5",
     "attribute `kind`: text is expected, not a number"},
    {"EmptyFormatWithMember", R"({"kind": "none", "options": {"number": 1}})", R"("number")",
     "attribute `options`: there is no attribute `number` here"},
    {"MemberOfAnotherFormat", R"({"kind": "part", "options": {"level": 1}})", R"("level")",
     "attribute `options`: there is no attribute `level` here"},
    {"FormatIsANumber", R"({"kind": "part", "options": 5})", "5",
     "attribute `options`: an object, or hexadecimal text, is expected, not a number"},
    {"FormatIsNoHex", R"({"kind": "part", "options": "x"})", R"("x")",
     "attribute `options`: hexadecimal text, two digits a byte, is expected"},
};

INSTANTIATE_TEST_SUITE_P(Json, BadMessage, testing::ValuesIn(kBad),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(JsonFaultTest, GoodCandidatesAreThoseOfThePlace) {
  const auto fault_of = [](absl::string_view json) {
    Writer writer;
    JsonFault fault;
    EXPECT_FALSE(FromJson(kMessage, json, writer, &fault).ok());
    return fault;
  };
  EXPECT_THAT(fault_of(R"({"haeder":{}})").candidates, Contains("header"));
  EXPECT_THAT(fault_of(R"({"header":{"famly":1}})").candidates, ElementsAre("family", "index"));
  const JsonFault selector = fault_of(R"({"kind":"nete","options":{}})");
  EXPECT_EQ(selector.word, "nete");
  EXPECT_THAT(selector.candidates, ElementsAre("part", "rate", "other", "netem", "none", "wrap"));
}

TEST(TypedTest, GoodStructGoesThereAndBack) {
  const test::Envelope value = {.header = {2, 0x1234},
                                .kind = "netem",
                                .rate = test::Rate{.mode = test::Mode::kFast},
                                .options = test::Netem{.loss = 9}};
  const auto json = ToJson(test::kEnvelopeLayout, &value);
  ASSERT_TRUE(json.ok());
  test::Envelope back;
  ASSERT_EQ(FromJson(test::kEnvelopeLayout, *json, &back), absl::OkStatus()) << *json;
  EXPECT_EQ(back, value);
  EXPECT_EQ(*ToJson(test::kHeadLayout, &value.header), R"({"header":{"family":2,"index":4660}})");
}

}  // namespace
}  // namespace genl
