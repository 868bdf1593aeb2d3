// The files that a back end makes, before anything touches the disk.
#ifndef GENLC_FAMILY_CODEGEN_OUTPUT_H_
#define GENLC_FAMILY_CODEGEN_OUTPUT_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"

namespace genlc {

struct OutputFile {
  std::string text;
  // Written only where the file does not exist yet: it belongs to the user from then on.
  bool write_once = false;
};

// Paths below the output directory, sorted, each once.
class OutputFiles {
 public:
  void Add(std::string path, std::string text);
  void AddOnce(std::string path, std::string text);

  const std::map<std::string, OutputFile>& files() const { return files_; }

 private:
  void Insert(std::string path, OutputFile file);

  std::map<std::string, OutputFile> files_;
};

}  // namespace genlc

#endif  // GENLC_FAMILY_CODEGEN_OUTPUT_H_
