#include "tools/genlc/reply_format.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "genl/json/printer.h"
#include "genl/json/tree.h"

namespace genlc {
namespace {

using genl::JsonNode;
using Type = JsonNode::Type;

// What any reader of YAML takes for a text, whatever its version: no number, truth or null.
bool IsPlain(absl::string_view text) {
  static constexpr absl::string_view kOther[] = {"true", "false", "null", "yes", "no",
                                                 "on",   "off",   "y",    "n"};
  if (text.empty() || !absl::ascii_isalpha(text[0])) return false;
  const std::string lower = absl::AsciiStrToLower(text);
  return std::find(std::begin(kOther), std::end(kOther), lower) == std::end(kOther) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.' || c == '/';
         });
}

// In quotes and with escapes, which JSON and YAML have in common.
std::string Quoted(absl::string_view text) {
  std::string quoted;
  genl::JsonPrinter(quoted, false).String(text);
  return quoted;
}

std::string YamlText(absl::string_view text) {
  return IsPlain(text) ? std::string(text) : Quoted(text);
}

bool IsComposed(const JsonNode& node) {
  return (node.type == Type::kArray || node.type == Type::kObject) && !node.children.empty();
}

class YamlWriter {
 public:
  explicit YamlWriter(std::string& out) : out_(out) {}

  // Lines of members or elements, the first of which goes on where the text stands.
  void Write(const JsonNode& node, int indent) {
    bool first = true;
    for (const JsonNode& child : node.children) {
      if (!first) out_.append(static_cast<size_t>(indent), ' ');
      first = false;
      node.type == Type::kArray ? Element(child, indent) : Member(child, indent);
    }
  }

 private:
  void Element(const JsonNode& node, int indent) {
    out_.append("- ");
    IsComposed(node) ? Write(node, indent + 2) : Scalar(node);
  }

  void Member(const JsonNode& node, int indent) {
    absl::StrAppend(&out_, YamlText(node.name), ":");
    if (!IsComposed(node)) {
      out_.push_back(' ');
      return Scalar(node);
    }
    out_.push_back('\n');
    out_.append(static_cast<size_t>(indent) + 2, ' ');
    Write(node, indent + 2);
  }

  void Scalar(const JsonNode& node) {
    switch (node.type) {
      case Type::kNull: out_.append("null"); break;
      case Type::kBool: out_.append(node.boolean ? "true" : "false"); break;
      case Type::kArray: out_.append("[]"); break;
      case Type::kObject: out_.append("{}"); break;
      case Type::kNumber: out_.append(node.text); break;
      case Type::kString:
      case Type::kWord: out_.append(YamlText(node.text)); break;
    }
    out_.push_back('\n');
  }

  std::string& out_;
};

// In a column: texts as they are, but for what would move the cursor.
std::string Cell(const JsonNode& node, absl::string_view json) {
  if (node.type == Type::kString) {
    const std::string quoted = Quoted(node.text);
    const std::string inner = quoted.substr(1, quoted.size() - 2);
    return inner.find('\\') != inner.npos || inner.empty() ? quoted : inner;
  }
  const bool scalars = std::none_of(node.children.begin(), node.children.end(), IsComposed);
  if (node.type == Type::kArray && scalars && IsComposed(node)) {
    return absl::StrJoin(node.children, ",", [&](std::string* to, const JsonNode& element) {
      to->append(Cell(element, json));
    });
  }
  return std::string(json.substr(node.place.offset, node.place.length));
}

void Flatten(const JsonNode& node, const std::string& path, absl::string_view json,
             std::vector<std::pair<std::string, std::string>>& cells) {
  for (const JsonNode& member : node.children) {
    const std::string inner = absl::StrCat(path, path.empty() ? "" : ".", member.name);
    if (member.type == Type::kObject && IsComposed(member)) {
      Flatten(member, inner, json, cells);
    } else {
      cells.emplace_back(inner, Cell(member, json));
    }
  }
}

// Each column as wide as its widest cell; no blanks behind the last.
std::string Columns(const std::vector<std::vector<std::string>>& rows) {
  std::vector<size_t> widths;
  for (const std::vector<std::string>& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const std::vector<std::string>& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      absl::StrAppend(&line, row[i], std::string(widths[i] - row[i].size() + 2, ' '));
    }
    absl::StripTrailingAsciiWhitespace(&line);
    absl::StrAppend(&text, line, "\n");
  }
  return text;
}

}  // namespace

std::string ReplyPrinter::Add(absl::string_view json) {
  if (format_ == ReplyFormat::kJson) return absl::StrCat(json, "\n");
  genl::JsonError error;
  const std::optional<JsonNode> root = genl::ParseJson(json, error);
  if (!root) return absl::StrCat(json, "\n");
  if (format_ == ReplyFormat::kTable) {
    Flatten(*root, "", json, rows_.emplace_back());
    return "";
  }
  std::string text = "---\n";
  if (root->children.empty()) text.append("{}\n");
  YamlWriter(text).Write(*root, 0);
  return text;
}

std::string ReplyPrinter::End() {
  std::string text;
  if (!rows_.empty()) text = rows_.size() == 1 ? Lines() : Table();
  rows_.clear();
  return text;
}

// A line for each member of the only object.
std::string ReplyPrinter::Lines() const {
  std::vector<std::vector<std::string>> lines;
  for (const auto& [path, value] : rows_.front()) lines.push_back({path, value});
  return Columns(lines);
}

// A line for each object, below the names of the columns.
std::string ReplyPrinter::Table() const {
  std::vector<std::string> names;
  for (const Cells& cells : rows_) {
    for (const auto& [path, value] : cells) {
      if (std::find(names.begin(), names.end(), path) == names.end()) names.push_back(path);
    }
  }
  std::vector<std::vector<std::string>> lines = {names};
  for (const Cells& cells : rows_) {
    std::vector<std::string>& line = lines.emplace_back();
    for (const std::string& name : names) {
      const auto found = std::find_if(cells.begin(), cells.end(),
                                      [&](const auto& cell) { return cell.first == name; });
      line.push_back(found == cells.end() ? "-" : found->second);
    }
  }
  return Columns(lines);
}

}  // namespace genlc
