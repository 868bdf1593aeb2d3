#include "genl/client.h"

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "genl/decode.h"
#include "genl/encode.h"
#include "genl/link.h"

namespace genl {

absl::StatusOr<Client> Client::Connect(const Family& family, const ConnectOptions& options) {
  absl::StatusOr<Endpoint> endpoint = Endpoint::Make(family, options);
  if (!endpoint.ok()) return endpoint.status();
  return Connect(*std::move(endpoint), options);
}

absl::StatusOr<Client> Client::Connect(Endpoint endpoint, const ConnectOptions& options) {
  const absl::StatusOr<uint16_t> id = endpoint.Resolve(options.wait_for_family);
  if (!id.ok()) return id.status();
  auto link = std::make_shared<Link>(std::move(endpoint), options, *id);
  // The first lane shows whether the kernel has the protocol.
  absl::StatusOr<std::unique_ptr<Lane>> lane = link->TakeLane();
  if (!lane.ok()) return lane.status();
  link->KeepLane(*std::move(lane));
  return Client(std::move(link));
}

Client::Client(std::shared_ptr<Link> link) : link_(std::move(link)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

absl::Status Client::Do(const Operation& operation, const void* request, void* reply,
                        RequestFlags flags) {
  return link_->Do(operation, request, reply, flags);
}

absl::Status Client::Link::Annotate(const Operation& operation, const absl::Status& status) const {
  return absl::Status(status.code(),
                      absl::StrCat(family().name, ".", operation.name, ": ", status.message()));
}

RequestContext Client::Link::ContextOf(const Operation& operation, Bytes message) const {
  RequestContext context{.family = family().name,
                         .operation = operation.name,
                         .message = message,
                         .header = framing().header_size()};
  if (operation.request != nullptr) {
    context.set = operation.request->set;
    context.header += HeaderSize(*operation.request);
  }
  return context;
}

absl::Status Client::Link::Refusal(const Operation& operation, const Verdict& verdict,
                                   Bytes message) const {
  return KernelErrorStatus(verdict.error, verdict.extack, ContextOf(operation, message));
}

void Client::Link::TellWarning(const Operation& operation, const Verdict& verdict,
                               Bytes message) const {
  if (verdict.extack.empty() || !options_.on_warning) return;
  const auto warning = ReadWarning(verdict.extack, ContextOf(operation, message));
  if (warning) options_.on_warning(absl::StrCat(family().name, ".", operation.name), *warning);
}

void Client::Link::TellUnknown(const Operation& operation, Bytes payload) const {
  if (!options_.on_unknown) [[likely]]
    return;
  FindUnknown(*operation.reply, payload, [&](const UnknownAttribute& unknown) {
    options_.on_unknown(absl::StrCat(family().name, ".", operation.name), unknown);
  });
}

absl::Status Client::Link::Encode(const Operation& operation, uint16_t flags, const void* request,
                                  Writer& writer) const {
  const Writer::Mark mark = framing().Begin(writer, operation.command, NLM_F_REQUEST | flags);
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

absl::Status Client::Link::Encode(const Operation& operation, const Family* family, uint16_t flags,
                                  const void* request, Writer& writer) const {
  if (family != nullptr && absl::string_view(family->name) != this->family().name) {
    return Annotate(operation, absl::InvalidArgumentError(absl::StrCat(
                                   "is an operation of the family `", family->name, "`")));
  }
  return Encode(operation, flags, request, writer);
}

absl::Status Client::Link::Do(const Operation& operation, const void* request, void* reply,
                              RequestFlags flags) {
  absl::StatusOr<std::unique_ptr<Lane>> lane = TakeLane();
  if (!lane.ok()) return Annotate(operation, lane.status());
  const absl::Status status = DoOn(**lane, operation, request, reply, flags,
                                   [&](const Framing& framing, const Answer& answer) {
                                     return Exchange(operation, framing, **lane, answer);
                                   });
  KeepLane(*std::move(lane));
  return status;
}

absl::Status Client::Link::DoOn(
    Lane& lane, const Operation& operation, const void* request, void* reply, RequestFlags flags,
    absl::FunctionRef<absl::Status(const Framing&, const Answer&)> exchange) {
  Answer answer{.reply = reply};
  if (!options_.acknowledge_replies && reply != nullptr) {
    answer.acknowledged = !AlwaysReplies(operation);
  }
  lane.writer.Clear();
  const uint16_t ack = answer.acknowledged ? NLM_F_ACK : 0;
  absl::Status status = Encode(operation, ack | static_cast<uint16_t>(flags), request, lane.writer);
  if (!status.ok()) return status;
  const Framing used = framing();
  status = exchange(used, answer);
  if (!MayBeGone(status)) return status;
  const absl::StatusOr<bool> moved = HasMoved(used);
  if (!moved.ok()) return Annotate(operation, moved.status());
  return *moved ? exchange(framing(), answer) : status;
}

absl::Status Client::Link::Exchange(const Operation& operation, const Framing& framing, Lane& lane,
                                    Answer answer) {
  framing.Stamp(lane.writer, 0, lane.NextSequence());
  const Bytes request = lane.writer.bytes();
  const absl::Status sent = lane.socket.Send(request);
  if (!sent.ok()) return Annotate(operation, sent);
  // The kernel has handled the request when send() returns: all of the answer is there.
  const size_t expected = answer.reply != nullptr && answer.acknowledged ? 2 : 1;
  for (Deadline deadline(options_.timeout);;) {
    const absl::StatusOr<Bytes> datagram = lane.socket.Receive(deadline, expected);
    if (!datagram.ok()) return Annotate(operation, datagram.status());
    MessageReader reader(*datagram);
    while (const std::optional<RawMessage> message = reader.Next()) {
      if (!lane.IsAnswered(message->header)) continue;
      const auto progress = Take(operation, framing, request, *message, answer);
      if (!progress.ok()) return progress.status();
      if (*progress == Progress::kDone) return Complete(operation, answer);
    }
    if (!reader.ok()) return Annotate(operation, absl::DataLossError("a truncated message"));
  }
}

absl::StatusOr<Client::Link::Progress> Client::Link::Take(const Operation& operation,
                                                          const Framing& framing, Bytes request,
                                                          const RawMessage& message,
                                                          Answer& answer) const {
  const nlmsghdr& header = message.header;
  // Some handlers (of team, of devlink) answer as dumps do; the acknowledgement is still to come.
  if (header.nlmsg_type == NLMSG_DONE && message.payload.empty()) return Progress::kMore;
  if (header.nlmsg_type == NLMSG_ERROR || header.nlmsg_type == NLMSG_DONE) {
    const std::optional<Verdict> verdict = ReadVerdict(message);
    if (!verdict) return Annotate(operation, absl::DataLossError("a malformed acknowledgement"));
    if (verdict->error != 0) return Refusal(operation, *verdict, request);
    TellWarning(operation, *verdict, request);
    return Progress::kDone;
  }
  const bool enough = answer.reply == nullptr || (answer.list == nullptr && answer.replies > 0);
  if (!framing.Owns(header) || enough) return Progress::kMore;
  const std::optional<FamilyMessage> reply = framing.Read(message);
  if (!reply) return Annotate(operation, absl::DataLossError("a malformed reply"));
  // With NLM_F_ECHO notifications come, too, under the number of the request.
  if (reply->command != operation.reply_command) {
    answer.other = reply->command;
    return Progress::kMore;
  }
  void* to = answer.list == nullptr ? answer.reply : answer.list->at(answer.reply, answer.replies);
  ++answer.replies;
  const absl::Status status = Decode(*operation.reply, reply->payload, to);
  if (!status.ok()) return Annotate(operation, status);
  TellUnknown(operation, reply->payload);
  return answer.acknowledged ? Progress::kMore : Progress::kDone;
}

absl::Status Client::Link::Complete(const Operation& operation, const Answer& answer,
                                    const absl::Status& lost) const {
  const bool missing = answer.reply != nullptr && (answer.list != nullptr || answer.replies == 0);
  if (missing && !lost.ok()) return Annotate(operation, lost);
  if (answer.list != nullptr) answer.list->truncate(answer.reply, answer.replies);
  if (answer.reply == nullptr || answer.replies > 0) return absl::OkStatus();
  if (!answer.other) {
    // Specs list replies where the kernel only acknowledges; fine where nothing is promised.
    if (answer.list != nullptr || Decode(*operation.reply, {}, answer.reply).ok()) {
      return absl::OkStatus();
    }
    return Annotate(operation, absl::InternalError("acknowledged, but not answered"));
  }
  return Annotate(operation,
                  absl::InternalError(absl::StrCat("answered by command ", *answer.other, " where ",
                                                   operation.reply_command, " should have come")));
}

// genl_rcv_msg() in net/netlink/genetlink.c gives ENOENT without a text.
bool Client::Link::MayBeGone(const absl::Status& status) const {
  if (!family().is_generic() || !absl::IsNotFound(status)) return false;
  const std::optional<KernelError> error = GetKernelError(status);
  return error && error->error == ENOENT && error->message.empty() && error->attribute.empty();
}

absl::StatusOr<bool> Client::Link::HasMoved(const Framing& used) {
  const absl::StatusOr<uint16_t> id = endpoint_.Resolve();
  if (absl::IsNotFound(id.status())) {
    return absl::UnavailableError("the family is gone: its module has been unloaded");
  }
  if (!id.ok()) return id.status();
  family_id_ = *id;
  return *id != used.id();
}

}  // namespace genl
