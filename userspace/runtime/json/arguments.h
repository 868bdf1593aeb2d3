// `path=value` arguments as the tree that the same request in JSON would be.
#ifndef GENL_JSON_ARGUMENTS_H_
#define GENL_JSON_ARGUMENTS_H_

#include <optional>
#include <string>

#include "absl/types/span.h"
#include "genl/json/tree.h"

namespace genl {

// Values become words, objects and arrays are loose (JsonNode). Places are in the arguments
// joined by single spaces.
std::optional<JsonNode> ParseArguments(absl::Span<const std::string> arguments, JsonError& error);

}  // namespace genl

#endif  // GENL_JSON_ARGUMENTS_H_
