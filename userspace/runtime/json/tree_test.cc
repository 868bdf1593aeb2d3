#include "genl/json/tree.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace genl {
namespace {

using Type = JsonNode::Type;

JsonNode Parsed(absl::string_view text) {
  JsonError error;
  std::optional<JsonNode> node = ParseJson(text, error);
  EXPECT_TRUE(node.has_value()) << text << ": " << error.text;
  return node ? *std::move(node) : JsonNode{};
}

// "offset+length text"
std::string ErrorOf(absl::string_view text) {
  JsonError error;
  if (ParseJson(text, error)) return "none";
  return absl::StrCat(error.place.offset, "+", error.place.length, " ", error.text);
}

TEST(ParseJsonTest, GoodScalars) {
  EXPECT_EQ(Parsed("null").type, Type::kNull);
  EXPECT_TRUE(Parsed("true").boolean);
  EXPECT_EQ(Parsed("false").type, Type::kBool);
  EXPECT_EQ(Parsed(" -12 ").text, "-12");
  EXPECT_EQ(Parsed("1.50e+7").text, "1.50e+7");
  EXPECT_EQ(Parsed("\"\"").type, Type::kString);
}

TEST(ParseJsonTest, GoodNumberKeepsAllDigits) {
  EXPECT_EQ(Parsed("123456789012345678901234567890").text, "123456789012345678901234567890");
}

TEST(ParseJsonTest, GoodEscapesAreResolved) {
  EXPECT_EQ(Parsed(R"("\"\\\/\b\f\n\r\t")").text, "\"\\/\b\f\n\r\t");
  EXPECT_EQ(Parsed(R"("\u0041\u00fc\u20AC\ud83d\ude00")").text, "A\u00fc\u20ac\U0001f600");
  EXPECT_EQ(Parsed(R"("\u0000")").text, std::string(1, '\0'));
}

TEST(ParseJsonTest, GoodPlacesAreOfTheText) {
  const JsonNode root = Parsed(R"( {"a" : [1, {"\u0062": "x"}]} )");
  EXPECT_EQ(root.place.offset, 1u);
  EXPECT_EQ(root.place.length, 28u);
  const JsonNode& a = root.children[0];
  EXPECT_EQ(a.name, "a");
  EXPECT_EQ(a.name_place.offset, 2u);
  EXPECT_EQ(a.name_place.length, 3u);
  const JsonNode& b = a.children[1].children[0];
  EXPECT_EQ(b.name, "b");
  EXPECT_EQ(b.name_place.length, 8u);
  EXPECT_EQ(b.place.offset, 23u);
  EXPECT_EQ(b.place.length, 3u);
}

TEST(ParseJsonTest, GoodBaseIsAddedToPlaces) {
  JsonError error;
  EXPECT_EQ(ParseJson("[7]", error, 100)->children[0].place.offset, 101u);
  EXPECT_FALSE(ParseJson("[", error, 100).has_value());
  EXPECT_EQ(error.place.offset, 101u);
}

TEST(ParseJsonTest, BadTexts) {
  EXPECT_EQ(ErrorOf(""), "0+1 a value is expected");
  EXPECT_EQ(ErrorOf("  "), "2+1 a value is expected");
  EXPECT_EQ(ErrorOf("nul"), "0+3 a value is expected; texts are in quotes");
  EXPECT_EQ(ErrorOf("[1 2]"), "3+1 a comma or `]` is expected");
  EXPECT_EQ(ErrorOf("[1,]"), "3+1 a value is expected");
  EXPECT_EQ(ErrorOf(R"({"a" 1})"), "5+1 a colon is expected");
  EXPECT_EQ(ErrorOf(R"({a: 1})"), "1+1 a name in quotes is expected");
  EXPECT_EQ(ErrorOf(R"({"a": 1 "b"})"), "8+1 a comma or `}` is expected");
  EXPECT_EQ(ErrorOf("1 x"), "2+1 nothing more is expected here");
  EXPECT_EQ(ErrorOf("-"), "1+1 a digit is expected");
  EXPECT_EQ(ErrorOf("007"), "0+3 a number does not begin with 0");
  EXPECT_EQ(ErrorOf("1."), "2+1 a digit is expected");
  EXPECT_EQ(ErrorOf("1e"), "2+1 a digit is expected");
  EXPECT_EQ(ErrorOf("+1"), "0+1 a value is expected");
  EXPECT_EQ(ErrorOf("NaN"), "0+3 a value is expected; texts are in quotes");
  EXPECT_EQ(ErrorOf("\"abc"), "0+4 the text does not end");
  EXPECT_EQ(ErrorOf("\"a\nb\""), "2+1 a control character stands in a text");
  EXPECT_EQ(ErrorOf(R"("\x41")"), "1+2 no such escape");
  EXPECT_EQ(ErrorOf(R"("\u12g4")"), "1+4 four hexadecimal digits are expected");
  EXPECT_EQ(ErrorOf(R"("\ud800")"), "1+6 half of a surrogate pair");
  EXPECT_EQ(ErrorOf(R"("\udc00\ud800")"), "1+6 half of a surrogate pair");
  EXPECT_EQ(ErrorOf(R"({"a":1,"\u0061":2})"), "7+8 `a` stands twice in this object");
  EXPECT_EQ(ErrorOf("\"\xff\""), "1+1 these bytes are not UTF-8");
}

TEST(ParseJsonTest, BadDepthIsRefusedAtOnce) {
  EXPECT_EQ(ErrorOf(std::string(1000000, '[')),
            absl::StrCat(kMaxJsonDepth + 1, "+1 values stand too deep in each other"));
}

TEST(FindPathTest, GoodPathsLeadToTheInnermostPartThereIs) {
  const std::string text = R"({"a": {"b": [10, {"c": true}]}, "d": 5})";
  const JsonNode root = Parsed(text);
  const auto found = [&](absl::string_view path) {
    const std::optional<JsonPlace> place = FindPath(root, path);
    return place ? text.substr(place->offset, place->length) : "nothing";
  };
  EXPECT_EQ(found("d"), "5");
  EXPECT_EQ(found("a.b[0]"), "10");
  EXPECT_EQ(found("a.b[1].c"), "true");
  EXPECT_EQ(found("a.b[1].x"), R"({"c": true})");
  EXPECT_EQ(found("a.b[7]"), R"([10, {"c": true}])");
  EXPECT_EQ(found("a.b[x]"), R"([10, {"c": true}])");
  EXPECT_EQ(found("d[0]"), "5");
  EXPECT_EQ(found("(57)"), "nothing");
  EXPECT_EQ(found(""), "nothing");
  EXPECT_EQ(found("."), "nothing");
}

TEST(Utf8Test, GoodAndBadSequences) {
  EXPECT_TRUE(IsUtf8("A\u00fc\u20ac\U0001f600\U0010ffff"));
  EXPECT_TRUE(IsUtf8(""));
  for (const char* bad : {"\x80", "\xc0\x80", "\xc1\xbf", "\xc3", "\xe0\x9f\xbf", "\xed\xa0\x80",
                          "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82"}) {
    EXPECT_FALSE(IsUtf8(bad)) << bad;
  }
}

// The judgement of a parser that is not ours.
TEST(ParseJsonTest, GoodAndBadAgreeWithAnotherParser) {
  const char* const texts[] = {"[]",    "[[],{}]",      "{\"a\":{}}", "[1e5,-0,0.1]", "-0",
                               "01",    "[,]",          "{,}",        "\"\\u00\"",    "tru",
                               "true ", "\"\x7f\"",     "[1]]",       "\"\t\"",       "1E+2",
                               ".5",    "\"\\ud83dx\"", "{\"a\"}",    "[\"a\":1]",    "\v1"};
  for (const char* text : texts) {
    EXPECT_EQ(ErrorOf(text) == "none", nlohmann::json::accept(std::string(text))) << text;
  }
}

}  // namespace
}  // namespace genl
