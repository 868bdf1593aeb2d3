// What a compilation is about to write: all files of all specs, by their whole path.
//
// Nothing touches the disk before every spec has been compiled, so a wrong spec leaves the
// output as it was. A file is written only where its text changes: builds compare times.
#ifndef GENLC_TOOLS_GENLC_OUTPUT_TREE_H_
#define GENLC_TOOLS_GENLC_OUTPUT_TREE_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "family/codegen/output.h"
#include "tools/genlc/environment.h"

namespace genlc {

class OutputTree {
 public:
  // Who makes a file.
  struct Maker {
    std::string spec;
    std::string family;
  };

  // Adds `files` below `directory`. Two families may make the same file with the same text
  // (the runtime's header). Where their texts differ (openvswitch.h, of which each of four
  // families knows its part), each gets it below a folder with its own name. Two specs of one
  // family are a problem.
  void Add(const std::string& directory, const OutputFiles& files, const Maker& maker);

  // What stands in the way of writing, a line each.
  const std::vector<std::string>& problems() const { return problems_; }

  // Stops at the first file that cannot be written, which the message names.
  absl::Status Write(FileSystem& disk) const;

  // What Write() would change, as one unified diff; empty: nothing.
  absl::StatusOr<std::string> Diff(const FileSystem& disk) const;

 private:
  struct Entry {
    OutputFile file;
    Maker maker;
    std::string directory;
    std::string name;  // below the directory
  };

  void Insert(Entry entry, bool own_folder);

  std::map<std::string, Entry> entries_;  // by their path
  std::set<std::string> shared_;          // paths that several families would make
  std::set<std::pair<std::string, std::string>> conflicts_;  // of two specs, each told once
  std::vector<std::string> problems_;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_OUTPUT_TREE_H_
