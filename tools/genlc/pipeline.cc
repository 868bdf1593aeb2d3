#include "tools/genlc/pipeline.h"

#include <optional>

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

}  // namespace genlc
