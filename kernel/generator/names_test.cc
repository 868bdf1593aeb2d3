#include "kernel/generator/names.h"

#include <limits>

#include "gtest/gtest.h"

namespace genlc::kernel {
namespace {

TEST(MemberName, GoodSpecWordsSurvive) {
  EXPECT_EQ(MemberName("interval-ms"), "interval_ms");
  EXPECT_EQ(MemberName("Mixed"), "mixed");
}

TEST(MemberName, GoodKeywordsMacrosAndOwnMembersAreAvoided) {
  for (const char* word : {"default", "int", "current", "linux", "unix", "has", "at_least"}) {
    EXPECT_EQ(MemberName(word), std::string(word) + "_");
  }
}

TEST(MemberName, GoodNamesDoNotStartWithADigit) {
  EXPECT_EQ(MemberName("4th-level"), "_4th_level");
}

TEST(Literal, GoodEveryValueHasALiteralThatHoldsIt) {
  EXPECT_EQ(Literal(0), "0");
  EXPECT_EQ(Literal(-5), "-5");
  EXPECT_EQ(Literal(2147483647), "2147483647");
  EXPECT_EQ(Literal(2147483648), "2147483648U");
  EXPECT_EQ(Literal(4294967296), "4294967296LL");
  EXPECT_EQ(Literal(-2147483648LL), "S32_MIN");
  EXPECT_EQ(Literal(-2147483649LL), "-2147483649LL");
  EXPECT_EQ(Literal(std::numeric_limits<int64_t>::min()), "S64_MIN");
  EXPECT_EQ(Literal(std::numeric_limits<uint64_t>::max()), "18446744073709551615ULL");
}

TEST(LimitText, GoodLimitsStayAsTheirAuthorWroteThem) {
  Constant constant;
  constant.c_name = "THERMO_LABEL_MAX";
  EXPECT_EQ(LimitText({.value = 31, .text = "label-max", .constant = &constant, .span = {}}),
            "THERMO_LABEL_MAX");
  EXPECT_EQ(LimitText({.value = 30, .text = "label-max - 1", .constant = &constant, .span = {}}),
            "THERMO_LABEL_MAX - 1");
  EXPECT_EQ(LimitText({.value = 255, .text = "u8-max", .constant = nullptr, .span = {}}), "U8_MAX");
  EXPECT_EQ(LimitText({.value = 20000, .text = "20000", .constant = nullptr, .span = {}}), "20000");
}

}  // namespace
}  // namespace genlc::kernel
