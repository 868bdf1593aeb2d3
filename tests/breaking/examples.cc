// Writes, for `genlc explain`, an example of each rule as lines of a C++ array.
#include <cstdio>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "family/diag/render.h"
#include "tests/breaking/cases.h"

namespace genlc {
namespace {

std::string Section(absl::string_view title, absl::string_view text) {
  std::string section = absl::StrCat("\n", title, ":\n\n");
  absl::ConsumeSuffix(&text, "\n");
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    absl::StrAppend(&section, line.empty() ? "" : "    ", line, "\n");
  }
  return section;
}

// The example of a rule is the case with the shortest name.
std::map<std::string, BreakingCase> ById(const std::string& directory) {
  std::map<std::string, BreakingCase> by_id;
  for (const BreakingCase& c : ReadBreakingCases(directory)) {
    const auto [it, inserted] = by_id.emplace(c.id(), c);
    if (!inserted && c.name.size() < it->second.name.size()) it->second = c;
  }
  return by_id;
}

void Write() {
  const std::map<std::string, BreakingCase> harmless = ById("tests/breaking/harmless");
  for (const auto& [id, c] : ById("tests/breaking/breaks")) {
    const auto twin = harmless.find(id);
    if (twin == harmless.end()) continue;  // breaking_test reports that
    std::printf("{\"%s\", R\"page(%s%s%s)page\"},\n", id.c_str(),
                Section("A break", WithoutExpectations(c)).c_str(),
                Section("genlc breaking says", Render(Compare(c).diagnostics)).c_str(),
                Section("Harmless", WithoutExpectations(twin->second)).c_str());
  }
}

}  // namespace
}  // namespace genlc

int main() { genlc::Write(); }
