// Everything a command may touch outside the process.
//
// main() makes the real ones (posix.h); tests make them in memory (memory.h), so that the
// whole tool runs in-process there.
#ifndef GENLC_TOOLS_GENLC_ENVIRONMENT_H_
#define GENLC_TOOLS_GENLC_ENVIRONMENT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace genl {
class Deadline;
class Transport;
}  // namespace genl

namespace genlc {

// Errors carry what the system says ("No such file or directory"), without the path.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // The whole text. Files of more than 64 MiB are refused. NotFound: there is no such file.
  virtual absl::StatusOr<std::string> Read(const std::string& path) const = 0;

  // The text that the file had in a revision of git. NotFound: it was not there.
  virtual absl::StatusOr<std::string> ReadRevision(const std::string& path,
                                                   const std::string& revision) const = 0;

  // Replaces the file at once, and makes the directories that lead to it.
  virtual absl::Status Write(const std::string& path, absl::string_view text) = 0;

  // The names of what is in a directory, sorted; none where it cannot be read.
  virtual std::vector<std::string> List(const std::string& directory) const = 0;

  // The same text for two paths exactly where they lead to one file.
  virtual std::string Identity(const std::string& path) const = 0;
};

// What ended a wait.
enum class Wake { kReadable, kTimeout, kInterrupted };

class Environment {
 public:
  // `files` outlives the environment.
  explicit Environment(FileSystem& files) : files_(files) {}
  virtual ~Environment() = default;
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  FileSystem& files() const { return files_; }

  // Standard output is for results, standard error for diagnostics.
  virtual void Out(absl::string_view text) = 0;
  virtual void Err(absl::string_view text) = 0;
  // Hands over all results until now. False after saying on standard error why that cannot be.
  virtual bool Flush() { return true; }

  // Whether diagnostics are coloured.
  virtual bool color() const = 0;
  // Whether a person reads the results.
  virtual bool terminal() const { return false; }
  // Whether a person reads what goes to standard error.
  virtual bool error_terminal() const { return false; }

  // Of the process's environment; empty: not set.
  virtual std::string Variable(const std::string& name) const = 0;

  // Where the files are that were installed with the program: /usr/share/genlc.
  virtual std::string data_folder() const = 0;

  // Whom live commands talk to; null: the kernel that runs this process.
  virtual genl::Transport* kernel() const { return nullptr; }

  // Waits until the descriptor can be read, the time is over, or whoever started the process
  // wants it to end.
  virtual Wake Wait(int fd, genl::Deadline& deadline) = 0;

 private:
  FileSystem& files_;
};

// What the process returns.
enum class ExitStatus { kDone = 0, kWrongInput = 1, kWrongUsage = 2 };

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_ENVIRONMENT_H_
