// The layout of C in the kernel's style: tabs of eight columns, 80 columns a line.
//
// Everything here returns lines joined by line feeds, without one at the end, so that it
// fills a hole of a printer template. Where the text will be indented by the template,
// `depth` says by how many tabs.
#ifndef GENLC_KERNEL_GENERATOR_C_LAYOUT_H_
#define GENLC_KERNEL_GENERATOR_C_LAYOUT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace genlc::kernel {

inline constexpr int kColumns = 80;

// Columns that a line takes, with its tabs.
int Width(absl::string_view line);

// `head` + arguments + `tail`, broken between arguments and aligned behind `head`, which
// ends in the opening parenthesis.
//
//   Wrap("err = nla_put(", {"skb", "type"}, ");", 1)
std::string Wrap(absl::string_view head, const std::vector<std::string>& arguments,
                 absl::string_view tail, int depth = 0);

// `left = right;`, broken behind the operator where it is too long. `left` ends in it.
std::string Assign(absl::string_view left, absl::string_view right, int depth);

// A function's head: `int f(void)`. The return type moves to its own line where the
// arguments would not fit otherwise.
std::string Function(absl::string_view returns, absl::string_view name,
                     const std::vector<std::string>& parameters, absl::string_view tail);

// Terms of a condition, one a line where they do not fit: `if (a &&` / `    b)`.
std::string Condition(const std::vector<std::string>& terms, int depth);

// `.field<tabs>= value,` with all `=` in one column.
std::string Initializers(const std::vector<std::pair<std::string, std::string>>& fields);

// `#define NAME<tabs>value` with all values in one column.
std::string Defines(const std::vector<std::pair<std::string, std::string>>& defines);

// An entry of a table: `right` is a call, or fields in braces. Broken behind the `=` or
// into one field a line where it is too long.
std::string Entry(absl::string_view left, absl::string_view right, int depth);

// The head of a table: `static const struct nla_policy x[N] = {`.
std::string Table(absl::string_view type, absl::string_view name);

// Declarations of local variables, the longest first.
std::string Locals(std::vector<std::string> declarations);

// A comment from running text: one line if it fits, else a block.
std::string Comment(absl::string_view text, int depth = 0);

// A block comment whose lines stand as they are.
std::string BlockComment(const std::vector<std::string>& lines);

// One item of a comment in kernel-doc style, ` * ` in front and more indented from the
// second line on: the lines between `/**` and ` */`.
std::string CommentItem(absl::string_view text, absl::string_view further_indentation);

// Text that cannot end the comment it stands in.
std::string CommentSafe(absl::string_view text);

// A C string literal with its quotes.
std::string StringLiteral(absl::string_view text);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_C_LAYOUT_H_
