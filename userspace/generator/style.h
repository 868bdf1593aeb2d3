// Layout of C++ as clang-format has it: Google style in 100 columns.
#ifndef GENLC_USERSPACE_GENERATOR_STYLE_H_
#define GENLC_USERSPACE_GENERATOR_STYLE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "family/codegen/printer.h"

namespace genlc::cpp {

inline constexpr int kColumns = 100;

// `text` as `//` comment lines that leave room for `indentation`. Nothing for no text.
void EmitComment(Printer& p, absl::string_view text, int indentation);

// `head(arguments)tail` on as few lines as clang-format needs. `head` may have one place
// where it can be broken before the function's name, marked by a tab.
std::string WrapCall(absl::string_view head, const std::vector<std::string>& arguments,
                     absl::string_view tail, int indentation);

// A method of a class: `head` ends with its brace, `body` is one statement.
void EmitInline(Printer& p, const std::string& head, const std::string& body);

// `using name = head<arguments>;`
std::string AliasOfTemplate(absl::string_view name, absl::string_view head,
                            const std::vector<std::string>& arguments);

// `head<arguments> name;`
std::string VariableOfTemplate(absl::string_view head, const std::vector<std::string>& arguments,
                               absl::string_view name);

// `text` in double quotes.
std::string Quoted(absl::string_view text);

}  // namespace genlc::cpp

#endif  // GENLC_USERSPACE_GENERATOR_STYLE_H_
