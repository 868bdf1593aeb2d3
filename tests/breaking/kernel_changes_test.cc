// Between the specs of Linux 6.12 and those of Linux 7.2: each finding is explained in
// linux-6.12-to-7.2.md, and each explanation is about findings that there are.
//
// In the note a family is a heading, an explanation a paragraph, and below it stands what it
// explains: "- GL1011: the attribute `link-attrs.cost` is gone".
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "family/check/breaking/breaking.h"
#include "family/check/check.h"
#include "family/load/load.h"
#include "family/model/build.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

using Findings = std::multiset<std::string>;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string Variable(const char* name) {
  const char* value = getenv(name);
  return value != nullptr ? value : "";
}

struct Version {
  const char* name;
  std::string folder;
};

std::vector<Version> Versions() {
  return {{"6.12", Variable("GENLC_CACHE") + "/kernels/6.12/specs"},
          {"7.2", Variable("GENLC_KERNEL_SPECS")}};
}

// The newest specs of this machine may be of another kernel: the folder says so, or the version of
// the source that they come from.
bool AreOfLinux72(const std::string& folder) {
  return absl::StrContains(std::filesystem::canonical(folder).string(), "linux-7.2") ||
         absl::StrContains(ReadFile(Variable("GENLC_CACHE") + "/reference/version"),
                           "linux-source-7.2 ");
}

std::unique_ptr<const Family> Load(const std::string& path, SourceManager& sources) {
  Reporter reporter;
  const std::optional<RawFamily> raw = LoadSpec(*sources.Add(path, ReadFile(path)), reporter);
  if (!raw) return nullptr;
  auto family = BuildFamily(*raw, nullptr, reporter);
  return Check(*family, reporter) ? std::move(family) : nullptr;
}

// Older kernels call some files by underscores that have dashes now.
std::string PathNow(const std::string& folder, const std::string& file) {
  const std::string path = absl::StrCat(folder, "/", file);
  if (std::filesystem::exists(path)) return path;
  return absl::StrCat(folder, "/", absl::StrReplaceAll(file, {{"_", "-"}}));
}

// By family.
std::map<std::string, Findings> Found(const std::string& before, const std::string& after) {
  std::map<std::string, Findings> found;
  for (const auto& entry : std::filesystem::directory_iterator(before)) {
    SourceManager sources;
    const std::string file = entry.path().filename().string();
    const auto old_family = Load(entry.path().string(), sources);
    const auto new_family = Load(PathNow(after, file), sources);
    EXPECT_TRUE(old_family != nullptr && new_family != nullptr) << file;
    if (old_family == nullptr || new_family == nullptr) continue;
    Reporter reporter;
    FindBreaks(*old_family, *new_family, {}, reporter);
    Findings& findings = found[new_family->name];
    for (const Diagnostic& diagnostic : reporter.Sorted()) {
      findings.insert(absl::StrCat(diagnostic.info->id, ": ", diagnostic.message));
    }
  }
  return found;
}

// What the note explains, by family.
std::map<std::string, Findings> Explained(const std::string& note) {
  std::map<std::string, Findings> explained;
  std::string family;
  bool has_reason = false;
  for (absl::string_view line : absl::StrSplit(note, '\n')) {
    if (absl::ConsumePrefix(&line, "## ")) {
      family = std::string(line);
      explained[family];
      has_reason = false;
    } else if (absl::ConsumePrefix(&line, "- ")) {
      EXPECT_TRUE(has_reason) << "no explanation of: " << line;
      explained[family].insert(std::string(line));
    } else if (!line.empty()) {
      has_reason = !family.empty();
    }
  }
  return explained;
}

std::string Difference(const Findings& a, const Findings& b) {
  std::string text;
  std::vector<std::string> rest;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(rest));
  for (const std::string& finding : rest) absl::StrAppend(&text, "- ", finding, "\n");
  return text;
}

TEST(KernelChangesTest, EachFindingIsExplained) {
  for (const Version& version : Versions()) {
    if (std::filesystem::exists(version.folder)) continue;
    GTEST_SKIP() << "no specs of Linux " << version.name << " (run tools/setup)";
  }
  if (!AreOfLinux72(Versions()[1].folder)) GTEST_SKIP() << "the newest specs are not Linux 7.2's";
  const auto found = Found(Versions()[0].folder, Versions()[1].folder);
  EXPECT_GE(found.size(), 19u);
  auto explained = Explained(ReadFile("tests/breaking/linux-6.12-to-7.2.md"));
  for (const auto& [family, findings] : found) {
    EXPECT_EQ(Difference(findings, explained[family]), "") << family << ": not explained";
    EXPECT_EQ(Difference(explained[family], findings), "") << family << ": no longer found";
    explained.erase(family);
  }
  for (const auto& [family, findings] : explained) ADD_FAILURE() << family << " is not compared";
}

}  // namespace
}  // namespace genlc
