// Objects that a kernel sent, as text: JSON, YAML or a table.
#ifndef GENLC_TOOLS_GENLC_REPLY_FORMAT_H_
#define GENLC_TOOLS_GENLC_REPLY_FORMAT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "genl/json/json.h"
#include "tools/genlc/environment.h"
#include "tools/genlc/flags.h"

namespace genlc {

enum class ReplyFormat { kJson, kYaml, kTable };

// The same for each object: a line of JSON, or a member a line where `style` is pretty; a document
// of YAML, "---" and a member a line. A table has a line for each object and a column for each
// member, those of objects inside by their path; of a single object it has a line for each member.
class ReplyPrinter {
 public:
  ReplyPrinter(ReplyFormat format, genl::JsonStyle style) : format_(format), style_(style) {}

  // How the JSON for Add() is to be written.
  genl::JsonStyle style() const {
    return format_ == ReplyFormat::kJson ? style_ : genl::JsonStyle::kCompact;
  }
  // The text for one more object, which is `json`; of a table nothing, before all are known.
  std::string Add(absl::string_view json);
  // What is left to print.
  std::string End();

 private:
  using Cells = std::vector<std::pair<std::string, std::string>>;  // path and value

  std::string Table() const;
  std::string Lines() const;

  const ReplyFormat format_;
  const genl::JsonStyle style_;
  std::vector<Cells> rows_;
};

// --format and --pretty.
class ReplyFlags {
 public:
  // This object outlives them.
  Flag format() {
    return {"format", "json|yaml|table", "how replies are printed; default: json", &format_};
  }
  // For what has no end; a table is not for it.
  Flag stream_format() {
    return {"format", "json|yaml", "how messages are printed; default: json", &format_};
  }
  Flag pretty() { return {"pretty", "", "JSON: one member a line, as on a terminal", &pretty_}; }

  ReplyPrinter printer(const Environment& env) const { return {format_, style(env)}; }
  genl::JsonStyle style(const Environment& env) const {
    return pretty_ || env.terminal() ? genl::JsonStyle::kPretty : genl::JsonStyle::kCompact;
  }

 private:
  ReplyFormat format_ = ReplyFormat::kJson;
  bool pretty_ = false;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_REPLY_FORMAT_H_
