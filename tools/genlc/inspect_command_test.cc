// genlc explain and genlc inspect.
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/genlc_fixture.h"

namespace genlc {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

TEST_F(GenlcTest, GoodExplainListsAndExplains) {
  ASSERT_EQ(Run("explain"), ExitStatus::kDone);
  const std::vector<std::string> lines = absl::StrSplit(out_, '\n', absl::SkipEmpty());
  EXPECT_GE(lines.size(), 50u);
  for (const std::string& line : lines) {
    ASSERT_THAT(line, MatchesRegex("GL[0-9]{4}  (error  |warning|note   )  .*"));
    const std::string id = line.substr(0, 6);
    EXPECT_EQ(Run("explain " + id), ExitStatus::kDone) << id;
    EXPECT_THAT(out_, HasSubstr(id));
  }
  ASSERT_EQ(Run("explain GL0203"), ExitStatus::kDone);
  const std::string page = out_;
  EXPECT_THAT(page, AllOf(HasSubstr("Wrong:"), HasSubstr("[GL0203]"), HasSubstr("Repaired:")));
  EXPECT_EQ(Run("explain gl0203"), ExitStatus::kDone);
  EXPECT_EQ(out_, page);
}

TEST_F(GenlcTest, GoodInspectShowsWhatWasRead) {
  ASSERT_EQ(Run("inspect --phase=raw fan.yaml"), ExitStatus::kDone) << err_;
  EXPECT_EQ(out_,
            "license: BSD-3-Clause\n"
            "name: fan @2:7\n"
            "doc: \"The fans of a machine.\" @3:6\n"
            "attribute-sets:\n"
            "  - @5:5\n"
            "    name: fan @5:11\n"
            "    attributes:\n"
            "      - @6:18\n"
            "        name: id @6:25\n"
            "        type: u32 @6:35\n"
            "      - @6:41\n"
            "        name: rpm @6:48\n"
            "        type: u32 @6:59\n"
            "operations: @8:3\n"
            "  list:\n"
            "    - @9:7\n"
            "      name: get @9:13\n"
            "      doc: \"How fast a fan turns.\" @10:12\n"
            "      attribute-set: fan @11:22\n"
            "      do: @12:11\n"
            "        request: @12:21\n"
            "          attributes:\n"
            "            - id @12:35\n"
            "        reply: @12:48\n"
            "          attributes:\n"
            "            - rpm @12:62\n");
}

TEST_F(GenlcTest, GoodInspectShowsWhatIsSettled) {
  ASSERT_EQ(Run("inspect fan.yaml"), ExitStatus::kDone) << err_;
  EXPECT_EQ(out_,
            "family fan fan level genetlink version 1\n"
            "  license \"BSD-3-Clause\"\n"
            "  uapi-header linux/fan.h FAN_FAMILY_NAME FAN_FAMILY_VERSION\n"
            "  commands FAN_CMD_ max FAN_CMD_MAX count __FAN_CMD_MAX\n"
            "  kernel-policy split\n"
            "  module fan license \"GPL\" netnsok parallel-ops\n"
            "set fan max FAN_A_MAX count __FAN_A_MAX\n"
            "  1 id FAN_A_ID u32 range 0..4294967295\n"
            "  2 rpm FAN_A_RPM u32 range 0..4294967295\n"
            "operation get 1 FAN_CMD_GET set fan\n"
            "  do\n"
            "    request 1 set fan\n"
            "      id\n"
            "    reply 1 set fan\n"
            "      rpm\n");
  ASSERT_EQ(Run("inspect --phase=model thermo.yaml"), ExitStatus::kDone) << err_;
  EXPECT_THAT(out_, HasSubstr("\n  2 label THERMO_A_SENSOR_LABEL string length 1..31\n"));
  EXPECT_THAT(out_, HasSubstr("default 1000"));
}

TEST_F(GenlcTest, BadInspectStillShowsWhatItCan) {
  EXPECT_EQ(Run("inspect bad.yaml"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, StartsWith("bad.yaml:12:35: error: "));
  EXPECT_THAT(out_, HasSubstr("2 rpm FAN_A_RPM u32"));
}

}  // namespace
}  // namespace genlc
