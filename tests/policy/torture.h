// Asks a family every case that its spec yields, and compares the answers.
#ifndef GENLC_TESTS_POLICY_TORTURE_H_
#define GENLC_TESTS_POLICY_TORTURE_H_

#include <array>
#include <functional>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "family/model/family.h"
#include "tests/policy/cases.h"
#include "tests/policy/peer.h"
#include "tests/policy/rules.h"

namespace genlc::policy {

// --spec: the spec, beside its profile. --echo: an operation whose `do` answers with what it got,
// so that the answer tells which of two duplicates counted; repeatable. --handler_says: what a
// handler of the family may say of a request that is right, the text or else the name of the
// errno; repeatable. --without: a kind of case that the family has no place for; repeatable.
struct Options {
  std::string spec;
  std::set<std::string> echoes;
  std::set<std::string> handler_says;
  std::set<std::string> without;
};

class Torture {
 public:
  // `kernel` is what the answers are compared with.
  Torture(const Options& options, const Family& family, Peer peer, const Kernel& kernel)
      : options_(options), family_(family), peer_(std::move(peer)), kernel_(kernel) {}

  // Whether all is as the spec says.
  bool Run();

 private:
  void Ask(const Request& request, const Case& one);
  // What is wrong with the answer; empty: nothing.
  std::string Judge(const Request& request, const Case& one, const Answer& answer);
  std::string JudgeSame(const Request& request, const Case& one, const Answer& answer);
  bool IsHandlers(const Verdict& verdict) const;
  bool Report();

  const Options& options_;
  const Family& family_;
  Peer peer_;
  const Kernel kernel_;
  std::array<int, static_cast<size_t>(Kind::kEnd)> counts_ = {};
  int compared_ = 0;
  int failed_ = 0;
};

// A program that does it: its exit status, 0 where all answers are as expected.
int TortureMain(int argc, char** argv, const Kernel& kernel,
                const std::function<absl::StatusOr<Peer>(const Family& family)>& connect);

}  // namespace genlc::policy

#endif  // GENLC_TESTS_POLICY_TORTURE_H_
