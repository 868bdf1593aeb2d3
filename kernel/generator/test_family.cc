#include "kernel/generator/test_family.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "family/load/load.h"
#include "family/model/build.h"

namespace genlc::kernel {
namespace {

std::optional<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

std::string TestFamily::errors() const {
  std::string text;
  for (const Diagnostic& diagnostic : reporter.Sorted()) {
    if (diagnostic.info->severity != Severity::kError) continue;
    absl::StrAppend(&text, diagnostic.message, "\n");
  }
  return text;
}

std::unique_ptr<TestFamily> FamilyFromText(absl::string_view path, absl::string_view spec,
                                           absl::string_view profile) {
  auto result = std::make_unique<TestFamily>();
  const SourceFile* file = result->sources.Add(std::string(path), std::string(spec));
  const std::optional<RawFamily> raw = LoadSpec(*file, result->reporter);
  if (!raw) return result;
  std::optional<RawProfile> raw_profile;
  if (!profile.empty()) {
    const SourceFile* profile_file =
        result->sources.Add(absl::StrCat(path, ".profile"), std::string(profile));
    raw_profile = LoadProfile(*profile_file, result->reporter);
  }
  result->family = BuildFamily(*raw, raw_profile ? &*raw_profile : nullptr, result->reporter);
  return result;
}

std::unique_ptr<TestFamily> FamilyFromFile(const std::string& path) {
  const std::optional<std::string> spec = ReadFile(path);
  if (!spec) {
    std::fprintf(stderr, "no spec at %s\n", path.c_str());
    std::abort();
  }
  const std::string stem(absl::StripSuffix(path, ".yaml"));
  return FamilyFromText(path, *spec, ReadFile(absl::StrCat(stem, ".genlc.yaml")).value_or(""));
}

std::unique_ptr<TestFamily> Thermo() {
  return FamilyFromFile("family/examples/thermo/thermo.yaml");
}

}  // namespace genlc::kernel
