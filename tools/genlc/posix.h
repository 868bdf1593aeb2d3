// The environment of a real process.
#ifndef GENLC_TOOLS_GENLC_POSIX_H_
#define GENLC_TOOLS_GENLC_POSIX_H_

#include <string>
#include <vector>

#include "tools/genlc/environment.h"

namespace genlc {

class PosixFiles : public FileSystem {
 public:
  absl::StatusOr<std::string> Read(const std::string& path) const override;
  absl::StatusOr<std::string> ReadRevision(const std::string& path,
                                           const std::string& revision) const override;
  absl::Status Write(const std::string& path, absl::string_view text) override;
  std::vector<std::string> List(const std::string& directory) const override;
  std::string Identity(const std::string& path) const override;
};

// Standard output and error. Colours a terminal's diagnostics unless NO_COLOR is set.
class PosixEnvironment : public Environment {
 public:
  explicit PosixEnvironment(FileSystem& files);
  ~PosixEnvironment() override;

  void Out(absl::string_view text) override;
  void Err(absl::string_view text) override;
  bool color() const override { return color_; }
  bool terminal() const override { return terminal_; }
  bool error_terminal() const override { return error_terminal_; }
  std::string Variable(const std::string& name) const override;
  // Beside the folder of the program.
  std::string data_folder() const override;

  // Also fails where results were lost before (a full disk).
  bool Flush() override;
  // From the first call on, SIGINT and SIGTERM end a wait instead of the process.
  Wake Wait(int fd, genl::Deadline& deadline) override;

 private:
  const bool terminal_;
  const bool error_terminal_;
  const bool color_;
  int signals_ = -1;  // a signalfd
};

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_POSIX_H_
