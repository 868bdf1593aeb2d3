#include "tests/policy/rules.h"

#include <cerrno>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc::policy {
namespace {

constexpr Kernel kOld = {};
constexpr Kernel kNew = {.names_missing = true, .explains_start = true};

TEST(Rules, GoodMissingAttributeIsNamedOrElseItsNest) {
  const char* const text = "required attribute missing";
  EXPECT_EQ(Expect(Rule::kMissing, "a[1].b", {kNew}),
            (Verdict{.error = EINVAL, .text = text, .missing = "a[1].b"}));
  EXPECT_EQ(Expect(Rule::kMissing, "a[1].b", {kOld}),
            (Verdict{.error = EINVAL, .text = text, .attribute = "a[1]"}));
  EXPECT_EQ(Expect(Rule::kMissing, "a", {kOld}), (Verdict{.error = EINVAL, .text = text}));
}

TEST(Rules, GoodOldDumpsExplainWithoutAttribute) {
  const Context old{.kernel = kOld, .dump = true};
  EXPECT_EQ(Expect(Rule::kForeign, "a", old).attribute, "");
  EXPECT_EQ(Expect(Rule::kRange, "a", old).attribute, "a");
  EXPECT_EQ(Expect(Rule::kForeign, "a", {.kernel = kNew, .dump = true}).attribute, "a");
}

TEST(Rules, GoodLiberalValidationLeavesValuesLimited) {
  const Context liberal{.kernel = kNew, .validation = Validation::kLiberal};
  EXPECT_EQ(Expect(Rule::kUnknownAttribute, "a", liberal), Verdict());
  EXPECT_EQ(Expect(Rule::kLeftover, "", liberal), Verdict());
  EXPECT_EQ(Expect(Rule::kRange, "a", liberal).error, ERANGE);
  EXPECT_EQ(Expect(Rule::kIntegerTooShort, "a", liberal).error, ERANGE);
}

TEST(Rules, GoodDecoderIsStrictAlsoWhereTheCoreIsLiberal) {
  const Context context{.kernel = kNew, .validation = Validation::kLiberal, .decoded = true};
  EXPECT_EQ(Expect(Rule::kUnknownAttribute, "a", context).error, EINVAL);
}

TEST(Rules, GoodVerdictInWords) {
  EXPECT_EQ(Describe({}), "accepted");
  EXPECT_EQ(Describe({.error = ERANGE, .text = "no", .attribute = "a[1]"}),
            "-ERANGE `no`, attribute `a[1]`");
}

}  // namespace
}  // namespace genlc::policy
