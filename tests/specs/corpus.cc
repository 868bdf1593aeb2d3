#include "tests/specs/corpus.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "family/check/check.h"
#include "family/codegen/output.h"
#include "family/diag/catalogue/lint.h"
#include "family/load/load.h"
#include "family/model/build.h"
#include "kernel/generator/module_backend.h"

namespace genlc {
namespace {

constexpr absl::string_view kMark = "#!";
constexpr absl::string_view kSpec = ".yaml";
constexpr absl::string_view kProfile = ".genlc.yaml";

CorpusFile ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return {path.string(), text.str()};
}

std::string FileName(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

// What stands above a line about one diagnostic.
std::string Expectation(const Diagnostic& diagnostic, LineColumn place) {
  const bool error = diagnostic.info->severity == Severity::kError;
  std::string text =
      absl::StrCat(kMark, " ", place.column, error ? ": error: " : ": warning: ",
                   diagnostic.message, " [", diagnostic.info->id, "]\n");
  for (const Label& label : diagnostic.labels) {
    const absl::string_view at = label.span.text();
    absl::StrAppend(&text, kMark, "    note: ", label.text);
    if (!at.empty()) absl::StrAppend(&text, ": `", at.substr(0, at.find('\n')), "`");
    text += "\n";
  }
  if (!diagnostic.hint.empty()) absl::StrAppend(&text, kMark, "    hint: ", diagnostic.hint, "\n");
  return text;
}

}  // namespace

std::vector<Case> ReadCases(const std::string& directory) {
  std::vector<Case> cases;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    const std::string name = entry.path().filename().string();
    if (!absl::EndsWith(name, kSpec) || absl::EndsWith(name, kProfile)) continue;
    Case found;
    found.name = name.substr(0, name.size() - kSpec.size());
    found.spec = ReadFile(entry.path());
    const std::filesystem::path profile =
        entry.path().parent_path() / absl::StrCat(found.name, kProfile);
    if (std::filesystem::exists(profile)) found.profile = ReadFile(profile);
    cases.push_back(std::move(found));
  }
  std::sort(cases.begin(), cases.end(),
            [](const Case& a, const Case& b) { return a.name < b.name; });
  return cases;
}

std::string Strip(absl::string_view text) {
  std::string spec;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const absl::string_view line = text.substr(0, end);
    if (!absl::StartsWith(line, kMark)) absl::StrAppend(&spec, line);
    text.remove_prefix(end);
  }
  return spec;
}

Diagnosis Diagnose(const Case& bad, bool short_paths) {
  Diagnosis diagnosis;
  Reporter reporter;
  const auto add = [&](const CorpusFile& file) {
    return diagnosis.sources->Add(short_paths ? FileName(file.path) : file.path, Strip(file.text));
  };
  diagnosis.spec = add(bad.spec);
  const std::optional<RawFamily> raw = LoadSpec(*diagnosis.spec, reporter);
  std::optional<RawProfile> profile;
  if (bad.profile) {
    diagnosis.profile = add(*bad.profile);
    profile = LoadProfile(*diagnosis.profile, reporter);
  }
  if (raw) {
    const std::unique_ptr<const Family> family =
        BuildFamily(*raw, profile ? &*profile : nullptr, reporter);
    const bool good = Check(*family, reporter);
    if (good && (bad.id() == kLintUndocumented.info.id || bad.id() == kLintUnbounded.info.id)) {
      CheckPedantic(*family, reporter);
    }
    if (good && absl::StartsWith(bad.name, "GL08")) {
      OutputFiles files;
      kernel::ModuleBackend().Generate(*family, files, reporter);
    }
  }
  diagnosis.diagnostics = reporter.Sorted();
  return diagnosis;
}

std::string Annotate(const SourceFile& file, const std::vector<Diagnostic>& diagnostics) {
  std::map<int, std::string> above;  // by line
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.span.file != &file) continue;
    const LineColumn place = diagnostic.span.start();
    above[place.line] += Expectation(diagnostic, place);
  }
  std::string text(file.text());
  for (auto it = above.rbegin(); it != above.rend(); ++it) {
    text.insert(file.Offset({.line = it->first, .column = 1}), it->second);
  }
  return text;
}

}  // namespace genlc
