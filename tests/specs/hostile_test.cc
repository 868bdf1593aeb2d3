// Input that is no spec at all: each kind gets a diagnostic with a place, at once.
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "family/diag/render.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/specs/corpus.h"

namespace genlc {
namespace {

// Seconds of processor time, which other work of the machine does not change: half a one as users
// get it; sanitizers and builds for debugging are slower.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double kAtOnce = 60;
#elif !defined(__OPTIMIZE__)
constexpr double kAtOnce = 20;
#else
constexpr double kAtOnce = 0.5;
#endif

std::string Repeat(absl::string_view text, size_t times) {
  std::string repeated;
  repeated.reserve(text.size() * times);
  for (size_t i = 0; i < times; ++i) repeated.append(text.data(), text.size());
  return repeated;
}

// The diagnostics as they would be printed; a failure where that takes too long.
std::string Said(std::string text, bool as_profile = false) {
  Case hostile;
  hostile.name = "hostile";
  hostile.spec = {"hostile.yaml", as_profile ? "name: a\ndoc: a\nattribute-sets: []\n"
                                               "operations: {list: []}\n"
                                             : text};
  if (as_profile) hostile.profile = {"hostile.genlc.yaml", text};
  const std::clock_t start = std::clock();
  const std::string said = Render(Diagnose(hostile).diagnostics);
  EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, kAtOnce);
  // However much is wrong, and however long the lines are.
  EXPECT_LT(said.size(), 1u << 20);
  return said;
}

struct Hostile {
  const char* what;
  std::string text;
  const char* expected;
};

std::vector<Hostile> Inputs() {
  const std::string head = "# SPDX-License-Identifier: MIT\nname: demo\ndoc: d\n";
  std::string noise;
  uint32_t state = 1;
  for (int i = 0; i < 1 << 20; ++i) {
    state = state * 1664525 + 1013904223;
    noise += static_cast<char>(state >> 24);
  }
  std::string laughs = head + "a: &a [x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c <= 'z'; ++c) {
    const std::string last = absl::StrCat("*", std::string(1, c - 1), ", ");
    absl::StrAppend(&laughs, std::string(1, c), ": &", std::string(1, c), " [", Repeat(last, 8),
                    "*", std::string(1, c - 1), "]\n");
  }
  return {
      {"nothing", "", "[GL0101]"},
      {"blank lines", Repeat("\n", 1 << 20), "[GL0101]"},
      {"only a comment", head.substr(0, 31), "[GL0101]"},
      {"only a document start", "---\n", "[GL0202]"},
      {"random bytes", noise, "[GL0102]"},
      {"an ELF file", std::string("\x7f" "ELF\x02\x01\x01\0\0\0\0\0", 12), "[GL0113]"},
      {"UTF-16", std::string("\xff\xfe" "n\0a\0m\0e\0:\0", 12), "[GL0102]"},
      {"zero bytes", std::string(1 << 20, '\0'), "[GL0113]"},
      {"surrogates", head + "doc: \xed\xa0\x80\n", "[GL0102]"},
      {"a character cut in half", head + "doc: \xe2\x82", "[GL0102]"},
      {"10 MB of one letter", std::string(10 << 20, 'a'), "[GL0111]"},
      {"10 MB of lines", Repeat("a: b\n", 2 << 20), "[GL0111]"},
      {"4 MB of one line", std::string(4 << 20, 'a'), "[GL0202]"},
      {"4 MB of equal keys", Repeat("a: b\n", (4 << 20) / 5), "[GL0115]"},
      {"4 MB of brackets", std::string(4 << 20, '['), "[GL0105]"},
      {"100 000 levels of flow", std::string(100000, '['), "[GL0105]"},
      {"100 000 levels of mappings", Repeat("{a: ", 100000), "[GL0105]"},
      {"100 000 levels of dashes", Repeat("- ", 100000), "[GL0105]"},
      {"closing brackets", std::string(100000, ']'), "[GL0103]"},
      {"tabs", Repeat("\t", 100000) + "a: b\n", "[GL0103]"},
      {"a text without an end", head + "x: \"" + std::string(1 << 20, 'a'), "[GL0103]"},
      {"billions of laughs", laughs, "[GL0106]"},
      {"a circle", "&a [*a]\n", "[GL0109]"},
      {"many anchors", head + Repeat("&a a: *a\n", 1000), "[GL0107]"},
      {"colons", std::string(100000, ':'), "[GL0103]"},
      {"percent signs", std::string(1000, '%') + "\n", "[GL0103]"},
      {"a long list on one line", head + "attribute-sets: [" + Repeat("a, ", 100000) + "a]\n",
       "[GL0115]"},
      {"a separator of lines that YAML knows alone", head + "x: \"\u2028\"\ny: 1\n", ":5:1: error"},
      {"a long key", head + std::string(100000, 'k') + ": 1\n", "[GL0103]"},
      {"many unknown keys",
       [&] {
         std::string keys = head;
         for (int i = 0; i < 10000; ++i) absl::StrAppend(&keys, "unknown-key-", i, ": 1\n");
         return keys;
       }(),
       "[GL0203]"},
  };
}

TEST(HostileTest, GetsADiagnosticAtOnce) {
  for (const Hostile& input : Inputs()) {
    SCOPED_TRACE(input.what);
    const std::string said = Said(input.text);
    EXPECT_THAT(said, testing::HasSubstr(input.expected));
    EXPECT_THAT(said.substr(0, 13), "hostile.yaml:");
  }
}

TEST(HostileTest, ProfilesToo) {
  for (const Hostile& input : Inputs()) {
    // Megabytes take the same way as those of a spec.
    if (input.text.size() > 1u << 20) continue;
    SCOPED_TRACE(input.what);
    EXPECT_THAT(Said(input.text, /*as_profile=*/true), testing::HasSubstr("hostile."));
  }
}

TEST(HostileTest, LineEndsOfWindowsAndAByteOrderMarkAreFine) {
  const std::vector<Case> good = ReadCases("tests/specs/good");
  ASSERT_FALSE(good.empty());
  for (Case c : good) {
    SCOPED_TRACE(c.name);
    std::string windows = "\xef\xbb\xbf";
    for (const char byte : c.spec.text) {
      if (byte == '\n') windows += '\r';
      windows += byte;
    }
    c.spec.text = windows;
    EXPECT_EQ(Render(Diagnose(c).diagnostics), "");
  }
}

// Whatever a transfer lost at the end: a diagnostic or, where only a line end is missing, none.
TEST(HostileTest, EveryBeginningOfASpecIsAnswered) {
  for (Case c : ReadCases("tests/specs/good")) {
    if (c.id() != "GL0203") continue;
    SCOPED_TRACE(c.name);
    const std::string whole = c.spec.text;
    // With an operation the spec is one; what else it should say nobody knows.
    const size_t complete = whole.find("doc: Get an item.") + 5;
    for (size_t length = 0; length < complete; ++length) {
      c.spec.text = whole.substr(0, length);
      EXPECT_NE(Render(Diagnose(c).diagnostics), "") << length;
    }
  }
}

}  // namespace
}  // namespace genlc
