#include "tests/policy/peer.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "genl/deadline.h"
#include "genl/kernel_error.h"
#include "genl/message.h"

namespace genlc::policy {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(20);

// Of a dump: whether it is refused shows before.
constexpr size_t kEnough = size_t{1} << 20;

genl::Family WireFamily(const Family& family) {
  return {family.name.c_str(), static_cast<uint8_t>(family.version),
          family.protocol_number.value_or(NETLINK_GENERIC)};
}

}  // namespace

Peer::Peer(const Family& family, genl::Transport& kernel, const genl::Family& wire,
           genl::Socket socket, uint16_t id)
    : family_(&family),
      kernel_(&kernel),
      tables_(std::make_unique<WireTables>(family)),
      protocol_(wire.protocol),
      socket_(std::move(socket)),
      framing_(wire, id) {}

absl::StatusOr<Peer> Peer::Connect(const Family& family, genl::Transport& kernel) {
  const genl::Family wire = WireFamily(family);
  absl::StatusOr<genl::Socket> socket = kernel.Open(wire.protocol, {});
  if (!socket.ok()) return socket.status();
  if (!wire.is_generic()) return Peer(family, kernel, wire, *std::move(socket), 0);
  const absl::StatusOr<uint16_t> id = kernel.ResolveFamily(*socket, family.name);
  if (!id.ok()) return id.status();
  return Peer(family, kernel, wire, *std::move(socket), *id);
}

absl::StatusOr<Answer> Peer::Ask(const Request& request, const Bytes& payload) {
  const uint16_t flags = NLM_F_REQUEST | NLM_F_ACK | (request.dump ? NLM_F_DUMP : 0);
  const auto command = static_cast<uint16_t>(request.exchange->request.number);
  writer_.Clear();
  framing_.Begin(writer_, command, flags, socket_.port());
  writer_.Append(payload.data(), payload.size());
  writer_.FinishMessage(0);
  writer_.SetSequence(0, ++sequence_);
  if (absl::Status status = socket_.Send(writer_.bytes()); !status.ok()) return status;
  Answer answer;
  if (absl::Status status = Receive(request, answer); !status.ok()) return status;
  return answer;
}

absl::Status Peer::Receive(const Request& request, Answer& answer) {
  genl::Deadline deadline(kPatience);
  for (;;) {
    const absl::StatusOr<genl::Bytes> datagram = socket_.Receive(deadline);
    if (!datagram.ok()) return datagram.status();
    genl::MessageReader reader(*datagram);
    while (const std::optional<genl::RawMessage> message = reader.Next()) {
      // What is sent to this port besides (events) has no sequence number.
      if (message->header.nlmsg_seq != sequence_) continue;
      const uint16_t type = message->header.nlmsg_type;
      if (type == NLMSG_ERROR || type == NLMSG_DONE) {
        const std::optional<genl::Verdict> verdict = genl::ReadVerdict(*message);
        if (!verdict) return absl::DataLossError("a malformed acknowledgement");
        answer.verdict = Explain(request, *verdict);
        return absl::OkStatus();
      }
      answer.reply.insert(answer.reply.end(), message->payload.begin(), message->payload.end());
    }
    if (answer.reply.size() > kEnough) return Reopen();
  }
}

absl::Status Peer::Reopen() {
  absl::StatusOr<genl::Socket> socket = kernel_->Open(protocol_, {});
  if (!socket.ok()) return socket.status();
  socket_ = *std::move(socket);
  return absl::OkStatus();
}

Verdict Peer::Explain(const Request& request, const genl::Verdict& verdict) const {
  if (verdict.error == 0) return {};
  const genl::MessageTable table = tables_->All(request.exchange->request);
  const absl::Status status =
      genl::KernelErrorStatus(verdict.error, verdict.extack,
                              {.family = family_->name,
                               .operation = request.operation->name,
                               .set = table.set,
                               .message = writer_.bytes(),
                               .header = framing_.header_size() + genl::HeaderSize(table.header)});
  const genl::KernelError error = *genl::GetKernelError(status);
  return {error.error, error.message, error.attribute, error.missing_attribute};
}

}  // namespace genlc::policy
