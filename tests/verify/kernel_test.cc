// verify and import on the kernel that runs, by the tool itself.
//
//   kernel_test --specs=/reference/specs --own=/family/examples/thermo/thermo.yaml
//
// --specs: the kernel's own; those of families that are registered here are held against it.
// --own: a spec whose module is loaded; repeatable. It agrees on every kernel.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/genlc.h"
#include "tools/genlc/memory.h"

namespace genlc {
namespace {

using ::testing::Each;
using ::testing::ElementsAreArray;
using ::testing::MatchesRegex;

std::string specs_folder;
std::vector<std::string> own_specs;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

struct Result {
  ExitStatus status;
  std::string out;
  std::string err;
};

// Runs one command line with these files on the running kernel.
Result RunGenlc(const std::string& line, MemoryFiles& files) {
  MemoryEnvironment env(files);
  const ExitStatus status = genlc::Run(absl::StrSplit(line, ' ', absl::SkipEmpty()), env);
  return {status, env.out(), env.err()};
}

// "14: error: the message [GL1503]" of each diagnostic on `err`.
std::vector<std::string> Findings(absl::string_view err) {
  std::vector<std::string> findings;
  for (absl::string_view line : absl::StrSplit(err, '\n')) {
    if (!absl::EndsWith(line, "]") || !absl::StrContains(line, " [GL")) continue;
    line.remove_prefix(line.find(':') + 1);  // the file
    const std::pair<absl::string_view, absl::string_view> place =
        absl::StrSplit(line, absl::MaxSplits(':', 1));
    findings.push_back(
        absl::StrCat(place.first, ":", place.second.substr(place.second.find(':') + 1)));
  }
  return findings;
}

std::string NameOf(const std::string& spec) {
  for (const absl::string_view line : absl::StrSplit(spec, '\n')) {
    absl::string_view name = line;
    if (absl::ConsumePrefix(&name, "name: ")) return std::string(name);
  }
  return "";
}

TEST(Kernel, GoodOwnModulesAgreeWithTheirSpecs) {
  for (const std::string& path : own_specs) {
    const std::string profile = absl::StrReplaceAll(path, {{".yaml", ".genlc.yaml"}});
    MemoryFiles files{{"own.yaml", ReadFile(path)}, {"own.genlc.yaml", ReadFile(profile)}};
    const Result result = RunGenlc("verify own.yaml", files);
    EXPECT_EQ(result.status, ExitStatus::kDone) << path << "\n" << result.err;
    EXPECT_THAT(Findings(result.err), Each(MatchesRegex("[0-9]+: note: .* \\[GL19..\\]")));
  }
}

// Of one that is there, `check` and `verify` have nothing against what is imported.
void ExpectImported(const std::string& family) {
  MemoryFiles files{};
  const Result imported = RunGenlc("import " + family, files);
  ASSERT_EQ(imported.status, ExitStatus::kDone) << imported.err;
  files.Put("imported.yaml", imported.out);
  const Result check = RunGenlc("check imported.yaml", files);
  EXPECT_EQ(check.status, ExitStatus::kDone) << family << "\n" << check.err;
  const Result verify = RunGenlc("verify imported.yaml --except=notes", files);
  EXPECT_EQ(verify.status, ExitStatus::kDone) << family << "\n" << verify.err << imported.out;
  const Result describe = RunGenlc("describe " + family, files);
  EXPECT_EQ(describe.status, ExitStatus::kDone) << describe.err;
}

TEST(Kernel, GoodOwnModulesAreImported) {
  for (const std::string& path : own_specs) ExpectImported(NameOf(ReadFile(path)));
}

// Every family that is registered, whether it has a spec or not.
TEST(Kernel, GoodAllFamiliesAreImported) {
  MemoryFiles files{};
  const Result families = RunGenlc("families", files);
  ASSERT_EQ(families.status, ExitStatus::kDone) << families.err;
  int count = 0;
  for (const absl::string_view line : absl::StrSplit(families.out, '\n', absl::SkipEmpty())) {
    const size_t at = line.find("\"name\":\"") + 8;
    ExpectImported(std::string(line.substr(at, line.find('"', at) - at)));
    ++count;
  }
  EXPECT_GE(count, 4);
  std::printf("%d families imported\n", count);
}

// What is found is the kernel's: it is newer or older than the specs, or they are wrong. Nothing
// else may go wrong, and the same is found again.
TEST(Kernel, GoodSpecsOfTheKernelAreHeldAgainstIt) {
  if (specs_folder.empty()) GTEST_SKIP() << "SKIPPED: kernel_test: no specs of the kernel";
  std::map<std::string, size_t> found;
  for (const auto& entry : std::filesystem::directory_iterator(specs_folder)) {
    const std::string spec = ReadFile(entry.path().string());
    const std::string family = NameOf(spec);
    if (entry.path().extension() != ".yaml" || absl::StrContains(spec, "protocol: netlink-raw")) {
      continue;
    }
    MemoryFiles files{{"spec.yaml", spec}};
    const Result result = RunGenlc("verify spec.yaml", files);
    if (absl::StrContains(result.err, "the kernel has no family")) continue;
    const std::vector<std::string> findings = Findings(result.err);
    EXPECT_THAT(findings, Each(MatchesRegex("[0-9]+: (error|note): .* \\[GL1[5-9]..\\]")));
    const bool errors = absl::StrContains(result.err, ": error: ");
    EXPECT_EQ(result.status, errors ? ExitStatus::kWrongInput : ExitStatus::kDone) << family;
    EXPECT_EQ(RunGenlc("verify spec.yaml", files).err, result.err);
    found[family] = findings.size();
    std::printf("== %s: %zu findings and notes\n", family.c_str(), findings.size());
    for (const std::string& finding : findings) std::printf("%s\n", finding.c_str());
  }
  // These are in every kernel.
  EXPECT_TRUE(found.contains("nlctrl"));
  EXPECT_TRUE(found.contains("ethtool"));
  EXPECT_TRUE(found.contains("tcp_metrics"));
}

struct Alteration {
  const char* before;
  const char* after;
  std::vector<std::string> findings;  // without their lines
};

std::vector<Alteration> Alterations() {
  return {
      {"name: severity\n        doc: How bad it is to reach this threshold.\n        type: u32",
       "name: severity\n        doc: How bad it is to reach this threshold.\n        type: u64",
       {"error: `threshold.severity` is of type `u64`, in the running kernel `u32` [GL1704]"}},
      {"max: 20000",
       "max: 30000",
       {"error: the greatest value of `threshold.hysteresis` is 30000, in the running kernel 20000 "
        "[GL1802]"}},
      {"min: 1\n          max: 48",
       "min: 2\n          max: 48",
       {"error: the least value of `location.slot` is 2, in the running kernel 1 [GL1801]"}},
      {"max-len: 63",
       "max-len: 64",
       {"error: `location.note` has at most 64 bytes, in the running kernel 63 [GL1805]"}},
      {"value: 8\n",
       "value: 6\n",
       {"error: `sensor.serial` has at least 6 bytes, in the running kernel 8 [GL1804]",
        "error: `sensor.serial` has at most 6 bytes, in the running kernel 8 [GL1805]"}},
      {"entries: [notice, warning, critical]",
       "entries: [notice, warning]",
       {"error: the greatest value of `threshold.severity` is 1, in the running kernel 2 "
        "[GL1802]"}},
      {"        doc: A second element measures at the same place.\n",
       "        doc: A second element measures at the same place.\n      -\n        name: solar\n",
       {"error: values of `sensor.features` can have the bits 0xf, in the running kernel 0x7 "
        "[GL1803]"}},
      {"        type: u32\n        checks:\n          max: 20000\n",
       "        type: u32\n        checks:\n          max: 20000\n      -\n        name: "
       "more\n        type: u32\n",
       {"error: the running kernel does not take `threshold.more` inside of a request [GL1504]"}},
      {"      flags: [admin-perm]\n",
       "",
       {"error: the operation `sensor-del` needs nothing, in the running kernel CAP_NET_ADMIN "
        "[GL1703]"}},
      {"            - drift\n            - interval-ms\n            - location\n            - "
       "threshold\n            - muted\n    -\n      name: sensor-del\n",
       "            - interval-ms\n            - location\n            - threshold\n            - "
       "muted\n    -\n      name: sensor-del\n",
       {"error: the running kernel takes the attribute `sensor-set.do.request.drift` [GL1604]"}},
      {"        request:\n          attributes:\n            - kind\n            - features\n",
       "        request:\n          attributes:\n            - kind\n            - features\n      "
       "  "
       "    - label\n",
       {"error: the running kernel does not take the attribute `sensor-get.dump.request.label` "
        "[GL1503]"}},
      {"      mcgrp: alarms\n\nmcast-groups:\n  list:\n    -\n      name: changes\n",
       "      mcgrp: alarms\n\nmcast-groups:\n  list:\n    -\n      name: changes\n    -\n      "
       "name: news\n",
       {"error: the running kernel does not have the multicast group `news` [GL1505]"}},
  };
}

// The text of thermo's spec, once changed.
void ExpectAlteration(const std::string& spec, const std::string& profile,
                      const Alteration& alteration) {
  ASSERT_TRUE(absl::StrContains(spec, alteration.before)) << alteration.before;
  std::string altered = spec;
  altered.replace(altered.find(alteration.before), std::string(alteration.before).size(),
                  alteration.after);
  MemoryFiles files{{"thermo.yaml", altered}, {"thermo.genlc.yaml", profile}};
  const Result result = RunGenlc("verify thermo.yaml --except=notes", files);
  std::vector<std::string> findings = Findings(result.err);
  for (std::string& finding : findings) finding = finding.substr(finding.find(": ") + 2);
  EXPECT_THAT(findings, ElementsAreArray(alteration.findings)) << alteration.before << result.err;
}

TEST(Kernel, BadAlteredSpecIsReportedExactly) {
  const auto thermo = std::find_if(own_specs.begin(), own_specs.end(), [](const std::string& path) {
    return absl::EndsWith(path, "/thermo.yaml");
  });
  if (thermo == own_specs.end()) GTEST_SKIP() << "SKIPPED: kernel_test: thermo is not loaded";
  const std::string spec = ReadFile(*thermo);
  const std::string profile = ReadFile(absl::StrReplaceAll(*thermo, {{".yaml", ".genlc.yaml"}}));
  for (const Alteration& alteration : Alterations()) ExpectAlteration(spec, profile, alteration);
}

}  // namespace
}  // namespace genlc

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    absl::string_view argument = argv[i];
    if (absl::ConsumePrefix(&argument, "--specs=")) {
      genlc::specs_folder = std::string(argument);
    } else if (absl::ConsumePrefix(&argument, "--own=")) {
      genlc::own_specs.emplace_back(argument);
    } else {
      std::fprintf(stderr, "kernel_test: unknown argument `%s`\n", argv[i]);
      return 2;
    }
  }
  return RUN_ALL_TESTS();
}
