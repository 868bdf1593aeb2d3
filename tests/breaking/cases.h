// Changes of small specs: some break their users and say how, the others are harmless.
//
//      attributes:
//        - {name: id, type: u32}
//   #!  21: error: the attribute `fan.rpm` is of type `u64`, before `u32` [GL1013]
//   #!      before: 7:21 `u32`
//   -    - {name: rpm, type: u32}
//   +    - {name: rpm, type: u64}
//
// A case is one file: the old and the new spec as a diff of all lines and, behind a line
// `== profile`, their profiles. What genlc has to say about a line of the new spec stands above the
// change, with what the old one has there.
#ifndef GENLC_TESTS_BREAKING_CASES_H_
#define GENLC_TESTS_BREAKING_CASES_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "family/diag/reporter.h"
#include "family/model/family.h"
#include "family/source/source.h"

namespace genlc {

struct BreakingCase {
  std::string name;  // "GL1013_other_width"
  std::string path;
  std::string text;

  // The rule that the case is about: "GL1013".
  std::string id() const { return name.substr(0, name.find('_')); }
};

// The cases of a directory, ordered by name.
std::vector<BreakingCase> ReadBreakingCases(const std::string& directory);

// The text of a case without what is expected of it.
std::string WithoutExpectations(const BreakingCase& c);

// What genlc has to say about a case, warnings of the specs themselves left out.
struct Verdict {
  std::unique_ptr<SourceManager> sources = std::make_unique<SourceManager>();
  const SourceFile* spec = nullptr;     // the new one
  const SourceFile* profile = nullptr;  // the new one; null: there is none
  std::vector<Diagnostic> diagnostics;
};

// What holds two specs against each other.
using Judge = std::function<void(const Family& before, const Family& after, Reporter& reporter)>;

// That of `genlc breaking`.
void FindAllBreaks(const Family& before, const Family& after, Reporter& reporter);

Verdict Compare(const BreakingCase& c, const Judge& judge = FindAllBreaks);

// The text of a case with what is said above the lines.
std::string WithExpectations(const BreakingCase& c, const Judge& judge = FindAllBreaks);

// The spec of one side of a case: '-', the old one, or '+'.
std::string SpecOf(const BreakingCase& c, char side);

}  // namespace genlc

#endif  // GENLC_TESTS_BREAKING_CASES_H_
