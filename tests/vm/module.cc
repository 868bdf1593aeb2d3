#include "tests/vm/module.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace genlc {

// EAGAIN, while somebody holds a reference.
absl::Status Module::Unload() {
  if (syscall(SYS_delete_module, name_.c_str(), O_NONBLOCK) == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(errno, "cannot unload " + name_);
}

absl::Status Module::Load() {
  const int file = open(file_.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return absl::ErrnoToStatus(errno, "cannot open " + file_);
  const long result = syscall(SYS_finit_module, file, "", 0);
  const int error = errno;
  close(file);
  return result == 0 ? absl::OkStatus() : absl::ErrnoToStatus(error, "cannot load " + name_);
}

}  // namespace genlc
