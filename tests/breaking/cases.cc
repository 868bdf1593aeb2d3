#include "tests/breaking/cases.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "family/check/breaking/breaking.h"
#include "family/check/check.h"
#include "family/load/load.h"
#include "family/model/build.h"

namespace genlc {
namespace {

constexpr absl::string_view kMark = "#!";
constexpr absl::string_view kProfile = "== profile";
constexpr absl::string_view kEnding = ".diff";

std::vector<absl::string_view> LinesOf(absl::string_view text) {
  std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

bool IsOf(absl::string_view line, char side) {
  return line.empty() || line[0] == ' ' || line[0] == side;
}

// One version of the spec ('-': the old one, '+': the new one) or of the profile.
std::optional<std::string> Version(const BreakingCase& c, char side, bool profile) {
  std::optional<std::string> text;
  if (!profile) text = "";
  bool in_profile = false;
  for (const absl::string_view line : LinesOf(c.text)) {
    if (line == kProfile) {
      in_profile = true;
      if (profile) text = "";
    } else if (in_profile == profile && IsOf(line, side)) {
      absl::StrAppend(&*text, line.empty() ? "" : line.substr(1), "\n");
    }
  }
  return text;
}

struct Loaded {
  const SourceFile* spec = nullptr;
  const SourceFile* profile = nullptr;
  std::unique_ptr<const Family> family;
};

// Errors of the specs end up in `diagnostics`; there should be none.
Loaded Load(const BreakingCase& c, char side, const std::string& folder, Verdict& verdict) {
  Loaded loaded;
  Reporter reporter;
  loaded.spec = verdict.sources->Add(folder + "fan.yaml", *Version(c, side, false));
  const std::optional<RawFamily> raw = LoadSpec(*loaded.spec, reporter);
  std::optional<RawProfile> profile;
  if (const std::optional<std::string> text = Version(c, side, true)) {
    loaded.profile = verdict.sources->Add(folder + "fan.genlc.yaml", *text);
    profile = LoadProfile(*loaded.profile, reporter);
  }
  if (raw) {
    auto family = BuildFamily(*raw, profile ? &*profile : nullptr, reporter);
    Check(*family, reporter);
    loaded.family = std::move(family);
  }
  for (const Diagnostic& diagnostic : reporter.Sorted()) {
    if (diagnostic.info->severity == Severity::kError) verdict.diagnostics.push_back(diagnostic);
  }
  return loaded;
}

// What stands above a line about one diagnostic.
std::string Expectation(const Diagnostic& diagnostic) {
  std::string text =
      absl::StrCat(kMark, " ", diagnostic.span.start().column, ": ",
                   Name(diagnostic.info->severity), ": ", diagnostic.message, " [",
                   diagnostic.info->id, "]\n");
  for (const Label& label : diagnostic.labels) {
    const LineColumn place = label.span.start();
    const absl::string_view at = label.span.text();
    absl::StrAppend(&text, kMark, "     ", label.text, ": ", place.line, ":", place.column);
    if (!at.empty()) absl::StrAppend(&text, " `", at.substr(0, at.find('\n')), "`");
    text += "\n";
  }
  return text;
}

// What is said about a line.
std::string ExpectationsOf(const Verdict& verdict, const SourceFile* file, int line) {
  std::string text;
  for (const Diagnostic& diagnostic : verdict.diagnostics) {
    if (diagnostic.span.file == file && diagnostic.span.start().line == line) {
      text += Expectation(diagnostic);
    }
  }
  return text;
}

}  // namespace

std::vector<BreakingCase> ReadBreakingCases(const std::string& directory) {
  std::vector<BreakingCase> cases;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    const std::string name = entry.path().filename().string();
    if (!absl::EndsWith(name, kEnding)) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    cases.push_back(
        {name.substr(0, name.size() - kEnding.size()), entry.path().string(), text.str()});
  }
  std::sort(cases.begin(), cases.end(),
            [](const BreakingCase& a, const BreakingCase& b) { return a.name < b.name; });
  return cases;
}

std::string WithoutExpectations(const BreakingCase& c) {
  std::string text;
  for (const absl::string_view line : LinesOf(c.text)) {
    if (!absl::StartsWith(line, kMark)) absl::StrAppend(&text, line, "\n");
  }
  return text;
}

void FindAllBreaks(const Family& before, const Family& after, Reporter& reporter) {
  FindBreaks(before, after, {}, reporter);
}

std::string SpecOf(const BreakingCase& c, char side) { return *Version(c, side, false); }

Verdict Compare(const BreakingCase& c, const Judge& judge) {
  Verdict verdict;
  const Loaded before = Load(c, '-', "old/", verdict);
  const Loaded after = Load(c, '+', "", verdict);
  verdict.spec = after.spec;
  verdict.profile = after.profile;
  if (!verdict.diagnostics.empty()) return verdict;
  Reporter reporter;
  judge(*before.family, *after.family, reporter);
  verdict.diagnostics = reporter.Sorted();
  return verdict;
}

std::string WithExpectations(const BreakingCase& c, const Judge& judge) {
  const Verdict verdict = Compare(c, judge);
  const SourceFile* file = verdict.spec;
  const std::string plain = WithoutExpectations(c);
  std::string text;
  std::string removed;  // expectations stand above the whole change
  int line_number = 0;
  for (const absl::string_view line : LinesOf(plain)) {
    if (line == kProfile) {
      file = verdict.profile;
      line_number = 0;
    } else if (IsOf(line, '+')) {
      text += ExpectationsOf(verdict, file, ++line_number);
    } else {
      absl::StrAppend(&removed, line, "\n");
      continue;
    }
    absl::StrAppend(&text, std::exchange(removed, ""), line, "\n");
  }
  return text + removed;
}

}  // namespace genlc
