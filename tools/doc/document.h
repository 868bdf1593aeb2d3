// A page as a list of blocks, apart from how it is written down.
//
// Text of all blocks is plain, with `code` between backticks as its only mark-up.
#ifndef GENLC_TOOLS_DOC_DOCUMENT_H_
#define GENLC_TOOLS_DOC_DOCUMENT_H_

#include <string>
#include <variant>
#include <vector>

namespace genlc {

struct Heading {
  int level = 1;  // 1 to 3
  std::string text;
  std::string anchor;  // unique on the page; links are `#anchor`
};

struct Paragraph {
  std::string text;
};

struct Table {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

struct Code {
  std::string language;  // "sh", "cpp"
  std::string text;
};

struct Picture {
  std::string svg;
  std::string description;  // in words, for those who do not see it
};

struct Link {
  std::string text;
  std::string anchor;
};

// A list of links within the page.
struct Contents {
  std::vector<Link> links;
};

using Block = std::variant<Heading, Paragraph, Table, Code, Picture, Contents>;

struct Document {
  std::string title;
  // Lines above all else, as a comment: licence and origin.
  std::vector<std::string> banner;
  std::vector<Block> blocks;
};

// Markdown as GitHub reads it. A picture is its description in words: Markdown has no way to
// carry one inside.
std::string ToMarkdown(const Document& document);

// One HTML page that needs nothing else: style and pictures inside, light and dark.
std::string ToHtml(const Document& document);

}  // namespace genlc

#endif  // GENLC_TOOLS_DOC_DOCUMENT_H_
