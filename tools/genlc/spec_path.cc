#include "tools/genlc/spec_path.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "family/diag/suggest.h"

namespace genlc {
namespace {

// The same for all spellings of a family.
std::string Key(absl::string_view name) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(name), {{"_", "-"}});
}

// The families whose specs are in a folder, by the names of their files.
std::vector<std::string> NamesIn(const std::string& folder, const Environment& env) {
  std::vector<std::string> names;
  for (const std::string& file : env.files().List(folder)) {
    absl::string_view stem = file;
    const bool is_spec = absl::ConsumeSuffix(&stem, ".yaml") && !absl::StrContains(stem, '.');
    if (is_spec) names.emplace_back(stem);
  }
  return names;
}

std::optional<std::string> FindIn(const std::string& folder, const std::string& name,
                                  const Environment& env) {
  const std::vector<std::string> names = NamesIn(folder, env);
  auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    found = std::find_if(names.begin(), names.end(),
                         [&](const std::string& other) { return Key(other) == Key(name); });
  }
  if (found == names.end()) return std::nullopt;
  return absl::StrCat(folder, "/", *found, ".yaml");
}

}  // namespace

std::vector<std::string> SpecFolders(const Environment& env) {
  std::vector<std::string> folders =
      absl::StrSplit(env.Variable(kSpecPathVariable), ':', absl::SkipEmpty());
  folders.push_back("Documentation/netlink/specs");
  for (const std::string& folder :
       {absl::StrCat(env.data_folder(), "/specs"), std::string("/usr/share/genlc/specs"),
        std::string("/usr/share/ynl/specs")}) {
    if (std::find(folders.begin(), folders.end(), folder) == folders.end()) {
      folders.push_back(folder);
    }
  }
  return folders;
}

absl::StatusOr<std::string> FindSpec(const std::string& name, const Environment& env) {
  if (absl::StrContains(name, '/') || absl::StrContains(name, '.')) return name;
  const std::vector<std::string> folders = SpecFolders(env);
  for (const std::string& folder : folders) {
    if (std::optional<std::string> path = FindIn(folder, name, env)) return *std::move(path);
  }
  const std::vector<std::string> names = SpecNames(env);
  const std::string hint = DidYouMean(Key(name), {names.begin(), names.end()});
  return absl::NotFoundError(
      absl::StrCat("there is no spec of `", name, "`", hint.empty() ? "" : "; ", hint,
                   "\n  looked for ", name, ".yaml in ", absl::StrJoin(folders, ", "),
                   "\n  name the file of a spec, or put its folder into ", kSpecPathVariable));
}

std::vector<std::string> SpecNames(const Environment& env) {
  std::vector<std::string> names;
  for (const std::string& folder : SpecFolders(env)) {
    const std::vector<std::string> more = NamesIn(folder, env);
    names.insert(names.end(), more.begin(), more.end());
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace genlc
