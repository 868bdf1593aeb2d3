// A kernel module that goes and comes back.
#ifndef GENLC_TESTS_CHURN_MODULE_H_
#define GENLC_TESTS_CHURN_MODULE_H_

#include <string>

#include "absl/status/status.h"

namespace churn {

class Module {
 public:
  // `file`: the module as a file. It is loaded.
  Module(std::string file, std::string name) : file_(std::move(file)), name_(std::move(name)) {}

  // Unavailable where the kernel refuses because the module is in use.
  absl::Status Unload();
  absl::Status Load();

 private:
  std::string file_;
  std::string name_;
};

}  // namespace churn

#endif  // GENLC_TESTS_CHURN_MODULE_H_
