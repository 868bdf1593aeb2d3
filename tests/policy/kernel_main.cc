// A family in the kernel that runs:
//
//   torture --spec=/kinds.yaml --echo=echo --handler_says=ENOMSG --without=depth
//
// Fails where an answer is not as expected, where a kind of case did not run, and where one of
// --without did.
#include "tests/policy/torture.h"

int main(int argc, char** argv) {
  using genlc::policy::Peer;
  return genlc::policy::TortureMain(
      argc, argv, genlc::policy::RunningKernel(),
      [](const genlc::Family& family) { return Peer::Connect(family, genl::Transport::Kernel()); });
}
