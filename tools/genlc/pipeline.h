// The phases in their order; each takes what the one before it made.
//
// One Reporter serves one spec: what a phase does depends on the errors before it.
#ifndef GENLC_TOOLS_GENLC_PIPELINE_H_
#define GENLC_TOOLS_GENLC_PIPELINE_H_

#include <memory>
#include <string>
#include <vector>

#include "family/codegen/backend.h"
#include "family/diag/reporter.h"
#include "family/model/family.h"
#include "tools/genlc/output_tree.h"
#include "tools/genlc/sources.h"

namespace genlc {

// A back end, and where its files go.
struct Target {
  std::unique_ptr<const Backend> backend;
  std::string directory;
  // A module's Makefile has a fixed name: of several families each gets a folder.
  bool folder_for_each_family = false;
};

// Spec and profile to the family. Null where there is nothing to make one of; after other
// errors, which the reporter has, only what could be understood.
std::unique_ptr<const Family> Build(const Source& source, Reporter& reporter);

// Build() and all checks. Null after any error.
std::unique_ptr<const Family> Analyze(const Source& source, Reporter& reporter);

// Analyze() and every back end, into `tree`. False after any error.
bool Compile(const Source& source, const std::vector<Target>& targets, OutputTree& tree,
             Reporter& reporter);

// Collects what was reported for several specs.
void Append(std::vector<Diagnostic> more, std::vector<Diagnostic>& all);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_PIPELINE_H_
