// The C++ of small specs, for tests of the generator.
#ifndef GENLC_USERSPACE_GENERATOR_TEST_OUTPUT_H_
#define GENLC_USERSPACE_GENERATOR_TEST_OUTPUT_H_

#include <string>
#include <vector>

#include "family/diag/diagnostic.h"

namespace genlc {

// The output for a spec, with no checks in between.
struct Result {
  bool ok = false;
  std::string header;
  std::string source;
  std::string service_header;
  std::string service_source;
  std::vector<Diagnostic> diagnostics;
};

Result Generate(const std::string& spec, const std::string& profile = "");

// The first lines of a spec.
inline constexpr char kHead[] = R"(# SPDX-License-Identifier: BSD-3-Clause
name: toy
doc: A toy.
)";

// One attribute in one request.
std::string WithAttribute(const std::string& lines, const std::string& definitions = "");

}  // namespace genlc

#endif  // GENLC_USERSPACE_GENERATOR_TEST_OUTPUT_H_
