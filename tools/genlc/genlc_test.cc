#include "tools/genlc/genlc.h"

#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "genl/fake_controller.h"
#include "genl/fake_kernel.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/verify/policy_of.h"
#include "tools/genlc/memory.h"
#include "tools/genlc/pipeline.h"

namespace genlc {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kFan[] =
    "# SPDX-License-Identifier: BSD-3-Clause\n"
    "name: fan\n"
    "doc: The fans of a machine.\n"
    "attribute-sets:\n"
    "  - name: fan\n"
    "    attributes: [{name: id, type: u32}, {name: rpm, type: u32}]\n"
    "operations:\n"
    "  list:\n"
    "    - name: get\n"
    "      doc: How fast a fan turns.\n"
    "      attribute-set: fan\n"
    "      do: {request: {attributes: [id]}, reply: {attributes: [rpm]}}\n";

// A little of the kernel's specs, as the examples of the help have them installed.
constexpr char kNlctrl[] = R"(# SPDX-License-Identifier: BSD-3-Clause
name: nlctrl
doc: Families.
attribute-sets:
  - {name: ctrl, doc: d, attributes: [{name: family-name, doc: d, type: string}]}
operations:
  list:
    - name: getfamily
      doc: d
      attribute-set: ctrl
      do: {request: {attributes: [family-name]}, reply: {attributes: [family-name]}}
)";

constexpr char kRtLink[] = R"(# SPDX-License-Identifier: BSD-3-Clause
name: rt-link
protocol: netlink-raw
protonum: 0
doc: Network devices.
definitions:
  - {name: ifinfomsg, type: struct, members: [{name: ifi-index, type: u32}]}
attribute-sets:
  - name: link
    attributes:
      - {name: ifname, type: string}
      - {name: linkinfo, type: nest, nested-attributes: linkinfo}
  - {name: linkinfo, attributes: [{name: kind, type: string}]}
operations:
  enum-model: directional
  fixed-header: ifinfomsg
  list:
    - name: newlink
      doc: d
      attribute-set: link
      do: {request: {value: 16, attributes: [ifname, linkinfo]}}
    - name: getlink
      doc: d
      attribute-set: link
      do: &both
        request: {value: 18, attributes: [ifname]}
        reply: {value: 16, attributes: [ifname]}
      dump: *both
mcast-groups:
  list: [{name: rtnlgrp-link, value: 1}]
)";

// The words of a line, as a shell takes them: what stands between single quotes is one.
std::vector<std::string> ShellWords(const std::string& line) {
  std::vector<std::string> words;
  bool quoted = false;
  for (const absl::string_view part : absl::StrSplit(line, '\'')) {
    if (quoted) words.emplace_back(part);
    if (!quoted) {
      const std::vector<std::string> more = absl::StrSplit(part, ' ', absl::SkipEmpty());
      words.insert(words.end(), more.begin(), more.end());
    }
    quoted = !quoted;
  }
  return words;
}

