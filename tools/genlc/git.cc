#include "tools/genlc/git.h"

#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace genlc {
namespace {

// A file without a name that a child writes to. Unlike a pipe it is never full.
class Buffer {
 public:
  Buffer() : fd_(memfd_create("git", MFD_CLOEXEC)) {}
  ~Buffer() {
    if (fd_ >= 0) close(fd_);
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  int fd() const { return fd_; }
  std::string Text() const {
    std::string text;
    char part[1 << 16];
    off_t at = 0;
    for (ssize_t size; (size = pread(fd_, part, sizeof(part), at)) > 0; at += size) {
      text.append(part, static_cast<size_t>(size));
    }
    return text;
  }

 private:
  const int fd_;
};

// 0 or an errno; `status` as of waitpid().
int Spawn(std::vector<std::string>& words, const Buffer& out, const Buffer& err, int& status) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out.fd(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.fd(), STDERR_FILENO);
  pid_t child = 0;
  const int error =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return error;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

// What git prints, in the folder of the file.
absl::StatusOr<std::string> RunGit(const std::string& folder,
                                   const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {"git", "-C", folder};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const Buffer out;
  const Buffer err;
  int status = 0;
  if (const int error = Spawn(words, out, err, status); error != 0) {
    return absl::UnavailableError(absl::StrCat("cannot run git: ", strerror(error)));
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return out.Text();
  const std::string said = err.Text();
  const absl::string_view line = absl::string_view(said).substr(0, said.find('\n'));
  return absl::UnknownError(absl::StrCat("git: ", absl::StripPrefix(line, "fatal: ")));
}

}  // namespace

absl::StatusOr<std::string> ReadFromGit(const std::string& path, const std::string& revision) {
  const std::filesystem::path file(path);
  const std::string folder = file.has_parent_path() ? file.parent_path().string() : ".";
  // Two steps, so that a file that is not there is told from a revision that is not.
  const auto entry = RunGit(folder, {"ls-tree", revision, "--", file.filename().string()});
  if (!entry.ok()) return entry.status();
  if (entry->empty()) return absl::NotFoundError("No such file in the revision");
  // 100644 blob 5b1d4bc2...<TAB>name
  const std::vector<std::string> columns = absl::StrSplit(*entry, absl::ByAnyChar(" \t"));
  if (columns.size() < 4) return absl::UnknownError(absl::StrCat("git: ", *entry));
  return RunGit(folder, {"cat-file", "blob", columns[2]});
}

}  // namespace genlc
