#include "family/codegen/output.h"

#include <utility>

namespace genlc {

void OutputFiles::Add(std::string path, std::string text) {
  Insert(std::move(path), {.text = std::move(text), .write_once = false});
}

void OutputFiles::AddOnce(std::string path, std::string text) {
  Insert(std::move(path), {.text = std::move(text), .write_once = true});
}

void OutputFiles::Insert(std::string path, OutputFile file) {
  files_.insert_or_assign(std::move(path), std::move(file));
}

}  // namespace genlc
