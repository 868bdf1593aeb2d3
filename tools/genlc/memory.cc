#include "tools/genlc/memory.h"

#include <poll.h>

#include <filesystem>

#include "genl/deadline.h"

namespace genlc {

absl::StatusOr<std::string> MemoryFiles::Read(const std::string& path) const {
  const std::string file = Identity(path);
  if (forbidden_.contains(file)) return absl::PermissionDeniedError("Permission denied");
  const auto found = files_.find(file);
  if (found == files_.end()) return absl::NotFoundError("No such file or directory");
  return found->second;
}

absl::StatusOr<std::string> MemoryFiles::ReadRevision(const std::string& path,
                                                      const std::string& revision) const {
  const auto files = revisions_.find(revision);
  if (files == revisions_.end()) {
    return absl::UnknownError(absl::StrCat("git: Not a valid object name ", revision));
  }
  const auto found = files->second.find(path);
  if (found == files->second.end()) return absl::NotFoundError("No such file in the revision");
  return found->second;
}

absl::Status MemoryFiles::Write(const std::string& path, absl::string_view text) {
  const std::string file = Identity(path);
  if (forbidden_.contains(file)) return absl::PermissionDeniedError("Permission denied");
  files_[file] = std::string(text);
  written_.insert(file);
  return absl::OkStatus();
}

std::vector<std::string> MemoryFiles::List(const std::string& directory) const {
  std::vector<std::string> names;
  for (const auto& [path, text] : files_) {
    const std::filesystem::path file = path;
    if (file.parent_path() == Identity(directory)) names.push_back(file.filename().string());
  }
  return names;
}

std::string MemoryFiles::Identity(const std::string& path) const {
  return std::filesystem::path(path).lexically_normal().string();
}

Wake MemoryEnvironment::Wait(int fd, genl::Deadline& deadline) {
  pollfd reader = {.fd = fd, .events = POLLIN, .revents = 0};
  if (poll(&reader, 1, 0) > 0) return Wake::kReadable;
  return deadline.RemainingMilliseconds() < 0 ? Wake::kInterrupted : Wake::kTimeout;
}

}  // namespace genlc
