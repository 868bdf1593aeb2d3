#include "family/diag/explain.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "family/diag/catalogue.h"

namespace genlc {
namespace {

constexpr size_t kWidth = 80;

// ID and example of each diagnostic that has one.
constexpr std::pair<const char*, const char*> kExamples[] = {
#include "family/diag/examples.inc"
};

absl::string_view ExampleOf(absl::string_view id) {
  for (const auto& [example_id, example] : kExamples) {
    if (id == example_id) return example;
  }
  return "";
}

std::string Wrapped(absl::string_view text) {
  std::string wrapped;
  size_t column = 0;
  for (const absl::string_view word : absl::StrSplit(text, ' ')) {
    if (column > 0 && column + 1 + word.size() > kWidth) {
      wrapped += "\n";
      column = 0;
    }
    absl::StrAppend(&wrapped, column > 0 ? " " : "", word);
    column += word.size() + (column > 0 ? 1 : 0);
  }
  return wrapped + "\n";
}

}  // namespace

std::string Headline(const DiagnosticInfo& info) {
  std::string line = absl::StrFormat("%s  %-7s  ", info.id, Name(info.severity));
  for (const char* c = info.format; *c != '\0'; ++c) {
    if (*c == '$') {
      ++c;  // the number of the argument
      line += "...";
    } else {
      line += *c;
    }
  }
  return line;
}

std::optional<std::string> Explain(absl::string_view id) {
  const DiagnosticInfo* info = FindDiagnostic(id);
  if (info == nullptr) return std::nullopt;
  return absl::StrCat(Headline(*info), "\n\n", Wrapped(info->why), ExampleOf(info->id));
}

}  // namespace genlc
