#include "genl/calls.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace genl {

absl::StatusOr<Calls::Ticket> Calls::Add(std::unique_ptr<Call> call, const Operation& operation,
                                         const Family* family, const void* request,
                                         RequestFlags flags) {
  if (lane_ == nullptr) {
    absl::StatusOr<std::unique_ptr<Lane>> lane = link_->TakeLane();
    if (!lane.ok()) return link_->Annotate(operation, lane.status());
    lane_ = *std::move(lane);
    // What was asked on it before may still be answered.
    first_ = unsent_ = Ticket{lane_->sequence} + 1;
  }
  call->operation = &operation;
  const uint16_t bits = NLM_F_ACK | static_cast<uint16_t>(flags);
  const absl::Status status = link_->Encode(operation, family, bits, request, call->request);
  if (!status.ok()) return status;
  call->deadline = Deadline(link_->options().timeout);
  call->deadline.RemainingMilliseconds();  // runs from here on
  calls_.push_back(std::move(call));
  ++in_flight_;
  const Ticket ticket = first_ + calls_.size() - 1;
  // What completions start is sent when all of them have run, so that Process() ends.
  if (!processing_) SendWaiting();
  return ticket;
}

Calls::Call* Calls::Find(Ticket ticket) const {
  const Ticket position = ticket - first_;
  return position < calls_.size() ? calls_[position].get() : nullptr;
}

Calls::Call* Calls::FindAnswered(const nlmsghdr& header, Ticket& ticket) const {
  ticket = first_ + static_cast<uint32_t>(header.nlmsg_seq - static_cast<uint32_t>(first_));
  return header.nlmsg_pid == lane_->socket.port() && ticket < unsent_ ? Find(ticket) : nullptr;
}

void Calls::Complete(Ticket ticket, absl::Status status) {
  const std::unique_ptr<Call> call = std::move(calls_[ticket - first_]);
  if (ticket < unsent_) --unanswered_;
  --in_flight_;
  while (!calls_.empty() && calls_.front() == nullptr) {
    calls_.pop_front();
    ++first_;
  }
  unsent_ = std::max(unsent_, first_);
  call->Complete(std::move(status));
}

bool Calls::Cancel(Ticket ticket) {
  const Call* call = Find(ticket);
  if (call == nullptr) return false;
  Complete(ticket, link_->Annotate(*call->operation, absl::CancelledError("cancelled")));
  return true;
}

absl::Status Calls::Process(absl::Duration patience) {
  if (lane_ == nullptr) return absl::OkStatus();
  processing_ = true;
  absl::Status status = Receive(std::min(patience, UntilFirstDeadline()));
  if (!status.ok()) CompleteSent(status);
  CompleteUnsendable();
  CompleteLate();
  processing_ = false;
  SendWaiting();
  return absl::IsResourceExhausted(status) ? absl::OkStatus() : status;
}

// All that is there. ResourceExhausted where answers are lost; the others have been taken.
absl::Status Calls::Receive(absl::Duration patience) {
  absl::Status lost;
  for (Deadline deadline(patience);; deadline = Deadline(absl::ZeroDuration())) {
    const absl::StatusOr<Bytes> datagram = lane_->socket.Receive(deadline, Inbox::kSlots);
    if (absl::IsDeadlineExceeded(datagram.status())) return lost;
    if (absl::IsResourceExhausted(datagram.status())) {
      lost = datagram.status();
      continue;
    }
    if (!datagram.ok()) return datagram.status();
    MessageReader reader(*datagram);
    while (const std::optional<RawMessage> message = reader.Next()) Take(*message, lost);
    if (!reader.ok()) return absl::DataLossError("a truncated message");
  }
}

void Calls::Take(const RawMessage& message, const absl::Status& lost) {
  Ticket ticket;
  Call* call = FindAnswered(message.header, ticket);
  if (call == nullptr) return;
  const auto progress =
      link_->Take(*call->operation, call->framing, call->request.bytes(), message, call->answer);
  if (progress.ok() && *progress == Client::Link::Progress::kMore) return;
  if (link_->MayBeGone(progress.status()) && SendAgain(ticket, *call)) return;
  // SendAgain() may have completed it with its own reason.
  if (Find(ticket) != call) return;
  Complete(ticket, progress.ok() ? link_->Complete(*call->operation, call->answer, lost)
                                 : progress.status());
}

// Whether the kernel was asked by a number that the family does not have any more, and has been
// asked by the new one.
bool Calls::SendAgain(Ticket ticket, Call& call) {
  if (call.moved) return false;
  const absl::StatusOr<bool> moved = link_->HasMoved(call.framing);
  if (!moved.ok()) Complete(ticket, link_->Annotate(*call.operation, moved.status()));
  if (!moved.ok() || !*moved) return false;
  call.moved = true;
  call.framing = link_->framing();
  call.framing.Stamp(call.request, 0, static_cast<uint32_t>(ticket));
  return lane_->socket.Send(call.request.bytes()).ok();
}

// Of those whose answers are lost.
void Calls::CompleteSent(const absl::Status& status) {
  for (Ticket ticket = first_, end = unsent_; ticket < end; ++ticket) {
    const Call* call = Find(ticket);
    if (call != nullptr) Complete(ticket, link_->Annotate(*call->operation, status));
  }
}

// Of those that the kernel was not given.
void Calls::CompleteUnsendable() {
  if (!std::exchange(unsendable_, false)) return;
  for (Ticket ticket = first_, end = unsent_; ticket < end; ++ticket) {
    const Call* call = Find(ticket);
    if (call == nullptr || call->unsendable.ok()) continue;
    Complete(ticket, link_->Annotate(*call->operation, call->unsendable));
  }
}

// All have the same timeout, so that the first to be started is the first to be late.
void Calls::CompleteLate() {
  while (!calls_.empty() && calls_.front()->deadline.RemainingMilliseconds() == 0) {
    Complete(first_, link_->Annotate(*calls_.front()->operation,
                                     absl::DeadlineExceededError("no answer in time")));
  }
}

absl::Duration Calls::UntilFirstDeadline() {
  if (calls_.empty() || unsendable_) return absl::ZeroDuration();
  const int left = calls_.front()->deadline.RemainingMilliseconds();
  return left < 0 ? absl::InfiniteDuration() : absl::Milliseconds(left);
}

// As many as there is room for, in one datagram.
void Calls::SendWaiting() {
  writer_.Clear();
  const Ticket first = unsent_;
  for (const Ticket end = first_ + calls_.size(); unsent_ < end; ++unsent_) {
    Call* call = Find(unsent_);
    if (call == nullptr) continue;  // cancelled
    const size_t size = writer_.bytes().size();
    const Bytes request = call->request.bytes();
    if (unanswered_ == kMaxRequests) break;
    if (size > 0 && size + request.size() > kMaxRequestBytes) break;
    call->framing = link_->framing();
    call->framing.Stamp(call->request, 0, static_cast<uint32_t>(unsent_));
    writer_.Append(request.data(), request.size());
    ++unanswered_;
  }
  if (writer_.bytes().empty()) return;
  const absl::Status status = lane_->socket.Send(writer_.bytes());
  if (status.ok()) return;
  unsendable_ = true;
  for (Ticket ticket = first; ticket < unsent_; ++ticket) {
    if (Call* call = Find(ticket); call != nullptr) call->unsendable = status;
  }
}

}  // namespace genl
