// Writes, for `genlc explain`, an example of each diagnostic as lines of a C++ array.
#include <cstdio>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "family/diag/render.h"
#include "tests/specs/corpus.h"

namespace genlc {
namespace {

// Of a long spec: how many lines of its beginning and of its end are shown.
constexpr size_t kHead = 24;
constexpr size_t kTail = 6;

std::string Indented(absl::string_view text) {
  absl::ConsumeSuffix(&text, "\n");
  const std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  std::string indented;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i == kHead && lines.size() > kHead + kTail + 1) {
      i = lines.size() - kTail;
      absl::StrAppend(&indented, "    ... ", i - kHead, " lines more\n");
    }
    absl::StrAppend(&indented, lines[i].empty() ? "" : "    ", lines[i], "\n");
  }
  return indented;
}

bool IsPrintable(absl::string_view text) {
  for (const char c : text) {
    if ((c & 0x80) == 0 && c < 0x20 && c != '\n' && c != '\t') return false;
  }
  return true;
}

// What a terminal cannot show is shown as the number of the byte.
std::string Printable(const Case& c, absl::string_view text) {
  if (IsPrintable(text) && !absl::StartsWith(c.name, "GL0102")) return std::string(text);
  std::string printable;
  for (const char byte : text) {
    if ((byte & 0x80) != 0 || (byte < 0x20 && byte != '\n' && byte != '\t')) {
      absl::StrAppend(&printable, "\\x",
                      absl::Hex(static_cast<unsigned char>(byte), absl::kZeroPad2));
    } else {
      printable += byte;
    }
  }
  return printable;
}

std::string Section(absl::string_view title, const Case& c, const CorpusFile& file) {
  const std::string text = Strip(file.text);
  if (text.empty()) return absl::StrCat("\n", title, ": an empty file\n");
  return absl::StrCat("\n", title, ":\n\n", Indented(Printable(c, text)));
}

std::string Example(const Case& bad, const Case& good) {
  std::string page;
  if (bad.profile) {
    absl::StrAppend(&page, Section("A spec", bad, bad.spec));
    absl::StrAppend(&page, Section("Its profile, wrong", bad, *bad.profile));
  } else {
    absl::StrAppend(&page, Section("Wrong", bad, bad.spec));
  }
  absl::StrAppend(&page, "\ngenlc says:\n\n",
                  Indented(Render(Diagnose(bad, /*short_paths=*/true).diagnostics)));
  absl::StrAppend(&page, Section("Repaired", good, bad.profile ? *good.profile : good.spec));
  return page;
}

// The example of a diagnostic is the case with the shortest name.
std::map<std::string, Case> ById(const std::vector<Case>& cases) {
  std::map<std::string, Case> by_id;
  for (const Case& c : cases) {
    const auto [it, inserted] = by_id.emplace(c.id(), c);
    if (!inserted && c.name.size() < it->second.name.size()) it->second = c;
  }
  return by_id;
}

void Write() {
  std::map<std::string, Case> good;
  for (const Case& c : ReadCases("tests/specs/good")) good.emplace(c.name, c);
  for (const auto& [id, bad] : ById(ReadCases("tests/specs/bad"))) {
    const auto twin = good.find(bad.name);
    if (twin == good.end()) continue;  // corpus_test reports that
    std::printf("{\"%s\", R\"page(%s)page\"},\n", id.c_str(),
                Example(bad, twin->second).c_str());
  }
}

}  // namespace
}  // namespace genlc

int main() { genlc::Write(); }
