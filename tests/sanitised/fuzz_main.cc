// Sends messages that obey a spec, and messages that nearly do, to the kernel's module of the
// family.
//
//   fuzz --spec=thermo.yaml [--seed=N] [--seconds=N | --messages=N] [--round=N]
//
// What a message is, its seed, round and place in the round decide; each round is a process of its
// own, in a new network namespace where the family lives in all. The kernel's log has the round
// before anything that the kernel says about it: --seed=N --round=N then sends the same again.
#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <iomanip>
#include <iostream>
#include <memory>
#include <random>
#include <string>

#include "tests/sanitised/damage.h"
#include "tests/sanitised/options.h"
#include "tests/sanitised/raw_socket.h"
#include "tests/sanitised/requests.h"

namespace genlc {
namespace {

using Clock = std::chrono::steady_clock;

constexpr uint64_t kMessagesOfRound = 1000;
// Some dumps are as long as a request wants them; the rest of those is left.
constexpr int kMaxDatagrams = 4;
constexpr size_t kMaxBatch = 8;
constexpr size_t kMaxKinds = 64;
constexpr int kMaxErrno = 200;
constexpr uid_t kNobody = 65534;

// Shared by all rounds.
struct Counts {
  uint64_t messages = 0;
  uint64_t answers = 0;
  uint64_t notifications = 0;
  uint64_t refused[kMaxErrno] = {};
  struct {
    uint64_t sent = 0;
    uint64_t done = 0;
  } intact[kMaxKinds];  // messages without damage
};

// One round: a process that sends and listens.
class Round {
 public:
  Round(const Requests& requests, uint16_t family, uint64_t seed, uint64_t number, Counts& counts)
      : requests_(requests), family_(family), random_(seed * 1000003 + number), counts_(counts) {
    if (number % 3 == 2 && (setgid(kNobody) != 0 || setuid(kNobody) != 0)) std::exit(1);
    Listen();
  }

  void Run() {
    for (uint64_t sent = 0; sent < kMessagesOfRound;) {
      sent += SendSome();
      // Now and then the socket goes while a dump is under way.
      if (Below(64) == 0 || !ReadAnswers()) socket_ = std::make_unique<RawSocket>();
    }
    counts_.messages += kMessagesOfRound;
  }

 private:
  uint64_t Below(uint64_t end) { return random_() % end; }

  // Without listeners the kernel builds no notification.
  void Listen() {
    const Family& family = requests_.family();
    for (const auto& group : family.groups) {
      listener_.Join(GroupNumber(family.name, group->name));
    }
  }

  // A datagram with a few messages; returns how many.
  uint64_t SendSome() {
    const uint64_t count = 1 + Below(kMaxBatch);
    datagram_.clear();
    kinds_.clear();
    for (uint64_t i = 0; i < count; ++i) AddMessage(static_cast<uint32_t>(i + 1));
    socket_->Send(datagram_);
    return count;
  }

  void AddMessage(uint32_t sequence) {
    const size_t which = Below(requests_.kinds().size());
    std::vector<uint8_t> message = requests_.Make(requests_.kinds()[which], random_());
    nlmsghdr header;
    std::memcpy(&header, message.data(), sizeof(header));
    header.nlmsg_type = family_;
    header.nlmsg_seq = sequence;
    std::memcpy(message.data(), &header, sizeof(header));
    const bool intact = Below(4) == 0;
    if (intact) {
      ++counts_.intact[which].sent;
    } else {
      Damage(random_()).Apply(message, kHeadersSize);
    }
    kinds_.push_back(intact ? static_cast<int>(which) : -1);
    message.resize(NLMSG_ALIGN(message.size()));
    datagram_.insert(datagram_.end(), message.begin(), message.end());
  }

  // False where there are more.
  bool ReadAnswers() {
    const auto count = [this](const nlmsghdr& header, genl::Bytes payload) {
      ++counts_.answers;
      if (header.nlmsg_type == NLMSG_ERROR || header.nlmsg_type == NLMSG_DONE) {
        CountResult(header.nlmsg_seq, payload);
      }
    };
    const auto notice = [this](const nlmsghdr&, genl::Bytes) { ++counts_.notifications; };
    while (listener_.Receive(notice) != EAGAIN) {
    }
    for (int datagrams = 0; datagrams < kMaxDatagrams; ++datagrams) {
      if (socket_->Receive(count) == EAGAIN) return true;
    }
    return false;
  }

