#include "family/diag/reporter.h"

#include <algorithm>
#include <sstream>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "family/diag/catalogue/yaml.h"

namespace genlc {

absl::string_view Name(Severity severity) {
  switch (severity) {
    case Severity::kError: return "error";
    case Severity::kWarning: return "warning";
    case Severity::kNote: return "note";
  }
  return "";
}

namespace {

// What a spec says may be damaged, or a megabyte long; a message is one line.
constexpr size_t kLongestText = 120;

bool Same(const Diagnostic& a, const Diagnostic& b) {
  return a.info == b.info && a.span == b.span && a.message == b.message;
}

}  // namespace

std::string Reporter::Text(absl::string_view text) {
  std::string line;
  for (const char c : text.substr(0, kLongestText)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      absl::StrAppend(&line, "\\x", absl::Hex(byte, absl::kZeroPad2));
    } else {
      line.push_back(c);
    }
  }
  if (text.size() <= kLongestText) return line;
  // Not in the middle of a character.
  while (!line.empty() && (line.back() & 0xc0) == 0x80) line.pop_back();
  line.pop_back();
  return absl::StrCat(line, "...");
}

std::string Reporter::Text(absl::int128 number) {
  std::ostringstream text;
  text << number;
  return text.str();
}

Reporter::Addition Reporter::Add(Diagnostic diagnostic) {
  if (diagnostic.info->severity == Severity::kError) ++errors_;
  if (diagnostics_.size() == kMostDiagnostics) {
    ++errors_;
    diagnostics_.push_back({&kTooManyDiagnostics.info, diagnostic.span,
                            absl::Substitute(kTooManyDiagnostics.info.format, kMostDiagnostics),
                            {}, {}});
  }
  if (diagnostics_.size() > kMostDiagnostics) {
    dropped_ = std::move(diagnostic);
    return Addition(dropped_);
  }
  diagnostics_.push_back(std::move(diagnostic));
  return Addition(diagnostics_.back());
}

bool Reporter::has_errors_in(const SourceFile* file) const {
  return std::any_of(diagnostics_.begin(), diagnostics_.end(), [file](const Diagnostic& d) {
    return d.span.file == file && d.info->severity == Severity::kError;
  });
}

std::vector<Diagnostic> Reporter::Sorted() const {
  absl::flat_hash_map<const SourceFile*, size_t> rank;
  for (const Diagnostic& d : diagnostics_) rank.try_emplace(d.span.file, rank.size());
  const auto order = [&rank](const Diagnostic& d) {
    return std::make_tuple(rank.at(d.span.file), d.span.begin, d.info->severity,
                           absl::string_view(d.info->id), absl::string_view(d.message));
  };
  std::vector<Diagnostic> sorted = diagnostics_;
  std::stable_sort(sorted.begin(), sorted.end(), [&order](const auto& a, const auto& b) {
    return order(a) < order(b);
  });
  sorted.erase(std::unique(sorted.begin(), sorted.end(), Same), sorted.end());
  return sorted;
}

}  // namespace genlc
