// A whole compilation of one text, as the fuzzers run it.
#ifndef GENLC_TESTS_FUZZ_COMPILE_TEXT_H_
#define GENLC_TESTS_FUZZ_COMPILE_TEXT_H_

#include <string>

namespace genlc {

// Every phase, and every back end where the text turns out to be a spec. Ends the program
// where the compiler breaks a promise: a text that it cannot read without a diagnostic, or a
// diagnostic that points nowhere. Returns whether the text is a spec.
bool CompileText(std::string text);

}  // namespace genlc

#endif  // GENLC_TESTS_FUZZ_COMPILE_TEXT_H_
