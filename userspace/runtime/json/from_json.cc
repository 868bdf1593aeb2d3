#include <optional>
#include <string>

#include "genl/decode.h"
#include "genl/json/arguments.h"
#include "genl/json/json.h"
#include "genl/json/message_writer.h"
#include "genl/json/names.h"

namespace genl {
namespace {

absl::Status Write(const MessageTable& message, const std::optional<JsonNode>& tree,
                   const JsonError& error, Writer& writer, JsonFault* fault, JsonLimits limits) {
  JsonFault own;
  JsonFault& said = fault != nullptr ? *fault : own;
  said = {};
  bool ok = false;
  if (tree) {
    ok = MessageWriter(writer, said, limits).Message(message, *tree);
  } else {
    said.Set(error.text, error.place);
  }
  return ok ? absl::OkStatus() : absl::InvalidArgumentError(said.Message());
}

}  // namespace

absl::Status FromJson(const MessageTable& message, absl::string_view json, Writer& writer,
                      JsonFault* fault, JsonLimits limits) {
  JsonError error;
  const std::optional<JsonNode> tree = ParseJson(json, error);
  return Write(message, tree, error, writer, fault, limits);
}

absl::Status FromJson(const Layout& layout, absl::string_view json, void* value, JsonFault* fault) {
  Writer writer;
  if (absl::Status status = FromJson(TableOf(layout), json, writer, fault); !status.ok()) {
    return status;
  }
  const absl::Status status = Decode(layout, writer.bytes(), value);
  // What is missing stands nowhere in the text.
  if (!status.ok() && fault != nullptr) fault->Set(std::string(status.message()), {});
  return status;
}

absl::Status FromArguments(const MessageTable& message, absl::Span<const std::string> arguments,
                           Writer& writer, JsonFault* fault, JsonLimits limits) {
  JsonError error;
  const std::optional<JsonNode> tree = ParseArguments(arguments, error);
  return Write(message, tree, error, writer, fault, limits);
}

}  // namespace genl
