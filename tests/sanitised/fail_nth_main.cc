// Sends good requests of every kind, each again and again, while the first, then the second, third,
// ... allocation on its way fails, until none is left to fail.
//
//   fail_nth --spec=thermo.yaml [--seed=N] [--done=N]
//
// It ends when so many of each kind were done, by default 5: those that refer to what is not there
// are refused early.
//
// The answer has to be success or that there is no memory, unless the request is refused anyway:
// then it is also refused without a failure. That nothing is lost or touched afterwards, the
// kernel's log says.
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "tests/sanitised/options.h"
#include "tests/sanitised/raw_socket.h"
#include "tests/sanitised/requests.h"

namespace genlc {
namespace {

// No request allocates as often as this.
constexpr int kMaxAllocations = 2000;
constexpr uint64_t kMaxTurns = 1000;
// Some dumps are as long as a request wants them: with so much read they count as done.
constexpr int kMaxDatagrams = 10;

// /proc/thread-self/fail-nth of this thread (fault-injection.rst): N lets the N-th allocation from
// now on fail; what is left of N tells whether it came to that.
class FailNth {
 public:
  FailNth() : fd_(open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC)) {
    // Allocations that could wait fail too; each failure in the log would be slow.
    const std::string attributes = "/sys/kernel/debug/";
    bool good = fd_ >= 0;
    for (const char* fault : {"failslab", "fail_page_alloc"}) {
      good = good && Write(attributes + fault + "/ignore-gfp-wait", "N") &&
             Write(attributes + fault + "/verbose", "0");
    }
    if (good && Write(attributes + "fail_page_alloc/min-order", "0")) return;
    std::cerr << "this kernel lets no allocations fail\n";
    std::exit(1);
  }
  FailNth(const FailNth&) = delete;
  FailNth& operator=(const FailNth&) = delete;
  ~FailNth() { close(fd_); }

  void Arm(int nth) { Set(nth); }

  // Whether an allocation has failed since.
  bool Disarm() {
    char left[16] = {};
    const ssize_t size = pread(fd_, left, sizeof(left) - 1, 0);
    Set(0);
    return size > 0 && std::atoi(left) == 0;
  }

 private:
  static bool Write(const std::string& path, const char* value) {
    std::ofstream file(path);
    file << value << std::flush;
    return file.good();
  }

  void Set(int nth) {
    const std::string text = std::to_string(nth);
    if (pwrite(fd_, text.data(), text.size(), 0) < 0) std::abort();
  }

  const int fd_;
};

// What became of a request: an errno, 0, or that the kernel has said nothing.
constexpr int kSilence = -1;

struct Sums {
  uint64_t requests = 0;
  uint64_t failures = 0;  // of allocations
  uint64_t most = 0;      // of one request
  uint64_t done = 0;      // requests
};

class Sweep {
 public:
  explicit Sweep(const Requests& requests)
      : requests_(requests), family_(FamilyNumber(requests.family().name)) {
    if (family_ == 0) {
      std::cerr << "the kernel has no family " << requests.family().name << "\n";
      std::exit(1);
    }
    for (const auto& group : requests.family().groups) {
      listener_.Join(GroupNumber(requests.family().name, group->name));
    }
  }

  // Without failures: 0, an errno or kSilence.
  int Ask(const Requests::Kind& kind, uint64_t seed) { return Ask(Message(kind, seed)); }

  // False where an answer was wrong.
  bool Run(const Requests::Kind& kind, uint64_t seed, Sums& sums) {
    const std::vector<uint8_t> message = Message(kind, seed);
    std::set<int> results;
    int nth = 1;
    while (nth < kMaxAllocations && Fails(message, nth, results)) ++nth;
    const int last = Ask(message);
    results.insert(last);
    ++sums.requests;
    sums.failures += nth - 1;
    sums.most = std::max<uint64_t>(sums.most, nth - 1);
    if (results.count(0) != 0) ++sums.done;
    for (int result : results) {
      if (result == 0 || result == ENOMEM || result == ENOBUFS || result == last) continue;
      // Without the larger buffer that it wants, a dump goes on in a page, where objects may not
      // fit.
      if (result == EMSGSIZE && kind.dump) continue;
      std::cerr << kind.name << ", request of seed " << seed << ": "
                << (result == kSilence ? "no answer" : strerrorname_np(result)) << "\n";
      return false;
    }
    return nth < kMaxAllocations && last != kSilence;
  }

