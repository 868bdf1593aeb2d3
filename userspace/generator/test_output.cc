#include "userspace/generator/test_output.h"

#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "family/load/load.h"
#include "family/model/build.h"
#include "gtest/gtest.h"
#include "userspace/generator/cpp_backend.h"

namespace genlc {

Result Generate(const std::string& spec, const std::string& profile) {
  SourceManager manager;
  Reporter reporter;
  const std::optional<RawFamily> raw = LoadSpec(*manager.Add("dir/toy.yaml", spec), reporter);
  const std::optional<RawProfile> extra =
      LoadProfile(*manager.Add("dir/toy.genlc.yaml", profile), reporter);
  Result result;
  EXPECT_TRUE(raw.has_value());
  if (raw.has_value()) {
    const std::unique_ptr<Family> family = BuildFamily(*raw, extra ? &*extra : nullptr, reporter);
    OutputFiles files;
    result.ok = MakeCppBackend()->Generate(*family, files, reporter);
    for (const auto& [path, file] : files.files()) {
      if (path == "toy.genl.h") result.header = file.text;
      if (path == "toy.genl.cc") result.source = file.text;
      if (path == "toy.service.h") result.service_header = file.text;
      if (path == "toy.service.cc") result.service_source = file.text;
    }
  }
  result.diagnostics = reporter.Sorted();
  for (Diagnostic& diagnostic : result.diagnostics) {
    diagnostic.message = absl::StrCat(diagnostic.span.start().line, ": ", diagnostic.message);
  }
  return result;
}

std::string WithAttribute(const std::string& lines, const std::string& definitions) {
  return absl::StrCat(kHead, definitions, "attribute-sets:\n  - name: toy\n    attributes:\n",
                      "      - name: part\n", lines,
                      "operations:\n  list:\n    - name: get\n      doc: Get it.\n"
                      "      attribute-set: toy\n      do:\n        request:\n"
                      "          attributes: [part]\n");
}

}  // namespace genlc
