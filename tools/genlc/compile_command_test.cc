// genlc compile, on files in memory.
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/genlc_fixture.h"

namespace genlc {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST_F(GenlcTest, GoodCompileMakesAllOutputs) {
  EXPECT_EQ(Run("compile thermo.yaml --uapi_out=include --kernel_out=ko --cpp_out=cpp "
                "--doc_out=doc --ir_out=ir"),
            ExitStatus::kDone)
      << err_;
  EXPECT_EQ(out_ + err_, "");
  for (const char* path :
       {"include/linux/thermo.h", "ko/thermo_uapi.h", "ko/thermo_nl.h", "ko/thermo_nl.c",
        "ko/thermo_handlers.c", "ko/Kbuild", "ko/Makefile", "ko/Kconfig", "ko/dkms.conf",
        "cpp/thermo.genl.h", "cpp/thermo.genl.cc", "cpp/thermo.service.h", "cpp/thermo.service.cc",
        "doc/thermo.md", "doc/thermo.html", "ir/thermo.ir.json"}) {
    EXPECT_THAT(files_.written(), Contains(path));
  }
}

TEST_F(GenlcTest, GoodCompileMakesOnlyWhatIsAskedFor) {
  EXPECT_EQ(Run("compile thermo.yaml --uapi_out=."), ExitStatus::kDone) << err_;
  EXPECT_THAT(files_.written(), ::testing::ElementsAre("linux/thermo.h"));
}

TEST_F(GenlcTest, GoodSecondCompileWritesNothing) {
  const std::string line = "compile thermo.yaml --uapi_out=u --kernel_out=k --cpp_out=c";
  ASSERT_EQ(Run(line), ExitStatus::kDone);
  files_.ForgetWrites();
  EXPECT_EQ(Run(line), ExitStatus::kDone);
  EXPECT_THAT(files_.written(), IsEmpty());
}

TEST_F(GenlcTest, GoodHandlersBelongToTheUser) {
  files_.Put("k/thermo_handlers.c", "mine\n");
  ASSERT_EQ(Run("compile thermo.yaml --kernel_out=k"), ExitStatus::kDone);
  EXPECT_EQ(files_.files().at("k/thermo_handlers.c"), "mine\n");
  EXPECT_EQ(Run("compile thermo.yaml --kernel_out=k --check"), ExitStatus::kDone) << out_;
}

TEST_F(GenlcTest, GoodEachModuleOfSeveralHasAFolder) {
  ASSERT_EQ(Run("compile thermo.yaml fan.yaml --kernel_out=k --cpp_out=c"), ExitStatus::kDone)
      << err_;
  for (const char* path : {"k/thermo/Makefile", "k/fan/Makefile", "k/fan/fan_nl.c",
                           "c/thermo.genl.h", "c/fan.genl.h"}) {
    EXPECT_THAT(files_.written(), Contains(path));
  }
}

TEST_F(GenlcTest, GoodInTreeStyleMakesWhatTheKernelCommits) {
  ASSERT_EQ(Run("compile thermo.yaml fan.yaml --kernel_out=net --kernel_style=in-tree"),
            ExitStatus::kDone)
      << err_;
  EXPECT_THAT(files_.written(),
              ::testing::ElementsAre("net/fan-nl-gen.c", "net/fan-nl-gen.h", "net/thermo-nl-gen.c",
                                     "net/thermo-nl-gen.h"));
}

TEST_F(GenlcTest, GoodOutputDoesNotDependOnThePlace) {
  files_.Put("/home/someone/fan.yaml", kFan);
  ASSERT_EQ(Run("compile fan.yaml --uapi_out=u --kernel_out=k --cpp_out=c"), ExitStatus::kDone);
  ASSERT_EQ(Run("compile /home/someone/fan.yaml --uapi_out=/abs/u --kernel_out=/abs/k "
                "--cpp_out=/abs/c"),
            ExitStatus::kDone);
  int compared = 0;
  for (const auto& [path, text] : files_.files()) {
    if (!absl::StartsWith(path, "/abs/")) continue;
    EXPECT_EQ(text, files_.files().at(path.substr(5))) << path;
    ++compared;
  }
  EXPECT_GE(compared, 10);
}

TEST_F(GenlcTest, GoodCheckFlagShowsWhatWouldChange) {
  const std::string line = "compile thermo.yaml --uapi_out=u --check";
  EXPECT_EQ(Run(line), ExitStatus::kWrongInput);
  EXPECT_THAT(out_, StartsWith("--- /dev/null\n+++ u/linux/thermo.h\n@@ -0,0 +1,"));
  EXPECT_THAT(files_.written(), IsEmpty());

  ASSERT_EQ(Run("compile thermo.yaml --uapi_out=u"), ExitStatus::kDone);
  EXPECT_EQ(Run(line), ExitStatus::kDone);
  EXPECT_EQ(out_, "");

  files_.Put("thermo.yaml",
             absl::StrReplaceAll(files_.files().at("thermo.yaml"), {{"value: 31", "value: 30"}}));
  EXPECT_EQ(Run(line), ExitStatus::kWrongInput);
  EXPECT_THAT(out_, AllOf(HasSubstr("\n-#define THERMO_LABEL_MAX"), HasSubstr("30\n")));
}

TEST_F(GenlcTest, BadSpecLeavesTheOutputAsItWas) {
  EXPECT_EQ(Run("compile fan.yaml bad.yaml --uapi_out=u --kernel_out=k --cpp_out=c"),
            ExitStatus::kWrongInput);
  EXPECT_THAT(err_, StartsWith("bad.yaml:12:35: error: "));
  EXPECT_THAT(files_.written(), IsEmpty());
}

TEST_F(GenlcTest, BadTwoSpecsOfOneFamily) {
  files_.Put("copy/fan.yaml", kFan);
  EXPECT_EQ(Run("compile fan.yaml copy/fan.yaml --cpp_out=c"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, HasSubstr("genlc: fan.yaml and copy/fan.yaml both make c/fan.genl."));
  EXPECT_THAT(files_.written(), IsEmpty());
}

TEST_F(GenlcTest, BadFilesAreNamed) {
  for (const char* line : {"compile x.yaml --cpp_out=c", "check x.yaml", "inspect x.yaml"}) {
    EXPECT_EQ(Run(line), ExitStatus::kWrongInput) << line;
    EXPECT_EQ(err_, "genlc: cannot read x.yaml: No such file or directory\n") << line;
  }
  files_.Forbid("c/fan.genl.cc");
  EXPECT_EQ(Run("compile fan.yaml --cpp_out=c"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, HasSubstr("c/fan.genl.cc: Permission denied"));
}

}  // namespace
}  // namespace genlc
