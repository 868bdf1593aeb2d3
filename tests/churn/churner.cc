#include "tests/churn/churner.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <new>
#include <random>
#include <utility>

#include "absl/time/clock.h"
#include "tests/churn/churn.genl.h"

namespace churn {

Churner::Churner(const std::vector<uint32_t>& ids) {
  void* const memory =
      mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) std::abort();
  shared_ = new (memory) Shared();
  process_ = fork();
  if (process_ < 0) std::abort();
  if (process_ == 0) _exit(Run(ids, *shared_) ? 0 : 1);
}

Churner::~Churner() {
  Stop();
  munmap(shared_, sizeof(Shared));
}

bool Churner::Stop() {
  if (process_ == 0) return true;
  shared_->stop = true;
  int status = 0;
  waitpid(std::exchange(process_, 0), &status, 0);
  return status == 0;
}

bool Churner::Run(std::vector<uint32_t> ids, Shared& shared) {
  absl::StatusOr<Client> client = Client::Connect();
  if (!client.ok()) return false;
  const size_t most = ids.size();
  std::mt19937 random;
  while (!shared.stop) {
    ++shared.begun;
    if (ids.size() < most && (ids.empty() || random() % 2 == 0)) {
      // Of all sizes, so that the ends of messages fall elsewhere in each dump.
      const absl::StatusOr<AddReply> added = client->Add({.size = random() % 3000});
      if (!added.ok()) return false;
      ids.push_back(added->id);
    } else {
      std::swap(ids[random() % ids.size()], ids.back());
      if (!client->Remove({.id = ids.back()}).ok()) return false;
      ids.pop_back();
    }
    // The dump wants the processor, too.
    if (++shared.done % 8 == 0) absl::SleepFor(absl::Milliseconds(1));
  }
  return true;
}

}  // namespace churn
