#include "family/codegen/printer.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace genlc {
namespace {

// A generator is wrong: say what it was printing, and stop.
[[noreturn]] void Fail(absl::string_view problem, absl::string_view context) {
  std::fprintf(stderr, "printer: %s, in:\n%s\n", std::string(problem).c_str(),
               std::string(context).c_str());
  std::abort();
}

size_t LeadingSpaces(absl::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

// The lines of a template without what only served its place in the source file.
std::vector<absl::string_view> TemplateLines(absl::string_view text) {
  if (!text.empty() && text.front() == '\n') text.remove_prefix(1);
  std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  // What stands before the closing quotes, or nothing where the text ends a line itself.
  if (lines.size() > 1 && absl::StripAsciiWhitespace(lines.back()).empty()) lines.pop_back();

  size_t common = absl::string_view::npos;
  for (absl::string_view line : lines) {
    if (!absl::StripAsciiWhitespace(line).empty()) common = std::min(common, LeadingSpaces(line));
  }
  for (absl::string_view& line : lines) line.remove_prefix(std::min(common, line.size()));
  return lines;
}

// A run of literal text, or the name of a hole.
struct Piece {
  absl::string_view text;
  bool hole = false;
};

std::vector<Piece> Split(absl::string_view line, absl::string_view context) {
  std::vector<Piece> pieces;
  while (!line.empty()) {
    const size_t dollar = line.find('$');
    if (dollar != 0) pieces.push_back({line.substr(0, dollar)});
    if (dollar == absl::string_view::npos) break;
    line.remove_prefix(dollar + 1);
    const size_t end = line.find('$');
    if (end == absl::string_view::npos) Fail("a `$` has no partner", context);
    if (end == 0) {
      pieces.push_back({"$"});
    } else {
      pieces.push_back({line.substr(0, end), true});
    }
    line.remove_prefix(end + 1);
  }
  return pieces;
}

size_t FindVariable(const Printer::Variables& variables, absl::string_view name,
                    absl::string_view context) {
  for (size_t i = 0; i < variables.size(); ++i) {
    if (variables[i].name == name) return i;
  }
  Fail(absl::StrCat("no variable `", name, "`"), context);
}

}  // namespace

void Printer::Emit(const Variables& variables, absl::string_view text) {
  std::vector<bool> used(variables.size());
  for (absl::string_view line : TemplateLines(text)) EmitLine(line, variables, used, text);
  for (size_t i = 0; i < variables.size(); ++i) {
    if (!used[i]) Fail(absl::StrCat("variable `", variables[i].name, "` is not used"), text);
  }
}

void Printer::EmitLine(absl::string_view line, const Variables& variables, std::vector<bool>& used,
                       absl::string_view context) {
  const std::vector<Piece> pieces = Split(line, context);
  const auto holes = std::count_if(pieces.begin(), pieces.end(), [](Piece p) { return p.hole; });
  const bool alone = holes == 1 && std::all_of(pieces.begin(), pieces.end(), [](const Piece& p) {
    return p.hole || absl::StripAsciiWhitespace(p.text).empty();
  });

  std::string out;
  for (const Piece& piece : pieces) {
    if (!piece.hole) {
      absl::StrAppend(&out, piece.text);
      continue;
    }
    const size_t index = FindVariable(variables, piece.text, context);
    const Value& value = variables[index].value;
    used[index] = true;
    if (value.emit_) {
      if (!alone) Fail(absl::StrCat("`", piece.text, "` emits lines, but shares its own"), context);
      const Indent indent(*this, out);
      value.emit_();
      return;
    }
    if (alone) {
      if (value.text_.empty()) return;
      const Indent indent(*this, out);
      for (absl::string_view part : absl::StrSplit(value.text_, '\n')) AppendLine(part, context);
      return;
    }
    absl::StrAppend(&out, value.text_);
  }
  AppendLine(out, context);
}

void Printer::AppendLine(absl::string_view line, absl::string_view context) {
  if (line.empty()) {
    if (absl::EndsWith(text_, "\n\n")) Fail("two blank lines in a row", context);
    text_.push_back('\n');
    return;
  }
  if (absl::ascii_isspace(line.back())) {
    Fail(absl::StrCat("a blank at the end of `", line, "`"), context);
  }
  absl::StrAppend(&text_, indentation_, line, "\n");
}

void Printer::Line(absl::string_view text) { AppendLine(text, text); }

void Printer::Blank() {
  if (!text_.empty() && !absl::EndsWith(text_, "\n\n")) text_.push_back('\n');
}

std::string Printer::Take() { return std::exchange(text_, std::string()); }

Printer::Indent::Indent(Printer& printer, absl::string_view by)
    : printer_(printer), size_(printer.indentation_.size()) {
  absl::StrAppend(&printer_.indentation_, by);
}

Printer::Indent::~Indent() { printer_.indentation_.resize(size_); }

}  // namespace genlc
