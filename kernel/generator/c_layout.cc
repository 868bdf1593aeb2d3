#include "kernel/generator/c_layout.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "family/codegen/banner.h"

namespace genlc::kernel {
namespace {

constexpr int kTab = 8;

// White space from the indentation of `depth` tabs up to `column`.
std::string AlignTo(int column, int depth) {
  return absl::StrCat(std::string(column / kTab - depth, '\t'), std::string(column % kTab, ' '));
}

// Tabs from column `from` to the tab stop `to`, at least one.
std::string TabsBetween(int from, int to) {
  return std::string(std::max(1, (to - from + kTab - 1) / kTab), '\t');
}

int NextStop(int column) { return (column / kTab + 1) * kTab; }

int WidestLine(absl::string_view text) {
  int widest = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) widest = std::max(widest, Width(line));
  return widest;
}

}  // namespace

int Width(absl::string_view line) {
  int column = 0;
  for (char c : line) column = c == '\t' ? NextStop(column) : column + 1;
  return column;
}

std::string Wrap(absl::string_view head, const std::vector<std::string>& arguments,
                 absl::string_view tail, int depth) {
  const int indentation = depth * kTab;
  const std::string whole = absl::StrCat(head, absl::StrJoin(arguments, ", "), tail);
  if (indentation + Width(whole) <= kColumns) return whole;

  const int column = indentation + Width(head);
  std::string text(head);
  int at = column;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const bool last = i + 1 == arguments.size();
    const int need = Width(arguments[i]) + (last ? Width(tail) : 1);
    if (i > 0 && at + 1 + need > kColumns) {
      absl::StrAppend(&text, "\n", AlignTo(column, depth));
      at = column;
    } else if (i > 0) {
      text.push_back(' ');
      ++at;
    }
    absl::StrAppend(&text, arguments[i], last ? tail : ",");
    at += need;
  }
  return text;
}

std::string Assign(absl::string_view left, absl::string_view right, int depth) {
  const std::string whole = absl::StrCat(left, " ", right, ";");
  if (depth * kTab + Width(whole) <= kColumns) return whole;
  return absl::StrCat(left, "\n\t", right, ";");
}

std::string Function(absl::string_view returns, absl::string_view name,
                     const std::vector<std::string>& parameters, absl::string_view tail) {
  const std::vector<std::string> all =
      parameters.empty() ? std::vector<std::string>{"void"} : parameters;
  const char* space = returns.back() == '*' ? "" : " ";
  std::string text = Wrap(absl::StrCat(returns, space, name, "("), all, tail);
  if (WidestLine(text) <= kColumns) return text;
  return absl::StrCat(returns, "\n", Wrap(absl::StrCat(name, "("), all, tail));
}

std::string Condition(const std::vector<std::string>& terms, int depth) {
  const std::string whole = absl::StrCat("if (", absl::StrJoin(terms, " && "), ")");
  if (depth * kTab + Width(whole) <= kColumns) return whole;
  return absl::StrCat("if (", absl::StrJoin(terms, " &&\n    "), ")");
}

std::string Initializers(const std::vector<std::pair<std::string, std::string>>& fields) {
  int longest = 0;
  for (const auto& [field, value] : fields) longest = std::max(longest, Width(field) + 1);
  const int stop = NextStop(longest);
  std::vector<std::string> lines;
  for (const auto& [field, value] : fields) {
    const int from = Width(field) + 1;
    lines.push_back(absl::StrCat(".", field, TabsBetween(from, stop), "= ", value, ","));
  }
  return absl::StrJoin(lines, "\n");
}

std::string Defines(const std::vector<std::pair<std::string, std::string>>& defines) {
  int longest = 0;
  for (const auto& [name, value] : defines) longest = std::max(longest, Width(name));
  // "#define " is one tab stop wide.
  const int stop = NextStop(longest);
  std::vector<std::string> lines;
  for (const auto& [name, value] : defines) {
    lines.push_back(absl::StrCat("#define ", name, TabsBetween(Width(name), stop), value));
  }
  return absl::StrJoin(lines, "\n");
}

std::string Entry(absl::string_view left, absl::string_view right, int depth) {
  const std::string whole = absl::StrCat(left, " = ", right, ",");
  if (depth * kTab + Width(whole) <= kColumns) return whole;
  if (absl::ConsumePrefix(&right, "{ ") && absl::ConsumeSuffix(&right, " }")) {
    absl::ConsumeSuffix(&right, ",");
    std::vector<std::pair<std::string, std::string>> fields;
    for (absl::string_view field : absl::StrSplit(right, ", ")) {
      const std::pair<std::string, std::string> parts = absl::StrSplit(field, " = ");
      fields.emplace_back(parts.first.substr(1), parts.second);
    }
    return absl::StrCat(left, " = {\n\t",
                        absl::StrReplaceAll(Initializers(fields), {{"\n", "\n\t"}}), "\n},");
  }
  const size_t parenthesis = right.find('(');
  if (right.back() != ')' || parenthesis == absl::string_view::npos) {
    return absl::StrCat(left, " =\n\t", right, ",");
  }
  const std::vector<std::string> arguments =
      absl::StrSplit(right.substr(parenthesis + 1, right.size() - parenthesis - 2), ", ");
  // The inner lines are one tab deeper, and so is what they are aligned to.
  std::string call = Wrap(right.substr(0, parenthesis + 1), arguments, "),", depth + 1);
  return absl::StrCat(left, " =\n\t", absl::StrReplaceAll(call, {{"\n", "\n\t"}}));
}

std::string Table(absl::string_view type, absl::string_view name) {
  const std::string whole = absl::StrCat(type, " ", name, " = {");
  if (Width(whole) <= kColumns) return whole;
  return absl::StrCat(type, "\n", name, " = {");
}

std::string Locals(std::vector<std::string> declarations) {
  std::stable_sort(declarations.begin(), declarations.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  return absl::StrJoin(declarations, "\n");
}

std::string Comment(absl::string_view text, int depth) {
  const std::string safe = CommentSafe(text);
  const int width = kColumns - depth * kTab;
  const std::vector<std::string> one = WrapText(safe, width - 6);
  if (one.empty()) return "";
  if (one.size() == 1) return absl::StrCat("/* ", one[0], " */");
  return BlockComment(WrapText(safe, width - 3));
}

std::string BlockComment(const std::vector<std::string>& lines) {
  std::string text = "/*";
  for (const std::string& line : lines) {
    absl::StrAppend(&text, "\n *", line.empty() ? "" : " ", line);
  }
  return absl::StrCat(text, "\n */");
}

std::string CommentItem(absl::string_view text, absl::string_view further_indentation) {
  std::vector<std::string> lines;
  std::string line = " *";
  for (absl::string_view word :
       absl::StrSplit(CommentSafe(text), absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty())) {
    if (line.size() + 1 + word.size() >= kColumns && line.size() > 2) {
      lines.push_back(line);
      line = absl::StrCat(" *", further_indentation);
    }
    absl::StrAppend(&line, " ", word);
  }
  lines.push_back(line);
  return absl::StrJoin(lines, "\n");
}

std::string CommentSafe(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"*/", "* /"}, {"/*", "/ *"}});
}

std::string StringLiteral(absl::string_view text) {
  std::string literal = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      absl::StrAppend(&literal, "\\", std::string(1, c));
    } else if (absl::ascii_isprint(static_cast<unsigned char>(c))) {
      literal.push_back(c);
    } else {
      absl::StrAppendFormat(&literal, "\\%03o", static_cast<unsigned char>(c));
    }
  }
  literal.push_back('"');
  return literal;
}

}  // namespace genlc::kernel
