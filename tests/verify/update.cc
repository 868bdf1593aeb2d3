// Writes what genlc says now into the cases of a directory: update DIRECTORY.
#include <fstream>

#include "tests/breaking/cases.h"
#include "tests/verify/judge.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  for (const genlc::BreakingCase& c : genlc::ReadBreakingCases(argv[1])) {
    std::ofstream(c.path, std::ios::binary) << genlc::WithExpectations(c, genlc::VerifyByKernel);
  }
}
