// What the kernel's own headers do not show; comparison_test has the rest.
#include "kernel/generator/uapi_header.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kernel/generator/test_family.h"

namespace genlc::kernel {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string Header(absl::string_view definitions) {
  const std::unique_ptr<TestFamily> loaded =
      FamilyFromText("t.yaml", std::string(R"(# SPDX-License-Identifier: BSD-3-Clause
---
name: t
doc: A family.
definitions:
)") + std::string(definitions) + R"(
attribute-sets:
  -
    name: main
    attributes:
      -
        name: x
        type: u32
        value: 3
operations:
  list:
    -
      name: poke
      doc: Poke.
      attribute-set: main
      value: 7
      do:
        request:
          attributes: [x]
)");
  EXPECT_EQ(loaded->errors(), "");
  return UapiHeader(*loaded->family, "--uapi_out");
}

TEST(UapiHeader, GoodTextCannotLeaveItsLiteralOrComment) {
  const std::string header = Header(
      "  -\n    type: const\n    name: word\n    value: 'he\"llo\\\\'\n"
      "  -\n    type: enum\n    name: e\n    doc: ends */ here\n    entries: [a]\n");
  EXPECT_THAT(header, HasSubstr("#define T_WORD\t\"he\\\"llo\\\\\\\\\"\n"));
  EXPECT_THAT(header, HasSubstr(" * ends * / here\n */\nenum t_e {\n"));
}

TEST(UapiHeader, GoodNumbersAreWrittenWhereCWouldCountDifferently) {
  const std::string header = Header("  -\n    type: const\n    name: c\n    value: 5\n");
  EXPECT_THAT(header, HasSubstr("\tT_A_MAIN_X = 3,\n"));
  EXPECT_THAT(header, HasSubstr("\tT_CMD_POKE = 7,\n\n\t__T_CMD_MAX,\n"));
}

TEST(UapiHeader, GoodOnlyWhatTheScopeSays) {
  const std::string header = Header(
      "  -\n    type: const\n    name: inner\n    scope: kernel\n    value: 5\n"
      "  -\n    type: const\n    name: outer\n    value: 6\n"
      "  -\n    type: const\n    name: max-errno\n    header: linux/err.h\n"
      "    value: 4095\n");
  EXPECT_THAT(header, HasSubstr("#define T_OUTER\t6\n"));
  EXPECT_THAT(header, Not(HasSubstr("INNER")));
  EXPECT_THAT(header, Not(HasSubstr("MAX_ERRNO")));
}

TEST(UapiHeader, GoodFlagsHaveAMaskAndEnumerationsAMaximum) {
  const std::string header = Header(
      "  -\n    type: flags\n    name: f\n    render-max: true\n    entries: [a, b]\n"
      "  -\n    type: enum\n    name: e\n    render-max: true\n    entries: [a, b]\n");
  EXPECT_THAT(header, HasSubstr("\tT_F_A = 1,\n\tT_F_B = 2,\n\n\t/* private: */\n"
                                "\tT_F_MASK = 3,\n"));
  EXPECT_THAT(header, HasSubstr("\tT_E_A,\n\tT_E_B,\n\n\t/* private: */\n\t__T_E_MAX,\n"
                                "\tT_E_MAX = (__T_E_MAX - 1)\n"));
}

// An old family; `sets` are its attribute sets.
std::string OldHeader(absl::string_view sets, absl::string_view more = "") {
  const std::unique_ptr<TestFamily> loaded =
      FamilyFromText("t.yaml", absl::StrCat(R"(# SPDX-License-Identifier: BSD-3-Clause
---
name: t
doc: A family.
protocol: genetlink-legacy
attribute-sets:
)",
                                            sets, "operations:\n", more, R"(  list:
    -
      name: read
      doc: Dumps only.
      dump:
        reply:
          attributes: []
)"));
  EXPECT_EQ(loaded->errors(), "");
  return UapiHeader(*loaded->family, "--uapi_out");
}

std::string Set(absl::string_view name, absl::string_view keys, absl::string_view attributes) {
  return absl::StrCat("  -\n    name: ", name, "\n    name-prefix: t-a-\n", keys,
                      "    attributes: ", attributes, "\n");
}

TEST(UapiHeader, GoodSetsThatAreOneEnumerationAreDeclaredOnce) {
  const std::string header =
      OldHeader(Set("one", "    enum-name: t-kind\n",
                    "[{name: a, type: u8, value: 0}, {name: b, type: u8}]") +
                Set("two", "    enum-name: t-kind\n", "[{name: b, type: flag}]"));
  EXPECT_THAT(header, HasSubstr("enum t_kind {\n\tT_A_A,\n\tT_A_B,\n\n\t__T_A_MAX,\n"
                                "\tT_A_MAX = (__T_A_MAX - 1)\n};\n\nenum {\n\tT_CMD_READ = 1,\n"));
}

TEST(UapiHeader, GoodNameOfAMaximumStaysWithTheFirstSet) {
  const std::string header =
      OldHeader(Set("one", "", "[{name: a, type: u8}]") +
                Set("two", "    attr-max-name: t-two-max\n", "[{name: b, type: u8, value: 4}]") +
                Set("three", "", "[{name: c, type: u8, value: 0}]"));
  EXPECT_THAT(header, HasSubstr("\tT_A_A = 1,\n\n\t__T_A_MAX,\n\tT_A_MAX = (__T_A_MAX - 1)\n};\n"));
  EXPECT_THAT(header, HasSubstr("enum {\n\tT_A_B = 4,\n\n\tT_TWO_MAX = 4\n};\n"));
  EXPECT_THAT(header, HasSubstr("enum {\n\tT_A_C,\n};\n"));
}

TEST(UapiHeader, GoodCountOfASetWhoseEntriesAreDeclaredElsewhere) {
  const std::string header =
      OldHeader(Set("one", "", "[{name: a, type: u8}, {name: b, type: u8}]") +
                Set("two", "    attr-cnt-name: t-two-cnt\n", "[{name: b, type: u8, value: 2}]"));
  EXPECT_THAT(header, HasSubstr("enum {\n\tT_TWO_CNT = 3\n};\n"));
}

TEST(UapiHeader, GoodDumpOfADirectionalFamilyHasBothNumbers) {
  const std::string header =
      OldHeader(Set("one", "", "[{name: a, type: u8}]"), "  enum-model: directional\n");
  EXPECT_THAT(header, HasSubstr("\tT_MSG_USER_NONE = 0,\n\tT_CMD_READ = 1,\n"));
  EXPECT_THAT(header, HasSubstr("\tT_MSG_KERNEL_NONE = 0,\n\tT_CMD_READ_REPLY = 1,\n"));
}

}  // namespace
}  // namespace genlc::kernel
