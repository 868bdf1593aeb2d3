// The family in a kernel, asked with bytes.
#ifndef GENLC_TESTS_POLICY_PEER_H_
#define GENLC_TESTS_POLICY_PEER_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "family/model/family.h"
#include "genl/framing.h"
#include "genl/socket.h"
#include "genl/transport.h"
#include "genl/writer.h"
#include "tests/policy/cases.h"
#include "tests/policy/rules.h"
#include "userspace/generator/wire_tables.h"

namespace genlc::policy {

struct Answer {
  Verdict verdict;
  Bytes reply;  // the payloads of all messages before the verdict
};

class Peer {
 public:
  // `family` and `kernel` outlive the peer.
  static absl::StatusOr<Peer> Connect(const Family& family, genl::Transport& kernel);

  // One exchange. The error is of the socket, not the kernel's verdict.
  absl::StatusOr<Answer> Ask(const Request& request, const Bytes& payload);

 private:
  Peer(const Family& family, genl::Transport& kernel, const genl::Family& wire, genl::Socket socket,
       uint16_t id);

  absl::Status Receive(const Request& request, Answer& answer);
  // Ends a dump that would go on and on.
  absl::Status Reopen();
  Verdict Explain(const Request& request, const genl::Verdict& verdict) const;

  const Family* family_;
  genl::Transport* kernel_;
  std::unique_ptr<const WireTables> tables_;
  int protocol_;
  genl::Socket socket_;
  genl::Framing framing_;
  genl::Writer writer_;
  uint32_t sequence_ = 0;
};

}  // namespace genlc::policy

#endif  // GENLC_TESTS_POLICY_PEER_H_
