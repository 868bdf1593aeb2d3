#include "family/model/c_names.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace genlc {

std::string CLower(absl::string_view name) {
  std::string result(name);
  std::replace_if(
      result.begin(), result.end(), [](char c) { return c == '-' || c == ' '; }, '_');
  return result;
}

std::string CUpper(absl::string_view name) { return absl::AsciiStrToUpper(CLower(name)); }

}  // namespace genlc
