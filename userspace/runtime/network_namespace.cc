#include "genl/network_namespace.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"

namespace genl {

NetworkNamespace NetworkNamespace::Named(absl::string_view name) {
  return NetworkNamespace(absl::StrCat("/run/netns/", name));
}

NetworkNamespace NetworkNamespace::File(std::string path) {
  return NetworkNamespace(std::move(path));
}

NetworkNamespace NetworkNamespace::OfProcess(pid_t process) {
  return NetworkNamespace(absl::StrCat("/proc/", process, "/ns/net"));
}

NetworkNamespace NetworkNamespace::Descriptor(int fd) {
  return NetworkNamespace(absl::StrCat("/proc/self/fd/", fd));
}

absl::StatusOr<std::shared_ptr<const int>> NetworkNamespace::Open() const {
  const int fd = open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot open the network namespace ", path_));
  }
  return std::shared_ptr<const int>(new int(fd), [](const int* owned) {
    close(*owned);
    delete owned;
  });
}

}  // namespace genl
