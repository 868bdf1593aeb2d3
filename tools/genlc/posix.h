// The environment of a real process.
#ifndef GENLC_TOOLS_GENLC_POSIX_H_
#define GENLC_TOOLS_GENLC_POSIX_H_

#include <string>

#include "tools/genlc/environment.h"

namespace genlc {

class PosixFiles : public FileSystem {
 public:
  absl::StatusOr<std::string> Read(const std::string& path) const override;
  absl::Status Write(const std::string& path, absl::string_view text) override;
  std::string Identity(const std::string& path) const override;
};

// Standard output and error. Colours a terminal's diagnostics unless NO_COLOR is set.
class PosixEnvironment : public Environment {
 public:
  explicit PosixEnvironment(FileSystem& files);

  void Out(absl::string_view text) override;
  void Err(absl::string_view text) override;
  bool color() const override { return color_; }
  bool terminal() const override { return terminal_; }
  std::string Variable(const std::string& name) const override;

  // Whether all results have arrived; says on standard error why not (a full disk).
  bool Flush();

 private:
  const bool color_;
  const bool terminal_;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_POSIX_H_
