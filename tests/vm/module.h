// A kernel module that goes and comes back.
#ifndef GENLC_TESTS_VM_MODULE_H_
#define GENLC_TESTS_VM_MODULE_H_

#include <string>

#include "absl/status/status.h"

namespace genlc {

class Module {
 public:
  // `file`: the module as a file; `name`: as in /proc/modules.
  Module(std::string file, std::string name) : file_(std::move(file)), name_(std::move(name)) {}

  // Unavailable where the kernel refuses because the module is in use.
  absl::Status Unload();
  // AlreadyExists where it is loaded, and for EADDRINUSE.
  absl::Status Load();

 private:
  std::string file_;
  std::string name_;
};

}  // namespace genlc

#endif  // GENLC_TESTS_VM_MODULE_H_
