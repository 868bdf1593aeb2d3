// Requests from the socket of a subscription.
#include "genl/events.h"

namespace genl {

absl::Status EventStream::Do(const Operation& operation, const void* request, void* reply,
                             RequestFlags flags) {
  return link_->DoOn(lane_, operation, request, reply, flags,
                     [&](const Framing& framing, const Client::Link::Answer& answer) {
                       return Exchange(operation, framing, answer);
                     });
}

absl::Status EventStream::Exchange(const Operation& operation, const Framing& framing,
                                   Client::Link::Answer answer) {
  Deadline deadline(link_->options().timeout);
  absl::Status status = MakeRoom(deadline);
  framing.Stamp(lane_.writer, 0, lane_.NextSequence());
  if (status.ok()) status = lane_.socket.Send(lane_.writer.bytes());
  if (!status.ok()) return link_->Annotate(operation, status);
  return Await(operation, framing, answer, deadline);
}

// Takes the events that wait in the kernel, so that the answer finds room in the receive buffer.
absl::Status EventStream::MakeRoom(Deadline& deadline) {
  KeepRest();
  for (Deadline none(absl::ZeroDuration()); deadline.RemainingMilliseconds() != 0; KeepRest()) {
    const absl::Status status = Receive(none);
    if (absl::IsDeadlineExceeded(status)) break;
    if (absl::IsResourceExhausted(status)) {
      backlog_.Lose();
    } else if (!status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

absl::Status EventStream::Await(const Operation& operation, const Framing& framing,
                                Client::Link::Answer& answer, Deadline& deadline) {
  absl::Status lost;
  do {
    Deadline none(absl::ZeroDuration());
    const bool all_is_here = !lost.ok() && lane_.socket.from_kernel();
    const absl::Status status = Receive(all_is_here ? none : deadline);
    if (absl::IsResourceExhausted(status)) {
      backlog_.Lose();
      lost = status;
      continue;
    }
    if (!status.ok()) return link_->Annotate(operation, lost.ok() ? status : lost);
    while (const std::optional<RawMessage> message = reader_.Next()) {
      const auto progress = Take(operation, framing, *message, answer);
      if (!progress.ok()) return progress.status();
      if (*progress == Progress::kDone) return link_->Complete(operation, answer, lost);
    }
    if (!reader_.ok()) {
      reader_ = MessageReader();
      return link_->Annotate(operation, absl::DataLossError("a truncated message"));
    }
    // Where events come all the time, nobody has looked at the clock.
  } while (deadline.RemainingMilliseconds() != 0);
  return link_->Annotate(operation,
                         lost.ok() ? absl::DeadlineExceededError("no answer in time") : lost);
}

// A request may bring about events under its number (NLM_F_ECHO, and rtnetlink in any case): of
// what has that number, the answer are the verdict and the first message of the reply's command.
absl::StatusOr<EventStream::Progress> EventStream::Take(const Operation& operation,
                                                        const Framing& framing,
                                                        const RawMessage& message,
                                                        Client::Link::Answer& answer) {
  absl::StatusOr<Progress> progress(Progress::kMore);
  const size_t replies = answer.replies;
  if (lane_.IsAnswered(message.header)) {
    progress = link_->Take(operation, framing, lane_.writer.bytes(), message, answer);
  }
  const bool more = progress.ok() && *progress == Progress::kMore;
  if (more && answer.replies == replies) Keep(message);
  return progress;
}

void EventStream::Keep(const RawMessage& message) {
  backlog_.Add(message, lane_.socket.namespace_id());
}

void EventStream::KeepRest() {
  while (const std::optional<RawMessage> message = reader_.Next()) Keep(*message);
  if (!reader_.ok()) backlog_.Lose();
}

}  // namespace genl
