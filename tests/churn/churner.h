// A process that adds and removes items of the family `churn`.
#ifndef GENLC_TESTS_CHURN_CHURNER_H_
#define GENLC_TESTS_CHURN_CHURNER_H_

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <vector>

namespace churn {

class Churner {
 public:
  // Begins to remove the items `ids` at random and to add others. There are never more than
  // these, and as the kernel gives the lowest number that is free, none has another number.
  explicit Churner(const std::vector<uint32_t>& ids);
  ~Churner();

  // Changes that it has begun, and those that it has finished.
  uint64_t begun() const { return shared_->begun; }
  uint64_t done() const { return shared_->done; }

  // Ends it; true if all of its requests went well.
  bool Stop();

 private:
  struct Shared {
    std::atomic<uint64_t> begun;
    std::atomic<uint64_t> done;
    std::atomic<bool> stop;
  };

  static bool Run(std::vector<uint32_t> ids, Shared& shared);

  Shared* shared_;
  pid_t process_;
};

}  // namespace churn

#endif  // GENLC_TESTS_CHURN_CHURNER_H_