 private:
  std::vector<uint8_t> Message(const Requests::Kind& kind, uint64_t seed) const {
    std::vector<uint8_t> message = requests_.Make(kind, seed);
    nlmsghdr header;
    std::memcpy(&header, message.data(), sizeof(header));
    header.nlmsg_type = family_;
    header.nlmsg_seq = 1;
    std::memcpy(message.data(), &header, sizeof(header));
    return message;
  }

  // False where the request needs fewer allocations.
  bool Fails(const std::vector<uint8_t>& message, int nth, std::set<int>& results) {
    RawSocket socket;
    fail_.Arm(nth);
    const int result = Exchange(socket, message);
    const bool failed = fail_.Disarm();
    results.insert(result);
    Drain();
    return failed;
  }

  int Ask(const std::vector<uint8_t>& message) {
    RawSocket socket;
    const int result = Exchange(socket, message);
    Drain();
    return result;
  }

  static int Exchange(RawSocket& socket, const std::vector<uint8_t>& message) {
    if (const int error = socket.Send(message); error != 0) return error;
    int result = kSilence;
    const auto look = [&result](const nlmsghdr& header, genl::Bytes payload) {
      if (header.nlmsg_type != NLMSG_ERROR && header.nlmsg_type != NLMSG_DONE) return;
      int error = 0;
      if (payload.size() >= sizeof(error)) std::memcpy(&error, payload.data(), sizeof(error));
      result = -error;
    };
    for (int datagrams = 0; result == kSilence; ++datagrams) {
      if (datagrams == kMaxDatagrams) return 0;
      const int error = socket.Receive(look);
      if (error == EAGAIN) break;
      if (error != 0) return error;
    }
    return result;
  }

  void Drain() {
    while (listener_.Receive([](const nlmsghdr&, genl::Bytes) {}) != EAGAIN) {
    }
  }

  const Requests& requests_;
  const uint16_t family_;
  FailNth fail_;
  RawSocket listener_;
};

int Main(const Options& options) {
  const Requests requests(options.Text("spec"));
  const uint64_t seed = options.Number("seed", 1);
  const uint64_t wanted = options.Number("done", 5);
  Sweep sweep(requests);
  std::vector<Sums> sums(requests.kinds().size());
  bool good = true;
  const auto enough = [&] {
    return std::all_of(sums.begin(), sums.end(),
                       [&](const Sums& one) { return one.done >= wanted; });
  };
  // In turns, so that there is something to find, change and delete.
  for (uint64_t turn = 0; turn < kMaxTurns && good && !enough(); ++turn) {
    for (size_t i = 0; i < sums.size(); ++i) {
      const Requests::Kind& kind = requests.kinds()[i];
      const uint64_t number = seed * 1000003 + turn * 101 + i;
      if (sums[i].done < wanted) {
        good = sweep.Run(kind, number, sums[i]) && good;
      } else {
        sweep.Ask(kind, number);
      }
    }
  }
  for (size_t i = 0; i < sums.size(); ++i) {
    std::cout << requests.kinds()[i].name << ": " << sums[i].requests << " requests, "
              << sums[i].done << " of them done, with " << sums[i].failures
              << " failed allocations, up to " << sums[i].most << " of one request\n";
  }
  if (!enough()) std::cerr << "too few requests were done: too little is shown\n";
  good = good && enough();
  return good ? 0 : 1;
}

}  // namespace
}  // namespace genlc

int main(int argc, char** argv) { return genlc::Main(genlc::Options(argc, argv)); }
