#include "tools/genlc/request_text.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "family/diag/suggest.h"
#include "genl/json/arguments.h"
#include "genl/kernel_error.h"

namespace genlc {
namespace {

// Of the bytes, those that begin a character.
size_t Columns(absl::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

bool HasName(const genl::AttributeSet& set, absl::string_view name) {
  return std::any_of(set.attributes.begin(), set.attributes.end(),
                     [name](const genl::Attribute& attribute) { return attribute.name == name; });
}

}  // namespace

std::string Advice(const absl::Status& status) {
  if (absl::IsPermissionDenied(status)) return "hint: run it as root, or with CAP_NET_ADMIN\n";
  if (absl::IsDeadlineExceeded(status)) return "hint: --timeout gives the kernel more time\n";
  return "";
}

RequestText::RequestText(std::vector<std::string> arguments, std::string manual)
    : arguments_(std::move(arguments)),
      text_(absl::StrJoin(arguments_, " ")),
      manual_(std::move(manual)) {}

std::optional<std::string> RequestText::Encode(const genl::MessageTable& listed,
                                               const genl::AttributeSet& all,
                                               genl::Writer& writer) const {
  genl::JsonFault fault;
  const absl::Status status = is_json() ? genl::FromJson(listed, text_, writer, &fault)
                                        : genl::FromArguments(listed, arguments_, writer, &fault);
  if (status.ok()) return std::nullopt;
  std::string text = absl::StrCat(status.message(), "\n", Mark(fault.place));
  if (fault.word.empty()) return text;
  std::string hint = fault.path.empty() && HasName(all, fault.word)
                         ? "the spec has it, but not for this request"
                         : DidYouMeanOneOf(fault.word, fault.candidates);
  if (hint.empty()) hint = absl::StrCat("see `", manual_, "`");
  return absl::StrCat(text, "hint: ", hint, "\n");
}

std::string RequestText::Explain(const absl::Status& status) const {
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  const std::string text = absl::StrCat(status.message(), "\n");
  const std::string advice = Advice(status);
  if (!error || error->attribute.empty()) return text + advice;
  genl::JsonError ignored;
  const std::optional<genl::JsonNode> tree =
      is_json() ? genl::ParseJson(text_, ignored) : genl::ParseArguments(arguments_, ignored);
  std::optional<genl::JsonPlace> place;
  if (tree) place = genl::FindPath(*tree, error->attribute);
  return absl::StrCat(text, place ? Mark(*place) : "", advice);
}

// The line, and below it a caret and tildes.
std::string RequestText::Mark(genl::JsonPlace place) const {
  const size_t offset = std::min(place.offset, text_.size());
  const size_t before = offset == 0 ? text_.npos : text_.rfind('\n', offset - 1);
  const size_t start = before == text_.npos ? 0 : before + 1;
  const size_t end = std::min(text_.find('\n', offset), text_.size());
  const absl::string_view line = absl::string_view(text_).substr(start, end - start);
  std::string blank;
  for (const char c : line.substr(0, offset - start)) {
    if ((c & 0xc0) != 0x80) blank.push_back(c == '\t' ? '\t' : ' ');
  }
  const size_t width = Columns(line.substr(offset - start, place.length));
  return absl::StrCat("  ", line, "\n  ", blank, "^", std::string(width > 1 ? width - 1 : 0, '~'),
                      "\n");
}

}  // namespace genlc
