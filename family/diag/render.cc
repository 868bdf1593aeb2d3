#include "family/diag/render.h"

#include "absl/strings/str_cat.h"
#include "family/diag/snippet.h"

namespace genlc {
namespace {

// "thermo.yaml:14:9: ", or nothing where the diagnostic is about no text.
std::string Place(SourceSpan span) {
  if (span.file == nullptr) return "";
  const LineColumn start = span.start();
  return absl::StrCat(span.file->path(), ":", start.line, ":", start.column, ": ");
}

// Text.

class Style {
 public:
  explicit Style(bool color) : color_(color) {}
  std::string Bold(absl::string_view text) const { return Wrap("\033[1m", text); }
  std::string Of(Severity severity, absl::string_view text) const {
    switch (severity) {
      case Severity::kError: return Wrap("\033[1;31m", text);
      case Severity::kWarning: return Wrap("\033[1;35m", text);
      case Severity::kNote: return Note(text);
    }
    return std::string(text);
  }
  std::string Note(absl::string_view text) const { return Wrap("\033[1;36m", text); }

 private:
  std::string Wrap(absl::string_view on, absl::string_view text) const {
    return color_ ? absl::StrCat(on, text, "\033[0m") : std::string(text);
  }
  const bool color_;
};

std::string RenderText(const Diagnostic& diagnostic, const Style& style) {
  const Severity severity = diagnostic.info->severity;
  std::string text = absl::StrCat(
      style.Bold(Place(diagnostic.span)), style.Of(severity, absl::StrCat(Name(severity), ":")),
      " ", diagnostic.message, " [", diagnostic.info->id, "]\n", Snippet(diagnostic.span));
  for (const Label& label : diagnostic.labels) {
    absl::StrAppend(&text, style.Bold(Place(label.span)), style.Note("note:"), " ", label.text,
                    "\n", Snippet(label.span));
  }
  if (!diagnostic.hint.empty()) {
    absl::StrAppend(&text, style.Note("hint:"), " ", diagnostic.hint, "\n");
  }
  return text;
}

// JSON.

std::string Quoted(absl::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      absl::StrAppend(&quoted, "\\", absl::string_view(&c, 1));
    } else if (byte < 0x20 || byte == 0x7f) {
      absl::StrAppend(&quoted, "\\u", absl::Hex(byte, absl::kZeroPad4));
    } else {
      quoted.push_back(c);
    }
  }
  return quoted + "\"";
}

// The members that say where: lines and columns from 1, the end behind the last character.
std::string JsonPlace(SourceSpan span) {
  if (span.file == nullptr) return "";
  const LineColumn start = span.start();
  const LineColumn end = span.file->Locate(span.end);
  return absl::StrCat("\"file\":", Quoted(span.file->path()), ",\"line\":", start.line,
                      ",\"column\":", start.column, ",\"end_line\":", end.line,
                      ",\"end_column\":", end.column, ",");
}

std::string RenderJson(const Diagnostic& diagnostic) {
  std::string json =
      absl::StrCat("{", JsonPlace(diagnostic.span), "\"severity\":\"",
                   Name(diagnostic.info->severity), "\",\"id\":\"", diagnostic.info->id,
                   "\",\"message\":", Quoted(diagnostic.message), ",\"labels\":[");
  absl::string_view comma;
  for (const Label& label : diagnostic.labels) {
    absl::StrAppend(&json, comma, "{", JsonPlace(label.span), "\"message\":", Quoted(label.text),
                    "}");
    comma = ",";
  }
  absl::StrAppend(&json, "],\"hint\":", diagnostic.hint.empty() ? "null" : Quoted(diagnostic.hint),
                  "}\n");
  return json;
}

// GitHub.

// Workflow commands escape with the percent sign; properties also at `:` and `,`.
std::string Escaped(absl::string_view text, bool property) {
  std::string escaped;
  for (const char c : text) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    if (special) {
      const absl::string_view digits = "0123456789ABCDEF";
      escaped.push_back('%');
      escaped.push_back(digits[static_cast<unsigned char>(c) >> 4]);
      escaped.push_back(digits[static_cast<unsigned char>(c) & 15]);
    } else {
      escaped.push_back(c);
    }
  }
  return escaped;
}

std::string GithubPlace(SourceSpan span) {
  if (span.file == nullptr) return "";
  const LineColumn start = span.start();
  const LineColumn end = span.file->Locate(span.end);
  std::string place = absl::StrCat("file=", Escaped(span.file->path(), true), ",line=", start.line,
                                   ",col=", start.column);
  // An end column counts only where start and end share a line.
  if (end.line != start.line) {
    absl::StrAppend(&place, ",endLine=", end.line);
  } else if (end.column > start.column) {
    absl::StrAppend(&place, ",endColumn=", end.column - 1);
  }
  return place + ",";
}

std::string RenderGithub(const Diagnostic& diagnostic) {
  std::string message = diagnostic.message;
  for (const Label& label : diagnostic.labels) {
    absl::StrAppend(&message, "\n", Place(label.span), label.text);
  }
  if (!diagnostic.hint.empty()) absl::StrAppend(&message, "\nhint: ", diagnostic.hint);
  const Severity severity = diagnostic.info->severity;
  const absl::string_view level = severity == Severity::kNote ? "notice" : Name(severity);
  return absl::StrCat("::", level, " ", GithubPlace(diagnostic.span), "title=", diagnostic.info->id,
                      "::", Escaped(message, false), "\n");
}

}  // namespace

bool ParseDiagnosticFormat(absl::string_view word, DiagnosticFormat* format) {
  if (word == "text") {
    *format = DiagnosticFormat::kText;
  } else if (word == "json") {
    *format = DiagnosticFormat::kJson;
  } else if (word == "github") {
    *format = DiagnosticFormat::kGithub;
  } else {
    return false;
  }
  return true;
}

std::string Render(const Diagnostic& diagnostic, const RenderOptions& options) {
  switch (options.format) {
    case DiagnosticFormat::kText: return RenderText(diagnostic, Style(options.color));
    case DiagnosticFormat::kJson: return RenderJson(diagnostic);
    case DiagnosticFormat::kGithub: return RenderGithub(diagnostic);
  }
  return "";
}

std::string Render(const std::vector<Diagnostic>& diagnostics, const RenderOptions& options) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!text.empty() && options.format == DiagnosticFormat::kText) text += "\n";
    absl::StrAppend(&text, Render(diagnostic, options));
  }
  return text;
}

}  // namespace genlc
