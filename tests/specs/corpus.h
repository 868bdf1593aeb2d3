// The corpus of small specs: bad ones that say what is wrong with them, good ones that are clean.
//
//   attribute-sets:
//     - name: item
//   #!   7: error: unknown key `atributes` in an attribute set [GL0203]
//   #!      hint: did you mean `attributes`?
//       atributes:
//
// What genlc has to say about a line stands above it, in lines that begin with `#!`: column,
// severity, text, ID; then hint and notes. They are no part of the spec: they are
// taken out before it is read, so they may stand in any text, even one that is not YAML.
#ifndef GENLC_TESTS_SPECS_CORPUS_H_
#define GENLC_TESTS_SPECS_CORPUS_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "family/diag/reporter.h"
#include "family/source/source.h"

namespace genlc {

// One file of the corpus, as it is on disk.
struct CorpusFile {
  std::string path;
  std::string text;
};

// A spec and, where there is one, the profile beside it.
struct Case {
  std::string name;  // "GL0203_unknown_key"
  CorpusFile spec;
  std::optional<CorpusFile> profile;

  // The diagnostic that a bad spec is about: "GL0203".
  std::string id() const { return name.substr(0, name.find('_')); }
};

// The cases of a directory, ordered by name.
std::vector<Case> ReadCases(const std::string& directory);

// A text without its expectations.
std::string Strip(absl::string_view text);

// Everything that genlc has to say about a case, with the files that it is about.
struct Diagnosis {
  std::unique_ptr<SourceManager> sources = std::make_unique<SourceManager>();
  const SourceFile* spec = nullptr;
  const SourceFile* profile = nullptr;
  std::vector<Diagnostic> diagnostics;
};

// Loads, builds and checks a case; one about GL08xx also goes through the back end of kernel
// modules, and one about a pedantic rule through those. With `short_paths` files go by their name
// alone.
Diagnosis Diagnose(const Case& bad, bool short_paths = false);

// The text of `file` with what `diagnostics` say about it above the lines.
std::string Annotate(const SourceFile& file, const std::vector<Diagnostic>& diagnostics);

}  // namespace genlc

#endif  // GENLC_TESTS_SPECS_CORPUS_H_
