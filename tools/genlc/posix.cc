#include "tools/genlc/posix.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "genl/deadline.h"
#include "tools/genlc/git.h"

namespace genlc {
namespace {

// Far above any spec; keeps a device without an end from filling the memory.
constexpr size_t kMaxFileBytes = 64 << 20;

absl::Status SystemError(int error) {
  const char* text = strerror(error);
  const bool absent = error == ENOENT || error == ENOTDIR;
  return absent ? absl::NotFoundError(text) : absl::UnknownError(text);
}

// Closes a descriptor at the end of its scope.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { Close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return fd_; }
  int Close() {
    const int result = fd_ < 0 ? 0 : close(fd_);
    fd_ = -1;
    return result;
  }

 private:
  int fd_;
};

// Readable once the process is asked to end; -1 where the system has no more descriptors, and
// the signals do what they always did.
int TakeSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  const int fd = signalfd(-1, &signals, SFD_CLOEXEC);
  if (fd >= 0) sigprocmask(SIG_BLOCK, &signals, nullptr);
  return fd;
}

// 0 or an errno.
int WriteAll(int fd, absl::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

}  // namespace

absl::StatusOr<std::string> PosixFiles::Read(const std::string& path) const {
  Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return SystemError(errno);
  std::string text;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t size = read(file.get(), buffer, sizeof(buffer));
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return SystemError(errno);
    if (size == 0) return text;
    text.append(buffer, static_cast<size_t>(size));
    if (text.size() > kMaxFileBytes) return SystemError(EFBIG);
  }
}

absl::StatusOr<std::string> PosixFiles::ReadRevision(const std::string& path,
                                                     const std::string& revision) const {
  return ReadFromGit(path, revision);
}

absl::Status PosixFiles::Write(const std::string& path, absl::string_view text) {
  std::error_code error;
  const std::filesystem::path directory = std::filesystem::path(path).parent_path();
  if (!directory.empty()) std::filesystem::create_directories(directory, error);
  if (error) return SystemError(error.value());

  // A build that reads the file meanwhile sees the old text or the new, never a part.
  const std::string temporary = absl::StrCat(path, ".", getpid(), ".tmp");
  Descriptor file(open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (file.get() < 0) return SystemError(errno);
  int failure = WriteAll(file.get(), text);
  if (file.Close() < 0 && failure == 0) failure = errno;
  if (failure == 0 && rename(temporary.c_str(), path.c_str()) < 0) failure = errno;
  if (failure == 0) return absl::OkStatus();
  unlink(temporary.c_str());
  return SystemError(failure);
}

std::vector<std::string> PosixFiles::List(const std::string& directory) const {
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator entry(directory, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string PosixFiles::Identity(const std::string& path) const {
  std::error_code error;
  const std::filesystem::path identity = std::filesystem::weakly_canonical(path, error);
  return error ? path : identity.string();
}

PosixEnvironment::PosixEnvironment(FileSystem& files)
    : Environment(files),
      terminal_(isatty(STDOUT_FILENO) == 1),
      error_terminal_(isatty(STDERR_FILENO) == 1),
      color_(error_terminal_ && getenv("NO_COLOR") == nullptr) {}

PosixEnvironment::~PosixEnvironment() {
  if (signals_ >= 0) close(signals_);
}

std::string PosixEnvironment::Variable(const std::string& name) const {
  const char* value = getenv(name.c_str());
  return value != nullptr ? value : "";
}

std::string PosixEnvironment::data_folder() const {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return (program.parent_path().parent_path() / "share/genlc").string();
}

void PosixEnvironment::Out(absl::string_view text) { fwrite(text.data(), 1, text.size(), stdout); }

void PosixEnvironment::Err(absl::string_view text) { fwrite(text.data(), 1, text.size(), stderr); }

bool PosixEnvironment::Flush() {
  const bool failed_before = ferror(stdout) != 0;
  if (fflush(stdout) == 0 && !failed_before) return true;
  Err(absl::StrCat("genlc: cannot write to standard output: ", strerror(errno), "\n"));
  return false;
}

Wake PosixEnvironment::Wait(int fd, genl::Deadline& deadline) {
  if (signals_ < 0) signals_ = TakeSignals();
  for (;;) {
    pollfd readers[] = {{.fd = fd, .events = POLLIN, .revents = 0},
                        {.fd = signals_, .events = POLLIN, .revents = 0}};
    const int ready = poll(readers, 2, deadline.RemainingMilliseconds());
    if (ready < 0 && errno == EINTR) continue;
    if (readers[1].revents != 0) return Wake::kInterrupted;
    // Where poll() fails, who reads is told why.
    return ready == 0 ? Wake::kTimeout : Wake::kReadable;
  }
}

}  // namespace genlc
