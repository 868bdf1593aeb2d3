#include "genl/dump.h"

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "genl/decode.h"
#include "genl/link.h"

namespace genl {

DumpStream::DumpStream(Client& client, const Operation& operation, const void* request)
    : link_(&client.link()), operation_(&operation) {
  // The port differs from socket to socket; 0 is as good, as the kernel looks at the sender. A
  // dump ends without the acknowledgement that it asks for; but there are handlers that never
  // dump, as that of nftables' getgen, and answer with one message.
  status_ = link_->Encode(operation, NLM_F_DUMP | NLM_F_ACK, request, /*port=*/0, request_);
  if (status_.ok()) Restart();
}

void DumpStream::Restart() {
  interrupted_ = false;
  reader_ = MessageReader();
  socket_.reset();
  absl::StatusOr<Socket> socket = link_->TakeDumpSocket();
  if (!socket.ok()) {
    status_ = socket.status();
    return;
  }
  sequence_ = link_->NextSequence();
  request_.SetSequence(0, sequence_);
  status_ = socket->Send(request_.bytes());
  if (status_.ok()) socket_.emplace(*std::move(socket));
}

bool DumpStream::Next(void* object) {
  for (;;) {
    while (socket_.has_value()) {
      const std::optional<RawMessage> message = reader_.Next();
      if (!message) break;
      const nlmsghdr& header = message->header;
      if (header.nlmsg_seq != sequence_ || header.nlmsg_pid != socket_->port()) continue;
      if (header.nlmsg_flags & NLM_F_DUMP_INTR) interrupted_ = true;
      if (header.nlmsg_type == NLMSG_DONE || header.nlmsg_type == NLMSG_ERROR) {
        return End(*message);
      }
      if (link_->framing().Owns(header)) return Take(*message, object);
    }
    if (!socket_.has_value() || !Receive()) return false;
  }
}

bool DumpStream::Receive() {
  if (!reader_.ok()) return Finish(absl::DataLossError("a truncated message"));
  Deadline deadline(link_->options().timeout);
  const absl::StatusOr<Bytes> datagram = socket_->Receive(deadline);
  if (!datagram.ok()) return Finish(datagram.status());
  reader_ = MessageReader(*datagram);
  return true;
}

bool DumpStream::Take(const RawMessage& message, void* object) {
  const std::optional<FamilyMessage> part = link_->framing().Read(message);
  if (!part) return Finish(absl::DataLossError("a malformed message"));
  // Its attributes may be of another set: to read them would be a guess, to skip them a loss.
  if (part->command != operation_->reply_command) {
    return Finish(
        absl::DataLossError(absl::StrCat("an object of command ", part->command, " where ",
                                         operation_->reply_command, " should have come")));
  }
  const absl::Status status = Decode(*operation_->reply, part->payload, object);
  return status.ok() || Finish(status);
}

// The kernel has no more to say on this socket, so that it can serve the next dump.
bool DumpStream::End(const RawMessage& message) {
  const std::optional<Verdict> verdict = ReadVerdict(message);
  if (!verdict) return Finish(absl::DataLossError("a malformed end"));
  absl::Status status;
  if (verdict->error == EPROTONOSUPPORT && verdict->extack.empty()) {
    // What the kernel says, without a word, while the module leaves (netlink_dump_start()).
    status = link_->Annotate(*operation_,
                             absl::UnavailableError("the family's module is being unloaded"));
  } else if (verdict->error != 0) {
    status = link_->Refusal(*operation_, *verdict, request_.bytes());
  }
  link_->KeepDumpSocket(*std::move(socket_));
  socket_.reset();
  if (!status.ok()) {
    status_ = status;
  } else if (interrupted_) {
    status_ = link_->Annotate(*operation_,
                              absl::AbortedError("the dump was interrupted by a change, objects "
                                                 "may be missing or double"));
  }
  return false;
}

bool DumpStream::Finish(absl::Status status) {
  socket_.reset();
  status_ = link_->Annotate(*operation_, status);
  return false;
}

}  // namespace genl
