// Printer: text templates that look like their output.
//
//   Printer p;
//   p.Emit({{"name", "thermo"}, {"body", [&] { EmitBody(p, set); }}}, R"(
//     static int $name$_init(void)
//     {
//     	$body$
//     	return 0;
//     }
//   )");
//
// A template is stripped of its first line end, of the blanks before its closing
// quotes, and of the indentation that its lines share (leading spaces only: tabs belong
// to the output). `$name$` is a hole, `$$` a dollar sign.
//
// A hole is filled with text or, where it stands alone on its line, by a function that
// emits a nested part; every line of such a part takes over the indentation of the hole.
// Where a hole that stands alone on its line yields nothing, the line vanishes.
//
// The printer is strict, because a generator that is wrong should fail in its test and
// not in a user's build: an unknown hole, an unused variable, a trailing blank or two
// blank lines in a row end the program with the template's text.
#ifndef GENLC_FAMILY_CODEGEN_PRINTER_H_
#define GENLC_FAMILY_CODEGEN_PRINTER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace genlc {

class Printer {
 public:
  // What fills a hole: text, a number, or a function that emits to the same printer.
  class Value {
   public:
    Value(absl::string_view text) : text_(text) {}  // NOLINT: implicit by intent
    Value(const std::string& text) : text_(text) {}
    Value(const char* text) : text_(text) {}
    Value(int64_t number) : text_(std::to_string(number)) {}
    Value(uint64_t number) : text_(std::to_string(number)) {}
    Value(int number) : text_(std::to_string(number)) {}
    Value(uint32_t number) : text_(std::to_string(number)) {}
    template <typename F>
      requires std::is_invocable_v<F>
    Value(F emit) : emit_(std::move(emit)) {}

   private:
    friend class Printer;
    std::string text_;
    std::function<void()> emit_;
  };

  struct Variable {
    absl::string_view name;
    Value value;
  };
  using Variables = std::vector<Variable>;

  Printer() = default;
  Printer(const Printer&) = delete;
  Printer& operator=(const Printer&) = delete;

  void Emit(absl::string_view text) { Emit({}, text); }
  void Emit(const Variables& variables, absl::string_view text);

  // One line as it is, at the current indentation; an empty one is a blank line.
  void Line(absl::string_view text);
  // A blank line, unless one stands there already or nothing has been printed yet.
  void Blank();

  // Adds to the indentation of every line while it lives.
  class Indent {
   public:
    Indent(Printer& printer, absl::string_view by);
    ~Indent();
    Indent(const Indent&) = delete;
    Indent& operator=(const Indent&) = delete;

   private:
    Printer& printer_;
    const size_t size_;
  };

  const std::string& text() const { return text_; }
  // The text; the printer is empty afterwards.
  std::string Take();

 private:
  void EmitLine(absl::string_view line, const Variables& variables, std::vector<bool>& used,
                absl::string_view context);
  void AppendLine(absl::string_view line, absl::string_view context);

  std::string text_;
  std::string indentation_;
};

}  // namespace genlc

#endif  // GENLC_FAMILY_CODEGEN_PRINTER_H_