std::string ReadData(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class GenlcTest : public ::testing::Test {
 protected:
  GenlcTest() {
    const std::string folder = "family/examples/thermo/";
    for (const std::string name : {"thermo.yaml", "thermo.genlc.yaml"}) {
      files_.Put(name, ReadData(folder + name));
      EXPECT_FALSE(files_.files().at(name).empty()) << name;
      files_.Put("released/" + name, files_.files().at(name));
      files_.PutRevision("HEAD", name, files_.files().at(name));
    }
    policy_ = PolicyOfSpec(files_.files().at("thermo.yaml"));
    files_.Put("fan.yaml", kFan);
    files_.Put("request.hex", "1c000000130005000100000000000000040100000800010003000000\n");
    files_.Put(
        "trace.txt",
        "sendto(3, [{nlmsg_len=28, nlmsg_type=thermo, nlmsg_flags=NLM_F_REQUEST, nlmsg_seq=1, "
        "nlmsg_pid=0}, \"\\x04\\x01\\x00\\x00\\x08\\x00\\x01\\x00\\x03\\x00\\x00"
        "\\x00\"], 28, 0, NULL, 0) = 28\n");
    const std::string installed = "/usr/share/genlc/specs/";
    files_.Put(installed + "nlctrl.yaml", kNlctrl);
    files_.Put(installed + "rt-link.yaml", kRtLink);
    files_.Put(installed + "rt-addr.yaml",
               absl::StrReplaceAll(kRtLink, {{"getlink", "getaddr"}, {"rt-link", "rt-addr"}}));
    files_.Put("bad.yaml", absl::StrReplaceAll(kFan, {{"[id]", "[ib]"}}));
  }

  // Runs one command line; its output stands in out_ and err_.
  ExitStatus Run(const std::string& line) {
    MemoryEnvironment env(files_);
    env.set_kernel(&kernel_);
    const ExitStatus status = genlc::Run(ShellWords(line), env);
    out_ = env.out();
    err_ = env.err();
    return status;
  }

  MemoryFiles files_{};
  // What the module of this spec says of itself.
  static genl::FamilyPolicy PolicyOfSpec(const std::string& text) {
    SourceManager sources;
    Reporter reporter;
    return PolicyOf(*Analyze({sources.Add("thermo.yaml", text)}, reporter));
  }

  // Has the family `thermo`, and says back what it is told.
  genl::FamilyPolicy policy_;
  genl::test::FakeKernel kernel_{[this](const genl::test::FakeRequest& request) {
    if (genl::test::IsForController(request)) return genl::test::TellPolicy(request, policy_);
    const bool dump = (request.header.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
    return std::vector<genl::test::ByteString>{
        genl::test::Reply(request, request.attributes),
        dump ? genl::test::Done(request) : genl::test::Ack(request)};
  }};
  std::string out_;
  std::string err_;
};

TEST_F(GenlcTest, GoodHelpListsEveryCommand) {
  EXPECT_EQ(Run("--help"), ExitStatus::kDone);
  for (const auto& command : Commands()) {
    EXPECT_THAT(out_, HasSubstr(absl::StrCat("  ", command->manual().name, " ")));
    EXPECT_THAT(out_, HasSubstr(command->manual().purpose));
  }
  const std::string page = out_;
  for (const char* line : {"help", "-h", "help --help"}) {
    EXPECT_EQ(Run(line), ExitStatus::kDone) << line;
    EXPECT_EQ(out_, page) << line;
  }
}

TEST_F(GenlcTest, GoodHelpOfEachCommandIsComplete) {
  for (const auto& command : Commands()) {
    const std::string name = command->manual().name;
    EXPECT_EQ(Run(name + " --help"), ExitStatus::kDone);
    const std::string page = out_;
    EXPECT_THAT(page, AllOf(HasSubstr("Usage: genlc " + name), HasSubstr("Exit status:"),
                            HasSubstr("Examples:"), HasSubstr(command->manual().purpose)));
    for (const Flag& flag : command->Flags()) EXPECT_THAT(page, HasSubstr(flag.Spelling()));
    for (const absl::string_view line : absl::StrSplit(page, '\n')) {
      EXPECT_LE(line.size(), 100u) << line;
      EXPECT_FALSE(absl::EndsWith(line, " ")) << line;
    }
    for (const std::string& line : {"help " + name, name + " -h", "--help " + name}) {
      EXPECT_EQ(Run(line), ExitStatus::kDone) << line;
      EXPECT_EQ(out_, page) << line;
    }
  }
}

TEST_F(GenlcTest, GoodExamplesOfTheHelpRun) {
  int count = 0;
  for (const auto& command : Commands()) {
    EXPECT_GE(command->manual().examples.size(), 2u);
    for (const Example& example : command->manual().examples) {
      const std::string line = example.command;
      ASSERT_TRUE(absl::StartsWith(line, "genlc ")) << line;
      EXPECT_EQ(Run(line.substr(6)), ExitStatus::kDone) << line << "\n" << err_;
      ++count;
    }
  }
  EXPECT_GE(count, 2 * static_cast<int>(Commands().size()));
}

TEST_F(GenlcTest, GoodManualPagesAreMadeOfTheHelp) {
  EXPECT_EQ(Run("man --out=man1"), ExitStatus::kDone) << err_;
  const std::string& all = files_.files().at("man1/genlc.1");
  EXPECT_THAT(all, StartsWith(".TH GENLC 1 "));
  for (const auto& command : Commands()) {
    const std::string name = command->manual().name;
    EXPECT_THAT(all, HasSubstr(absl::StrCat(".BR genlc\\-", name, " (1)")));
    EXPECT_EQ(Run("man " + name), ExitStatus::kDone);
    EXPECT_EQ(out_, files_.files().at(absl::StrCat("man1/genlc-", name, ".1")));
    for (const char* section :
         {"NAME", "SYNOPSIS", "DESCRIPTION", "FLAGS", "EXIT STATUS", "EXAMPLES", "SEE ALSO"}) {
      EXPECT_THAT(out_, HasSubstr(absl::StrCat("\n.SH ", section, "\n"))) << name;
    }
  }
  EXPECT_EQ(Run("man"), ExitStatus::kDone);
  EXPECT_EQ(out_, all);
}

TEST_F(GenlcTest, GoodVersion) {
  EXPECT_EQ(Run("--version"), ExitStatus::kDone);
  EXPECT_EQ(out_, absl::StrCat("genlc ", kVersion, "\n"));
}

TEST_F(GenlcTest, BadCommandLineIsStatusTwoOnStandardError) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "Usage: genlc COMMAND"},
      {"chekc fan.yaml", "genlc: unknown command `chekc`; did you mean `check`?"},
      {"frobnicate", "genlc: unknown command `frobnicate`\n"},
      {"help complie", "genlc: unknown command `complie`; did you mean `compile`?"},
      {"--hlep", "genlc: unknown flag `--hlep`; did you mean `--help`?"},
      {"check", "genlc check: wants SPEC..., got nothing"},
      {"check --fromat=json fan.yaml", "did you mean `--format`?"},
      {"check --format=jsno fan.yaml", "did you mean `json`?"},
      {"check fan.yaml --disable=GL0000", "--disable: there is no GL0000"},
      {"check fan.yaml --disable=GL0203", "--disable: GL0203 is not advice"},
      {"compile fan.yaml", "genlc compile: nothing to make"},
      {"compile --cpp_out=out", "genlc compile: wants SPEC..., got nothing"},
      {"compile fan.yaml --cpp_out", "`--cpp_out=DIR` needs a value"},
      {"compile fan.yaml --dco_out=out", "did you mean `--doc_out`?"},
      {"compile fan.yaml thermo.yaml --cpp_out=o --profile=p.yaml", "--profile belongs to one"},
      {"check fan.yaml thermo.yaml --profile=p.yaml", "--profile belongs to one"},
      {"inspect fan.yaml thermo.yaml", "genlc inspect: wants SPEC, got 2 arguments"},
      {"inspect fan.yaml --phase=cooked", "cannot be `cooked`"},
      {"explain GL0000", "there is no diagnostic `GL0000`"},
      {"completion fish", "unknown shell `fish`"},
      {"man dmup", "unknown command `dmup`; did you mean `dump`?"},
      {"man do --out=man1", "--out writes all pages"},
      {"breaking fan.yaml", "wants OLD and NEW, or a SPEC and --against=git:REV"},
      {"breaking fan.yaml --against=HEAD", "--against is `git:` and a revision, not `HEAD`"},
      {"breaking fan.yaml --against=git:--all", "a revision, not `git:--all`"},
      {"breaking fan.yaml thermo.yaml --only=wier", "did you mean `wire`?"},
      {"breaking a.yaml b.yaml --against=git:HEAD --profile=p", "a profile belongs to one spec"},
  };
  for (const auto& [line, problem] : cases) {
    EXPECT_EQ(Run(line), ExitStatus::kWrongUsage) << line;
    EXPECT_THAT(err_, HasSubstr(problem)) << line;
    EXPECT_EQ(out_, "") << line;
  }
  EXPECT_THAT(files_.written(), IsEmpty());
}

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

