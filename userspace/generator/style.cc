#include "userspace/generator/style.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "family/codegen/banner.h"

namespace genlc::cpp {
namespace {

size_t LastLineLength(absl::string_view text) {
  const size_t end = text.rfind('\n');
  return end == text.npos ? text.size() : text.size() - end - 1;
}

size_t LongestLine(absl::string_view text) {
  size_t longest = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    longest = std::max(longest, line.size());
  }
  return longest;
}

// `head`, the arguments of a template on as many lines as needed, all in the column of the
// first, and `tail`.
std::vector<std::string> Fill(const std::string& head, const std::vector<std::string>& arguments,
                              absl::string_view tail) {
  std::vector<std::string> lines = {head};
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string next = absl::StrCat(arguments[i], i + 1 == arguments.size() ? tail : ",");
    if (i == 0) {
      lines.back() += next;
    } else if (lines.back().size() + 1 + next.size() <= static_cast<size_t>(kColumns)) {
      absl::StrAppend(&lines.back(), " ", next);
    } else {
      lines.push_back(std::string(head.size(), ' ') + next);
    }
  }
  return lines;
}

}  // namespace

void EmitComment(Printer& p, absl::string_view text, int indentation) {
  for (std::string line : WrapText(text, kColumns - indentation - 3)) {
    // A backslash at the end would draw the next line into the comment.
    while (!line.empty() && line.back() == '\\') line.pop_back();
    while (!line.empty() && line.back() == ' ') line.pop_back();
    p.Line(line.empty() ? "//" : absl::StrCat("// ", line));
  }
}

std::string WrapCall(absl::string_view head, const std::vector<std::string>& arguments,
                     absl::string_view tail, int indentation) {
  const std::string joined = absl::StrJoin(arguments, ", ");
  const std::string flat = absl::StrReplaceAll(head, {{"\t", " "}});
  const size_t room = static_cast<size_t>(kColumns - indentation);
  if (flat.size() + joined.size() + tail.size() + 2 <= room) {
    return absl::StrCat(flat, "(", joined, ")", tail);
  }
  const bool is_declaration = absl::StrContains(head, '\t');
  // Where one line is too short, parameters of a declaration stand below each other, all else
  // behind the parenthesis, four in. The name is broken off where even that is not enough.
  const std::string broken = absl::StrReplaceAll(head, {{"\t", "\n"}});
  const std::string& first = flat.size() + 1 <= room && !arguments.empty() ? flat : broken;
  if (LastLineLength(first) + joined.size() + tail.size() + 2 <= room) {
    return absl::StrCat(first, "(", joined, ")", tail);
  }
  const std::string aligned =
      absl::StrJoin(arguments, absl::StrCat(",\n", std::string(LastLineLength(first) + 1, ' ')));
  if (is_declaration && LongestLine(absl::StrCat(first, "(", aligned, ")", tail)) <= room) {
    return absl::StrCat(first, "(", aligned, ")", tail);
  }
  const bool fits = 4 + joined.size() + 1 + tail.size() <= room;
  return absl::StrCat(first, "(\n    ", fits ? joined : absl::StrJoin(arguments, ",\n    "), ")",
                      tail);
}

void EmitInline(Printer& p, const std::string& head, const std::string& body) {
  constexpr size_t kIndentation = 2;
  const std::string line = absl::StrCat(head, " ", body, " }");
  if (!absl::StrContains(line, '\n') && line.size() + kIndentation <= size_t{kColumns}) {
    p.Line(line);
    return;
  }
  p.Emit({{"head", head}, {"body", body}}, R"(
    $head$
      $body$
    }
  )");
}

std::string AliasOfTemplate(absl::string_view name, absl::string_view head,
                            const std::vector<std::string>& arguments) {
  const std::string alias = absl::StrCat("using ", name, " =");
  const std::vector<std::string> beside =
      Fill(absl::StrCat(alias, " ", head, "<"), arguments, ">;");
  const std::vector<std::string> below = Fill(absl::StrCat("    ", head, "<"), arguments, ">;");
  if (beside.size() <= below.size()) return absl::StrJoin(beside, "\n");
  return absl::StrCat(alias, "\n", absl::StrJoin(below, "\n"));
}

std::string VariableOfTemplate(absl::string_view head, const std::vector<std::string>& arguments,
                               absl::string_view name) {
  std::string line = absl::StrCat(head, "<", absl::StrJoin(arguments, ", "), "> ", name, ";");
  if (line.size() <= static_cast<size_t>(kColumns)) return line;
  return absl::StrCat(absl::StrJoin(Fill(absl::StrCat(head, "<"), arguments, ">"), "\n"), "\n    ",
                      name, ";");
}

std::string Quoted(absl::string_view text) {
  return absl::StrCat("\"", absl::Utf8SafeCEscape(text), "\"");
}

}  // namespace genlc::cpp
