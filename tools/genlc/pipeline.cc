#include "tools/genlc/pipeline.h"

#include <iterator>
#include <optional>

#include "absl/strings/str_cat.h"
#include "family/check/check.h"
#include "family/load/load.h"
#include "family/model/build.h"

namespace genlc {

std::unique_ptr<const Family> Build(const Source& source, Reporter& reporter) {
  const std::optional<RawFamily> raw = LoadSpec(*source.spec, reporter);
  std::optional<RawProfile> profile;
  if (source.profile != nullptr) profile = LoadProfile(*source.profile, reporter);
  if (!raw.has_value()) return nullptr;
  return BuildFamily(*raw, profile.has_value() ? &*profile : nullptr, reporter);
}

std::unique_ptr<const Family> Analyze(const Source& source, Reporter& reporter) {
  std::unique_ptr<const Family> family = Build(source, reporter);
  if (family != nullptr) Check(*family, reporter);
  return reporter.has_errors() ? nullptr : std::move(family);
}

bool Compile(const Source& source, const std::vector<Target>& targets, OutputTree& tree,
             Reporter& reporter) {
  const std::unique_ptr<const Family> family = Analyze(source, reporter);
  if (family == nullptr) return false;
  for (const Target& target : targets) {
    OutputFiles files;
    target.backend->Generate(*family, files, reporter);
    const std::string folder =
        target.folder_for_each_family ? absl::StrCat("/", family->c_name) : "";
    tree.Add(target.directory + folder, files, {source.spec->path(), family->name});
  }
  return !reporter.has_errors();
}

void Append(std::vector<Diagnostic> more, std::vector<Diagnostic>& all) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace genlc
