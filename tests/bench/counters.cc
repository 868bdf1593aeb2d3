#include "tests/bench/counters.h"

#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace {
size_t allocations = 0;
}  // namespace

// glibc's own, in whose place those below stand.
extern "C" void* __libc_malloc(size_t size);
extern "C" void* __libc_calloc(size_t count, size_t size);
extern "C" void* __libc_realloc(void* memory, size_t size);

extern "C" void* malloc(size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
extern "C" void* calloc(size_t count, size_t size) {
  ++allocations;
  return __libc_calloc(count, size);
}
extern "C" void* realloc(void* memory, size_t size) {
  ++allocations;
  return __libc_realloc(memory, size);
}

namespace bench {
namespace {

// Sent to itself by what is traced, before and behind what is counted.
constexpr int kMark = SIGUSR1;
// Steps take microseconds.
constexpr size_t kMostSteps = 2'000'000;

[[noreturn]] void RunTraced(const std::function<void()>& before,
                            const std::function<void()>& work) {
  signal(kMark, SIG_IGN);
  if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(1);
  raise(SIGSTOP);
  before();
  const pid_t self = getpid();
  kill(self, kMark);
  work();
  kill(self, kMark);
  _exit(0);
}

// How often the process stops between the marks: at each entry and exit of a system call
// (PTRACE_SYSCALL), or behind each instruction (PTRACE_SINGLESTEP). Nothing where it is more often
// than `most`.
std::optional<size_t> CountStops(pid_t process, __ptrace_request way, size_t most) {
  size_t stops = 0;
  int status = 0;
  for (int marks = 0; marks < 2;) {
    if (ptrace(marks == 0 ? PTRACE_CONT : way, process, nullptr, nullptr) != 0) return std::nullopt;
    if (waitpid(process, &status, 0) != process || !WIFSTOPPED(status)) return std::nullopt;
    if (WSTOPSIG(status) == kMark) {
      ++marks;
    } else if (++stops > most) {
      return std::nullopt;
    }
  }
  return stops;
}

// Of a copy of this process.
std::optional<size_t> StopsOf(const std::function<void()>& before,
                              const std::function<void()>& work, __ptrace_request way,
                              size_t most) {
  const pid_t process = fork();
  if (process == 0) RunTraced(before, work);
  int status = 0;
  if (process < 0 || waitpid(process, &status, 0) != process || !WIFSTOPPED(status)) {
    return std::nullopt;
  }
  const std::optional<size_t> stops = CountStops(process, way, most);
  // It shares the sockets of this process, on which nothing may be left under way.
  ptrace(PTRACE_DETACH, process, nullptr, nullptr);
  waitpid(process, &status, 0);
  return stops;
}

std::optional<size_t> Stepped(const std::function<void()>& before,
                              const std::function<void()>& work) {
  static const std::optional<size_t> nothing = StopsOf([] {}, [] {}, PTRACE_SINGLESTEP, kMostSteps);
  const std::optional<size_t> stops = StopsOf(before, work, PTRACE_SINGLESTEP, kMostSteps);
  if (!nothing || !stops) return std::nullopt;
  return *stops - *nothing;
}

}  // namespace

size_t Allocations() { return allocations; }

std::optional<size_t> SystemCalls(const std::function<void()>& before,
                                  const std::function<void()>& work) {
  const std::optional<size_t> stops = StopsOf(before, work, PTRACE_SYSCALL, kMostSteps);
  if (!stops) return std::nullopt;
  return *stops / 2 - 1;  // without the second mark
}

std::optional<size_t> Instructions(const std::function<void()>& before,
                                   const std::function<void()>& work) {
  perf_event_attr attributes = {};
  attributes.type = PERF_TYPE_HARDWARE;
  attributes.size = sizeof(attributes);
  attributes.config = PERF_COUNT_HW_INSTRUCTIONS;
  attributes.disabled = 1;
  attributes.exclude_kernel = 1;
  const int fd = static_cast<int>(syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0));
  if (fd < 0) return Stepped(before, work);
  before();
  ioctl(fd, PERF_EVENT_IOC_ENABLE, 0);
  work();
  ioctl(fd, PERF_EVENT_IOC_DISABLE, 0);
  size_t count = 0;
  const bool whole = read(fd, &count, sizeof(count)) == sizeof(count);
  close(fd);
  if (!whole) return std::nullopt;
  return count;
}

}  // namespace bench