TEST_F(GenlcTest, GoodCheckIsSilent) {
  EXPECT_EQ(Run("check thermo.yaml fan.yaml"), ExitStatus::kDone);
  EXPECT_EQ(out_ + err_, "");
}

TEST_F(GenlcTest, BadSpecIsReportedInEachFormat) {
  EXPECT_EQ(Run("check bad.yaml"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, StartsWith("bad.yaml:12:35: error: "));
  EXPECT_EQ(out_, "");

  EXPECT_EQ(Run("check bad.yaml --format=json"), ExitStatus::kWrongInput);
  EXPECT_THAT(out_, AllOf(StartsWith("{"), HasSubstr("\"bad.yaml\""), HasSubstr("`ib`")));
  EXPECT_EQ(err_, "");

  EXPECT_EQ(Run("check bad.yaml --format=github"), ExitStatus::kWrongInput);
  EXPECT_THAT(out_, StartsWith("::error file=bad.yaml,line=12,"));
  EXPECT_EQ(err_, "");
}

TEST_F(GenlcTest, BadEverySpecIsReportedInOneRun) {
  files_.Put("worse.yaml", "");
  EXPECT_EQ(Run("check bad.yaml worse.yaml"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_,
              AllOf(HasSubstr("bad.yaml:12:35: error: "), HasSubstr("worse.yaml:1:1: error: ")));
}

TEST_F(GenlcTest, GoodWarningsFailOnlyWhenAsked) {
  // Without its first line the spec has no licence, which is a warning.
  files_.Put("warn.yaml", std::string(kFan).substr(std::string(kFan).find('\n') + 1));
  EXPECT_EQ(Run("check warn.yaml"), ExitStatus::kDone);
  EXPECT_THAT(err_, HasSubstr(": warning: "));
  EXPECT_EQ(Run("check warn.yaml --werror"), ExitStatus::kWrongInput);
  EXPECT_EQ(Run("check fan.yaml --werror"), ExitStatus::kDone);
}

TEST_F(GenlcTest, GoodAdviceIsGivenOrNot) {
  files_.Put("small.yaml", absl::StrReplaceAll(kFan, {{"type: u32", "type: u8"}}));
  EXPECT_EQ(Run("check small.yaml"), ExitStatus::kDone);
  EXPECT_THAT(err_, HasSubstr("[GL0901]"));
  EXPECT_EQ(Run("check small.yaml --werror --disable=gl0901"), ExitStatus::kDone) << err_;
  EXPECT_EQ(Run("check fan.yaml"), ExitStatus::kDone);
  EXPECT_EQ(err_, "") << "nobody has asked for documentation";
  EXPECT_EQ(Run("check fan.yaml --pedantic"), ExitStatus::kDone);
  EXPECT_THAT(err_, HasSubstr("[GL0907]"));
  EXPECT_EQ(Run("check fan.yaml --pedantic --werror --disable=GL0907,GL0909"), ExitStatus::kDone)
      << err_;
  files_.Put("small.genlc.yaml",
             "# SPDX-License-Identifier: MIT\nallow-lint:\n"
             "  - {rule: GL0901, at: fan.id, reason: a machine has few}\n"
             "  - {rule: GL0901, at: fan.rpm, reason: they are slow}\n");
  EXPECT_EQ(Run("check small.yaml --werror"), ExitStatus::kDone) << err_;
}

TEST_F(GenlcTest, BadBreaksStandInTheNewSpec) {
  files_.Put("new/fan.yaml", absl::StrReplaceAll(kFan, {{", {name: rpm, type: u32}", ""},
                                                        {", reply: {attributes: [rpm]}", ""}}));
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml"), ExitStatus::kWrongInput);
  EXPECT_EQ(err_,
            "new/fan.yaml:5:11: error: the attribute `fan.rpm` is gone [GL1011]\n"
            "    5 |   - name: fan\n"
            "      |           ^~~\n"
            "fan.yaml:6:48: note: before\n"
            "    6 |     attributes: [{name: id, type: u32}, {name: rpm, type: u32}]\n"
            "      |                                                ^~~\n"
            "\n"
            "new/fan.yaml:12:11: error: the request `get.do` is no longer answered [GL1008]\n"
            "   12 |       do: {request: {attributes: [id]}}\n"
            "      |           ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
            "fan.yaml:12:48: note: before\n"
            "   12 |       do: {request: {attributes: [id]}, reply: {attributes: [rpm]}}\n"
            "      |                                                ^~~~~~~~~~~~~~~~~~~\n");
  EXPECT_EQ(out_, "");
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml --format=json"), ExitStatus::kWrongInput);
  EXPECT_THAT(out_, AllOf(HasSubstr("\"GL1011\""), HasSubstr("\"fan.yaml\"")));
  EXPECT_EQ(err_, "");
}

TEST_F(GenlcTest, GoodAdditionsBreakNothing) {
  files_.Put("new/fan.yaml", absl::StrReplaceAll(kFan, {{"rpm, type: u32}",
                                                         "rpm, type: u32}, "
                                                         "{name: label, type: string}"}}));
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml"), ExitStatus::kDone);
  EXPECT_EQ(out_ + err_, "");
}

TEST_F(GenlcTest, GoodBreaksOfChosenGroupsAlone) {
  files_.Put("new/fan.yaml", absl::StrReplaceAll(kFan, {{"rpm", "speed"}}));
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml --only=wire,policy"), ExitStatus::kDone) << err_;
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml --only=api"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, AllOf(HasSubstr("[GL1303]"), Not(HasSubstr("[GL1203]"))));
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml --except=api,uapi"), ExitStatus::kDone) << err_;
}

TEST_F(GenlcTest, GoodBreakOnPurposeIsAllowedByTheProfile) {
  files_.Put("new/fan.yaml", absl::StrReplaceAll(kFan, {{"rpm, type: u32", "rpm, type: u64"}}));
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, HasSubstr("the attribute `fan.rpm` is of type `u64`, before `u32` [GL1013]"));
  files_.Put("new/fan.genlc.yaml",
             "# SPDX-License-Identifier: MIT\n"
             "allow-breaking:\n  - {rule: GL1013, at: fan.rpm, reason: never released}\n");
  EXPECT_EQ(Run("breaking fan.yaml new/fan.yaml"), ExitStatus::kDone) << err_;
  EXPECT_EQ(Run("breaking new/fan.yaml new/fan.yaml"), ExitStatus::kDone) << err_;
  EXPECT_THAT(err_, HasSubstr("warning: GL1013 is allowed at `fan.rpm`, where nothing breaks"));
}

TEST_F(GenlcTest, BadBreaksAgainstARevisionOfGit) {
  files_.PutRevision("v1", "fan.yaml",
                     absl::StrReplaceAll(kFan, {{"rpm, type: u32", "rpm, type: u16"}}));
  EXPECT_EQ(Run("breaking fan.yaml thermo.yaml --against=git:v1"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, AllOf(HasSubstr("genlc breaking: thermo.yaml is not in v1: nothing to break"),
                          HasSubstr("\nfan.yaml:6:59: error: the attribute `fan.rpm` is of type "),
                          HasSubstr("\nv1:fan.yaml:6:59: note: before\n")));
  EXPECT_EQ(Run("breaking fan.yaml --against=git:v2"), ExitStatus::kWrongInput);
  EXPECT_EQ(err_, "genlc breaking: cannot read fan.yaml of v2: git: Not a valid object name v2\n");
}

TEST_F(GenlcTest, BadSpecOfEitherVersionIsReported) {
  EXPECT_EQ(Run("breaking bad.yaml fan.yaml"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, StartsWith("bad.yaml:12:35: error: "));
  EXPECT_EQ(Run("breaking fan.yaml bad.yaml"), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, StartsWith("bad.yaml:12:35: error: "));
  EXPECT_EQ(Run("breaking x.yaml fan.yaml"), ExitStatus::kWrongInput);
  EXPECT_EQ(err_, "genlc: cannot read x.yaml: No such file or directory\n");
}

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
