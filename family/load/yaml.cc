#include "family/load/yaml.h"

#include <yaml.h>

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "family/diag/catalogue/yaml.h"

namespace genlc {
namespace {

constexpr absl::string_view kByteOrderMark = "\xef\xbb\xbf";

// Bytes of the code point at the start of `text`, 0 where it is not valid UTF-8.
size_t CodePointLength(absl::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto continues = [&](size_t i) { return i < text.size() && (byte(i) & 0xc0) == 0x80; };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return continues(1) ? 2 : 0;
  if (first >= 0xe0 && first < 0xf0) {
    if (!continues(1) || !continues(2)) return 0;
    const bool overlong = first == 0xe0 && byte(1) < 0xa0;
    const bool surrogate = first == 0xed && byte(1) >= 0xa0;
    return overlong || surrogate ? 0 : 3;
  }
  if (first >= 0xf0 && first < 0xf5) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    const bool overlong = first == 0xf0 && byte(1) < 0x90;
    const bool too_large = first == 0xf4 && byte(1) >= 0x90;
    return overlong || too_large ? 0 : 4;
  }
  return 0;
}

std::optional<uint32_t> FirstInvalidUtf8(absl::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const size_t length = CodePointLength(text.substr(i));
    if (length == 0) return static_cast<uint32_t>(i);
    i += length;
  }
  return std::nullopt;
}

// Owns a libyaml parser and one event.
class EventStream {
 public:
  explicit EventStream(absl::string_view text) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  ~EventStream() {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;

  // Null where the text is not YAML; parser() then tells why.
  const yaml_event_t* Next() {
    yaml_event_delete(&event_);
    return yaml_parser_parse(&parser_, &event_) ? &event_ : nullptr;
  }
  const yaml_parser_t& parser() const { return parser_; }

 private:
  yaml_parser_t parser_{};
  yaml_event_t event_{};
};

absl::string_view Text(const yaml_char_t* text) {
  return text == nullptr ? absl::string_view() : reinterpret_cast<const char*>(text);
}

std::string Hex(char byte) {
  return absl::StrFormat("%02x", static_cast<unsigned char>(byte));
}

}  // namespace

bool YamlNode::is_null() const {
  return kind == Kind::kScalar && plain &&
         (value.empty() || value == "~" || value == "null" || value == "Null" || value == "NULL");
}

// Turns the events of one document into nodes.
class YamlTreeBuilder {
 public:
  YamlTreeBuilder(const SourceFile& file, Reporter& reporter, YamlTree& tree)
      : file_(file),
        reporter_(reporter),
        tree_(tree),
        has_mark_(absl::StartsWith(file.text(), kByteOrderMark)),
        stream_(has_mark_ ? file.text().substr(kByteOrderMark.size()) : file.text()) {}

  bool Run() {
    while (const yaml_event_t* event = stream_.Next()) {
      if (event->type == YAML_STREAM_END_EVENT) return Finish();
      if (!Handle(*event)) return false;
    }
    return SyntaxError();
  }

 private:
  // A sequence or mapping whose end has not come yet.
  struct Open {
    YamlNode* node;
    std::string anchor;
    const YamlNode* key = nullptr;  // of a mapping, while its value is awaited
    // Keys seen so far, to find the second of a name at once.
    std::unordered_map<std::string, const YamlNode*> keys;
  };