  void CountResult(uint32_t sequence, genl::Bytes payload) {
    int result = 0;
    if (payload.size() >= sizeof(result)) std::memcpy(&result, payload.data(), sizeof(result));
    if (result < 0) ++counts_.refused[std::min(-result, kMaxErrno - 1)];
    const bool known = sequence >= 1 && sequence <= kinds_.size();
    if (result == 0 && known && kinds_[sequence - 1] >= 0) {
      ++counts_.intact[kinds_[sequence - 1]].done;
    }
  }

  const Requests& requests_;
  const uint16_t family_;
  std::mt19937_64 random_;
  Counts& counts_;
  RawSocket listener_;
  std::unique_ptr<RawSocket> socket_ = std::make_unique<RawSocket>();
  std::vector<uint8_t> datagram_;
  std::vector<int> kinds_;  // of the datagram's messages; -1: damaged
};

class Fuzzer {
 public:
  Fuzzer(const Requests& requests, uint64_t seed) : requests_(requests), seed_(seed) {
    void* shared =
        mmap(nullptr, sizeof(Counts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    counts_ = new (shared) Counts;
    family_ = FamilyNumber(requests.family().name);
    if (family_ == 0) {
      std::cerr << "the kernel has no family " << requests.family().name << "\n";
      std::exit(1);
    }
  }

  uint64_t messages() const { return counts_->messages; }

  // False where the round's process did not end well.
  bool Run(uint64_t number) {
    Mark(number);
    const pid_t child = fork();
    if (child == 0) {
      Separate();
      Round(requests_, family_, seed_, number, *counts_).Run();
      _exit(0);
    }
    int status = 0;
    return waitpid(child, &status, 0) == child && status == 0;
  }

  // What the kernel said; false where some kind of request never came through.
  bool Tell(double seconds) const {
    std::cout << counts_->messages << " messages in " << std::fixed << std::setprecision(1)
              << seconds << " s, " << counts_->answers << " answers, " << counts_->notifications
              << " notifications\nrefused:";
    for (int error = 0; error < kMaxErrno; ++error) {
      if (counts_->refused[error] == 0) continue;
      std::cout << " " << strerrorname_np(error) << " " << counts_->refused[error];
    }
    std::cout << "\n";
    bool all = true;
    for (size_t i = 0; i < requests_.kinds().size(); ++i) {
      const auto& intact = counts_->intact[i];
      std::cout << requests_.kinds()[i].name << ": of " << intact.sent << " good requests "
                << intact.done << " were done\n";
      all = all && intact.done > 0;
    }
    return all;
  }

 private:
  // Into the kernel's log.
  void Mark(uint64_t number) const {
    const std::string text =
        "fuzz: seed " + std::to_string(seed_) + " round " + std::to_string(number) + "\n";
    const int log = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
    if (log < 0 || write(log, text.data(), text.size()) < 0) std::cerr << text;
    close(log);
  }

  // Into a network namespace of its own, unless the family is only in the first.
  void Separate() const {
    const int before = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    if (unshare(CLONE_NEWNET) == 0 && FamilyNumber(requests_.family().name) == 0) {
      setns(before, CLONE_NEWNET);
    }
    close(before);
  }

  const Requests& requests_;
  const uint64_t seed_;
  Counts* counts_;
  uint16_t family_;
};

int Main(const Options& options) {
  const Requests requests(options.Text("spec"));
  const uint64_t seed = options.Number("seed", std::random_device()() % 1000000);
  const uint64_t messages = options.Number("messages", ~uint64_t{0});
  const std::chrono::seconds limit(options.Number("seconds", 1000000));
  std::cout << requests.family().name << ": seed " << seed << "\n" << std::flush;
  Fuzzer fuzzer(requests, seed);
  const auto start = Clock::now();
  if (options.Has("round")) return fuzzer.Run(options.Number("round", 0)) ? 0 : 1;
  for (uint64_t round = 0; fuzzer.messages() < messages && Clock::now() - start < limit; ++round) {
    if (!fuzzer.Run(round)) {
      std::cerr << "round " << round << " did not end well\n";
      return 1;
    }
  }
  const std::chrono::duration<double> seconds = Clock::now() - start;
  if (fuzzer.Tell(seconds.count())) return 0;
  std::cerr << "the kernel has done no good request of one kind: nothing is shown of it\n";
  return 1;
}

}  // namespace
}  // namespace genlc

int main(int argc, char** argv) { return genlc::Main(genlc::Options(argc, argv)); }
