// Writes, for `genlc explain`, an example of each rule as lines of a C++ array.
#include <cstdio>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "family/diag/render.h"
#include "tests/breaking/cases.h"
#include "tests/verify/judge.h"

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

void Write() {
  // The example of a rule is the case with the shortest name.
  std::map<std::string, BreakingCase> by_id;
  for (const BreakingCase& c : ReadBreakingCases("tests/verify/differs")) {
    const auto [it, inserted] = by_id.emplace(c.id(), c);
    if (!inserted && c.name.size() < it->second.name.size()) it->second = c;
  }
  for (const auto& [id, c] : by_id) {
    std::printf(
        "{\"%s\", R\"page(%s%s%s)page\"},\n", id.c_str(), Section("A spec", SpecOf(c, '+')).c_str(),
        Section("genlc verify says", Render(Compare(c, VerifyByKernel).diagnostics)).c_str(),
        Section("Repaired, as the kernel has it", SpecOf(c, '-')).c_str());
  }
}

}  // namespace
}  // namespace genlc

int main() { genlc::Write(); }
