#include "genl/client.h"

#include "absl/strings/str_cat.h"
#include "genl/decode.h"
#include "genl/encode.h"
#include "genl/link.h"

namespace genl {

absl::StatusOr<Client> Client::Connect(const Family& family, const ConnectOptions& options) {
  Transport& transport = options.transport != nullptr ? *options.transport : Transport::Kernel();
  absl::StatusOr<Socket> socket = transport.Open();
  if (!socket.ok()) return socket.status();
  const absl::StatusOr<uint16_t> id = transport.ResolveFamily(*socket, family.name);
  if (!id.ok()) return id.status();
  return Client(std::make_unique<Link>(family, options, transport, *id, *std::move(socket)));
}

Client::Client(std::unique_ptr<Link> link) : link_(std::move(link)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

absl::Status Client::Do(const Operation& operation, const void* request, void* reply) {
  return link_->Do(operation, request, reply);
}

absl::Status Client::Link::Annotate(const Operation& operation, const absl::Status& status) const {
  return absl::Status(status.code(),
                      absl::StrCat(family_.name, ".", operation.name, ": ", status.message()));
}

absl::Status Client::Link::Refusal(const Operation& operation, const Verdict& verdict,
                                   Bytes message) const {
  return KernelErrorStatus(verdict.error, verdict.extack,
                           {.family = family_.name,
                            .operation = operation.name,
                            .set = operation.request != nullptr ? operation.request->set : nullptr,
                            .message = message,
                            .header = NLMSG_HDRLEN + GENL_HDRLEN});
}

absl::Status Client::Link::Encode(const Operation& operation, uint16_t flags, const void* request,
                                  uint32_t port, Writer& writer) const {
  writer.BeginMessage(family_id_, NLM_F_REQUEST | flags, port, operation.command, family_.version);
  if (operation.request == nullptr) return absl::OkStatus();
  absl::Status status = genl::Encode(*operation.request, request, writer);
  return status.ok() ? status : Annotate(operation, status);
}

absl::Status Client::Link::Do(const Operation& operation, const void* request, void* reply) {
  absl::Status status = Encode(operation, NLM_F_ACK, request, socket_.port(), writer_);
  if (!status.ok()) return status;
  writer_.FinishMessage(NextSequence());
  if (status = socket_.Send(writer_.bytes()); !status.ok()) return Annotate(operation, status);
  Deadline deadline(options_.timeout);
  bool replied = false;
  for (;;) {
    const absl::StatusOr<Bytes> datagram = socket_.Receive(deadline);
    if (!datagram.ok()) return Annotate(operation, datagram.status());
    MessageReader reader(*datagram);
    while (const std::optional<RawMessage> message = reader.Next()) {
      const absl::StatusOr<Progress> progress = Handle(operation, *message, reply, replied);
      if (!progress.ok()) return progress.status();
      if (*progress == Progress::kDone) return absl::OkStatus();
    }
    if (!reader.ok()) return Annotate(operation, absl::DataLossError("a truncated message"));
  }
}

absl::StatusOr<Client::Link::Progress> Client::Link::Handle(const Operation& operation,
                                                            const RawMessage& message, void* reply,
                                                            bool& replied) {
  // What is left of an earlier request that ran out of time is of no interest any more.
  const nlmsghdr& header = message.header;
  if (header.nlmsg_seq != sequence_ || header.nlmsg_pid != socket_.port()) return Progress::kMore;
  if (header.nlmsg_type == NLMSG_ERROR) {
    const std::optional<Verdict> verdict = ReadVerdict(message);
    if (!verdict) return Annotate(operation, absl::DataLossError("a malformed acknowledgement"));
    if (verdict->error != 0) return Refusal(operation, *verdict, writer_.bytes());
    if (reply == nullptr || replied) return Progress::kDone;
    return Annotate(operation, absl::InternalError("acknowledged, but not answered"));
  }
  if (header.nlmsg_type != family_id_ || reply == nullptr || replied) return Progress::kMore;
  const std::optional<GenericMessage> generic = ReadGeneric(message);
  if (!generic) return Annotate(operation, absl::DataLossError("a malformed reply"));
  replied = true;
  const absl::Status status = Decode(*operation.reply, generic->attributes, reply);
  if (!status.ok()) return Annotate(operation, status);
  return Progress::kMore;
}

absl::StatusOr<Socket> Client::Link::TakeDumpSocket() {
  if (!idle_) return transport_.Open();
  Socket socket = *std::move(idle_);
  idle_.reset();
  return socket;
}

}  // namespace genl
