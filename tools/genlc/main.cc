#include <string>
#include <vector>

#include "tools/genlc/genlc.h"
#include "tools/genlc/posix.h"

int main(int argc, char** argv) {
  genlc::PosixFiles files;
  genlc::PosixEnvironment env(files);
  const genlc::ExitStatus status = genlc::Run(std::vector<std::string>(argv + 1, argv + argc), env);
  return env.Flush() ? static_cast<int>(status) : static_cast<int>(genlc::ExitStatus::kWrongInput);
}
