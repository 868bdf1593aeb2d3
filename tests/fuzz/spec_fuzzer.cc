// For libFuzzer: a spec and, behind a line `#!profile`, its profile, up to the end of the checks.
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "family/check/check.h"
#include "family/load/load.h"
#include "family/model/build.h"
#include "tests/fuzz/demand.h"

namespace genlc {
namespace {

constexpr absl::string_view kProfileMark = "#!profile\n";

bool IsInside(const SourceSpan& span) {
  return span.file != nullptr && span.begin <= span.end && span.end <= span.file->text().size();
}

void DemandPlaces(const Reporter& reporter) {
  for (const Diagnostic& diagnostic : reporter.Sorted()) {
    Demand(IsInside(diagnostic.span), "a diagnostic has a place", diagnostic.message);
    Demand(!diagnostic.message.empty(), "a diagnostic says something", diagnostic.info->id);
    for (const Label& label : diagnostic.labels) {
      Demand(IsInside(label.span), "a label has a place", label.text);
    }
  }
}

void FuzzSpec(absl::string_view text) {
  const size_t mark = text.find(kProfileMark);
  SourceManager sources;
  Reporter reporter;
  const std::optional<RawFamily> raw =
      LoadSpec(*sources.Add("a.yaml", std::string(text.substr(0, mark))), reporter);
  std::optional<RawProfile> profile;
  if (mark != absl::string_view::npos) {
    text.remove_prefix(mark + kProfileMark.size());
    profile = LoadProfile(*sources.Add("a.genlc.yaml", std::string(text)), reporter);
  }
  Demand(raw || reporter.has_errors(), "what cannot be read is reported");
  if (raw) {
    const std::unique_ptr<const Family> family =
        BuildFamily(*raw, profile ? &*profile : nullptr, reporter);
    Check(*family, reporter);
  }
  DemandPlaces(reporter);
}

}  // namespace
}  // namespace genlc

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  genlc::FuzzSpec({reinterpret_cast<const char*>(data), size});
  return 0;
}
