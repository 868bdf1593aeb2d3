// Families for tests, from specs on disk or in the text of the test.
#ifndef GENLC_KERNEL_GENERATOR_TEST_FAMILY_H_
#define GENLC_KERNEL_GENERATOR_TEST_FAMILY_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "family/diag/reporter.h"
#include "family/model/family.h"
#include "family/source/source.h"

namespace genlc::kernel {

// A resolved family and what its spans point into.
struct TestFamily {
  SourceManager sources;
  Reporter reporter;
  std::unique_ptr<Family> family;

  // Messages of all diagnostics, one a line; empty: none.
  std::string errors() const;
};

// `path` is what diagnostics and banners name. An empty profile is none.
std::unique_ptr<TestFamily> FamilyFromText(absl::string_view path, absl::string_view spec,
                                           absl::string_view profile = "");

// The spec at `path`, with the profile that stands beside it, if any. Fails the program
// where there is no such file.
std::unique_ptr<TestFamily> FamilyFromFile(const std::string& path);

// The example family.
std::unique_ptr<TestFamily> Thermo();

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_TEST_FAMILY_H_
