#include "tools/genlc/spec_path.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/memory.h"

namespace genlc {
namespace {

using ::testing::ElementsAre;

class SpecPathTest : public testing::Test {
 protected:
  SpecPathTest() { env_.Set(kSpecPathVariable, "mine:absent::theirs"); }

  std::string Find(const std::string& name) {
    const absl::StatusOr<std::string> path = FindSpec(name, env_);
    return path.ok() ? *path : std::string(path.status().message());
  }

  MemoryFiles files_{{"mine/thermo.yaml", ""},
                     {"mine/thermo.genlc.yaml", ""},
                     {"theirs/thermo.yaml", ""},
                     {"theirs/rt-link.yaml", ""},
                     {"theirs/mptcp_pm.yaml", ""},
                     {"theirs/notes.txt", ""},
                     {"theirs/old/fan.yaml", ""},
                     {"Documentation/netlink/specs/netdev.yaml", ""},
                     {"/opt/share/genlc/specs/psp.yaml", ""},
                     {"/usr/share/genlc/specs/nlctrl.yaml", ""},
                     {"/usr/share/ynl/specs/tc.yaml", ""}};
  MemoryEnvironment env_{files_};
};

TEST_F(SpecPathTest, GoodFileNamesAreLeftAlone) {
  EXPECT_EQ(Find("thermo.yaml"), "thermo.yaml");
  EXPECT_EQ(Find("specs/thermo"), "specs/thermo");
  EXPECT_EQ(Find("."), ".");
}

TEST_F(SpecPathTest, GoodFirstFolderWins) { EXPECT_EQ(Find("thermo"), "mine/thermo.yaml"); }

TEST_F(SpecPathTest, GoodSpellingsOfOneName) {
  EXPECT_EQ(Find("rt_link"), "theirs/rt-link.yaml");
  EXPECT_EQ(Find("mptcp-pm"), "theirs/mptcp_pm.yaml");
  EXPECT_EQ(Find("MPTCP_PM"), "theirs/mptcp_pm.yaml");
  files_.Put("theirs/mptcp-pm.yaml", "");
  EXPECT_EQ(Find("mptcp-pm"), "theirs/mptcp-pm.yaml");
  EXPECT_EQ(Find("mptcp_pm"), "theirs/mptcp_pm.yaml");
}

TEST_F(SpecPathTest, GoodInstalledSpecsComeLast) {
  EXPECT_EQ(Find("netdev"), "Documentation/netlink/specs/netdev.yaml");
  EXPECT_EQ(Find("psp"), "/opt/share/genlc/specs/psp.yaml");
  EXPECT_EQ(Find("nlctrl"), "/usr/share/genlc/specs/nlctrl.yaml");
  EXPECT_EQ(Find("tc"), "/usr/share/ynl/specs/tc.yaml");
}

TEST_F(SpecPathTest, GoodNamesAreListedOnce) {
  EXPECT_THAT(SpecNames(env_),
              ElementsAre("mptcp_pm", "netdev", "nlctrl", "psp", "rt-link", "tc", "thermo"));
}

TEST_F(SpecPathTest, BadNameSaysWhereWasLooked) {
  EXPECT_EQ(Find("thermos"),
            "there is no spec of `thermos`; did you mean `thermo`?\n"
            "  looked for thermos.yaml in mine, absent, theirs, Documentation/netlink/specs, "
            "/opt/share/genlc/specs, /usr/share/genlc/specs, /usr/share/ynl/specs\n"
            "  name the file of a spec, or put its folder into GENLC_SPEC_PATH");
}

}  // namespace
}  // namespace genlc
