#include "tests/bench/counters.h"

#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
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

// A system call that nothing else makes, before and behind what is counted.
constexpr long kMark = SYS_getppid;

[[noreturn]] void RunTraced(const std::function<void()>& before,
                            const std::function<void()>& work) {
  if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(1);
  raise(SIGSTOP);
  before();
  syscall(kMark);
  work();
  syscall(kMark);
  _exit(0);
}

// The number of the call at whose entry or exit the process stands; of either the same.
long CallOf(pid_t process) {
  user_regs_struct registers = {};
  ptrace(PTRACE_GETREGS, process, nullptr, &registers);
  return static_cast<long>(registers.orig_rax);
}

// Between the marks, each call stops the process twice: at its entry and at its exit.
std::optional<size_t> CountStops(pid_t process) {
  size_t marks = 0;
  size_t stops = 0;
  for (int status = 0;;) {
    if (ptrace(PTRACE_SYSCALL, process, nullptr, nullptr) != 0) return std::nullopt;
    if (waitpid(process, &status, 0) != process) return std::nullopt;
    if (WIFEXITED(status)) break;
    if (!WIFSTOPPED(status) || WSTOPSIG(status) != (SIGTRAP | 0x80)) continue;
    if (CallOf(process) == kMark) {
      ++marks;
    } else if (marks == 2) {
      ++stops;
    }
  }
  if (marks != 4) return std::nullopt;
  return stops / 2;
}

}  // namespace

size_t Allocations() { return allocations; }

std::optional<size_t> SystemCalls(const std::function<void()>& before,
                                  const std::function<void()>& work) {
  const pid_t process = fork();
  if (process == 0) RunTraced(before, work);
  int status = 0;
  if (process < 0 || waitpid(process, &status, 0) != process || !WIFSTOPPED(status)) {
    return std::nullopt;
  }
  ptrace(PTRACE_SETOPTIONS, process, nullptr,
         reinterpret_cast<void*>(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL));
  return CountStops(process);
}

std::optional<size_t> Instructions(const std::function<void()>& work) {
  perf_event_attr attributes = {};
  attributes.type = PERF_TYPE_HARDWARE;
  attributes.size = sizeof(attributes);
  attributes.config = PERF_COUNT_HW_INSTRUCTIONS;
  attributes.disabled = 1;
  const int fd = static_cast<int>(syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0));
  if (fd < 0) return std::nullopt;
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
