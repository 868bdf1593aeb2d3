#include "genl/json/values.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

TEST(HexTest, GoodBothWays) {
  EXPECT_EQ(HexText(std::vector<uint8_t>{0, 0xc0, 0xff}), "00c0ff");
  EXPECT_THAT(ParseHex("00C0ff"), Optional(ElementsAre(0, 0xc0, 0xff)));
  EXPECT_THAT(ParseHex(""), Optional(ElementsAre()));
}

TEST(HexTest, BadTexts) {
  for (const char* text : {"0", "0g", "00 11", "0x00", " 00"}) {
    EXPECT_FALSE(ParseHex(text).has_value()) << text;
  }
}

TEST(AddressTest, GoodFormsNeedTheirLength) {
  EXPECT_FALSE(AddressText(Display::kIpv4, std::vector<uint8_t>(5)).has_value());
  EXPECT_FALSE(AddressText(Display::kIpv6, std::vector<uint8_t>(4)).has_value());
  EXPECT_FALSE(AddressText(Display::kUuid, std::vector<uint8_t>(15)).has_value());
  EXPECT_FALSE(AddressText(Display::kMac, {}).has_value());
  EXPECT_THAT(AddressText(Display::kFddi, std::vector<uint8_t>{1, 2}),
              Optional(std::string("01:02")));
}

TEST(AddressTest, BadTexts) {
  EXPECT_FALSE(ParseAddress(Display::kMac, "00:1").has_value());
  EXPECT_FALSE(ParseAddress(Display::kMac, "00-11").has_value());
  EXPECT_FALSE(ParseAddress(Display::kMac, "00:11:").has_value());
  EXPECT_FALSE(ParseAddress(Display::kIpv4, "1.2.3").has_value());
  EXPECT_FALSE(ParseAddress(Display::kIpv4OrV6, "1.2.3.4.5").has_value());
  EXPECT_FALSE(ParseAddress(Display::kUuid, "0b3c1f6e8f524d0a9c513d2f7a1b4e60").has_value());
  EXPECT_FALSE(ParseAddress(Display::kPlain, "1.2.3.4").has_value());
}

TEST(NumberTest, GoodTexts) {
  EXPECT_EQ(ParseNumber("18446744073709551615")->magnitude, std::numeric_limits<uint64_t>::max());
  EXPECT_FALSE(ParseNumber("18446744073709551615")->huge);
  EXPECT_TRUE(ParseNumber("18446744073709551616")->huge);
  EXPECT_TRUE(ParseNumber("0x1ffffffffffffffff")->huge);
  EXPECT_EQ(ParseNumber("0xFf")->magnitude, 255u);
  EXPECT_TRUE(ParseNumber("-0x10")->negative);
}

TEST(NumberTest, BadTexts) {
  for (const char* text : {"", "-", "0x", "1a", "+1", " 1", "1 ", "1.0", "--1", "0b1"}) {
    EXPECT_FALSE(ParseNumber(text).has_value()) << text;
  }
}

TEST(NumberTest, GoodTextOfTheLeastNumber) {
  EXPECT_EQ(NumberText(uint64_t{1} << 63, true, false), "-9223372036854775808");
  EXPECT_EQ(NumberText(uint64_t(-16), true, true), "-0x10");
  EXPECT_EQ(NumberText(uint64_t(-1), false, true), "0xffffffffffffffff");
}

// Every kind at its edges, in both orders: in, and one further out.
TEST(WireTest, GoodEdgesComeBackAndBeyondIsRefused) {
  struct Edge {
    Kind kind;
    const char* least;
    const char* most;
    const char* below;
    const char* above;
  };
  const Edge edges[] = {
      {Kind::kU8, "0", "255", "-1", "256"},
      {Kind::kS8, "-128", "127", "-129", "128"},
      {Kind::kU16, "0", "65535", "-1", "65536"},
      {Kind::kS16, "-32768", "32767", "-32769", "32768"},
      {Kind::kU32, "0", "4294967295", "-1", "4294967296"},
      {Kind::kS32, "-2147483648", "2147483647", "-2147483649", "2147483648"},
      {Kind::kU64, "0", "18446744073709551615", "-1", "18446744073709551616"},
      {Kind::kS64, "-9223372036854775808", "9223372036854775807", "-9223372036854775809",
       "9223372036854775808"},
      {Kind::kUint, "0", "18446744073709551615", "-1", "18446744073709551616"},
      {Kind::kSint, "-9223372036854775808", "9223372036854775807", "-9223372036854775809",
       "9223372036854775808"},
  };
  for (const Edge& edge : edges) {
    for (const ByteOrder order : {ByteOrder::kHost, ByteOrder::kLittle, ByteOrder::kBig}) {
      for (const char* text : {edge.least, edge.most}) {
        const auto bytes = StoreWire(edge.kind, order, *ParseNumber(text));
        ASSERT_TRUE(bytes.has_value()) << text;
        const auto value = LoadWire(edge.kind, order, *bytes);
        ASSERT_TRUE(value.has_value()) << text;
        EXPECT_EQ(NumberText(*value, IsSigned(edge.kind), false), text);
      }
      EXPECT_FALSE(StoreWire(edge.kind, order, *ParseNumber(edge.below)).has_value());
      EXPECT_FALSE(StoreWire(edge.kind, order, *ParseNumber(edge.above)).has_value());
    }
  }
}

TEST(WireTest, GoodMinusZeroIsZero) {
  EXPECT_THAT(StoreWire(Kind::kU8, ByteOrder::kHost, *ParseNumber("-0")), Optional(ElementsAre(0)));
}

TEST(WireTest, BadWidths) {
  EXPECT_FALSE(LoadWire(Kind::kU32, ByteOrder::kHost, std::vector<uint8_t>(8)).has_value());
  EXPECT_FALSE(LoadWire(Kind::kUint, ByteOrder::kHost, std::vector<uint8_t>(2)).has_value());
  EXPECT_FALSE(LoadWire(Kind::kU8, ByteOrder::kHost, {}).has_value());
}

}  // namespace
}  // namespace genl
