#include "genl/dynamic/exchange.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "genl/deadline.h"
#include "genl/endpoint.h"
#include "genl/kernel_error.h"
#include "genl/socket.h"
#include "genl/writer.h"

namespace genl {
namespace {

constexpr uint32_t kSequence = 1;

class Conversation {
 public:
  Conversation(const RawRequest& request, const ConnectOptions& options, Socket socket,
               const Framing& framing)
      : request_(request), options_(options), socket_(std::move(socket)), framing_(framing) {}

  absl::Status Run(const RawVisitor& visit);

 private:
  absl::Status Take(const RawMessage& message, const RawVisitor& visit);
  absl::Status Verdict(const RawMessage& message);
  absl::Status Annotate(const absl::Status& status) const {
    return absl::Status(status.code(), absl::StrCat(request_.family.name, ".", request_.operation,
                                                    ": ", status.message()));
  }

  const RawRequest& request_;
  const ConnectOptions& options_;
  Socket socket_;
  const Framing framing_;
  Writer writer_;
  bool done_ = false;
  bool interrupted_ = false;
};

absl::Status Conversation::Run(const RawVisitor& visit) {
  // See DumpStream: not all that is asked for a dump is one.
  const uint16_t flags = NLM_F_REQUEST | NLM_F_ACK | (request_.dump ? NLM_F_DUMP : 0) |
                         static_cast<uint16_t>(request_.flags);
  framing_.Begin(writer_, request_.command, flags);
  writer_.Append(request_.payload.data(), request_.payload.size());
  writer_.FinishMessage(0);
  framing_.Stamp(writer_, 0, kSequence);
  if (absl::Status status = socket_.Send(writer_.bytes()); !status.ok()) return Annotate(status);
  while (!done_) {
    Deadline deadline(options_.timeout);
    const absl::StatusOr<Bytes> datagram = socket_.Receive(deadline);
    if (!datagram.ok()) return Annotate(datagram.status());
    MessageReader reader(*datagram);
    while (!done_) {
      const std::optional<RawMessage> message = reader.Next();
      if (!message) break;
      if (absl::Status status = Take(*message, visit); !status.ok()) return status;
    }
    if (!done_ && !reader.ok()) return Annotate(absl::DataLossError("a truncated message"));
  }
  if (!interrupted_) return absl::OkStatus();
  return Annotate(
      absl::AbortedError("the dump was interrupted by a change, objects may be missing or double"));
}

absl::Status Conversation::Take(const RawMessage& message, const RawVisitor& visit) {
  const nlmsghdr& header = message.header;
  if (header.nlmsg_seq != kSequence || header.nlmsg_pid != socket_.port()) return absl::OkStatus();
  if (header.nlmsg_flags & NLM_F_DUMP_INTR) interrupted_ = true;
  if (header.nlmsg_type == NLMSG_ERROR || header.nlmsg_type == NLMSG_DONE) return Verdict(message);
  if (!framing_.Owns(header)) return absl::OkStatus();
  const std::optional<FamilyMessage> reply = framing_.Read(message);
  if (!reply) return Annotate(absl::DataLossError("a malformed reply"));
  const absl::Status status = visit(*reply);
  return status.ok() ? status : Annotate(status);
}

absl::Status Conversation::Verdict(const RawMessage& message) {
  done_ = true;
  const std::optional<genl::Verdict> verdict = ReadVerdict(message);
  if (!verdict) return Annotate(absl::DataLossError("a malformed acknowledgement"));
  const RequestContext context{.family = request_.family.name,
                               .operation = request_.operation,
                               .set = request_.set,
                               .message = writer_.bytes(),
                               .header = framing_.header_size() + request_.header_size};
  if (verdict->error != 0) return KernelErrorStatus(verdict->error, verdict->extack, context);
  const auto warning = ReadWarning(verdict->extack, context);
  if (warning && options_.on_warning) {
    options_.on_warning(absl::StrCat(context.family, ".", context.operation), *warning);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Exchange(const RawRequest& request, const ConnectOptions& options,
                      const RawVisitor& visit) {
  const absl::StatusOr<Endpoint> endpoint = Endpoint::Make(request.family, options);
  if (!endpoint.ok()) return endpoint.status();
  const absl::StatusOr<uint16_t> id = endpoint->Resolve(options.wait_for_family);
  if (!id.ok()) return id.status();
  absl::StatusOr<Socket> socket = endpoint->Open();
  if (!socket.ok()) return socket.status();
  const Framing framing(request.family, *id);
  return Conversation(request, options, *std::move(socket), framing).Run(visit);
}

}  // namespace genl
