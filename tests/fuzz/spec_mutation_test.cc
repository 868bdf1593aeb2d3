// Damaged specs, through all back ends: the compiler has something to say about each, and breaks over
// none. What spec_fuzzer.cc finds on its own is read only up to the checks.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "gtest/gtest.h"
#include "tests/fuzz/compile_text.h"
#include "tests/fuzz/mutate.h"

namespace genlc {
namespace {

// Far more for a run by hand: --test_env=GENLC_MUTATIONS=1000000.
int Mutations() {
  const char* wanted = std::getenv("GENLC_MUTATIONS");
  return wanted == nullptr ? 1000 : std::atoi(wanted);
}

void AddSpecs(const std::filesystem::path& folder, std::vector<std::string>& corpus) {
  if (!std::filesystem::is_directory(folder)) return;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    std::stringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    corpus.push_back(text.str());
  }
}

// The module's header once had two blank lines where a family has no attributes, which ended
// the compiler.
TEST(CompileText, GoodFamilyWithoutAttributes) {
  const std::string start =
      "# SPDX-License-Identifier: MIT\nname: f\ndoc: d\nattribute-sets: []\noperations: {list: [";
  EXPECT_TRUE(CompileText(start + "]}\n"));
  EXPECT_TRUE(CompileText(start + "{name: reserved, doc: d}]}\n"));
  EXPECT_TRUE(CompileText(start + "{name: ping, doc: d, do: {request: {attributes: []}}}]}\n"));
}

TEST(SpecMutation, GoodEveryDamagedSpecIsReadOrRefused) {
  std::vector<std::string> corpus;
  AddSpecs("family/examples", corpus);
  AddSpecs("tests/specs", corpus);
  if (const char* specs = std::getenv("GENLC_KERNEL_SPECS")) AddSpecs(specs, corpus);
  ASSERT_FALSE(corpus.empty());

  Mutator mutator(corpus, 20260101);
  int specs = 0;
  const int mutations = Mutations();
  for (int i = 0; i < mutations; ++i) specs += CompileText(mutator.Next());
  // Damage this small leaves some of them whole, and most of them not.
  EXPECT_GT(specs, 0);
  EXPECT_LT(specs, mutations);
}

}  // namespace
}  // namespace genlc
