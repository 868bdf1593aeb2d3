#include "family/load/load.h"

#include <algorithm>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "absl/strings/ascii.h"
#include "family/diag/catalogue/yaml.h"
#include "family/load/object_loader.h"
#include "family/load/yaml.h"

namespace genlc {
namespace {

constexpr absl::string_view kSpdx = "SPDX-License-Identifier:";

// The licence expression of the first line; empty where there is none.
std::string License(const SourceFile& file) {
  absl::string_view line = file.Line(1);
  absl::ConsumePrefix(&line, "\xef\xbb\xbf");
  if (!absl::ConsumePrefix(&line, "#")) return "";
  line = absl::StripAsciiWhitespace(line);
  if (!absl::ConsumePrefix(&line, kSpdx)) return "";
  line = absl::StripAsciiWhitespace(line);
  // It is copied into every generated file.
  const bool expression = std::all_of(line.begin(), line.end(), [](char c) {
    return absl::ascii_isalnum(c) || absl::StrContains(" ()+-.:", absl::string_view(&c, 1));
  });
  return expression ? std::string(line) : "";
}

// The level decides which keys are legal, so it is looked up before anything else. A word
// that is no level is reported when the key itself is loaded.
Level FindLevel(const YamlNode& root) {
  for (const auto& [key, value] : root.entries) {
    if (key->value != "protocol") continue;
    for (size_t i = 0; i < std::size(kProtocols); ++i) {
      if (value->value == kProtocols[i].text) return static_cast<Level>(i);
    }
  }
  return Level::kGenetlink;
}

}  // namespace

std::optional<RawFamily> LoadSpec(const SourceFile& file, Reporter& reporter) {
  const std::unique_ptr<YamlTree> tree = YamlTree::Parse(file, reporter);
  if (tree == nullptr) return std::nullopt;

  RawFamily family;
  family.level = FindLevel(tree->root());
  family.license = License(file);
  if (family.license.empty()) {
    reporter.Report(kNoSpdxLine, {&file, 0, 0})
        .Hint("# SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)");
  }
  ObjectLoader loader(family.level, reporter);
  if (!loader.Load(tree->root(), KeyInfo{"spec", {}}, family)) return std::nullopt;
  return family;
}

std::optional<RawProfile> LoadProfile(const SourceFile& file, Reporter& reporter) {
  if (absl::StripAsciiWhitespace(file.text()).empty()) return RawProfile();
  const std::unique_ptr<YamlTree> tree = YamlTree::Parse(file, reporter);
  if (tree == nullptr) return std::nullopt;
  RawProfile profile;
  ObjectLoader loader(Level::kGenetlinkLegacy, reporter);
  if (!loader.Load(tree->root(), KeyInfo{"profile", {}}, profile)) return std::nullopt;
  return profile;
}

}  // namespace genlc
