#include "tools/genlc/sources.h"

#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tools/genlc/spec_path.h"

namespace genlc {
namespace {

constexpr absl::string_view kProfileEnding = ".genlc.yaml";

class SourceReader {
 public:
  SourceReader(Environment& env, SourceManager& manager) : env_(env), manager_(manager) {}

  bool ok() const { return ok_; }

  void Complain(absl::string_view problem) {
    env_.Err(absl::StrCat("genlc: ", problem, "\n"));
    ok_ = false;
  }

  // Null where the file cannot be read, or is not there and may be absent.
  const SourceFile* Read(const std::string& path, bool may_be_absent) {
    absl::StatusOr<std::string> text = env_.files().Read(path);
    if (text.ok()) return manager_.Add(path, *std::move(text));
    if (may_be_absent && absl::IsNotFound(text.status())) return nullptr;
    Complain(absl::StrCat("cannot read ", path, ": ", text.status().message()));
    return nullptr;
  }

  // Whether `path` is the first to lead to its file.
  bool IsFirst(const std::string& path) {
    const auto [seen, first] = seen_.try_emplace(env_.files().Identity(path), path);
    if (first) return true;
    if (seen->second == path) Complain(absl::StrCat(path, " is given twice"));
    if (seen->second != path)
      Complain(absl::StrCat(seen->second, " and ", path, " are the same file"));
    return false;
  }

 private:
  Environment& env_;
  SourceManager& manager_;
  std::map<std::string, std::string> seen_;  // identity to the path as given
  bool ok_ = true;
};

absl::StatusOr<const SourceFile*> ReadFileOfRevision(const std::string& path,
                                                     const std::string& revision, Environment& env,
                                                     SourceManager& manager) {
  absl::StatusOr<std::string> text = env.files().ReadRevision(path, revision);
  if (text.ok()) return manager.Add(absl::StrCat(revision, ":", path), *std::move(text));
  if (absl::IsNotFound(text.status())) {
    return absl::NotFoundError(absl::StrCat(path, " is not in ", revision, ": nothing to break"));
  }
  return absl::UnknownError(
      absl::StrCat("cannot read ", path, " of ", revision, ": ", text.status().message()));
}

}  // namespace

std::string ProfilePath(absl::string_view spec_path) {
  const absl::string_view stem = absl::StripSuffix(absl::StripSuffix(spec_path, ".yaml"), ".yml");
  return absl::StrCat(stem, kProfileEnding);
}

std::optional<std::vector<Source>> ReadSources(const std::vector<std::string>& specs,
                                               const std::string& profile, Environment& env,
                                               SourceManager& manager) {
  SourceReader reader(env, manager);
  std::vector<Source> sources;
  for (const std::string& name : specs) {
    const absl::StatusOr<std::string> found = FindSpec(name, env);
    if (!found.ok()) {
      reader.Complain(found.status().message());
      continue;
    }
    const std::string& path = *found;
    if (absl::EndsWith(path, kProfileEnding)) {
      reader.Complain(absl::StrCat(path, " is a profile; give the spec that it belongs to"));
      continue;
    }
    if (!reader.IsFirst(path)) continue;
    Source source;
    source.spec = reader.Read(path, false);
    if (source.spec == nullptr) continue;
    source.profile = reader.Read(profile.empty() ? ProfilePath(path) : profile, profile.empty());
    sources.push_back(source);
  }
  if (!reader.ok()) return std::nullopt;
  return sources;
}

absl::StatusOr<Source> ReadRevision(const std::string& spec_path, const std::string& profile,
                                    const std::string& revision, Environment& env,
                                    SourceManager& manager) {
  const auto spec = ReadFileOfRevision(spec_path, revision, env, manager);
  if (!spec.ok()) return spec.status();
  const std::string profile_path = profile.empty() ? ProfilePath(spec_path) : profile;
  const auto beside = ReadFileOfRevision(profile_path, revision, env, manager);
  if (beside.ok()) return Source{*spec, *beside};
  if (profile.empty() && absl::IsNotFound(beside.status())) return Source{*spec, nullptr};
  return absl::UnknownError(beside.status().message());
}

}  // namespace genlc
