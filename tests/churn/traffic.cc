#include "tests/churn/traffic.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <new>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace churn {
namespace {

// Longer than any round takes that does not hang: the client's own limit is shorter.
constexpr absl::Duration kPatience = absl::Seconds(30);

}  // namespace

Traffic::Traffic() = default;

Traffic::~Traffic() { Stop(); }

void Traffic::Start(std::string name, Work work) {
  void* const memory =
      mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) std::abort();
  Shared* const shared = new (memory) Shared();
  const pid_t id = fork();
  if (id < 0) std::abort();
  if (id == 0) {
    Run(work, *shared);
    _exit(0);
  }
  processes_.push_back({std::move(name), id, shared});
}

void Traffic::Run(Work work, Shared& shared) {
  while (!shared.stop) {
    const absl::Status status = work();
    if (status.ok()) {
      ++shared.successes;
    } else if (absl::IsNotFound(status) || absl::IsUnavailable(status)) {
      ++shared.absences;
    } else {
      std::snprintf(shared.complaint, sizeof(shared.complaint), "%s", status.ToString().c_str());
      return;
    }
    // Leaves time to the others, and on an emulated machine to the module.
    absl::SleepFor(absl::Milliseconds(4));
  }
}

bool Traffic::Wait(uint64_t rounds) const {
  const uint64_t enough = Successes() + rounds;
  const absl::Time limit = absl::Now() + kPatience;
  while (Successes() < enough) {
    if (absl::Now() > limit) return false;
    absl::SleepFor(absl::Milliseconds(1));
  }
  return true;
}

uint64_t Traffic::Successes() const {
  uint64_t sum = 0;
  for (const Process& process : processes_) sum += process.shared->successes;
  return sum;
}

std::string Traffic::Stop() {
  for (const Process& process : processes_) process.shared->stop = true;
  std::string complaints;
  for (const Process& process : std::exchange(processes_, {})) complaints += Join(process);
  return complaints;
}

std::string Traffic::Join(const Process& process) {
  const absl::Time limit = absl::Now() + kPatience;
  int status = 0;
  bool hangs = false;
  while (waitpid(process.id, &status, hangs ? 0 : WNOHANG) == 0) {
    absl::SleepFor(absl::Milliseconds(5));
    hangs = absl::Now() > limit;
    if (hangs) kill(process.id, SIGKILL);
  }
  std::string complaint(process.shared->complaint);
  if (hangs) {
    complaint = "hangs";
  } else if (status != 0) {
    complaint = absl::StrCat("died with status ", status);
  } else if (complaint.empty() && process.shared->successes == 0) {
    complaint = "never succeeded";
  }
  std::printf("%s: %llu rounds, %llu without the family\n", process.name.c_str(),
              static_cast<unsigned long long>(process.shared->successes),
              static_cast<unsigned long long>(process.shared->absences));
  munmap(process.shared, sizeof(Shared));
  return complaint.empty() ? "" : absl::StrCat(process.name, ": ", complaint, "\n");
}

}  // namespace churn
