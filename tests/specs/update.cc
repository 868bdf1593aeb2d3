// Writes into the bad specs of a directory what genlc says about them.
#include <cstdio>
#include <fstream>

#include "tests/specs/corpus.h"

namespace genlc {
namespace {

// True where the file had to change.
bool Rewrite(const CorpusFile& file, const std::string& text) {
  if (file.text == text) return false;
  std::ofstream(file.path, std::ios::binary) << text;
  std::printf("%s\n", file.path.c_str());
  return true;
}

int Update(const std::string& directory) {
  int changed = 0;
  for (const Case& bad : ReadCases(directory)) {
    const Diagnosis diagnosis = Diagnose(bad);
    changed += Rewrite(bad.spec, Annotate(*diagnosis.spec, diagnosis.diagnostics));
    if (bad.profile) {
      changed += Rewrite(*bad.profile, Annotate(*diagnosis.profile, diagnosis.diagnostics));
    }
  }
  std::printf("%d files changed in %s\n", changed, directory.c_str());
  return 0;
}

}  // namespace
}  // namespace genlc

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: update DIRECTORY\n");
    return 2;
  }
  return genlc::Update(argv[1]);
}
