#include "genl/client.h"

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "genl/decode.h"
#include "genl/encode.h"
#include "genl/link.h"

namespace genl {

absl::StatusOr<Client> Client::Connect(const Family& family, const ConnectOptions& options) {
  Transport& transport = options.transport != nullptr ? *options.transport : Transport::Kernel();
  absl::StatusOr<Socket> socket = transport.Open(family.protocol, options.socket);
  if (!socket.ok()) return socket.status();
  absl::StatusOr<uint16_t> id = 0;
  if (family.is_generic()) id = transport.ResolveFamily(*socket, family.name);
  if (!id.ok()) return id.status();
  return Client(std::make_unique<Link>(family, options, transport, *id, *std::move(socket)));
}

Client::Client(std::unique_ptr<Link> link) : link_(std::move(link)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

absl::Status Client::Do(const Operation& operation, const void* request, void* reply,
                        RequestFlags flags) {
  return link_->Do(operation, request, reply, flags);
}

absl::Status Client::Link::Annotate(const Operation& operation, const absl::Status& status) const {
  return absl::Status(status.code(),
                      absl::StrCat(family_.name, ".", operation.name, ": ", status.message()));
}

absl::Status Client::Link::Refusal(const Operation& operation, const Verdict& verdict,
                                   Bytes message) const {
  // What the kernel says, without a word, to a number that no family has; handlers may, too.
  if (verdict.error == ENOENT && verdict.extack.empty() && family_.is_generic()) {
    const absl::Status found = FindFamily();
    if (!found.ok()) return Annotate(operation, found);
  }
  RequestContext context{.family = family_.name,
                         .operation = operation.name,
                         .message = message,
                         .header = framing_.header_size()};
  if (operation.request != nullptr) {
    context.set = operation.request->set;
    context.header += HeaderSize(*operation.request);
  }
  return KernelErrorStatus(verdict.error, verdict.extack, context);
}

absl::Status Client::Link::FindFamily() const {
  absl::StatusOr<Socket> socket = OpenSocket();
  if (!socket.ok()) return socket.status();
  const absl::StatusOr<uint16_t> id = transport_.ResolveFamily(*socket, family_.name);
  if (absl::IsNotFound(id.status())) {
    return absl::UnavailableError("the family is gone: its module has been unloaded");
  }
  if (!id.ok() || *id == framing_.family_id()) return id.status();
  return absl::UnavailableError(
      "the family has a new number: its module has been loaded anew; connect again");
}

absl::Status Client::Link::Encode(const Operation& operation, uint16_t flags, const void* request,
                                  uint32_t port, Writer& writer) const {
  const Writer::Mark mark = framing_.Begin(writer, operation.command, NLM_F_REQUEST | flags, port);
  if (operation.request != nullptr) {
    const absl::Status status = genl::Encode(*operation.request, request, writer);
    if (!status.ok()) {
      writer.Drop(mark);
      return Annotate(operation, status);
    }
  }
  writer.FinishMessage(mark);
  return absl::OkStatus();
}

absl::Status Client::Link::Do(const Operation& operation, const void* request, void* reply,
                              RequestFlags flags) {
  writer_.Clear();
  absl::Status status =
      Encode(operation, NLM_F_ACK | static_cast<uint16_t>(flags), request, socket_.port(), writer_);
  if (!status.ok()) return status;
  writer_.SetSequence(0, NextSequence());
  if (status = socket_.Send(writer_.bytes()); !status.ok()) return Annotate(operation, status);
  Deadline deadline(options_.timeout);
  Answer answer{.reply = reply};
  for (;;) {
    const absl::StatusOr<Bytes> datagram = socket_.Receive(deadline);
    if (!datagram.ok()) return Annotate(operation, datagram.status());
    MessageReader reader(*datagram);
    while (const std::optional<RawMessage> message = reader.Next()) {
      // What is left of an earlier request that ran out of time is of no interest any more.
      const nlmsghdr& header = message->header;
      if (header.nlmsg_seq != sequence_ || header.nlmsg_pid != socket_.port()) continue;
      const auto progress = Take(operation, writer_.bytes(), *message, answer);
      if (!progress.ok()) return progress.status();
      if (*progress == Progress::kDone) return Complete(operation, answer);
    }
    if (!reader.ok()) return Annotate(operation, absl::DataLossError("a truncated message"));
  }
}

absl::StatusOr<Client::Link::Progress> Client::Link::Take(const Operation& operation, Bytes request,
                                                          const RawMessage& message,
                                                          Answer& answer) const {
  const nlmsghdr& header = message.header;
  // Some handlers (of team, of devlink) answer as dumps do; the acknowledgement is still to come.
  if (header.nlmsg_type == NLMSG_DONE && message.payload.empty()) return Progress::kMore;
  if (header.nlmsg_type == NLMSG_ERROR || header.nlmsg_type == NLMSG_DONE) {
    const std::optional<Verdict> verdict = ReadVerdict(message);
    if (!verdict) return Annotate(operation, absl::DataLossError("a malformed acknowledgement"));
    if (verdict->error != 0) return Refusal(operation, *verdict, request);
    return Progress::kDone;
  }
  if (!framing_.Owns(header) || answer.reply == nullptr || answer.replied) return Progress::kMore;
  const std::optional<FamilyMessage> reply = framing_.Read(message);
  if (!reply) return Annotate(operation, absl::DataLossError("a malformed reply"));
  // With NLM_F_ECHO notifications come, too, under the number of the request.
  if (reply->command != operation.reply_command) {
    answer.other = reply->command;
    return Progress::kMore;
  }
  answer.replied = true;
  const absl::Status status = Decode(*operation.reply, reply->payload, answer.reply);
  if (!status.ok()) return Annotate(operation, status);
  return Progress::kMore;
}

absl::Status Client::Link::Complete(const Operation& operation, const Answer& answer) const {
  if (answer.reply == nullptr || answer.replied) return absl::OkStatus();
  if (!answer.other) {
    // Specs list replies where the kernel only acknowledges; fine where nothing is promised.
    if (Decode(*operation.reply, {}, answer.reply).ok()) return absl::OkStatus();
    return Annotate(operation, absl::InternalError("acknowledged, but not answered"));
  }
  return Annotate(operation,
                  absl::InternalError(absl::StrCat("answered by command ", *answer.other, " where ",
                                                   operation.reply_command, " should have come")));
}

absl::StatusOr<Socket> Client::Link::TakeDumpSocket() {
  if (!idle_) return OpenSocket();
  Socket socket = *std::move(idle_);
  idle_.reset();
  return socket;
}

}  // namespace genl
