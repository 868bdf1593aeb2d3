// Whose network a client talks about.
#ifndef GENL_NETWORK_NAMESPACE_H_
#define GENL_NETWORK_NAMESPACE_H_

#include <sys/types.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace genl {

// A network namespace by one of its names. By default that of the thread which connects; the client
// stays there, wherever its threads go.
//
//   genl::ConnectOptions{.network_namespace = genl::NetworkNamespace::Named("blue")}
class NetworkNamespace {
 public:
  NetworkNamespace() = default;

  // As `ip netns` calls it.
  static NetworkNamespace Named(absl::string_view name);
  // A file such as /proc/1/ns/net.
  static NetworkNamespace File(std::string path);
  static NetworkNamespace OfProcess(pid_t process);
  // An open file of one. It stays the caller's and may be closed after Connect().
  static NetworkNamespace Descriptor(int fd);

  bool is_current() const { return path_ == kCurrent; }

  // A descriptor that keeps it alive, closed with the last owner. NotFound where it is not there.
  absl::StatusOr<std::shared_ptr<const int>> Open() const;

 private:
  explicit NetworkNamespace(std::string path) : path_(std::move(path)) {}

  static constexpr char kCurrent[] = "/proc/thread-self/ns/net";

  std::string path_ = kCurrent;
};

}  // namespace genl

#endif  // GENL_NETWORK_NAMESPACE_H_
