// A command line on files in memory, beside a kernel that has one family.
#ifndef GENLC_TOOLS_GENLC_GENLC_FIXTURE_H_
#define GENLC_TOOLS_GENLC_GENLC_FIXTURE_H_

#include <string>

#include "genl/fake_kernel.h"
#include "genl/policy.h"
#include "gtest/gtest.h"
#include "tools/genlc/genlc.h"
#include "tools/genlc/memory.h"

namespace genlc {

constexpr char kFan[] =
    "# SPDX-License-Identifier: BSD-3-Clause\n"
    "name: fan\n"
    "doc: The fans of a machine.\n"
    "attribute-sets:\n"
    "  - name: fan\n"
    "    attributes: [{name: id, type: u32}, {name: rpm, type: u32}]\n"
    "operations:\n"
    "  list:\n"
    "    - name: get\n"
    "      doc: How fast a fan turns.\n"
    "      attribute-set: fan\n"
    "      do: {request: {attributes: [id]}, reply: {attributes: [rpm]}}\n";

// There are thermo.yaml with its profile, also as `released` and in the revision HEAD; fan.yaml,
// which is kFan; bad.yaml, which is wrong; and what the examples of the help name.
class GenlcTest : public ::testing::Test {
 protected:
  GenlcTest();

  // Runs one command line; its output stands in out_ and err_.
  ExitStatus Run(const std::string& line);

  MemoryFiles files_{};
  // What the module of thermo says of itself.
  genl::FamilyPolicy policy_;
  // Has the family `thermo`, and says back what it is told.
  genl::test::FakeKernel kernel_;
  std::string out_;
  std::string err_;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_GENLC_FIXTURE_H_
