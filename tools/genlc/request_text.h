// The request of a live command: its text, the attributes that it means, and what is said
// about a part of it.
#ifndef GENLC_TOOLS_GENLC_REQUEST_TEXT_H_
#define GENLC_TOOLS_GENLC_REQUEST_TEXT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "genl/json/json.h"

namespace genlc {

// What a person can do about an error of the kernel, or of the way to it: a line, or nothing.
std::string Advice(const absl::Status& status);

class RequestText {
 public:
  // One argument that begins with a brace is JSON; others are path=value.
  // `manual` is the command that tells what could be asked: "genlc describe thermo sensor-get".
  RequestText(std::vector<std::string> arguments, std::string manual);

  // Appends the header and attributes, which must be in `listed`. Else the result says what is
  // wrong, for standard error; `all` tells what is unknown from what is only not listed.
  std::optional<std::string> Encode(const genl::MessageTable& listed, const genl::AttributeSet& all,
                                    genl::Writer& writer) const;

  // `status`, of the exchange, with the part of the request that the kernel refused and Advice().
  std::string Explain(const absl::Status& status) const;

 private:
  bool is_json() const { return arguments_.size() == 1 && text_.substr(0, 1) == "{"; }
  std::string Mark(genl::JsonPlace place) const;

  const std::vector<std::string> arguments_;
  const std::string text_;
  const std::string manual_;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_REQUEST_TEXT_H_