  bool Handle(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT:
        if (tree_.root_ != nullptr) return reporter_.Report(kSeveralDocuments, Span(event));
        return true;
      case YAML_ALIAS_EVENT:
        return Alias(event);
      case YAML_SCALAR_EVENT:
        return Scalar(event);
      case YAML_SEQUENCE_START_EVENT:
        return Begin(event, YamlNode::Kind::kSequence, event.data.sequence_start.anchor,
                     event.data.sequence_start.tag);
      case YAML_MAPPING_START_EVENT:
        return Begin(event, YamlNode::Kind::kMapping, event.data.mapping_start.anchor,
                     event.data.mapping_start.tag);
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        return End(event);
      default:
        return true;
    }
  }

  bool Scalar(const yaml_event_t& event) {
    const auto& scalar = event.data.scalar;
    if (scalar.tag != nullptr) return Tag(event, scalar.tag);
    YamlNode& node = NewNode(event, YamlNode::Kind::kScalar);
    node.value.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
    node.plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
    Narrow(node);
    if (scalar.anchor != nullptr) anchors_[std::string(Text(scalar.anchor))] = &node;
    return Insert(&node);
  }

  bool Alias(const yaml_event_t& event) {
    const std::string anchor(Text(event.data.alias.anchor));
    for (const Open& open : open_) {
      if (open.anchor == anchor) {
        return reporter_.Report(kAnchorOfItself, Span(event), anchor)
            .Label(open.node->span, "inside of what the anchor names");
      }
    }
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      return reporter_.Report(kUnknownAnchor, Span(event), anchor);
    }
    alias_span_ = Span(event);
    return Insert(found->second);
  }

  bool Begin(const yaml_event_t& event, YamlNode::Kind kind, const yaml_char_t* anchor,
             const yaml_char_t* tag) {
    if (tag != nullptr) return Tag(event, tag);
    if (open_.size() >= static_cast<size_t>(kMaxYamlDepth)) {
      return reporter_.Report(kTooDeep, Span(event), kMaxYamlDepth);
    }
    Open open{&NewNode(event, kind), std::string(Text(anchor)), nullptr, {}};
    open_.push_back(std::move(open));
    return true;
  }

  bool End(const yaml_event_t& event) {
    Open open = std::move(open_.back());
    open_.pop_back();
    // Block style ends where the next token begins; the last child ends where a reader sees it.
    const uint32_t end = Span(event).end;
    const YamlNode* last = nullptr;
    if (!open.node->items.empty()) last = open.node->items.back();
    if (!open.node->entries.empty()) last = open.node->entries.back().second;
    const bool flow = Span(event).begin != Span(event).end;
    open.node->span.end = flow || last == nullptr ? end : std::max(last_end_, open.node->span.begin);
    last_end_ = std::max(last_end_, open.node->span.end);
    if (!open.anchor.empty()) anchors_[open.anchor] = open.node;
    return Insert(open.node);
  }

  // Hands a complete node to whatever contains it.
  bool Insert(const YamlNode* node) {
    if (node->kind == YamlNode::Kind::kScalar) last_end_ = std::max(last_end_, node->span.end);
    if (open_.empty()) {
      tree_.root_ = node;
      return true;
    }
    Open& parent = open_.back();
    parent.node->weight += node->weight;
    if (parent.node->weight > kMaxYamlNodes) {
      const SourceSpan span = alias_span_.file != nullptr ? alias_span_ : node->span;
      return reporter_.Report(kTooManyNodes, span, static_cast<int64_t>(kMaxYamlNodes));
    }
    if (parent.node->kind == YamlNode::Kind::kSequence) {
      parent.node->items.push_back(node);
      return true;
    }
    if (parent.key == nullptr) return Key(parent, node);
    parent.node->entries.emplace_back(parent.key, node);
    parent.key = nullptr;
    return true;
  }

  bool Key(Open& mapping, const YamlNode* key) {
    mapping.key = key;
    if (key->kind != YamlNode::Kind::kScalar) {
      return reporter_.Report(kKeyNotScalar, key->span,
                              key->kind == YamlNode::Kind::kSequence ? "a list" : "a mapping");
    }
    const auto [first, inserted] = mapping.keys.emplace(key->value, key);
    if (!inserted) {
      reporter_.Report(kDuplicateKey, key->span, key->value)
          .Label(first->second->span, "first given here");
    }
    return true;
  }

  bool Finish() {
    if (tree_.root_ == nullptr) {
      return reporter_.Report(kEmptyFile, {&file_, 0, 0});
    }
    return true;
  }

  bool SyntaxError() {
    const yaml_parser_t& parser = stream_.parser();
    const std::string problem = parser.problem == nullptr ? "not YAML" : parser.problem;
    if (parser.error == YAML_READER_ERROR) {
      // The text is UTF-8, so what the reader refuses is a control character.
      const uint32_t offset = std::min<uint32_t>(
          parser.problem_offset + (has_mark_ ? kByteOrderMark.size() : 0),
          file_.text().size() - 1);
      return reporter_.Report(kControlCharacter, {&file_, offset, offset + 1},
                              Hex(file_.text()[offset]));
    }
    const uint32_t offset = Offset(parser.problem_mark);
    const auto report = reporter_.Report(kYamlSyntax, {&file_, offset, offset}, problem);
    if (parser.context != nullptr) {
      const uint32_t context = Offset(parser.context_mark);
      report.Label({&file_, context, context}, parser.context);
    }
    return report;
  }

  bool Tag(const yaml_event_t& event, const yaml_char_t* tag) {
    return reporter_.Report(kTagNotAllowed, Span(event), Text(tag));
  }

  YamlNode& NewNode(const yaml_event_t& event, YamlNode::Kind kind) {
    YamlNode& node = tree_.nodes_.emplace_back();
    node.kind = kind;
    node.span = Span(event);
    return node;
  }

  // A span covers what a reader would underline: no anchor in front of a value, no line
  // ends behind it, and only the first line of a block of text.
  void Narrow(YamlNode& node) const {
    absl::string_view text = node.span.text();
    if (absl::StartsWith(text, "&")) {
      const size_t skip = text.find_first_not_of(" \t", text.find_first_of(" \t"));
      node.span.begin += std::min(skip, text.size());
      text = node.span.text();
    }
    if (absl::StartsWith(text, "|") || absl::StartsWith(text, ">")) {
      node.span.end = node.span.begin + std::min(text.find('\n'), text.size());
    }
  }

  SourceSpan Span(const yaml_event_t& event) const {
    return {&file_, Offset(event.start_mark), Offset(event.end_mark)};
  }

  // By its number and not by line and column: libyaml takes more characters for line ends.
  uint32_t Offset(const yaml_mark_t& mark) const {
    return file_.CharacterOffset(mark.index + (has_mark_ ? 1 : 0));
  }

  const SourceFile& file_;
  Reporter& reporter_;
  YamlTree& tree_;
  const bool has_mark_;
  EventStream stream_;
  std::vector<Open> open_;
  std::map<std::string, const YamlNode*> anchors_;
  SourceSpan alias_span_;
  uint32_t last_end_ = 0;
};

std::unique_ptr<YamlTree> YamlTree::Parse(const SourceFile& file, Reporter& reporter) {
  if (file.text().size() > kMaxYamlBytes) {
    reporter.Report(kFileTooLarge, {&file, 0, 0}, static_cast<int64_t>(file.text().size()),
                    static_cast<int64_t>(kMaxYamlBytes));
    return nullptr;
  }
  if (const std::optional<uint32_t> offset = FirstInvalidUtf8(file.text())) {
    reporter.Report(kNotUtf8, {&file, *offset, *offset + 1}, Hex(file.text()[*offset]));
    return nullptr;
  }
  auto tree = std::make_unique<YamlTree>();
  YamlTreeBuilder builder(file, reporter, *tree);
  if (!builder.Run()) return nullptr;
  return tree;
}

}  // namespace genlc
